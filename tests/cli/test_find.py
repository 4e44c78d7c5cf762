"""`casemine find`: what it prints, and that it refuses in one message."""

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Call = Callable[..., Result]


def test_the_table_has_the_matches_below_one_another(coded: Path, call: Call) -> None:
    result = call("find", coded, "预警", "--width", "4", "--by", "doc_id")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[:2] == ["    防贫【预警】与扶贫产  [丙.txt:2]", "建立防贫【预警】机制。防  [甲.txt:6]"]
    assert lines[-1] == "3 places in 2 of 3 documents."
    assert any(line.split() == ["甲.txt", "1", "1", "2", "1111.11"] for line in lines)


def test_json_and_csv(coded: Path, call: Call) -> None:
    parts = json.loads(call("find", coded, "防.预", "--regex", "--format", "json", "--limit", "1").stdout)
    assert [line["match"] for line in parts["lines"]] == ["防贫预"]
    assert parts["groups"][0]["occurrences"] == 3
    csv = call("find", coded, "全部 防贫；产业", "--rule", "--format", "csv").stdout
    assert csv.splitlines()[0].startswith("doc_id,region") and csv.count("丙.txt") == 1


def test_code_says_what_it_did(coded: Path, call: Call) -> None:
    result = call("find", coded, "带动增收", "--code", "防贫预警")
    assert (
        "Coded 1 sentences with 防贫预警 (six-in-one, coder researcher); 0 had it already." in result.stderr
    )


def test_output_goes_into_a_file(coded: Path, call: Call, tmp_path: Path) -> None:
    result = call("find", coded, "防贫", "-o", tmp_path / "a.csv")
    assert (
        result.stdout.startswith("Wrote ") and (tmp_path / "a.csv").read_text("utf-8-sig").count("防贫,") == 3
    )


def test_a_bad_pattern_is_one_message(coded: Path, call: Call) -> None:
    result = call("find", coded, "(", "--regex")
    assert result.exit_code == 2 and result.stderr.count("\n") == 1
