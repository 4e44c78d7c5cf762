"""`casemine reproduce`: what is shown of the figures set side by side."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from click.testing import Result

from casemine import pipeline

Call = Callable[..., Result]
COLUMNS = ["part", "item", "published", "computed", "verdict", "why"]
TABLE = pd.DataFrame(
    [
        ("places", "云南", "5", "5", "same", ""),
        ("in print", "合计", "117", "116", "differs", "一例没有地区。"),
        ("keywords", "积分制", "", "3", "not published", ""),
    ],
    columns=COLUMNS,
)


@pytest.fixture(autouse=True)
def _made(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reproducing itself takes a minute; tests/pipeline does it."""
    made = SimpleNamespace(table=TABLE)
    monkeypatch.setattr(pipeline.reproduce, "reproduce", lambda folder, progress: made)


def test_counts_and_what_does_not_add_up_in_print(call: Call, tmp_path: Path) -> None:
    result = call("reproduce", "-o", tmp_path / "study")
    assert "合计: 117, but 116. 一例没有地区。" in result.stdout
    assert "\nPlaces\n" in result.stdout and "云南" in result.stdout and "积分制" not in result.stdout
    assert f"All 3 rows: {tmp_path / 'study' / 'reproduction' / 'reproduction.csv'}" in result.stdout


def test_all_rows_as_csv_and_json(call: Call, tmp_path: Path) -> None:
    rows = call("reproduce", "-o", tmp_path / "study", "--format", "csv").stdout.splitlines()
    assert rows[0] == ",".join(COLUMNS) and len(rows) == 4
    assert '"积分制"' in call("reproduce", "-o", tmp_path / "study", "--format", "json").stdout


def test_quiet_shows_nothing_and_a_folder_is_needed(call: Call, tmp_path: Path) -> None:
    assert call("reproduce", "-o", tmp_path / "study", "--quiet").stdout == ""
    assert call("reproduce").exit_code == 2
