import datetime
import io

import openpyxl
import pytest

from casemine.errors import DocumentError
from casemine.ingest.readers.workbook import read_workbook


def written(book: openpyxl.Workbook) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def read(rows: list[list[object]], *merged: str, formats: dict[str, str] | None = None) -> list[list[str]]:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for place, shown in (formats or {}).items():
        book.active[place].number_format = shown
    for cells in merged:
        book.active.merge_cells(cells)
    ((_, table),) = read_workbook(written(book))
    return [cells for _, cells in table]


@pytest.mark.parametrize(
    ("value", "shown_as", "text"),
    [
        (12, "000000", "000012"),
        (0.853, "0%", "85%"),
        (0.853, "0.0%", "85.3%"),
        (2.0, "General", "2"),
        (0.1 + 0.2, "General", "0.3"),
        (True, "General", "TRUE"),
        (datetime.date(2021, 3, 5), "yyyy-mm-dd", "2021-03-05"),
        ("茶_x000D_园", "General", "茶\r园"),
    ],
)
def test_a_cell_is_read_as_a_person_reads_it(value: object, shown_as: str, text: str) -> None:
    assert read([[value]], formats={"A1": shown_as}) == [[text]]


def test_a_merged_cell_holds_for_its_range() -> None:
    assert read([["地区", "年"], ["云南", 2020], [None, 2021]], "A2:A3") == [
        ["地区", "年"],
        ["云南", "2020"],
        ["云南", "2021"],
    ]


def test_rows_keep_the_numbers_that_excel_shows_and_blank_ones_go() -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["B5"] = "标题", "正文"
    ((name, rows),) = read_workbook(written(book))
    assert (name, rows) == ("Sheet", [(1, ["标题"]), (5, ["", "正文"])])


def test_hidden_and_empty_sheets_are_left_out() -> None:
    book = openpyxl.Workbook()
    book.active.append(["正文"])
    hidden = book.create_sheet("藏")
    hidden.append(["x"])
    hidden.sheet_state = "hidden"
    book.create_sheet("空")
    assert [name for name, _ in read_workbook(written(book))] == ["Sheet"]


def test_errors_of_formulas_are_no_text() -> None:
    assert read([["甲", "#DIV/0!"]])[0][0] == "甲"
    assert "#DIV/0!" not in read([["甲", "#DIV/0!"]])[0]


def test_a_damaged_workbook_is_named() -> None:
    with pytest.raises(DocumentError):
        read_workbook(b"PK\x03\x04 nothing")
