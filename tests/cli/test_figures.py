"""`casemine figures`: what it draws and names."""

from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Call = Callable[..., Result]


def test_one_figure_in_one_format(coded: Path, call: Call) -> None:
    result = call("figures", coded, "--only", "keyword_frequency", "--format", "svg")
    assert result.exit_code == 0
    assert [path.name for path in (coded / "figures").iterdir()] == ["keyword_frequency.svg"]


def test_an_unknown_figure_is_wrong_usage(coded: Path, call: Call) -> None:
    assert call("figures", coded, "--only", "pie").exit_code == 2
    assert not (coded / "figures").exists()
