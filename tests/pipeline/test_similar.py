from pathlib import Path
from typing import Any

import networkx
import pytest

import casemine
from casemine import pipeline, sheets
from casemine.errors import ParameterError
from casemine.study import Study

PASSAGE = (
    "建立防止返贫动态监测和帮扶机制，对易返贫致贫人口实施常态化监测，做到早发现、早干预、早帮扶，守住底线。"
)
TEXTS = {
    "甲省方案.txt": f"甲省方案\n\n2019年。茶叶和水果种植面积扩大。{PASSAGE}",
    "乙省方案.txt": f"乙省方案\n\n2020年。{PASSAGE}茶叶和水果种植面积稳定。",
    "丙省方案.txt": f"丙省方案\n\n2021年。港口吞吐量增长。{PASSAGE}",
}


@pytest.fixture
def study(tmp_path: Path) -> Study:
    (tmp_path / "in").mkdir()
    rows = [f"{name},{2019 + at}" for at, name in enumerate(TEXTS)]
    (tmp_path / "in" / "manifest.csv").write_text("\n".join(["file,year", *rows]), encoding="utf-8")
    for name, text in TEXTS.items():
        (tmp_path / "in" / name).write_text(text, encoding="utf-8")
    return pipeline.extract.extract([tmp_path / "in"], tmp_path / "study")


def test_a_passage_is_followed_from_the_first_who_wrote_it(study: Study) -> None:
    found = casemine.similar(study, alike=0.1)
    passages = found.passages
    assert passages["order"].tolist() == ["earlier"] * 3
    origins = passages[passages["origin"]]
    assert origins[["first", "second"]].values.tolist() == [
        ["甲省方案.txt", "丙省方案.txt"], ["甲省方案.txt", "乙省方案.txt"]
    ]  # fmt: skip
    texts = {document.doc_id: document.text for document in study.texts}
    for row in passages.to_dict("records"):
        first, second = (
            texts[row[side]][row[f"{side}_start"] : row[f"{side}_end"]] for side in ("first", "second")
        )
        assert first == second == row["text"] and PASSAGE[:40] in first
    assert found.diffusion["source"].unique().tolist() == ["甲省方案.txt"]
    by_name = found.documents.set_index("doc_id")
    assert by_name.loc["甲省方案.txt", ["taken", "given"]].tolist() == [0, 2]


def test_it_is_a_product_of_the_study_with_the_same_bytes(study: Study) -> None:
    first = casemine.similar(study, alike=0.1)
    written = {name: (study.folder / name).read_bytes() for name in first.files}
    assert {"tables/similar_passages.csv", "tables/similar.xlsx", "exports/similar.gexf"} < set(written)
    casemine.similar(study.folder, alike=0.1)
    assert {name: (study.folder / name).read_bytes() for name in first.files} == written
    assert "similar" in pipeline.run.products(Study(study.folder))
    assert "similar" not in pipeline.run.stale(study.folder)
    graph = networkx.read_gexf(study.folder / "exports/similar.gexf")
    assert ("甲省方案.txt", "丙省方案.txt") in graph.edges()


def test_what_nothing_is_found_in_says_so(coded: Path) -> None:
    found = casemine.similar(coded, alike=0.99)
    assert found.passages.empty and len(found.not_drawn) == 2
    assert sheets.read_csv(coded / "tables/similar_passages.csv").empty


def test_the_report_has_a_section_with_what_passed_on(study: Study) -> None:
    casemine.similar(study, alike=0.1)
    pipeline.report.report(study, formats=["html"])
    assert "文本相似与政策扩散" in (study.folder / "report.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("least", 0), ("least", -1), ("least", "a"), ("alike", 2), ("alike", -1), ("neighbours", 0),
        ("neighbours", -1), ("common", 5), ("common", "a"),
    ],
)  # fmt: skip
def test_what_the_command_line_refuses_python_may_not_give(study: Study, name: str, value: Any) -> None:
    given: dict[str, Any] = {name: value}
    with pytest.raises(ParameterError) as caught:
        casemine.similar(study, **given)
    assert caught.value.place == name
