import datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from casemine.review.form import Form, FormColumn, FormLine, SheetError, SheetRow
from casemine.review.form_file import column_letter, csv_rows, is_sheet, read_filled, write_form

WORD, DECISION, STANDARD, NOTE = (
    FormColumn("word", "词语", "词"),
    FormColumn("decision", "决定", "怎么办"),
    FormColumn("standard", "规范词", "合并到哪里"),
    FormColumn("note", "备注", "随便写"),
)
COLUMNS = (WORD, DECISION, STANDARD, NOTE)
FORM = Form(written=COLUMNS, read=COLUMNS, needed=(WORD, DECISION), terms=(STANDARD,), free=(NOTE,))
ROWS = [["产业", "保留", "", ""], ["车间", "", "扶贫车间", "再看"]]


def as_row(line: FormLine) -> SheetRow[tuple[str], tuple[str, ...]] | None:
    cells = line.cells
    state = (cells["decision"], cells["standard"], cells["note"])
    return SheetRow(line.number, (cells["word"],), "", state, line.extra) if cells["word"] else None


def read(path: Path) -> list[tuple[int, str, tuple[str, ...]]]:
    return [(row.number, row.key[0], row.state) for row in read_filled(path, FORM, as_row).rows]


def write(path: Path, **options: object) -> list[Path]:
    sheet = pd.DataFrame(ROWS, columns=[column.name for column in COLUMNS])
    return write_form(
        sheet, path, COLUMNS, open_columns=["decision"], choices={"decision": ["保留", "删除"]}, hidden=[],
        **options,  # type: ignore[arg-type]
    )  # fmt: skip


def test_what_is_written_is_read_back_from_workbook_and_csv(tmp_path: Path) -> None:
    xlsx, csv = write(tmp_path / "a.xlsx", csv=True)
    expected = [(2, "产业", ("保留", "", "")), (3, "车间", ("", "扶贫车间", "再看"))]
    assert read(xlsx) == read(csv) == expected
    assert is_sheet(xlsx, FORM) and is_sheet(csv, FORM)


def test_the_same_sheet_gives_the_same_bytes_and_explains_its_columns(tmp_path: Path) -> None:
    (first,), (second,) = write(tmp_path / "a.xlsx"), write(tmp_path / "b.xlsx")
    assert first.read_bytes() == second.read_bytes()
    book = openpyxl.load_workbook(first)
    assert book.sheetnames[:2] == ["审阅", "说明"]
    assert [cell.value for cell in book["说明"][4]] == ["规范词", "合并到哪里"]


def test_a_header_below_a_title_in_another_order_with_columns_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("第一组的表,,\n\nDecision,我的栏,词语\n保留,重要,产业\n", encoding="gb18030")
    (row,) = read_filled(path, FORM, as_row).rows
    assert (row.number, row.key, row.state[0], dict(row.extra)) == (4, ("产业",), "保留", {"我的栏": "重要"})


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("词语,别的\n产业,一\n", "no row has the headers 词语、决定"),
        ("词语,决定,决定\n产业,一,二\n", r"row 1, column C \(决定\): a second column has this header"),
        ("词语,决定,规范词\n产业,合并,2026年4月1日\n", r"row 2, column C \(规范词\): 2026年4月1日 is a date"),
    ],
)
def test_what_is_no_such_sheet_is_named(tmp_path: Path, text: str, cause: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SheetError, match=cause):
        read(path)


def test_a_file_that_is_missing_or_broken_is_named(tmp_path: Path) -> None:
    with pytest.raises(SheetError, match="cannot be read"):
        read(tmp_path / "none.xlsx")
    broken = tmp_path / "a.xlsx"
    broken.write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(SheetError, match="cannot be read"):
        read(broken)


def test_a_merged_cell_holds_for_its_rows_and_a_date_for_a_term_does_not(tmp_path: Path) -> None:
    (path,) = write(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    page.merge_cells("B2:B3")
    page["D3"] = datetime.date(2026, 4, 1)
    book.save(path)
    sheet = read_filled(path, FORM, as_row)
    assert [row.state[0] for row in sheet.rows] == ["保留", "保留"]
    assert sheet.notes == ("rows 2 to 3: the merged cell 决定 (保留) was taken for each of them.",)
    page["C3"] = datetime.date(2026, 4, 1)
    book.save(path)
    with pytest.raises(SheetError, match=r"column C \(规范词\): 2026-04-01 is a date"):
        read(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_rows_of_csv_however_excel_saved_them(encoding: str, delimiter: str) -> None:
    text = f"词语{delimiter}决定\r\n\r\n'=产业{delimiter}保留\r\n"
    assert csv_rows(text.encode(encoding)) == [(1, ["词语", "决定"]), (3, ["=产业", "保留"])]


def test_letters_of_columns_are_those_of_excel() -> None:
    assert [column_letter(place) for place in (0, 25, 26, 51, 52, 701, 702)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip
