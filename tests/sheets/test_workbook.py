"""Workbooks: no text becomes a formula, the same frames give the same bytes, blank rows pass."""

import io
import zipfile

import pandas as pd

from casemine.sheets import printable, read_xlsx_rows, with_fixed_dates, write_xlsx


def test_a_workbook_is_the_same_bytes_and_holds_no_formula(tmp_path):
    frame = pd.DataFrame({"词语": ["=SUM(A1)", "茶叶\x07"], "频次": [3, 4]})
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    write_xlsx({"新词": frame}, first)
    write_xlsx({"新词": frame}, second)
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert b"1980-01-01" in book.read("docProps/core.xml")
    assert "<f>" not in sheet
    assert 'state="frozen"' in sheet and "<cols>" in sheet
    [(name, rows)] = [(name, list(rows)) for name, rows in read_xlsx_rows(first)]
    assert (name, rows) == ("新词", [(1, ["词语", "频次"]), (2, ["=SUM(A1)", "3"]), (3, ["茶叶", "4"])])


def test_blank_rows_are_skipped_and_numbers_are_those_of_excel():
    import openpyxl
    from openpyxl.styles import Font

    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["A4"], sheet["B4"] = "正文", "第四行", 2020.0
    for number in range(5, 400):
        sheet.cell(number, 1).font = Font(bold=True)
    book.create_sheet("藏").sheet_state = "hidden"
    written = io.BytesIO()
    book.save(written)
    sheets = [(name, list(rows)) for name, rows in read_xlsx_rows(written)]
    assert sheets == [("Sheet", [(1, ["正文"]), (4, ["第四行", "2020"])])]


def test_cells_come_back_as_a_reader_sees_them() -> None:
    import datetime

    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["日期", datetime.datetime(2019, 3, 5), 7.0, 0.5, None, "  ", True])
    written = io.BytesIO()
    book.save(written)
    [(_, rows)] = [(name, list(rows)) for name, rows in read_xlsx_rows(written)]
    assert rows == [(1, ["日期", "2019-03-05", "7", "0.5", "", "  ", "True"])]


def test_what_xml_cannot_hold_is_left_out() -> None:
    assert printable("茶\x00叶\x0b\ufffe\n\t") == "茶叶\n\t"


def test_a_cell_holds_no_more_than_excel_takes(tmp_path) -> None:
    write_xlsx({"文": pd.DataFrame({"text": ["长" * 40_000]})}, tmp_path / "a.xlsx")
    [rows] = [list(rows) for _, rows in read_xlsx_rows(tmp_path / "a.xlsx")]
    assert rows == [(1, ["text"]), (2, ["长" * 32_767])]


def test_dates_are_fixed_and_the_rest_is_kept() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as book:
        core = '<dcterms:created xsi:type="W">2024-05-06T07:08:09Z</dcterms:created>'
        book.writestr("docProps/core.xml", core)
        book.writestr("text.xml", "2024-05-06")
    with zipfile.ZipFile(io.BytesIO(with_fixed_dates(made))) as book:
        assert book.read("docProps/core.xml") == (
            b'<dcterms:created xsi:type="W">1980-01-01T00:00:00Z</dcterms:created>'
        )
        assert book.read("text.xml") == b"2024-05-06"
        assert {entry.date_time for entry in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
