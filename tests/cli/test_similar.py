"""`casemine similar`: what it prints and writes."""

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result


def test_it_says_what_is_near_and_what_was_written(coded: Path, call: Callable[..., Result]) -> None:
    result = call("similar", coded, "--alike", "0.05", "-q")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("3 documents: ") and "tables/similar.xlsx" in result.stdout
    parts = json.loads(call("similar", coded, "--format", "json").stdout)
    assert [row["doc_id"] for row in parts["documents"]] == ["丙.txt", "乙.txt", "甲.txt"]
    assert call("similar", coded, "--format", "csv").stdout.startswith("first,second,first_date")
