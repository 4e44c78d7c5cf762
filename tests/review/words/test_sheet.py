"""The sheet as Excel opens it, and as it is written a second time."""

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from casemine import review, schema
from casemine.errors import UsageError

HEADERS = [
    "词语", "例句", "建议", "建议规范词", "决定", "规范词", "建议编码", "编码",
    "首选选择式编码", "备选选择式编码", "建议理由",
    "引文", "备注", "状态", "分组",
    "词性", "权重", "案例频次", "出现文档数", "出现次数", "例句出处", "文档编号", "编码员", "校验",
]  # fmt: skip


def test_a_row_says_all_that_is_known_of_a_keyword(case) -> None:
    sheet = case.build(suggestions=review.suggest(case.frequency))
    assert sheet["word"].tolist() == case.frequency["keyword"].tolist()
    row = sheet[sheet["word"] == "防贫预警"].iloc[0]
    assert (row["doc_id"], row["status"], row["weight"], row["documents"], row["containing"]) == (
        "*",
        "待定",
        8.0,
        2,
        2,
    )
    assert (row["context"], row["context_doc"]) == ("东岭县建立防贫预警机制。", "东岭县.txt")
    assert (row["suggestion"], row["decision"]) == ("保留", "")
    near = sheet[sheet["word"] == "防贫预警机制"].iloc[0]
    assert (near["suggestion"], near["suggested_standard"]) == ("合并", "防贫预警")
    assert near["reason"] == "含有“防贫预警”（0.80）；2个案例有该词，1个有本词"


def test_generic_words_are_suggested_to_be_dropped(case) -> None:
    made = review.suggest(case.frequency, {"积分制"}).set_index("word")
    assert made.loc["积分制", "suggestion"] == "generic"
    assert made.loc["防贫预警", "suggestion"] == "keep"


def test_near_variants_are_suggested_to_merge_into_the_more_frequent(case) -> None:
    words = [
        "易地搬迁",
        "易地扶贫搬迁",
        "新型城镇化",
        "城镇化",
        "农民专业合作社",
        "农村专业合作社",
        "彝族群众",
        "藏族群众",
    ]
    counts = {"documents": range(8, 0, -1), "containing": 1, "occurrences": 1, "share": 0.1}
    made = review.suggest(schema.FREQUENCY.frame({"keyword": words, **counts})).set_index("word")
    merged = made.loc[made["suggestion"] == "merge", "standard"].to_dict()
    assert merged == {"易地扶贫搬迁": "易地搬迁", "农村专业合作社": "农民专业合作社"}
    assert made.loc["易地扶贫搬迁", "reason"] == "依次含有“易地搬迁”的各字（0.68）；8个案例有该词，7个有本词"
    assert made.loc["农村专业合作社", "reason"].startswith("与“农民专业合作社”字面相近（0.77）")


def test_suggestions_may_come_from_elsewhere(case) -> None:
    row = {"word": "积分制", "suggestion": "keep", "standard": "", "code": "积分管理", "reason": "别名"}
    sheet = case.build(suggestions=pd.DataFrame([row])).set_index("word")
    assert sheet.loc["积分制", ["suggestion", "suggested_code", "reason"]].tolist() == [
        "保留",
        "积分管理",
        "别名",
    ]
    assert sheet.loc["防贫预警", "suggestion"] == ""


def test_the_workbook_has_lists_filters_frozen_headers_and_a_page_that_explains(case) -> None:
    book = openpyxl.load_workbook(case.write())
    sheet, guide = book.worksheets[:2]
    assert [cell.value for cell in sheet[1]] == HEADERS
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("C2", f"A1:X{len(case.frequency) + 1}")
    lists = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert lists["E2"] == '"保留,删除,泛化,合并,新增,按建议,撤销"'
    assert "防贫预警" in lists["F2"]
    assert sheet.column_dimensions["X"].hidden
    assert [row[0].value for row in guide.iter_rows(min_row=2)] == HEADERS
    assert all(row[1].value for row in guide.iter_rows(min_row=2))


