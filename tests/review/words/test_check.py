"""A filled sheet taken over: what a person writes, what is wrong with it, what is kept of it."""

import os
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from casemine import review, study
from casemine.errors import StudyError, UsageError
from casemine.study.transaction import recover


def decided(case) -> dict[tuple[str, str], tuple[str, str]]:
    rows = case.decisions.itertuples()
    return {(row.doc_id, row.word): (row.decision, row.standard) for row in rows}


def test_keep_drop_merge_and_add_as_a_person_fills_them_in(case, edit) -> None:
    path = case.write()
    edit(
        path,
        {
            "防贫预警": {"决定": "保留", "编码": "防贫预警"},
            "产业扶贫": {"决定": "删除", "备注": "太宽"},
            "防贫预警机制": {"决定": "合并", "规范词": "防贫预警"},
            "衔接乡村振兴": {"文档编号": "西河村.txt", "决定": "新增",
                       "引文": "西河村把帮扶政策与乡村全面振兴的规划连起来做。"},
        },
    )  # fmt: skip
    assert len(case.apply(path)) == 8
    assert decided(case) == {
        ("*", "防贫预警"): ("keep", ""),
        ("*", "产业扶贫"): ("drop", ""),
        ("*", "防贫预警机制"): ("merge", "防贫预警"),
        ("西河村.txt", "衔接乡村振兴"): ("add", ""),
    }
    assert case.decisions["coder"].unique().tolist() == ["researcher"]
    words = case.final.groupby("doc_id")["word"].agg(list).to_dict()
    assert words["东岭县.txt"] == ["防贫预警", "扶贫产业"]
    assert words["西河村.txt"] == ["积分制", "衔接乡村振兴"]


def test_the_same_sheet_twice_changes_nothing(case, edit) -> None:
    path = case.write()
    edit(path, {"防贫预警": {"决定": "keep"}, "积分制": {"编码": "积分管理"}, "产业扶贫": {"备注": "再想想"}})
    assert case.apply(path)
    files = {name: (case.folder / name).read_bytes() for name in ("decisions.csv", "history.csv")}
    assert case.apply(path) == []
    assert {name: (case.folder / name).read_bytes() for name in files} == files
    # An accepted code alone means keep; a note alone decides nothing.
    assert decided(case) == {
        ("*", "防贫预警"): ("keep", ""),
        ("*", "积分制"): ("keep", ""),
        ("*", "产业扶贫"): ("", ""),
    }


def test_english_words_any_order_of_columns_and_foreign_columns(case) -> None:
    path = case.folder / "mine.csv"
    rows = [
        "谁看过,Decision,standard,词语,序号",
        "甲,MERGE,防贫预警,防贫预警机制,1",
        ",drop,,产业扶贫,2",
        "乙,,,积分制,3",
    ]
    path.write_text("我的表,,,,\n\n" + "\n".join(rows), encoding="utf-8")
    case.apply(path)
    assert decided(case) == {("*", "防贫预警机制"): ("merge", "防贫预警"), ("*", "产业扶贫"): ("drop", "")}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_as_excel_saves_it(case, encoding: str, delimiter: str) -> None:
    case.write(csv=True)
    path = case.folder / "review.csv"
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    frame.loc[frame["词语"] == "产业扶贫", "决定"] = "删除"
    path.write_bytes(frame.to_csv(index=False, sep=delimiter, lineterminator="\r\n").encode(encoding))
    assert len(case.apply(path)) == 1
    assert decided(case) == {("*", "产业扶贫"): ("drop", "")}


