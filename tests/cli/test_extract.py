"""`casemine extract`: what it prints, writes and leaves out."""

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Call = Callable[..., Result]


def test_extract_counts_documents_and_characters(cases: Path, call: Call, tmp_path: Path) -> None:
    result = call("extract", cases, "-o", tmp_path / "study", "-q", "--format", "json")
    told = json.loads(result.stdout)
    # 18, 16 and 12 characters.
    assert (result.exit_code, told["documents"], told["chars"]) == (0, 3, 46)
    # Both are keywords of two documents.
    assert [row["keyword"] for row in told["keywords"][:2]] == ["扶贫产业", "防贫预警"]
    assert (tmp_path / "study" / "run.json").is_file()


def test_a_second_run_keeps_every_table(coded: Path, cases: Path, call: Call) -> None:
    result = call("extract", cases, "-o", coded)
    assert f"Study: {coded}. Nothing had changed; every table was kept.\n" in result.stdout


def test_a_file_that_cannot_be_read_ends_with_one(call: Call, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "好.txt").write_text("发展扶贫产业。", encoding="utf-8")
    (tmp_path / "in" / "坏.docx").write_bytes(b"no zip")
    result = call("extract", tmp_path / "in", "-o", tmp_path / "study")
    assert result.exit_code == 1
    assert "Left out: 1 failed, 0 passed over (left_out.csv)" in result.stderr


def test_no_input_is_wrong_usage(call: Call) -> None:
    assert call("extract").exit_code == 2
