"""Merged cells are found in a workbook: by sheet, in order, also where they straddle two pieces read."""

import zipfile
from pathlib import Path

import openpyxl
import pytest

from casemine.errors import UnreadableError
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


@pytest.mark.parametrize("size", [1, 7, 64])
def test_a_range_cut_between_two_pieces_is_found_once(
    size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workbook().save(tmp_path / "a.xlsx")
    monkeypatch.setattr(merged, "_CHUNK", size)
    assert read_merged_cells(tmp_path / "a.xlsx") == EXPECTED


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"region,year")
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w") as archive:
        archive.writestr("a.txt", "a")
    for name in ("a.xlsx", "b.xlsx"):
        with pytest.raises(UnreadableError, match=name):
            read_merged_cells(tmp_path / name)
