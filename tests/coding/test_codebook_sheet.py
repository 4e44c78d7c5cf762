from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from hypothesis import given

from casemine import coding
from casemine.coding import Code, Codebook
from casemine.errors import UsageError
from coding.codebooks import ROUNDS, SMALL, book, codebooks, written


def test_xlsx_keeps_what_looks_like_an_escape(tmp_path: Path) -> None:
    awkward = book(
        Code("_x000D_", "selective", definition="a\tb\n c", aliases=("=1+1", "'q")), note="_x0041_"
    )
    coding.write_sheet(awkward, tmp_path / "b.xlsx")
    assert coding.read_sheet(tmp_path / "b.xlsx")[0] == awkward


@ROUNDS
@given(drawn=codebooks())
def test_xlsx_round_trip_loses_nothing(tmp_path: Path, drawn: Codebook) -> None:
    path = tmp_path / "book.xlsx"
    coding.write_sheet(drawn, path)
    again, _ = coding.read_sheet(path, name="other")
    assert again == drawn


def test_the_sheet_a_person_sees(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    coding.write_sheet(coding.load(written(tmp_path, SMALL)), path)
    workbook = openpyxl.load_workbook(path)
    assert workbook.sheetnames == ["编码", "说明", "编码本"]
    rows = list(workbook["编码"].iter_rows(values_only=True))
    assert rows[0] == ("层级", "编码", "上级", "角色", "定义", "纳入", "排除", "别名", "示例",
        "排除词", "须同现", "规则",
    )  # fmt: skip
    assert rows[1][:4] == ("选择式", "保障", None, "基础")
    assert rows[3][:3] == ("开放式", "预警", "监测")
    assert rows[3][7] == "警示；风险预警"
    assert len(list(workbook["说明"].iter_rows())) == 13


def test_a_sheet_edited_by_hand(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    coding.write_sheet(coding.load(written(tmp_path, SMALL)), path)
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["编码"]
    sheet.append(["open", "救助", "政策", None, "帮一把。", None, None, "急救、 临时救助", None])
    sheet.append(["轴心编码", "市场", "保障"])
    workbook.save(path)
    edited, problems = coding.read_sheet(path)
    assert [code.name for code in edited.members("政策")] == ["低保", "救助"]
    assert edited.by_name["救助"].aliases == ("急救", "临时救助")
    assert edited.by_name["市场"].level == "axial"
    assert [(problem.line, problem.unit, problem.warning) for problem in problems] == [(9, "row", True)]


def test_every_wrong_row_of_a_sheet_is_named(tmp_path: Path) -> None:
    text = (
        "层级,编码,上级,别名\n选择式,保障,,\n轴心,监测,保障,\n开放式,预警,保障,\n开放式,平台,无此类,\n"
        "中间,某,,\n开放式,监测,监测,\n开放式,基金,监测,保障\n选择式,另,监测,\n"
    )
    path = written(tmp_path, text, "book.csv")
    with pytest.raises(UsageError) as raised:
        coding.read_sheet(path)
    said = str(raised.value).splitlines()
    assert "6 errors" in said[0]
    assert [line.split(":")[0].strip() for line in said[1:]] == [f"row {row}" for row in (4, 5, 6, 7, 8, 9)]
    assert "level missing: 上级 of 预警 must be a 轴心 category, not 保障." in said[1]


def test_a_flat_table(tmp_path: Path) -> None:
    text = "open_code,axial_category,selective_category\n预警,监测,保障\n平台,监测,保障\n低保,政策,保障\n"
    flat, problems = coding.read_sheet(written(tmp_path, text, "flat.csv"))
    assert problems == []
    assert [(code.level, code.name, code.parent) for code in flat.entries] == [
        ("selective", "保障", ""),
        ("axial", "监测", "保障"),
        ("open", "预警", "监测"),
        ("open", "平台", "监测"),
        ("axial", "政策", "保障"),
        ("open", "低保", "政策"),
    ]


def test_a_flat_table_with_merged_cells_repeats_and_definitions(tmp_path: Path) -> None:
    text = (
        "表1\t\t\t\t\n维度\t主范畴\t初始 范畴\t释义\t原始语句\n人\t医生\t技术\t手法好坏\t一句\n"
        "\t\t技术\t\t又一句\n\t\t沟通\t说得清\t\n物\t环境\t诊室\t\t\n注：略\n"
    )
    layout = coding.Layout(open="初始范畴", axial="主范畴", selective="维度", first=2, last=6)
    flat, _ = coding.read_sheet(written(tmp_path, text, "flat.tsv"), layout)
    assert flat.by_name["技术"] == Code("技术", "open", "医生", definition="手法好坏", example="一句\n又一句")
    assert flat.chain("沟通") == ("人", "医生", "沟通")
    assert flat.chain("诊室") == ("物", "环境", "诊室")


def test_a_flat_table_of_two_levels(tmp_path: Path) -> None:
    text = "主轴编码,开放式编码\n监测,预警\n政策,低保\n"
    flat, _ = coding.read_sheet(written(tmp_path, text, "flat.csv"), name="mine")
    assert flat.name == "mine"
    assert flat.chain("低保") == ("mine", "政策", "低保")


def test_mistakes_of_a_flat_table(tmp_path: Path) -> None:
    text = "open,axial,selective\n预警,,\n平台,监测,保障\n平台,政策,保障\n监测,监测,保障\n"
    with pytest.raises(UsageError) as raised:
        coding.read_sheet(written(tmp_path, text, "flat.csv"))
    assert [line.strip() for line in str(raised.value).splitlines()[1:]] == [
        "row 2: level missing: no category stands in this row or above it.",
        "row 4: duplicate code 平台: also the open code of row 3.",
        "row 5: duplicate code 监测: also the axial category of row 3.",
    ]


def test_a_flat_table_without_the_columns(tmp_path: Path) -> None:
    path = written(tmp_path, "一,二\n预警,监测\n", "flat.csv")
    with pytest.raises(
        UsageError, match=r"row 1 has no column for the open level\. Name it with --open.*一, 二"
    ):
        coding.read_sheet(path)
    with pytest.raises(UsageError, match="no column named 三"):
        coding.read_sheet(path, coding.Layout(open="三"))
    with pytest.raises(UsageError, match="holds no rows"):
        coding.read_sheet(path, coding.Layout(first=9))


def test_a_workbook_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not a workbook"):
        coding.read_sheet(written(tmp_path, "no", "book.xlsx"))
