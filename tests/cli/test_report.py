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
    codings = coded / "keywords_final.csv"
    codings.write_text(codings.read_text("utf-8-sig").replace("1,", "1,", 1) + "\n", encoding="utf-8-sig")
    result = call("report", coded, "--format", "html")
    assert "stale" in result.stderr or "Note" in result.stderr


def test_another_form_and_a_missing_study_are_wrong_usage(coded: Path, call: Call, tmp_path: Path) -> None:
    assert call("report", coded, "--format", "pdf").exit_code == 2
    assert call("report", tmp_path / "none").exit_code != 0