def test_long_lists_of_terms_stand_on_a_hidden_sheet(case) -> None:
    sheet = case.build()
    many = pd.concat([sheet, sheet.assign(word=[f"{word}{'长' * 40}" for word in sheet["word"]])])
    path = review.write_sheet(many, case.folder / "review.xlsx", codes=["积分管理", "甲,乙"])[0]
    book = openpyxl.load_workbook(path)
    rules = {
        str(rule.sqref).split(":")[0]: rule.formula1
        for rule in book.worksheets[0].data_validations.dataValidation
    }
    assert rules["F2"] == f"lists!$A$2:$A${len(many) + 1}"
    # A comma cannot stand in a list of the rule itself.
    assert rules["H2"] == "lists!$B$2:$B$3"
    assert book["lists"].sheet_state == "hidden"
    assert [row[0].value for row in book["lists"].iter_rows(min_row=2)] == many["word"].tolist()
    assert len(review.read_sheet(path).rows) == len(many)


def test_nothing_becomes_a_formula_and_the_same_sheet_gives_the_same_bytes(case) -> None:
    case.decide(("积分制", "保留", "", "*", "", "=1+1"))
    first = case.write(csv=True).read_bytes()
    written = (case.folder / "review.csv").read_text(encoding="utf-8-sig")
    assert "'=1+1" in written
    path = case.write()
    assert path.read_bytes() == first
    cells = {cell.value: cell.data_type for row in openpyxl.load_workbook(path).worksheets[0] for cell in row}
    assert cells["=1+1"] == "s"


def test_one_row_a_document_and_keyword(case) -> None:
    case.decide(("防贫预警", "删除"))
    sheet = case.build(review.SheetPlan(by_document=True))
    pairs = list(zip(sheet["doc_id"], sheet["word"], strict=True))
    assert pairs == [*zip(case.keywords["doc_id"], case.keywords["word"], strict=True), ("*", "防贫预警")]
    row = sheet[(sheet["doc_id"] == "南塘镇.txt") & (sheet["word"] == "防贫预警")].iloc[0]
    assert (row["weight"], row["occurrences"], row["documents"], row["status"]) == (5.0, 1, 2, "全库：删除")


def test_earlier_decisions_are_filled_in_and_words_that_vanished_are_flagged_and_kept(case) -> None:
    case.decide(
        ("积分制", "删除"),
        ("防贫预警", "保留"),
        ("乡村全面振兴", "新增", "", "西河村.txt"),
        ("数字乡村", "新增"),
    )
    case.keywords = case.keywords[case.keywords["word"] != "积分制"].reset_index(drop=True)
    sheet = case.build().set_index("word")
    assert sheet.loc["积分制", ["status", "decision"]].tolist() == ["已消失", "删除"]
    assert sheet.loc["防贫预警", ["status", "decision"]].tolist() == ["已决定", "保留"]
    assert sheet.loc["乡村全面振兴", ["status", "decision"]].tolist() == ["手工新增", "新增"]
    assert sheet.loc["数字乡村", ["status", "decision"]].tolist() == ["无出处", "新增"]
    case.documents = case.documents[:2]
    assert case.build().set_index("word").loc["乡村全面振兴", "status"] == "已消失"
    before = case.decisions
    assert case.apply(case.write()) == []
    assert case.decisions.equals(before)


