from pathlib import Path

import pytest

from casemine.review.form import SheetError
from casemine.review.quotes.columns import QuoteKey, QuoteState
from casemine.review.quotes.read import is_blind, is_quote_sheet, read_quote_sheet

HEADER = "文档编号,引文,编码,关键词,决定,新编码,备注,codebook,start,end,coder"


def write(folder: Path, *lines: str) -> Path:
    path = folder / "quotes.csv"
    path.write_text("\n".join(lines) + "\n", encoding="gb18030")
    return path


def test_a_row_says_which_quotation_and_what_was_decided(tmp_path: Path) -> None:
    path = write(tmp_path, HEADER, "甲.txt,每月核对。,预警,防贫,改为,帮扶,再看,六合一,3,8,小王", ",,,,,,,,,,")
    sheet = read_quote_sheet(path)
    assert is_quote_sheet(path) and not is_blind(sheet)
    (row,) = sheet.rows
    assert row.key == QuoteKey("小王", "六合一", "甲.txt", 3, 8, "预警", "防贫")
    assert row.state == QuoteState("recode", "帮扶", "每月核对。", "再看")


def test_a_new_row_has_no_place(tmp_path: Path) -> None:
    (row,) = read_quote_sheet(write(tmp_path, HEADER, "甲.txt,每月核对。,,,新增,帮扶,,,,,")).rows
    assert (row.key.start, row.key.end, row.state.decision) == (-1, -1, "add")


def test_a_place_that_is_no_number_is_named(tmp_path: Path) -> None:
    with pytest.raises(SheetError, match="'三' is no place in a text") as error:
        read_quote_sheet(write(tmp_path, HEADER, "甲.txt,每月核对。,,,,,,,三,-8,"))
    assert "row 2, column I" in error.value.cause and "'-8' is no place" in error.value.cause


def test_a_sheet_without_decisions_is_a_blind_coders(tmp_path: Path) -> None:
    path = write(tmp_path, "文档编号,引文,新编码", "甲.txt,每月核对。,预警；帮扶")
    assert is_blind(read_quote_sheet(path))


def test_a_sheet_of_words_is_none(tmp_path: Path) -> None:
    path = write(tmp_path, "词语,决定", "产业,保留")
    assert not is_quote_sheet(path)
    with pytest.raises(SheetError, match="引文、新编码"):
        read_quote_sheet(path)
