"""A study made by casemine 0.1.0, kept as it was, opens and runs, and nothing that was decided is lost."""

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


def kept(folder: Path) -> dict[str, bytes]:
    """Return what no later version may change: the texts, what was decided, the study's own codebook."""
    paths = [*(folder / "texts").iterdir(), folder / "decisions.csv", folder / "history.csv"]
    return {path.name: path.read_bytes() for path in [*paths, folder / "codebooks" / "six-in-one.toml"]}


def test_it_opens_and_says_that_an_earlier_version_made_it(old: Path) -> None:
    study = Study(old)
    assert study.record.reviewed and study.coded_by == ["six-in-one"]
    assert len(study.keywords) == 38 and len(study.texts) == 4
    stale = pipeline.run.stale(study)
    assert stale["ingest"] == "made by casemine 0.1.0"
    assert set(stale) == set(pipeline.run.products(study))


def test_run_makes_every_product_anew_and_keeps_what_was_read_and_decided(old: Path) -> None:
    # 0.1.0 did not count the title of a table's row.
    settings = (old / "casemine.toml").read_text("utf-8")
    (old / "casemine.toml").write_text(
        settings.replace("[ingest]", "[ingest]\ntitle_counted = false"), "utf-8"
    )
    before, keywords = kept(old), set(Study(old).keywords["word"])
    refreshed = pipeline.run.refresh(old)
    assert refreshed.failed == {} and set(refreshed.done) == set(pipeline.run.products(Study(old)))
    assert pipeline.run.stale(old) == {}
    assert kept(old) == before
    # Places and pieces of clauses (青禾县, 羊羔归农户) are no keywords any more; the terms are still there.
    terms = {
        "入股合作社", "公益性岗位", "利益联结", "利益联结机制", "合作社托养",
        "搬迁群众", "村集体", "积分超市", "联营车间", "防贫预警",
    }  # fmt: skip
    assert terms <= keywords and terms <= set(Study(old).keywords["word"])
    assert not {"青禾县", "石磨镇", "柳沟", "羊羔归农户"} & set(Study(old).keywords["word"])
    # It stands inside 合作社托养 and 入股合作社.
    assert "合作社" in keywords and "合作社" not in set(Study(old).keywords["word"])
    assert "公益岗位" not in set(Study(old).keywords["word"])  # it was merged


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
