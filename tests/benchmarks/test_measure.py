import sys
from pathlib import Path

from measure import UNIX, measured


def test_a_command_is_measured_as_a_whole_process(tmp_path: Path) -> None:
    found = measured([sys.executable, "-c", "b = b'x' * 60_000_000"], tmp_path, seconds=60)
    assert found.failure == ""
    assert found.wall > 0
    if UNIX:
        assert found.peak is not None
        assert found.peak > 60_000_000


def test_an_error_and_its_last_line_are_kept(tmp_path: Path) -> None:
    found = measured([sys.executable, "-c", "raise LookupError('no corpus')"], tmp_path, seconds=60)
    assert found.failure == "LookupError: no corpus"


def test_a_command_that_hangs_is_stopped(tmp_path: Path) -> None:
    found = measured([sys.executable, "-c", "import time; time.sleep(600)"], tmp_path, seconds=0.5)
    assert found.failure.startswith("stopped after")
