import subprocess
import sys
from pathlib import Path

import pytest

from casemine.errors import StudyError
from casemine.study import lock
from casemine.study.lock import locked

HOLD = """
import sys, time
from pathlib import Path
from casemine.study.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def other(tmp_path: Path) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None and process.stdout.readline() == "held\n"
    return process


def test_who_holds_the_lock_is_named(tmp_path: Path, other: "subprocess.Popen[str]") -> None:
    with pytest.raises(StudyError, match=rf"another command .*process {other.pid} on "), locked(tmp_path, 0):
        raise AssertionError
    other.communicate("\n")
    with locked(tmp_path, 0):
        pass


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path, other: "subprocess.Popen[str]") -> None:
    other.kill()
    other.communicate()
    with locked(tmp_path, lock.PATIENCE):
        pass


def test_nested_blocks_are_one(tmp_path: Path) -> None:
    with locked(tmp_path), locked(tmp_path, 0):
        pass
    assert lock._held == {}


def test_a_study_that_nobody_may_write_into_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(lock.FileLock, "acquire", refused)
    with pytest.raises(StudyError, match=r"nothing can be written"), locked(tmp_path):
        raise AssertionError
    assert lock._held == {}
