"""The method paragraph says what run.json and the tables say, counted here a second time."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from casemine import sheets
from casemine.pipeline.report import report_view
from casemine.pipeline.view import view
from casemine.report.method import citation, method_en, method_zh
from casemine.schema import AGREEMENT
from casemine.study import Study
from report.shown import changed


def numbers(text: str) -> list[str]:
    return re.findall(r"\d[\d,.]*\d|\d", text)


@pytest.fixture(scope="module")
def counted(reported: Path) -> dict[str, str]:
    """What the files of the study say, as texts."""
    run = json.loads((reported / "run.json").read_text("utf-8"))
    read = {path.stem: sheets.read_csv(path) for path in reported.rglob("*.csv")}
    placed = read["placements"][read["placements"]["status"] == "placed"]
    saturation = read["saturation_summary"].set_index("level").loc["open"]
    return {
        "casemine": run["versions"]["casemine"],
        "documents": str(len(read["documents"])),
        "chars": f"{sum(map(int, read['documents']['chars'])):,}",
        "new_words": str(len(read["new_words"])),
        "top": str(run["settings"]["weigh"]["top"]),
        "found": str(len(read["frequency"])),
        "kept": str((read["decisions"]["decision"] == "keep").sum()),
        "undecided": str(len(read["frequency"]) - len(read["decisions"])),
        "dropped": str((read["decisions"]["decision"] == "drop").sum()),
        "final": str(len(read["frequency_final"])),
        "mentions": str(sum(map(int, read["frequency_final"]["documents"]))),
        "placed": str(len(placed)),
        "open": str(read["codings"]["code"].nunique()),
        "quotations": str(len(read["codings"][["doc_id", "start", "code"]].drop_duplicates())),
        "held_out": saturation["held_out"],
        "new_codes": saturation["new"],
    }


def test_the_chinese_paragraph_says_the_numbers_of_the_files(reported: Path, counted: dict[str, str]) -> None:
    said = method_zh(report_view(view(Study(reported))))
    for phrase in (
        "{documents}篇文本（共{chars}字符）", "使用casemine {casemine}", "共得新词{new_words}个",
        "前{top}个词语作为候选关键词，共{found}个", "保留{kept}项、删除{dropped}项",
        "其余{undecided}个候选词未审定",
        "规范化关键词{final}个（案例频次合计{mentions}）", "{placed}个关键词归入编码本",
        "共得{open}个开放式编码",
        "{quotations}条引文", "留出{held_out}篇（共{documents}篇），新增开放式编码{new_codes}个",
    ):  # fmt: skip
        assert phrase.format(**counted) in said


def test_the_english_paragraph_says_the_same_numbers(reported: Path) -> None:
    gathered = report_view(view(Study(reported)))
    english, chinese = method_en(gathered), method_zh(gathered)
    # The numbers of the paper's title, of its year and issue, are the codebook's, in both.
    assert sorted(set(numbers(english))) == sorted(set(numbers(chinese)))


def test_settings_are_those_of_the_run_not_the_defaults(reported: Path) -> None:
    gathered = report_view(view(Study(reported)))
    weigh = {"select": "new-words", "method": "tfidf", "top": 3}
    settings = {**gathered.run.settings, "weigh": weigh, "words": {"generic": ["none"]}}
    other = changed(gathered, run=replace(gathered.run, settings=settings, reviewed=False), min_count=7)
    assert "最低频次7次" in method_zh(other)
    assert "每篇取权重最高的3个新词" in method_zh(other)
    assert "未剔除泛化词" in method_zh(other)
    assert "未经人工审定" in method_zh(other)
    assert "minimum frequency of 7" in method_en(other)
    assert "not reviewed" in method_en(other)


def test_agreement_is_said_where_there_is_any(reported: Path) -> None:
    gathered = report_view(view(Study(reported)))
    assert "Krippendorff" not in method_zh(gathered)
    row = {column.name: 0 for column in AGREEMENT.columns} | {"code": "*", "note": ""}
    measured = {**row, "percent": 0.9, "alpha": 0.81, "alpha_low": 0.7, "alpha_high": 0.9}
    agreed = changed(gathered, agreement=AGREEMENT.frame([measured]))
    assert "一致率为90.0%，Krippendorff α为0.810（95%区间0.700至0.900）" in method_zh(agreed)
    assert "alpha was 0.810 (95% interval 0.700 to 0.900)" in method_en(agreed)


def test_the_citation_names_the_version(reported: Path) -> None:
    gathered = report_view(view(Study(reported)))
    assert gathered.run.versions["casemine"] in citation(gathered)


def test_a_coding_older_than_its_keywords_is_said(reported: Path) -> None:
    gathered = report_view(view(Study(reported)))
    assert not gathered.stale
    old = changed(gathered, stale=True)
    assert "编码之后关键词或编码本又有改动" in method_zh(old)
    assert "changed since" in method_en(old)
