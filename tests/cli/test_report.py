"""`casemine report`: what it writes and says."""

from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Call = Callable[..., Result]


def test_a_page_is_written_and_named_with_its_size(coded: Path, call: Call) -> None:
    result = call("report", coded, "--format", "html", "--title", "我的研究")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Wrote {coded / 'report.html'} (")
    assert "我的研究" in (coded / "report.html").read_text("utf-8")


def test_quiet_says_nothing(coded: Path, call: Call) -> None:
    assert call("report", coded, "--format", "html", "--quiet").stdout == ""


def test_a_stale_coding_is_told(coded: Path, call: Call) -> None:
    keywords = coded / "keywords_final.csv"
    keywords.write_bytes(keywords.read_bytes() + b"\n")
    result = call("report", coded, "--format", "html")
    assert "The codings are not up to date." in result.stderr


def test_another_form_and_a_missing_study_are_wrong_usage(coded: Path, call: Call, tmp_path: Path) -> None:
    assert call("report", coded, "--format", "pdf").exit_code == 2
    assert call("report", tmp_path / "none").exit_code != 0
