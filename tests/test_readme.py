"""What the READMEs show is what the program says: the tour is run, the tables are generated.

`pytest --regold` writes both anew.
"""

import os
import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from casemine import schema
from casemine.cli import casemine

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh-CN.md")
_CONSOLE = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
_TABLES = re.compile(r"(?<=<!-- tables -->\n)(.*?)(?=<!-- /tables -->)", re.DOTALL)


def play(block: str) -> str:
    """Run the `$ casemine` lines of a block and write what they print below them."""
    shown = []
    for line in block.splitlines():
        if line.startswith("$ casemine "):
            result = CliRunner().invoke(casemine, shlex.split(line)[2:])
            assert result.exit_code in (0, 1), result.output
            shown += [line, result.output.strip("\n")]
    return "\n".join(shown) + "\n"


def tables() -> str:
    lines = ["| table | column | 表头 | meaning |", "|---|---|---|---|"]
    for table in schema.TABLES:
        for column in table.columns:
            name = f"**{table.name}**" if column is table.columns[0] else ""
            mark = " (key)" if column.name in table.key else ""
            lines.append(f"| {name} | {column.name}{mark} | {column.header} | {column.meaning} |")
    return "\n".join(lines) + "\n"


@pytest.mark.skipif(os.name == "nt", reason="the READMEs show paths as Unix writes them")
@pytest.mark.parametrize("name", READMES)
def test_the_tour_prints_what_the_readme_shows(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    shutil.copytree(ROOT / "corpora", tmp_path / "corpora")
    monkeypatch.chdir(tmp_path)
    readme = (ROOT / name).read_text("utf-8")
    played = _CONSOLE.sub(lambda block: play(block[1]), readme)
    assert played.count("$ casemine") >= 3
    if request.config.getoption("--regold"):
        (ROOT / name).write_text(played, "utf-8", newline="\n")
    else:
        assert played == readme


@pytest.mark.parametrize("name", READMES)
def test_the_table_of_tables_is_the_schema(name: str, request: pytest.FixtureRequest) -> None:
    readme = (ROOT / name).read_text("utf-8")
    assert len(_TABLES.findall(readme)) == 1
    written = _TABLES.sub(lambda _: tables(), readme)
    if request.config.getoption("--regold"):
        (ROOT / name).write_text(written, "utf-8", newline="\n")
    else:
        assert written == readme


def test_both_readmes_show_the_same_commands() -> None:
    command = re.compile(r"^(?:\$ |\.venv|python3? |py ).*", re.MULTILINE)
    english, chinese = (command.findall((ROOT / name).read_text("utf-8")) for name in READMES)
    assert english == chinese
