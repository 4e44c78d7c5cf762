"""Tables for programs and for Excel: real types, nothing escaped, a dictionary of every column."""

import sys
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from casemine import exchange, pipeline, schema
from casemine.cli.export import FORMATS
from casemine.errors import UsageError
from casemine.exchange.tidy import is_whole
from exchange.coded_study import call


def test_the_command_knows_every_format() -> None:
    assert tuple(FORMATS) == pipeline.export.FORMATS
    said = call("export", "--help").output.splitlines()
    assert all(f"  {form:<9}  {about}" in said for form, about in FORMATS.items())


def test_csv_is_plain_typed_and_explained(study: Path) -> None:
    assert call("export", study, "--format", "csv").exit_code == 0
    folder = study / "exports" / "csv"
    data = (folder / "codings.csv").read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf") and b"\r" not in data
    frame = pd.read_csv(folder / "codings.csv")
    assert frame["start"].dtype == "int64" and frame["score"].dtype == "float64"
    assert frame["quote"].str.startswith("'=1+1").any()  # no spreadsheet runs it
    documents = pd.read_csv(folder / "documents.csv", dtype={"households": str})
    assert documents["households"].tolist()[:2] == ["30", "007"]
    known = pd.read_csv(folder / "data_dictionary.csv")
    named = {(path.stem, column) for path in folder.glob("*.csv") for column in pd.read_csv(path, nrows=0)}
    assert set(zip(known["table"], known["column"], strict=True)) == {
        one for one in named if one[0] != "data_dictionary"
    }
    types = dict(zip(known["table"] + "." + known["column"], known["type"], strict=True))
    assert types["documents.year"] == "integer" and types["documents.households"] == "text"
    assert types["codings.score"] == "number" and types["new_words.generic"] == "boolean"
    assert {"codes_by_region", "codes_by_year", "coding_table", "open_coding"} <= set(known["table"])


def test_a_carriage_return_stays_in_its_cell(tmp_path: Path) -> None:
    frame = pd.DataFrame({"code": ["a\rb", 'c"d\n,'], "level": "open"})
    exchange.write_csv([exchange.ExportTable(schema.CODEBOOK, "编码本", frame)], tmp_path)
    read = pd.read_csv(tmp_path / "codebook.csv", lineterminator="\n")
    assert (tmp_path / "codebook.csv").read_bytes() == b'"code","level"\n"a\rb","open"\n"c""d\n,","open"\n'
    assert read["level"].tolist()[0] == "open"


def test_whole_numbers_are_those_that_come_back_as_they_were() -> None:
    for texts, whole in (
        (["2019", ""], True),
        (["007"], False),
        (["-3", "0"], True),
        (["", ""], False),
        (["1.5"], False),
    ):
        assert is_whole(pd.Series(texts)) is whole


def test_parquet_has_types_or_says_what_is_lacking(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as lacking:
        lacking.setitem(sys.modules, "pyarrow", None)
        with pytest.raises(UsageError, match="pip install"):
            exchange.write_parquet([], study)
    pytest.importorskip("pyarrow")
    assert call("export", study, "--format", "parquet").exit_code == 0
    folder = study / "exports" / "parquet"
    documents = pd.read_parquet(folder / "documents.parquet")
    assert documents["year"].tolist()[:2] == [2019, 2020] and documents["year"].dtype == "Int64"
    assert pd.read_parquet(folder / "frequency.parquet")["documents"].dtype == "int64"
    assert (folder / "data_dictionary.parquet").is_file()


def test_the_workbook_has_a_sheet_a_table_with_chinese_headers(study: Path) -> None:
    assert call("agree", study / "codings.csv", "-o", study / "tables" / "agreement.csv").exit_code == 0
    assert call("saturation", study).exit_code == 0
    assert call("export", study, "--format", "xlsx").exit_code == 0
    path = study / "exports" / f"{study.name}.xlsx"
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [
        "文档", "新词", "关键词", "词频", "编码本", "编码表", "开放式编码表",
        *(f"{level}编码×{group}" for group in ("地区", "年份") for level in ("开放式", "轴心", "选择式")),
        "引文", "饱和度曲线", "饱和度检验", "编码一致性",
    ]  # fmt: skip
    sheet = book["文档"]
    headers = [cell.value for cell in sheet[1]]
    assert headers[:4] == ["文档编号", "标题", "地区", "年份"] and headers[-1] == "households"
    assert sheet["D2"].value == 2019 and sheet["D2"].data_type == "n"
    assert all(one.freeze_panes == "A2" and one.auto_filter.ref == one.dimensions for one in book)
    quotes = [cell for cell in book["引文"]["I"] if str(cell.value).startswith("=1+1")]
    assert quotes and all(cell.data_type == "s" for cell in quotes)
    assert book["编码一致性"]["A2"].value == "*"
    first = path.read_bytes()
    assert call("export", study, "--format", "xlsx").exit_code == 0
    assert path.read_bytes() == first


def test_a_study_that_is_not_coded_has_a_workbook_of_what_there_is(uncoded: Path) -> None:
    assert call("export", uncoded, "--format", "xlsx").exit_code == 0
    names = openpyxl.load_workbook(uncoded / "exports" / f"{uncoded.name}.xlsx").sheetnames
    assert names[0] == "文档" and "词频" in names and not {"编码本", "引文", "编码表"} & set(names)


def test_more_rows_than_excel_holds_are_refused(tmp_path: Path) -> None:
    frame = pd.DataFrame(index=range(1_048_576))
    with pytest.raises(UsageError, match="Excel holds 1,048,575"):
        exchange.write_workbook({"引文": frame}, tmp_path / "a.xlsx")


def test_exports_never_replace_other_files(study: Path) -> None:
    for arguments, said in (
        (("--format", "csv", "-o", study), "holds other files"),
        (("--format", "parquet", "-o", study / "run.json"), "holds other files"),
        (("--format", "qdc", "-o", study / "texts"), "is a folder"),
        (("--format", "xlsx", "--blind"), "--blind is about"),
        (("--format", "qdc", "--codebook", "other"), "holds codings by six-in-one"),
    ):
        result = call("export", study, *arguments)
        assert result.exit_code == 2 and said in result.stderr
    assert call("export", study / "texts", "--format", "csv").exit_code == 2
