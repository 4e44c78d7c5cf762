"""Merged cells are found in a workbook: by sheet, in order, also where they straddle two pieces read."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from casemine.sheets import merged
from casemine.sheets.merged import MergedCells, read_merged_cells


def workbook() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.active.title = "案例"
    book.active["A1"] = "地区"
    book.active.merge_cells("A1:C1")
    book.active.merge_cells("B3:B5")
    book.create_sheet("空表")["A1"] = 1
    book.create_sheet("宽表").merge_cells("AA10:AB12")
    return book


EXPECTED = {
    "案例": [MergedCells(1, 1, 1, 3), MergedCells(3, 5, 2, 2)],
    "空表": [],
    "宽表": [MergedCells(10, 12, 27, 28)],
}


def test_merged_cells_stand_under_the_name_of_their_sheet(tmp_path: Path) -> None:
    workbook().save(tmp_path / "a.xlsx")
    found = read_merged_cells(tmp_path / "a.xlsx")
    assert found == EXPECTED and list(found) == list(EXPECTED)
    assert read_merged_cells(io.BytesIO((tmp_path / "a.xlsx").read_bytes())) == EXPECTED


@pytest.mark.parametrize("size", [1, 7, 64])
def test_a_range_cut_between_two_pieces_is_found_once(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.BytesIO()
    workbook().save(stream)
    monkeypatch.setattr(merged, "_CHUNK", size)
    assert read_merged_cells(stream) == EXPECTED


def test_what_is_no_workbook_is_refused() -> None:
    with pytest.raises(zipfile.BadZipFile):
        read_merged_cells(io.BytesIO(b"region,year"))
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("a.txt", "a")
    with pytest.raises(KeyError):
        read_merged_cells(other)
