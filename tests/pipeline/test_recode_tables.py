from pathlib import Path

import pytest

from casemine import pipeline
from casemine.pipeline.recode_tables import compare
from casemine.pipeline.view import followed
from casemine.study import Study

BOOK = "six-in-one"


@pytest.fixture
def other(tmp_path: Path) -> Study:
    folder = tmp_path / "cases"
    folder.mkdir()
    (folder / "丁.txt").write_text("全县建立防贫预警机制。垚玥养蜂见效，垚玥养蜂增收，垚玥养蜂好。", "utf-8")
    pipeline.extract.extract([folder], tmp_path / "other")
    pipeline.code.code(tmp_path / "other", vectors="none")
    return Study(tmp_path / "other")


def test_a_study_beside_itself_differs_in_nothing(coded: Path) -> None:
    study = Study(coded)
    tables = compare(study, study, [followed(study)])
    assert tables["recode_difference"].empty
    new, old = tables["recode_coverage"].drop(columns="corpus").to_dict("records")
    assert new == old and new["documents"] == 3
    assert new["inside"] + new["outside"] == new["keywords"]


def test_what_one_corpus_alone_has_is_told(coded: Path, other: Study) -> None:
    old = Study(coded)
    tables = compare(old, other, [followed(old)])
    difference = tables["recode_difference"]
    codes = difference[difference["kind"] == "code"]
    assert "扶贫产业" in codes.loc[codes["only_in"] == "old", "item"].tolist()
    assert "防贫预警" not in codes["item"].tolist()
    coverage = tables["recode_coverage"].set_index("corpus")
    assert coverage.loc["new", "documents"] == 1 and coverage.loc["old", "documents"] == 3
    assert set(tables["recode_coverage"]["codebook"]) == {BOOK}
    outside = tables["recode_outside"]["keyword"].tolist()
    assert len(outside) == coverage.loc["new", "outside"]
