"""`casemine words`: what it prints."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Call = Callable[..., Result]


def test_the_list_as_table_csv_and_json(coded: Path, call: Call) -> None:
    result = call("words", coded, "--by", "region")
    assert result.exit_code == 0, result.output
    assert "词语" in result.stdout and "tables/words.csv" in result.stdout
    rows = list(csv.DictReader(io.StringIO(call("words", coded, "--format", "csv").stdout.lstrip("\ufeff"))))
    assert {row["word"]: row["documents"] for row in rows}["防贫预警"] == "2"
    assert "tables/words_by_year.csv" in json.loads(call("words", coded, "--format", "json").stdout)


def test_parts_of_speech_are_a_list(coded: Path, call: Call) -> None:
    rows = csv.DictReader(io.StringIO(call("words", coded, "--pos", "n, a", "--format", "csv").stdout))
    assert all(row["pos"][0] in "na" for row in rows)


def test_a_part_of_speech_that_is_none_is_wrong_usage(coded: Path, call: Call) -> None:
    result = call("words", coded, "--pos", "n,zz")
    assert result.exit_code == 2
    assert "pos: is 'zz'. Give first letters of parts of speech" in result.stderr
