"""`casemine info`, `casemine run` and `casemine init`: what they print and write."""

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

from casemine import Study

Call = Callable[..., Result]


def test_info_counts_the_rows_of_each_table(coded: Path, call: Call) -> None:
    told = json.loads(call("info", coded, "--format", "json").stdout)
    rows = {name: told["rows"][name] for name in ("documents.csv", "frequency.csv", "codings.csv")}
    assert rows == {"documents.csv": 3, "frequency.csv": len(Study(coded).frequency), "codings.csv": 6}
    assert told["stale"] == {}


def test_run_on_what_is_up_to_date_redoes_nothing(coded: Path, call: Call) -> None:
    result = call("run", coded)
    assert (result.exit_code, result.stdout) == (0, "Redone: nothing; all was up to date.\n")


def test_no_study_is_wrong_usage(call: Call, tmp_path: Path) -> None:
    assert call("info", tmp_path).exit_code == 2


def test_init_replaces_a_file_only_by_force(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "casemine.toml"
    path.write_text("mine", encoding="utf-8")
    refused = call("init", path)
    assert (refused.exit_code, path.read_text(encoding="utf-8")) == (2, "mine")
    assert refused.stderr == f"casemine: {path}: exists already. Give another name, or --force.\n"
    assert call("init", path, "--force").exit_code == 0
    assert "[discover]" in path.read_text(encoding="utf-8")


def test_init_names_the_file_as_json(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "casemine.toml"
    assert json.loads(call("init", path, "--json").stdout) == {"file": str(path)}
