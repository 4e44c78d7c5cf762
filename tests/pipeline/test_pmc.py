import io
from pathlib import Path

import openpyxl
import pytest

import casemine
from casemine import pipeline, sheets
from casemine.errors import UsageError
from casemine.pipeline.pmc import _strength
from casemine.study import Study

BOOK = "six-in-one"


def edited(path: Path, row: int, header: str, value: object) -> None:
    book = openpyxl.load_workbook(path)
    names = [cell.value for cell in book.worksheets[0][1]]
    book.worksheets[0].cell(row, names.index(header) + 1, value)
    written = io.BytesIO()
    book.save(written)
    path.write_bytes(written.getvalue())


def column(path: Path, start: str) -> str:
    return next(
        str(cell.value)
        for cell in openpyxl.load_workbook(path).worksheets[0][1]
        if str(cell.value).startswith(start)
    )


def test_what_is_coded_is_proposed_and_the_index_is_the_sum_of_means(coded: Path) -> None:
    found = casemine.pmc(coded, BOOK)
    mine = found.matrix[found.matrix["doc_id"] == "丙.txt"]
    assert mine["value"].tolist() == mine["proposed"].tolist() and mine["value"].sum() == 2
    means = mine.groupby("variable")["value"].mean().sum()
    row = found.table.set_index("doc_id").loc["丙.txt"]
    assert row["index"] == pytest.approx(means, abs=1e-4) and row["rank"] == 1 and not row["confirmed"]
    assert found.not_drawn == (f"pmc_{BOOK}: a PMC surface needs nine main variables.",)


def test_the_sheet_goes_out_and_comes_back(coded: Path, tmp_path: Path) -> None:
    study, path = Study(coded), tmp_path / "pmc.xlsx"
    pipeline.pmc.write_sheet(study, BOOK, path)
    with pytest.raises(UsageError, match="exists already"):
        pipeline.pmc.write_sheet(study, BOOK, path)
    header = column(path, "X1-1")
    edited(path, 2, header, 1)
    edited(path, 2, "力度（1-5）", 4)
    edited(path, 2, "措施（1-5）", 3)
    assert pipeline.pmc.apply(study, BOOK, path) == 3
    found = casemine.pmc(coded, BOOK)
    first = str(sheets.read_csv(coded / "documents.csv")["doc_id"][0])
    mine = found.matrix[found.matrix["doc_id"] == first].set_index("number")
    assert (mine.loc["X1-1", "value"], mine.loc["X1-1", "proposed"]) == (1, 0) or mine.loc[
        "X1-1", "proposed"
    ] == 1
    assert found.table.set_index("doc_id").loc[first, ["strength", "measures", "total"]].tolist() == [
        4,
        3,
        12,
    ]
    assert found.table["confirmed"].all()
    assert f"pmc:{BOOK}" in pipeline.run.products(Study(coded)) and f"pmc:{BOOK}" not in pipeline.run.stale(
        coded
    )


def test_every_wrong_cell_is_named_and_nothing_is_taken(coded: Path, tmp_path: Path) -> None:
    study, path = Study(coded), tmp_path / "pmc.xlsx"
    pipeline.pmc.write_sheet(study, BOOK, path)
    edited(path, 2, column(path, "X1-1"), 2)
    edited(path, 3, "文档编号", "没有")
    first = openpyxl.load_workbook(path).worksheets[0].cell(2, 1).value
    edited(path, 4, "文档编号", first)
    with pytest.raises(UsageError, match=r"(?s)row 2, X1-1.*row 3: no document.*row 4: .*second time"):
        pipeline.pmc.apply(study, BOOK, path)
    assert not (coded / "pmc_confirmed.csv").exists()


def test_the_work_may_be_shared_among_several_sheets(coded: Path, tmp_path: Path) -> None:
    study = Study(coded)
    pipeline.pmc.write_sheet(study, BOOK, tmp_path / "all.xlsx")
    for name, left_out in (("one.xlsx", 2), ("other.xlsx", 3)):
        book = openpyxl.load_workbook(tmp_path / "all.xlsx")
        book.worksheets[0].delete_rows(left_out)
        book.save(tmp_path / name)
        assert pipeline.pmc.apply(study, BOOK, tmp_path / name) == 2
    assert casemine.pmc(coded, BOOK).table["confirmed"].all()
    # A row left blank is another's work, and takes nothing back.
    blank = openpyxl.load_workbook(tmp_path / "all.xlsx")
    for row in blank.worksheets[0].iter_rows(min_row=3, min_col=2):
        for cell in row:
            cell.value = None
    blank.save(tmp_path / "blank.xlsx")
    assert pipeline.pmc.apply(study, BOOK, tmp_path / "blank.xlsx") == 1
    assert casemine.pmc(coded, BOOK).table["confirmed"].all()


def test_what_cannot_be_asked_is_refused(coded: Path) -> None:
    with pytest.raises(UsageError, match="not coded with policy-pmc"):
        casemine.pmc(coded, "policy-pmc")
    with pytest.raises(UsageError, match="falling"):
        casemine.pmc(coded, BOOK, grades=[1, 2, 3])
    with pytest.raises(UsageError, match="axial, open"):
        casemine.pmc(coded, BOOK, level="selective")


def test_the_template_has_nine_main_variables_and_a_surface(coded: Path) -> None:
    pipeline.code.code(coded, "policy-pmc", vectors="none")
    found = casemine.pmc(coded, "policy-pmc", grades=[3, 2, 1])
    assert found.variables["number"].unique().tolist() == [f"X{at}" for at in range(1, 10)]
    assert "figures/pmc_policy-pmc.png" in found.files
    written = {name: (coded / name).read_bytes() for name in found.files}
    casemine.pmc(coded, "policy-pmc", grades=[3, 2, 1])
    assert {name: (coded / name).read_bytes() for name in found.files} == written


def test_the_report_has_a_section_with_index_and_variables(coded: Path) -> None:
    casemine.pmc(coded, BOOK)
    pipeline.code.code(coded, "policy-pmc", vectors="none")
    casemine.pmc(coded, "policy-pmc")
    pipeline.report.report(coded, formats=["html"], codebook=BOOK)
    page = (coded / f"report_{BOOK}.html").read_text("utf-8")
    assert "政策的 PMC 指数" in page and "PMC 曲面" in page
    assert "不低于8为完美，不低于6为优秀，不低于4为可接受" in page


def test_the_body_of_a_traditional_document_counts_as_its_name_in_simplified_characters() -> None:
    row = {"authority": "", "document_kind": "意见", "issuer": "國務院"}
    assert _strength(row, {})["strength"] == 3
