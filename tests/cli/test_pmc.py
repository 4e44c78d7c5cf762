"""`casemine pmc`: what it prints, the sheet it writes and takes."""

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result


def test_it_proposes_writes_a_sheet_and_takes_it(
    coded: Path, call: Callable[..., Result], tmp_path: Path
) -> None:
    sheet = tmp_path / "pmc.xlsx"
    result = call("pmc", coded, "--codebook", "six-in-one", "--sheet", sheet)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("3 documents, mean index ") and "Next: confirm" in result.stderr
    again = call("pmc", coded, "--codebook", "six-in-one", "--apply", sheet, "--format", "json")
    assert "3 documents confirmed" in again.stderr
    assert all(row["confirmed"] for row in json.loads(again.stdout)["table"])
    assert call("pmc", coded, "--codebook", "six-in-one", "--grades", "a").exit_code == 2
    assert call("pmc", coded, "--codebook", "six-in-one", "--format", "csv").stdout.startswith(
        "doc_id,title,index"
    )
