from pathlib import Path

import openpyxl
import pytest

from casemine import ingest
from casemine.errors import DocumentError
from casemine.ingest.manifest import read_manifest

TEXT = "村里的茶园办起来了，村民在家门口务工。"


def regions(folder: Path) -> dict[str, str]:
    table = ingest.read_documents(ingest.collect([folder])).table
    return dict(zip(table["doc_id"], table["region"], strict=True))


def files(folder: Path, *names: str) -> None:
    for number, name in enumerate(names):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"{number}。{TEXT}", encoding="utf-8")


@pytest.mark.parametrize("named", ["甲村.txt", "甲村", "甲村.TXT", "./甲村.txt"])
def test_a_file_is_known_without_its_ending_and_in_another_case(tmp_path: Path, named: str) -> None:
    files(tmp_path, "甲村.txt", "乙村.txt")
    (tmp_path / "manifest.csv").write_text(f"文件,地区\n{named},四川\n", encoding="utf-8")
    assert regions(tmp_path) == {"甲村.txt": "四川", "乙村.txt": ""}


def test_a_name_that_may_mean_several_files_is_none_of_them(tmp_path: Path) -> None:
    files(tmp_path, "甲村.txt", "甲村.md")
    (tmp_path / "manifest.csv").write_text("file,region\n甲村,四川\n", encoding="utf-8")
    read = ingest.read_documents(ingest.collect([tmp_path]))
    assert set(read.table["region"]) == {""}
    assert "甲村.md, 甲村.txt may be meant" in "".join(read.left_out["reason"])


def test_a_name_with_ending_wins_over_one_without(tmp_path: Path) -> None:
    files(tmp_path, "a.txt", "a.txt.md")
    (tmp_path / "manifest.csv").write_text("file,region\na.txt,四川\n", encoding="utf-8")
    assert regions(tmp_path) == {"a.txt": "四川", "a.txt.md": ""}


def test_a_workbook_is_a_manifest_too(tmp_path: Path) -> None:
    files(tmp_path, "a.txt", "b.txt", "c.txt")
    book = openpyxl.Workbook()
    for row in (["材料清单", None], ["文件名", "地区"], ["a", "云南省"], ["b", None], ["c", "贵州省"]):
        book.active.append(row)
    book.active.merge_cells("B3:B4")
    book.save(tmp_path / "manifest.xlsx")
    assert regions(tmp_path) == {"a.txt": "云南", "b.txt": "云南", "c.txt": "贵州"}


def test_a_manifest_that_names_a_file_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "manifest.csv").write_text("file,region\na,四川\na,云南\n", encoding="utf-8")
    with pytest.raises(DocumentError, match="row 3 names a again"):
        read_manifest(tmp_path / "manifest.csv")