# What is filled in beside which word, and what the error says of it; {word} is that word's row.
WRONG = [
    ({"防贫预警": {"决定": "也许"}}, "row {防贫预警}, column E (决定): '也许' is no decision"),
    ({"防贫预警": {"规范词": "预警"}}, "row {防贫预警}, column E (决定): the decision is missing"),
    ({"防贫预警": {"决定": "合并"}}, "row {防贫预警}, column F (规范词): 防贫预警 is to be merged, but into"),
    (
        {"防贫预警": {"决定": "合并", "规范词": "防贫预警"}},
        "row {防贫预警}, column F (规范词): 防贫预警 cannot be merged into itself",
    ),
    (
        {"防贫预警": {"决定": "保留", "规范词": "预警"}},
        "row {防贫预警}, column F (规范词): a standard term goes with 合并, not 保留",
    ),
    (
        {"防贫预警": {"决定": "保留", "引文": "没有这一句。"}},
        "row {防贫预警}, column L (引文): the quotation does not stand in any text of the corpus",
    ),
    (
        {"积分制": {"文档编号": "西河.txt", "决定": "保留"}},
        "row {积分制}, column V (文档编号): no document of this study is called 西河.txt. Is it 西河村.txt?",
    ),
    (
        {"扶品产业": {"决定": "保留"}},
        "row 8, column A (词语): 扶品产业 is no keyword and stands in no text; to add it write 新增",
    ),
    (
        {"新词": {"文档编号": "南塘镇.txt", "决定": "新增", "引文": "村规民约进了积分制。"}},
        "row 8, column L (引文): the quotation does not stand in the text of 南塘镇.txt",
    ),
    (
        {"积分制": {"决定": "删除"}, "防贫预警": {"决定": "合并", "规范词": "积分制"}},
        "row {防贫预警}, column F (规范词): 防贫预警 is merged into 积分制, which is dropped",
    ),
    (
        {"积分制": {"编码员": "乙", "决定": "保留"}},
        "row {积分制}, column W (编码员): the row is of 乙, not of researcher",
    ),
]


@pytest.mark.parametrize(("cells", "message"), WRONG)
def test_every_error_names_row_and_column(case, edit, cells, message: str) -> None:
    path = case.write()
    words = [cell.value for cell in openpyxl.load_workbook(path).worksheets[0]["A"]]
    edit(path, cells)
    rows = {word: number for number, word in enumerate(words, start=1)}
    with pytest.raises(review.SheetError) as caught:
        case.apply(path, coder="researcher")
    assert message.format(**rows) in str(caught.value)
    assert not (case.folder / "decisions.csv").exists() and not (case.folder / "history.csv").exists()


def test_all_errors_are_told_together_by_row_and_nothing_is_changed(case, edit) -> None:
    path = case.write()
    cells = {"防贫预警": {"决定": "也许"}, "积分制": {"决定": "合并"}, "产业扶贫": {"决定": "删除"}, "": {}}
    edit(path, {word: texts for word, texts in cells.items() if word})
    with pytest.raises(
        review.SheetError, match=r"2 problems; nothing was changed\.\n  row 2, .*\n  row \d, "
    ) as caught:
        case.apply(path)
    assert not isinstance(caught.value, UsageError | StudyError)
    assert caught.value.place == str(path)
    assert case.decisions.empty


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([("", "保留")], "row 2, column A (词语): the word is missing."),
        (
            [("积分制", "保留"), ("积分制", "删除")],
            "row 3, column A (词语): 积分制 is decided otherwise in row 2.",
        ),
        (
            [("积分制", "保留", "", "", "", "注" * 32768)],
            "row 2, column F (备注): longer than the 32,767 characters",
        ),
        (
            [
                ("防贫预警", "合并", "积分制"),
                ("积分制", "合并", "扶贫产业"),
                ("扶贫产业", "合并", "防贫预警"),
            ],
            "row 2, column C (规范词): these merge in a circle: ",
        ),
    ],
)
def test_errors_of_a_sheet_written_by_hand(case, rows, message: str) -> None:
    with pytest.raises(review.SheetError) as caught:
        case.decide(*rows)
    assert message in str(caught.value)
    assert str(caught.value).count("in a circle") <= 1


