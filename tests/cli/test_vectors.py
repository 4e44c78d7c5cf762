"""`casemine vectors`: the files it takes and refuses."""

from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Call = Callable[..., Result]


def test_a_name_without_a_known_ending_is_wrong_usage(cases: Path, call: Call, tmp_path: Path) -> None:
    result = call("vectors", cases, "-o", tmp_path / "words.csv")
    assert result.exit_code == 2
    assert "is no name of a file of vectors. End it in .npz, .txt, .vec or .bin." in result.stderr


def test_a_file_that_exists_stays(cases: Path, call: Call, tmp_path: Path) -> None:
    path = tmp_path / "words.npz"
    path.write_bytes(b"mine")
    result = call("vectors", cases, "-o", path)
    assert (result.exit_code, path.read_bytes()) == (2, b"mine")
    assert "exists already; nothing was written." in result.stderr
