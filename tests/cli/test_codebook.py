"""`casemine codebook`: what it prints, writes and refuses."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Call = Callable[..., Result]


def test_a_codebook_as_a_tree_and_as_a_table(call: Call) -> None:
    tree = call("codebook", "show", "six-in-one").stdout.splitlines()
    assert "6 selective, 19 axial, 73 open" in tree
    rows = list(csv.DictReader(io.StringIO(call("codebook", "show", "six-in-one", "--format", "csv").stdout)))
    assert len(rows) == 6 + 19 + 73


def test_the_list_as_json_counts_codes(call: Call) -> None:
    books = {book["name"]: book for book in json.loads(call("codebook", "list", "--format", "json").stdout)}
    own = books["six-in-one"]
    assert [own[level] for level in ("selective", "axial", "open")] == [6, 19, 73]


def test_a_codebook_does_not_differ_from_itself(call: Call) -> None:
    result = call("codebook", "diff", "six-in-one", "six-in-one")
    assert (result.exit_code, result.stdout) == (0, "No difference.\n")


def test_a_new_codebook_never_replaces_a_file(call: Call, tmp_path: Path) -> None:
    first, second = call("codebook", "new", tmp_path / "own"), call("codebook", "new", tmp_path / "own")
    assert (first.exit_code, second.exit_code) == (0, 2)
    assert first.stdout.startswith(f"Wrote {tmp_path / 'own.toml'}.")


def test_a_broken_codebook_ends_with_one(call: Call, tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("name = ", encoding="utf-8")
    assert call("codebook", "check", tmp_path / "broken.toml").exit_code == 1


def test_a_workbook_goes_out_and_comes_back(call: Call, tmp_path: Path) -> None:
    book = tmp_path / "book.xlsx"
    assert call("codebook", "export", "six-in-one", "-o", book).exit_code == 0
    result = call("codebook", "import", book, "-o", tmp_path / "book.toml")
    assert result.stdout.startswith(f"Wrote {tmp_path / 'book.toml'}: 6 selective, 19 axial, 73 open.")


def test_rows_that_go_backwards_are_wrong_usage(call: Call, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("x\n", encoding="utf-8")
    result = call("codebook", "import", tmp_path / "t.csv", "-o", tmp_path / "t.toml", "--rows", "9-3")
    assert (result.exit_code, "--rows must be like 3-40, not 9-3." in result.stderr) == (2, True)
