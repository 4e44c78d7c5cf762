from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from casemine import schema
from casemine.document import Document
from casemine.errors import UsageError
from casemine.review.plan import BY_HAND, DECIDED, PENDING, UNSEEN, SheetPlan
from casemine.review.quotes.columns import QuoteKey, QuoteState, columns
from casemine.review.quotes.decisions import QuoteDecisions
from casemine.review.quotes.read import read_quote_sheet
from casemine.review.quotes.sheet import build_quote_sheet, quote_file_name, write_quote_sheet

SENTENCES = ["东岭县建起防贫预警。", "村里每月核对一次。", "妇女在家编竹器。", "大家满意。"]
TEXT = "".join(SENTENCES)
BOOK, ME = "六合一", "researcher"


def coding(number: int, code: str, keyword: str) -> dict[str, object]:
    start = TEXT.index(SENTENCES[number])
    return dict.fromkeys(schema.CODINGS.names, "") | {
        "codebook": f"{BOOK}@abc", "doc_id": "甲.txt", "start": start, "end": start + len(SENTENCES[number]),
        "quote": SENTENCES[number], "code": code, "keyword": keyword, "method": "exact", "score": 1.0,
    }  # fmt: skip


CODINGS = schema.CODINGS.frame(
    [coding(1, "预警", "核对"), coding(1, "帮扶", "核对"), coding(2, "就业", "竹器")]
)


def key(number: int, code: str, keyword: str) -> QuoteKey:
    row = coding(number, code, keyword)
    return QuoteKey(ME, BOOK, "甲.txt", int(str(row["start"])), int(str(row["end"])), code, keyword)


def build(
    plan: SheetPlan | None = None, decisions: QuoteDecisions | None = None, **options: object
) -> pd.DataFrame:
    documents = [Document("甲.txt", TEXT)]
    return build_quote_sheet(CODINGS, decisions or {}, documents, BOOK, plan or SheetPlan(), **options)  # type: ignore[arg-type]


def test_a_row_is_a_coding_with_the_sentences_around_it() -> None:
    sheet = build()
    assert list(sheet.columns) == [column.name for column in columns(blind=False)]
    assert sheet[["quote", "code"]].to_numpy().tolist() == [
        [SENTENCES[1], "帮扶"], [SENTENCES[1], "预警"], [SENTENCES[2], "就业"],
    ]  # fmt: skip
    assert sheet["context"][0] == "".join(SENTENCES[:3]) and sheet["context"][2] == "".join(SENTENCES[1:])
    assert set(sheet["status"]) == {UNSEEN}


def test_a_row_of_a_blind_coder_is_a_sentence_without_codes() -> None:
    sheet = build(SheetPlan(coder="小王", blind=True))
    assert sheet["quote"].tolist() == SENTENCES[1:3]
    assert "code" not in sheet and set(sheet["new_code"]) == {""}


def test_what_was_decided_stands_in_its_row_and_what_was_added_has_one() -> None:
    decisions = {
        key(1, "预警", "核对"): QuoteState("drop", "", SENTENCES[1], "太泛"),
        key(3, "满意", ""): QuoteState("add", "满意", SENTENCES[3]),
    }
    sheet = build(decisions=decisions).set_index(["quote", "code"])
    dropped, added = sheet.loc[(SENTENCES[1], "预警")], sheet.loc[(SENTENCES[3], "满意")]
    assert (dropped["status"], dropped["decision"], dropped["note"]) == (DECIDED, "删除", "太泛")
    assert (added["status"], added["decision"], added["score"]) == (BY_HAND, "新增", "")


def test_a_sheet_goes_out_and_comes_back_untouched(tmp_path: Path) -> None:
    plan = SheetPlan()
    xlsx, csv = write_quote_sheet(build(), tmp_path / "q.xlsx", plan, codes=["预警", "帮扶"], csv=True)
    rows = read_quote_sheet(xlsx).rows
    assert [(row.key, row.state, row.mark) for row in rows] == [
        (row.key, row.state, row.mark) for row in read_quote_sheet(csv).rows
    ]
    assert {row.key for row in rows} == {
        key(1, "帮扶", "核对"), key(1, "预警", "核对"), key(2, "就业", "竹器"),
    }  # fmt: skip
    page = openpyxl.load_workbook(xlsx).worksheets[0]
    assert "核对" in [cell.value for cell in page[2]]


def test_what_was_typed_and_not_applied_stands_in_the_next_sheet(tmp_path: Path) -> None:
    (path,) = write_quote_sheet(build(), tmp_path / "q.xlsx", SheetPlan(), codes=[])
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    at = {cell.value: cell.column for cell in page[1]}
    page.cell(2, at["决定"]).value = "删除"
    book.save(path)
    earlier = read_quote_sheet(path)
    sheet = build(earlier=[earlier])
    assert sheet["status"].tolist() == [PENDING, UNSEEN, UNSEEN] and sheet["decision"][0] == "删除"
    applied = build(
        decisions={key(1, "帮扶", "核对"): QuoteState("drop", "", SENTENCES[1])}, earlier=[earlier]
    )
    assert applied["status"].tolist() == [DECIDED, UNSEEN, UNSEEN]


def test_a_sheet_of_another_kind_is_not_carried_over(tmp_path: Path) -> None:
    (path,) = write_quote_sheet(build(), tmp_path / "q.xlsx", SheetPlan(), codes=[])
    with pytest.raises(UsageError, match="another kind"):
        build(SheetPlan(coder="小王", blind=True), earlier=[read_quote_sheet(path)])


def test_the_file_says_that_it_is_of_quotations() -> None:
    assert quote_file_name(SheetPlan()) == "review-quotes.xlsx"
    assert quote_file_name(SheetPlan(coder="小王")) == "review-quotes-小王.xlsx"


def test_half_of_the_quotations_are_drawn_by_seed() -> None:
    drawn = build(SheetPlan(sample=0.5))
    assert len(drawn) == 2 and drawn.equals(build(SheetPlan(sample=0.5)))