def test_what_was_typed_and_not_applied_survives_a_second_export(case, edit) -> None:
    path = case.write()
    edit(
        path,
        {
            "积分制": {"决定": "删"},
            "防贫预警": {"决定": "胡写", "备注": "问张老师"},
            "数字乡村": {"决定": "新增"},
        },
    )
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["W1"], book.worksheets[0]["W2"] = "我的列", "甲"
    book.save(path)
    first_word = book.worksheets[0]["A2"].value
    sheet = case.build(earlier=[review.read_sheet(path)]).set_index("word")
    assert sheet.loc["积分制", ["status", "decision"]].tolist() == ["未应用", "删除"]
    assert sheet.loc["防贫预警", ["status", "decision", "note"]].tolist() == ["未应用", "胡写", "问张老师"]
    assert sheet.loc["数字乡村", ["status", "decision"]].tolist() == ["未应用", "新增"]
    assert sheet.loc[first_word, "我的列"] == "甲"
    # Once applied it is no longer open.
    edit(path, {"防贫预警": {"决定": "保留"}})
    case.apply(path)
    again = case.build(earlier=[review.read_sheet(path)]).set_index("word")
    assert "未应用" not in again["status"].tolist()
    assert again.loc["防贫预警", ["status", "note"]].tolist() == ["已决定", "问张老师"]


def test_two_sheets_that_say_otherwise_both_stand_in_the_next(case, edit) -> None:
    path = case.write(csv=True)
    edit(path, {"积分制": {"决定": "删除"}, "产业扶贫": {"决定": "删除"}})
    csv = case.folder / "review.csv"
    lines = csv.read_text(encoding="utf-8-sig").splitlines()
    header = lines[0].split(",")
    cells = next(line for line in lines if line.startswith("积分制,")).split(",")
    cells[header.index("决定")] = "保留"
    csv.write_text("\n".join([lines[0], ",".join(cells)]), encoding="utf-8")
    sheet = case.build(earlier=[review.read_sheet(path), review.read_sheet(csv)])
    assert sorted(sheet.loc[sheet["word"] == "积分制", "decision"]) == ["保留", "删除"]
    assert sheet.loc[sheet["word"] == "产业扶贫", "decision"].tolist() == ["删除"]


def test_a_sheet_of_another_coder_is_not_written_over(case) -> None:
    path = case.write(review.SheetPlan(coder="乙"))
    assert path.name == "review-乙.xlsx"
    with pytest.raises(UsageError, match="this sheet is of 乙"):
        case.build(earlier=[review.read_sheet(path)])


def test_a_sample_is_reproducible_and_nested(case) -> None:
    def words(share: float, seed: int) -> list[str]:
        return case.build(review.SheetPlan(sample=share, seed=seed))["word"].tolist()

    assert len(words(0.2, 1)) == 2 and len(words(0.5, 1)) == 3
    assert words(0.5, 1) == words(0.5, 1)
    assert set(words(0.2, 1)) < set(words(0.5, 1))
    assert len({tuple(words(0.5, seed)) for seed in range(8)}) > 1
    with pytest.raises(UsageError, match="a sample is a share"):
        review.SheetPlan(sample=0)


def test_a_blind_sheet_shows_no_suggestion_and_nobodys_answers(case, edit) -> None:
    case.decide(
        ("积分制", "删除", "", "*", "", "甲的理由"), ("村规民约", "新增"), ("扶贫产业园", "合并", "扶贫产业")
    )
    plan = review.SheetPlan(coder="B", blind=True)
    path = case.write(plan, suggestions=review.suggest(case.frequency, {"产业扶贫"}))
    assert path.name == "review-B.xlsx"
    edit(path, {"积分制": {"决定": "保留"}})
    case.apply(path)
    sheet = case.build(plan, suggestions=review.suggest(case.frequency, {"产业扶贫"}))
    assert not {"status", "suggestion", "suggested_standard", "reason", "weight"} & set(sheet.columns)
    assert sheet[["decision", "standard", "code", "quote", "note"]].eq("").all(axis=None)
    assert sheet["check"].nunique() == 1
    assert "村规民约" not in sheet["word"].tolist()
    book = openpyxl.load_workbook(case.write(plan))
    texts = {cell.value for sheet_ in book for row in sheet_ for cell in row}
    assert "甲的理由" not in texts
    assert case.apply(case.write(plan)) == []
    with pytest.raises(UsageError, match="second coder"):
        review.SheetPlan(blind=True)


def test_coder_names_make_safe_file_names(tmp_path: Path) -> None:
    assert review.SheetPlan(coder="王/../老师").file_name == "review-王_.._老师.xlsx"
