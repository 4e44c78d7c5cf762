"""A study made by casemine 0.1.0, kept as it was, opens, runs and gives the same tables."""

import shutil
from pathlib import Path

import pytest

from casemine import pipeline
from casemine.errors import StudyError
from casemine.study import Study
from casemine.study.migrations import FORMAT, migrated

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    shutil.copytree(DATA / "mini", tmp_path / "mini")
    return Path(shutil.copytree(DATA / "study-0.1.0", tmp_path / "study"))


def tables(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.csv"))}


def test_it_opens_and_says_that_an_earlier_version_made_it(old: Path) -> None:
    study = Study(old)
    assert study.record.reviewed and study.coded_by == ["six-in-one"]
    assert len(study.keywords) == 38 and len(study.texts) == 4
    stale = pipeline.run.stale(study)
    assert stale["ingest"] == "made by casemine 0.1.0"
    assert set(stale) == set(pipeline.run.products(study))


def test_run_makes_it_anew_and_gives_the_same_tables(old: Path) -> None:
    before = tables(old)
    refreshed = pipeline.run.refresh(old)
    assert refreshed.failed == {} and "code:six-in-one" in refreshed.done
    assert pipeline.run.stale(old) == {}
    after = tables(old)
    assert {name: after[name] for name in before} == before


def test_calls_of_all_stages_become_one_list() -> None:
    done = {"fingerprint": "f", "seconds": 1.0, "finished": "then", "outputs": {"codings.csv": "c"}}
    call = {"parameters": {"by": []}, "fingerprint": "g", "outputs": {"tables/a.csv": "t"}}
    values = migrated(
        {
            "casemine": "0.1.0",
            "inputs": ["../a"],
            "stages": {"code:x": {**done, "vectors": "none"}, "tables": {**done, "calls": [call, call]}},
        }
    )
    assert "stages" not in values and values["inputs"] == ["../a"]
    assert [(each["stage"], each["parameters"]) for each in values["calls"]] == [
        ("code", {"codebook": "x", "vectors": "none"}), ("tables", {"by": []}), ("tables", {"by": []}),
    ]  # fmt: skip
    assert values["calls"][1]["outputs"] == ["tables/a.csv"]
    assert values["files"] == {"codings.csv": "c"}


def test_a_later_format_is_refused() -> None:
    with pytest.raises(StudyError, match="was written by a later casemine"):
        migrated({"casemine": "9.0", "format": FORMAT + 1})
