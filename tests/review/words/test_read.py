from pathlib import Path

import pytest

from casemine.review.form import SheetError
from casemine.review.words.columns import WordKey, WordState
from casemine.review.words.read import WordSheet, read_sheet


def sheet(folder: Path, text: str) -> WordSheet:
    path = folder / "a.csv"
    path.write_text(text, encoding="utf-8-sig")
    return read_sheet(path)


def test_a_row_says_whose_where_what_and_what_was_decided(tmp_path: Path) -> None:
    read = sheet(tmp_path, "词语,决定,规范词,文档编号,填写人\n车间,并入,扶贫车间,＊,\n产业,,,甲.txt,\n,,,,\n")
    assert [(row.number, row.key, row.state) for row in read.rows] == [
        (2, WordKey("", "*", "车间"), WordState("merge", "扶贫车间")),
        (3, WordKey("", "甲.txt", "产业"), WordState()),
    ]
    assert dict(read.rows[0].extra) == {}


def test_a_row_that_takes_the_suggestion_says_what_that_is(tmp_path: Path) -> None:
    header = "词语,建议,建议规范词,建议编码,决定,规范词,编码"
    rows = (
        "车间,合并,扶贫车间,就业,按建议,,",
        "产业,保留,特色产业,产业,采纳,,发展",
        "套话,删除,,产业,同意,,",
        "别的,,,,按建议,,",
    )
    read = sheet(tmp_path, "\n".join([header, *rows]) + "\n")
    assert [row.state for row in read.rows] == [
        WordState("merge", "扶贫车间", "就业"),
        WordState("keep", "", "发展"),
        WordState("drop"),
        WordState("accept"),
    ]


def test_one_decision_of_a_group_stands_in_its_blank_rows(tmp_path: Path) -> None:
    rows = "▼单案例,单案例,删除,,套话\n一,单案例,,,\n二,单案例,保留,,\n三,多案例,,,\n"
    read = sheet(tmp_path, "词语,分组,决定,规范词,备注\n" + rows)
    assert [(row.key.word, row.state, row.group) for row in read.rows] == [
        ("一", WordState("drop", note="套话"), "单案例"),
        ("二", WordState("keep"), ""),
        ("三", WordState(), ""),
    ]


def test_of_a_group_no_codes_are_taken_that_nobody_looked_at(tmp_path: Path) -> None:
    rows = "▼单案例,单案例,按建议,,\n一,单案例,,保留,就业\n"
    (row,) = sheet(tmp_path, "词语,分组,决定,建议,建议编码\n" + rows).rows
    assert row.state == WordState("keep")


def test_a_group_cannot_be_merged(tmp_path: Path) -> None:
    with pytest.raises(SheetError, match=r"row 2, column C \(决定\): a whole group takes one of 保留"):
        sheet(tmp_path, "词语,分组,决定\n▼单案例,单案例,合并\n一,单案例,\n")


def test_what_is_no_sheet_of_words_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SheetError, match="词语、决定"):
        sheet(tmp_path, "词语,状态\n产业,待定\n")
