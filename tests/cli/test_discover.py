"""`casemine discover`: CSV to stdout or a file, and the documents it spares."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Call = Callable[..., Result]


def test_new_words_go_to_stdout_and_to_a_file_alike(cases: Path, call: Call, tmp_path: Path) -> None:
    result = call("discover", cases, "-q")
    found = {row["word"]: row["frequency"] for row in csv.DictReader(io.StringIO(result.stdout))}
    assert (result.exit_code, found["扶贫产业"], found["防贫预警"]) == (0, "3", "3")
    written = call("discover", cases, "-q", "-o", tmp_path / "words.csv")
    assert (tmp_path / "words.csv").read_bytes().decode("utf-8") == "\ufeff" + result.stdout
    assert written.stdout == ""


def test_a_document_is_never_written_over(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "甲.txt"
    path.write_text("防贫预警。", encoding="utf-8")
    result = call("discover", path, "-o", path)
    assert (result.exit_code, path.read_text(encoding="utf-8")) == (2, "防贫预警。")
    assert "is one of the documents to read. Give another -o." in result.stderr


def test_kinds_that_are_left_out_are_not_listed(cases: Path, call: Call) -> None:
    every = csv.DictReader(io.StringIO(call("discover", cases, "-q").stdout))
    without = csv.DictReader(io.StringIO(call("discover", cases, "-q", "--left-out", "place").stdout))
    assert [row["word"] for row in every if row["kind"] != "place"] == [row["word"] for row in without]
