"""`casemine export` and `casemine import`: what they write and refuse."""

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

from casemine import Study

Call = Callable[..., Result]


def test_blind_goes_with_a_project_alone(coded: Path, call: Call) -> None:
    result = call("export", coded, "--format", "gexf", "--blind")
    assert result.exit_code == 2
    assert "--format gexf: --blind is about the codings of a qdpx." in result.stderr


def test_a_codebook_goes_out_and_comes_back(coded: Path, call: Call, tmp_path: Path) -> None:
    out, back = tmp_path / "book.qdc", tmp_path / "book.toml"
    assert call("export", coded, "--format", "qdc", "-o", out).stdout == f"Wrote {out}.\n"
    result = call("import", out, "-o", back)
    # The six-in-one framework has 6 selective and 19 axial categories and 73 open codes.
    assert result.stdout.startswith(f"Wrote {back}: 6 selective, 19 axial, 73 open.")
    again = call("import", out, "-o", back)
    assert (again.exit_code, "exists already." in again.stderr) == (2, True)


def test_a_network_says_how_many_keywords_it_holds(coded: Path, call: Call, tmp_path: Path) -> None:
    result = call("export", coded, "--format", "gexf", "--top", "2", "-o", tmp_path / "net.gexf")
    every = len(Study(coded).frequency)
    assert f"It holds the 2 keywords of most documents, of {every} (--top).\n" in result.stdout


def test_another_kind_of_file_is_wrong_usage(call: Call, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    result = call("import", tmp_path / "notes.txt")
    assert (result.exit_code, "is neither a .qdc nor a .qdpx." in result.stderr) == (2, True)


def test_what_an_import_took_over_is_told_as_json(coded: Path, call: Call, tmp_path: Path) -> None:
    call("export", coded, "--format", "qdpx", "-o", tmp_path / "p.qdpx")
    said = json.loads(call("import", tmp_path / "p.qdpx", "--study", coded, "--json").stdout)
    assert said["coders"] == ["casemine"] and said["codings"] > 0 and said["unplaced"] == []
    assert said["files"][0].endswith("codebook.toml")
    call("export", coded, "--format", "qdc", "-o", tmp_path / "c.qdc")
    said = json.loads(call("import", tmp_path / "c.qdc", "-o", tmp_path / "c.toml", "--json").stdout)
    assert said["files"] == [str(tmp_path / "c.toml")] and said["codes"]["open"] == 73