def test_a_circle_with_earlier_decisions_is_seen(case) -> None:
    case.decide(("防贫预警机制", "合并", "防贫预警"))
    with pytest.raises(
        review.SheetError,
        match=r"in a circle: (防贫预警机制 -> )?防贫预警 -> 防贫预警机制",
    ):
        case.decide(("防贫预警", "合并", "防贫预警机制", "东岭县.txt"))


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04 not a zip", b"\xff\xff\xff", "甲,乙\n1,2\n".encode(), b"\xd0\xcf\x11\xe0\x81"]
)
def test_what_is_no_review_sheet_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(data)
    with pytest.raises(
        review.SheetError, match=r"no row has the headers|neither a workbook nor CSV|cannot be read: "
    ):
        review.read_sheet(path)
    with pytest.raises(review.SheetError, match="cannot be read"):
        review.read_sheet(tmp_path / "none.xlsx")


def test_two_columns_with_one_header_are_an_error(case) -> None:
    with pytest.raises(review.SheetError, match=r"row 1, column C \(决定\): a second column has this header"):
        case.decide(("积分制", "保留", "删除"), header="词语,决定,决定")


def test_blank_keeps_and_only_undo_withdraws(case, edit) -> None:
    case.decide(("积分制", "删除", "", "", "", "太宽"))
    case.decide(("积分制", ""))
    assert decided(case) == {("*", "积分制"): ("drop", "")}
    case.decide(("积分制", "", "", "", "", "再看"))
    assert case.decisions.loc[0, ["decision", "note"]].tolist() == ["drop", "再看"]
    case.decide(("积分制", "撤销"))
    assert case.decisions.empty
    assert case.decide(("积分制", "undo")) == []
    assert case.history["new"].tolist() == ["drop", "太宽", "再看", "", ""]


def test_a_decision_about_a_word_or_document_that_is_gone_can_be_withdrawn(case) -> None:
    case.decide(("积分制", "删除", "", "西河村.txt"))
    case.documents = case.documents[:2]
    assert len(case.decide(("积分制", "撤销", "", "西河村.txt"))) == 1


def test_a_stale_sheet_does_not_undo_what_was_decided_since(case) -> None:
    case.decide(("积分制", "删除"))
    old = case.write()
    case.decide(("积分制", "保留"))
    taken = review.take(review.read_sheet(old), case.decisions, case.keywords, case.documents)
    assert len(taken.notes) == 1 and "decided otherwise (保留): that stays" in taken.notes[0]
    assert case.apply(old) == []
    assert decided(case) == {("*", "积分制"): ("keep", "")}


def test_decisions_that_have_no_effect_are_told(case) -> None:
    path = case.folder / "notes.csv"
    path.write_text("词语,决定\n搬迁户,保留\n数字乡村,新增\n", encoding="utf-8")
    taken = review.take(review.read_sheet(path), case.decisions, case.keywords, case.documents)
    assert ["without effect" in taken.notes[0], "no evidence" in taken.notes[1]] == [True, True]
    assert list(review.no_evidence(taken.decisions, case.documents)) == [("researcher", "*", "数字乡村")]


def test_the_history_is_only_ever_added_to(case) -> None:
    case.decide(("积分制", "删除"))
    before = (case.folder / "history.csv").read_bytes()
    case.decide(("积分制", "保留", "", "", "", "想过了"), ("防贫预警机制", "合并", "防贫预警"))
    assert (case.folder / "history.csv").read_bytes().startswith(before)
    rows = case.history[["number", "coder", "doc_id", "word", "field", "old", "new", "source"]]
    assert rows.to_numpy().tolist() == [
        [1, "researcher", "*", "积分制", "decision", "", "drop", "by-hand.csv"],
        [2, "researcher", "*", "积分制", "decision", "drop", "keep", "by-hand.csv"],
        [3, "researcher", "*", "积分制", "note", "", "想过了", "by-hand.csv"],
        [4, "researcher", "*", "防贫预警机制", "decision", "", "merge", "by-hand.csv"],
        [5, "researcher", "*", "防贫预警机制", "standard", "", "防贫预警", "by-hand.csv"],
    ]
    assert case.history["time"].str.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00").all()
    assert review.as_table(review.replay(case.history)).equals(case.decisions)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_what_was_changed_in_decisions_csv_by_hand_enters_the_history(case, encoding: str) -> None:
    case.decide(("积分制", "删除"), ("防贫预警", "保留"))
    path = case.folder / "decisions.csv"
    edited = path.read_text(encoding="utf-8-sig").replace("drop", "保留")
    path.write_bytes(edited.replace("\n", "\r\n").encode(encoding))
    history = case.folder / "history.csv"
    history.write_bytes(history.read_text(encoding="utf-8-sig").encode(encoding))
    case.decide(("产业扶贫", "删除"))
    assert case.history.iloc[2][["word", "old", "new", "source"]].tolist() == [
        "积分制",
        "drop",
        "keep",
        "decisions.csv",
    ]
    assert len(case.history) == 4
    assert review.as_table(review.replay(case.history)).equals(case.decisions)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("词语,决定\n积分制,保留\n", "has no column doc_id, coder"),
        ("doc_id,word,coder,decision,standard,code,quote,note\n*,积分制\n", "row 2 has 2 cells"),
        (
            "doc_id,word,coder,decision,standard,code,quote,note\n*,积分制,a,dorp,,,,\n",
            "'dorp' of 积分制 is no decision",
        ),
    ],
)
def test_a_broken_decisions_file_is_named(case, text: str, message: str) -> None:
    (case.folder / "decisions.csv").write_text(text, encoding="utf-8")
    with pytest.raises(StudyError, match=message) as caught:
        case.decide(("积分制", "删除"))
    assert caught.value.place.endswith("decisions.csv")


