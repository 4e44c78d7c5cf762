"""A form to fill in: which cells are tinted, which columns folded, which lists stand where."""

from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from casemine.sheets import write_form

FRAME = pd.DataFrame({"keyword": ["=1+1", "茶叶"], "decision": ["", "keep"], "code": ["", ""], "id": [1, 2]})
SHORT, LONG = ["keep", "drop"], [f"编码{number:03}" for number in range(60)]


def written(path: Path) -> bytes:
    write_form(
        {"待审": FRAME, "说明": pd.DataFrame({"列": ["decision"]})},
        path,
        open_columns=["decision", "code"],
        choices={"decision": SHORT, "code": LONG, "没有的列": ["甲"], "id": []},
        hidden=["id"],
    )
    return path.read_bytes()


@pytest.fixture
def book(tmp_path: Path) -> Any:
    written(tmp_path / "form.xlsx")
    return openpyxl.load_workbook(tmp_path / "form.xlsx")


def test_the_first_sheet_is_the_form_and_lists_are_hidden(book: Any) -> None:
    assert [(sheet.title, sheet.sheet_state) for sheet in book] == [
        ("待审", "visible"), ("说明", "visible"), ("lists", "hidden"),
    ]  # fmt: skip
    form = book["待审"]
    assert (form.freeze_panes, form.auto_filter.ref) == ("C2", "A1:D3")
    assert [cell.value for cell in form[2]] == ["=1+1", None, None, 1]
    assert form["A2"].data_type == "s"


def test_open_columns_are_tinted_and_hidden_ones_folded_away(book: Any) -> None:
    form = book["待审"]
    assert [cell.fill.fgColor.rgb[-6:] for cell in form[2]] == ["000000", "FFF7E0", "FFF7E0", "000000"]
    assert [form.column_dimensions[letter].hidden for letter in "ABCD"] == [False, False, False, True]


def test_a_short_list_stands_in_the_cell_and_a_long_one_on_its_sheet(book: Any) -> None:
    short, long = book["待审"].data_validations.dataValidation
    # Two rows and the header, and 300 rows to spare.
    assert (short.formula1, str(short.sqref), short.showErrorMessage) == ('"keep,drop"', "B2:B303", True)
    assert (long.formula1, str(long.sqref), long.showErrorMessage) == (
        "lists!$A$2:$A$61", "C2:C303", False,
    )  # fmt: skip
    assert [cell.value for cell in book["lists"]["A"]] == ["code", *LONG]


def test_a_choice_with_a_comma_cannot_stand_in_the_cell(tmp_path: Path) -> None:
    frame = pd.DataFrame({"code": [""]})
    write_form({"s": frame}, tmp_path / "a.xlsx", open_columns=[], choices={"code": ["a,b"]}, hidden=[])
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book["s"].data_validations.dataValidation[0].formula1 == "lists!$A$2:$A$2"


def test_the_same_frames_give_the_same_bytes(tmp_path: Path) -> None:
    assert written(tmp_path / "a.xlsx") == written(tmp_path / "b.xlsx")
