"""The bench: what another command changes is seen, and read only finishes nobody's write."""

from pathlib import Path

import pytest

from casemine.errors import StudyError, UsageError
from casemine.pipeline.code import code
from casemine.web.bench import Bench


def test_what_another_command_writes_is_seen(study: Path) -> None:
    bench = Bench(study)
    before, version = bench.study, bench.version
    bench.look()
    assert bench.study is before
    code(study, "problem-remedy")
    assert bench.version != version
    bench.look()
    assert bench.study.coded_by == ["problem-remedy", "six-in-one"]


def test_read_only_refuses_to_finish_a_write(study: Path) -> None:
    from casemine.study.files import STAGING

    (study / f"{STAGING}x").mkdir()
    with pytest.raises(StudyError, match="read-only"):
        Bench(study, read_only=True)
    assert (study / f"{STAGING}x").is_dir()


def test_a_blind_coder_needs_a_name_and_a_study_is_no_folder_of_others(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("x")
    with pytest.raises(UsageError, match="second coder"):
        Bench(tmp_path / "new", blind=True)
    with pytest.raises(UsageError, match="other files"):
        Bench(tmp_path)
    with pytest.raises(StudyError):
        Bench(tmp_path / "new", read_only=True)