def test_coders_are_kept_apart_and_the_main_one_decides(case) -> None:
    plan = review.SheetPlan(coder="B")
    path = case.write(plan)
    book = openpyxl.load_workbook(path)
    words = {cell.value: cell.row for cell in book.worksheets[0]["A"]}
    book.worksheets[0][f"E{words['积分制']}"] = "删除"
    book.save(path)
    case.apply(path)
    assert review.main_coder(case.decisions) == "B"
    case.decide(("积分制", "保留"))
    assert case.decisions[["word", "coder", "decision"]].to_numpy().tolist() == [
        ["积分制", "B", "drop"],
        ["积分制", "researcher", "keep"],
    ]
    assert review.main_coder(case.decisions) == "researcher"
    assert "积分制" in case.final["word"].tolist()
    assert review.main_coder(case.decisions, "B") == "B"
    other = review.apply_decisions(case.keywords, case.decisions, case.documents, coder="B")
    assert "积分制" not in other["word"].tolist()


@pytest.mark.parametrize("kills", [0, 1, 2, 3])
def test_a_killed_apply_leaves_the_old_decisions_whole(
    case, monkeypatch: pytest.MonkeyPatch, kills: int
) -> None:
    """Killed before the journal is there, decisions are the old ones; after that, the new ones."""
    case.decide(("积分制", "删除"))
    old = (case.folder / "decisions.csv").read_bytes()
    replace, done = os.replace, []

    def killed(source: Path, target: Path) -> None:
        if len(done) == kills:
            raise KeyboardInterrupt
        done.append(target)
        replace(source, target)

    monkeypatch.setattr(os, "replace", killed)
    if kills < 3:
        with pytest.raises(KeyboardInterrupt):
            case.decide(("积分制", "保留"))
    else:
        case.decide(("积分制", "保留"))
    monkeypatch.undo()
    recover(case.folder)
    assert kills or (case.folder / "decisions.csv").read_bytes() == old
    assert decided(case)["*", "积分制"][0] == ("keep" if kills else "drop")
    case.decide(("积分制", "保留"))
    assert review.as_table(review.replay(case.history)).equals(case.decisions)
    assert not list(case.folder.glob(".casemine-*"))


def test_an_error_while_writing_leaves_everything(case) -> None:
    case.decide(("积分制", "删除"))
    before = {path.name: path.read_bytes() for path in case.folder.glob("*.csv")}
    taken = review.take(review.read_sheet(case.write()), case.decisions, case.keywords, case.documents)
    with pytest.raises(ValueError, match="full"), study.transaction(case.folder) as staging:
        review.record(case.folder, staging, {}, source="x")
        raise ValueError("full")
    assert taken.decisions
    assert {path.name: path.read_bytes() for path in case.folder.glob("*.csv")} == before
