"""`casemine topics`: what it prints, and how it reads its options."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from casemine import pipeline, resources

pytest.importorskip("gensim")
Call = Callable[..., Result]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("studies") / "study"
    pipeline.extract.extract([resources.corpus("cases")], folder)
    return folder


def test_topics_are_listed_and_become_a_codebook(sample: Path, call: Call, tmp_path: Path) -> None:
    study = shutil.copytree(sample, tmp_path / "study")
    result = call("topics", study, "--topics", "4", "--by", "region")
    assert result.exit_code == 0, result.output
    assert "4 topics: mean coherence" in result.stdout
    assert "tables/topics_by_region.csv" in result.stdout
    draft = tmp_path / "draft.toml"
    assert call("topics", study, "--to-codebook", draft).exit_code == 0
    assert call("codebook", "check", draft).exit_code == 0


@pytest.mark.parametrize("given", ["5", "40:5", "1:9", "a:b"])
def test_a_range_that_is_none_is_refused(sample: Path, call: Call, given: str) -> None:
    result = call("topics", sample, "--choose", given)
    assert result.exit_code == 2 and "is no range" in result.stderr
