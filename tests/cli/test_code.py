"""`casemine code` and `casemine quotes`: what they print and write."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Call = Callable[..., Result]


def test_the_quotations_of_a_code_as_csv(coded: Path, call: Call) -> None:
    result = call("quotes", coded, "--code", "防贫预警", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert result.exit_code == 0
    assert [(row["doc_id"], row["left"], row["right"], row["start"], row["end"]) for row in rows] == [
        ("丙.txt", "", "与扶贫产业并举。", "0", "12"),
        ("甲.txt", "全县建立", "机制。", "0", "11"),
        ("甲.txt", "", "到户。", "11", "18"),
    ]


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
    assert ": 2 placed, 2 suggested, 1 unplaced; selective category placed for 2.\n" in result.stdout
    assert "6 quotations of 2 codes (3 from the text, 3 from keywords).\n" in result.stdout


def test_placements_as_json(coded: Path, call: Call) -> None:
    result = call("code", coded, "--vectors", "none", "--format", "json")
    placed = {row["keyword"]: row["open"] for row in json.loads(result.stdout) if row["status"] == "placed"}
    assert placed == {"防贫预警": "防贫预警", "发展扶贫产业": "扶贫产业"}


def test_open_coding_writes_a_draft(coded: Path, call: Call, tmp_path: Path) -> None:
    draft = tmp_path / "draft.toml"
    result = call("code", coded, "--open", "--vectors", "none", "--top", "3", "-o", draft)
    assert result.exit_code == 0
    assert f"Wrote {draft}: 2 selective, 2 axial, 3 open." in result.stdout
    assert draft.is_file()
