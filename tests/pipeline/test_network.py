from pathlib import Path
from typing import Any

import networkx
import pytest

import casemine
from casemine import pipeline, sheets
from casemine.errors import ParameterError, StudyError, UsageError
from casemine.study import Study


def test_words_that_stand_together_are_tied(coded: Path) -> None:
    found = casemine.network(coded, unit="document", least=1)
    ties = found.edges.set_index(["first", "second"])["count"].to_dict()
    together = [count for pair, count in ties.items() if "防贫预警" in pair]
    assert together and set(together) == {1}
    assert found.nodes.set_index("item").loc["防贫预警", "units"] >= 1


def test_codes_by_document_sentence_and_paragraph(coded: Path) -> None:
    for unit, units in (("document", 2), ("sentence", 3), ("paragraph", 2)):
        found = casemine.network(coded, of="codes", unit=unit, least=1)
        assert found.nodes.set_index("item").loc["防贫预警", "units"] == units
        assert found.edges["count"].tolist() == [1]


def test_it_is_a_product_with_the_same_bytes_and_every_export_reads_back(coded: Path) -> None:
    files = casemine.network(coded, of="codes", unit="document", least=1, by="doc_id").files
    written = {name: (coded / name).read_bytes() for name in files}
    assert casemine.network(coded, of="codes", unit="document", least=1, by="doc_id").files == files
    assert {name: (coded / name).read_bytes() for name in files} == written
    assert "network:codes" in pipeline.run.products(
        Study(coded)
    ) and "network:codes" not in pipeline.run.stale(coded)
    for read, form in ((networkx.read_gexf, "gexf"), (networkx.read_graphml, "graphml")):
        assert len(read(coded / f"exports/network_codes.{form}")) == 2
    assert "tables/network_codes_correspondence.csv" in files


def test_what_cannot_be_asked_is_refused(coded: Path) -> None:
    with pytest.raises(UsageError, match="words, codes"):
        casemine.network(coded, of="topics")
    with pytest.raises(UsageError, match="no column 省"):
        casemine.network(coded, by="省")


def test_one_code_alone_stands_with_nothing(coded: Path) -> None:
    codings = sheets.read_csv(coded / "codings.csv")
    sheets.write_csv(codings[codings["code"] == codings["code"].iloc[0]], coded / "codings.csv")
    with pytest.raises(StudyError, match="fewer than two codes"):
        casemine.network(coded, of="codes")


def test_the_report_has_a_section_of_each_network(coded: Path) -> None:
    casemine.network(coded, of="codes", unit="document", least=1, by="doc_id")
    pipeline.report.report(coded, formats=["html"])
    page = (coded / "report.html").read_text("utf-8")
    assert "编码共现网络（颜色与形状为社群" in page
    assert "共现不低于1篇的连线" in page and "the weight being the count" in page


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("top", -5), ("top", 1), ("top", 1001), ("least", -1),
    ],
)  # fmt: skip
def test_what_the_command_line_refuses_python_may_not_give(coded: Path, name: str, value: Any) -> None:
    given: dict[str, Any] = {name: value}
    with pytest.raises(ParameterError) as caught:
        casemine.network(coded, **given)
    assert caught.value.place == name
