"""`casemine code` and `casemine quotes`: what they print and write."""

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

from casemine import Study

Call = Callable[..., Result]


def test_the_quotations_of_a_code_as_csv(coded: Path, call: Call) -> None:
    result = call("quotes", coded, "--code", "防贫预警", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert result.exit_code == 0
    quoted = [
        (row["doc_id"], row["left"] + row["match"] + row["right"], row["start"], row["end"]) for row in rows
    ]
    assert quoted == [
        ("丙.txt", "防贫预警与扶贫产业并举。", "0", "12"),
        ("甲.txt", "全县建立防贫预警机制。", "0", "11"),
        ("甲.txt", "防贫预警到户。", "11", "18"),
    ]
    assert all("防贫预警" in row["match"] for row in rows)


def test_quotes_as_a_table_count_quotations_and_documents(coded: Path, call: Call) -> None:
    result = call("quotes", coded)
    assert "防贫预警与【扶贫产业】并举。  [扶贫产业]" in result.stdout
    assert result.stdout.endswith("\n6 quotations, 3 document(s).\n")


def test_quotes_are_written_to_a_file_too(coded: Path, call: Call, tmp_path: Path) -> None:
    result = call("quotes", coded, "--format", "csv", "-o", tmp_path / "quotes.csv")
    assert (tmp_path / "quotes.csv").read_bytes().decode("utf-8") == "\ufeff" + result.stdout


def test_a_code_that_the_codebook_lacks_is_wrong_usage(coded: Path, call: Call) -> None:
    result = call("quotes", coded, "--code", "没有")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "codebook six-in-one: has no code 没有." in result.stderr


def test_coding_counts_placements_and_quotations(coded: Path, call: Call) -> None:
    result = call("code", coded, "--vectors", "none")
    assert result.exit_code == 0
    counts = re.search(r"(\d+) keywords in .*: (\d+) placed, (\d+) suggested, (\d+) unplaced;", result.stdout)
    assert counts and int(counts[1]) == sum(map(int, counts.groups()[1:])) == len(Study(coded).frequency)
    assert "\n6 quotations of 2 codes (6 from keywords).\n" in result.stdout


def test_placements_as_json(coded: Path, call: Call) -> None:
    result = call("code", coded, "--vectors", "none", "--format", "json")
    placed = {row["keyword"]: row["open"] for row in json.loads(result.stdout) if row["status"] == "placed"}
    assert placed["防贫预警"] == "防贫预警" and set(placed.values()) == {"防贫预警", "扶贫产业"}


def test_open_coding_writes_a_draft(coded: Path, call: Call, tmp_path: Path) -> None:
    draft = tmp_path / "draft.toml"
    result = call("code", coded, "--open", "--vectors", "none", "--top", "3", "-o", draft)
    assert result.exit_code == 0
    assert f"Wrote {draft}: 2 selective, 2 axial, 3 open." in result.stdout
    assert draft.is_file()
