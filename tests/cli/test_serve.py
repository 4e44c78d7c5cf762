"""`casemine serve`: what it says, and what it refuses."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from casemine.cli import casemine


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    given: dict[str, Any] = {}

    def serve(folder: Path, *, say: Any, **options: Any) -> None:
        given.update(options, folder=folder)
        say("http://127.0.0.1:1/?token=x")

    monkeypatch.setattr("casemine.web.server.serve", serve)
    return given


def test_it_says_where_and_how_to_stop(asked: dict[str, Any]) -> None:
    result = CliRunner().invoke(casemine, ["serve", "study", "--no-browser", "--coder", " 乙 ", "--blind"])
    assert result.exit_code == 0
    assert "http://127.0.0.1:1/?token=x" in result.output
    assert "Ctrl-C" in result.output
    assert (asked["coder"], asked["blind"], asked["browser"], asked["host"]) == (
        "乙",
        True,
        False,
        "127.0.0.1",
    )
    assert "anybody" not in result.output


def test_another_address_is_warned_of(asked: dict[str, Any]) -> None:
    result = CliRunner().invoke(casemine, ["serve", "study", "--host", "0.0.0.0"])
    assert "anybody" in result.output
    assert asked["host"] == "0.0.0.0"


def test_a_folder_of_others_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("starlette")
    (tmp_path / "x.txt").write_text("x")
    result = CliRunner().invoke(casemine, ["serve", str(tmp_path), "--no-browser"])
    assert result.exit_code == 2
    assert "other files" in result.output
