"""`casemine network`: what it prints."""

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result


def test_it_says_what_stands_together_and_what_was_written(coded: Path, call: Callable[..., Result]) -> None:
    result = call("network", coded, "--of", "codes", "--unit", "document", "--least", "1", "-q")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("2 nodes, 1 ties, 1 communities") and "network_codes.dl" in result.stdout
    parts = json.loads(call("network", coded, "--of", "codes", "--format", "json").stdout)
    assert {row["item"] for row in parts["nodes"]} == {"防贫预警", "扶贫产业"}
    assert call("network", coded, "--format", "csv").stdout.startswith("item,units,degree")
