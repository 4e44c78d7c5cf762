import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemine.review.form import CellProblem, FilledSheet, Form, FormColumn, SheetError, cell_text, mark

WORD, DECISION, STATUS = (
    FormColumn("word", "词语", "词"),
    FormColumn("decision", "决定", "怎么办"),
    FormColumn("status", "状态", "如何"),
)
FORM = Form(written=(WORD, DECISION, STATUS), read=(WORD, DECISION), needed=(WORD, DECISION))


@pytest.mark.parametrize("header", ["决定", " 决定 ", "decision", "Decision"])
def test_a_header_is_known_in_chinese_and_in_english(header: str) -> None:
    assert FORM.column(header) == DECISION


def test_a_row_is_the_header_when_it_has_what_is_needed() -> None:
    assert FORM.column("备忘") is None
    assert FORM.is_header(["状态", "决定", "", "word"])
    assert not FORM.is_header(["状态", "决定"])


def test_a_problem_names_its_cell_as_excel_shows_it() -> None:
    sheet: FilledSheet[tuple[str, ...], tuple[str, ...]] = FilledSheet("a.xlsx", FORM, (), {"decision": "C"})
    problem = sheet.problem(4, "decision", "is no decision.")
    assert problem == CellProblem(4, "C", "决定", "is no decision.")
    assert str(problem) == "row 4, column C (决定): is no decision."
    assert str(sheet.problem(4, "word", "is missing.")) == "row 4: is missing."
    assert str(CellProblem(0, "", "决定", "go in a circle.")) == "decided earlier: go in a circle."


def test_all_problems_are_named_once_by_row() -> None:
    late, early = CellProblem(12, "A", "词语", "b."), CellProblem(3, "A", "词语", "a.")
    error = SheetError.of([late, early, late], "a.xlsx")
    assert error.cause.splitlines() == [
        "2 problems; nothing was changed.",
        f"  {early}",
        f"  {late}",
    ]
    assert error.place == "a.xlsx"
    assert SheetError.of([late], "").cause.startswith("1 problem;")


def test_a_cell_is_kept_composed_with_plain_line_ends() -> None:
    assert cell_text(" e\u0301\r\n二\r三\x0b ") == "é\n二\n三"


@given(st.text())
def test_a_kept_cell_stays_as_it_is(text: str) -> None:
    assert cell_text(cell_text(text)) == cell_text(text)


def test_a_mark_tells_rows_apart_and_is_no_number() -> None:
    assert mark(("a", "b")) == mark(("a", "b")) != mark(("ab", ""))
    assert mark(()).startswith("v") and len(mark(("x",) * 9)) == 9
