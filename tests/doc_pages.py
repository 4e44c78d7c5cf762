"""The pages, README and docs: their examples run, their generated parts generated."""

from __future__ import annotations

import re
import shlex
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import click
from click.testing import CliRunner

from casemine import schema
from casemine.cli import casemine

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
CONSOLE = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
KINDS = {
    "en": {"text": "text", "count": "integer", "number": "number", "flag": "true or false"},
    "zh": {"text": "文本", "count": "整数", "number": "小数", "flag": "真假"},
}
HEADS = {
    "en": "| column | 表头 | type | meaning |\n|---|---|---|---|",
    "zh": "| 列 | 表头 | 类型 | 含义 |\n|---|---|---|---|",
}
KEY = {"en": " (key)", "zh": "（主键）"}
_WIDTH = 88


def page_names(language: str) -> list[str]:
    """Return the pages of a language as paths below its folder, in order."""
    folder = DOCS / language
    return sorted(page.relative_to(folder).as_posix() for page in folder.rglob("*.md"))


def play(block: str, language: str) -> str:
    """Run the `$ casemine` lines of a block and write what they print, in a language, below them."""
    shown = []
    for line in block.splitlines():
        if line.startswith("$ "):
            assert line.startswith("$ casemine "), f"only casemine can be run here: {line}"
            result = CliRunner().invoke(casemine, ["--lang", language, *shlex.split(line)[2:]])
            assert result.exit_code in (0, 1), result.output
            shown += [line, result.output.strip("\n")]
    return "\n".join(part for part in shown if part) + "\n"


def played(page: str, language: str) -> str:
    """Return a page as the program of today would have it, its examples run in the current folder."""
    return CONSOLE.sub(lambda block: play(block[1], language), page)


READMES = {"en": "README.md", "zh": "README.zh-CN.md"}


class Tour(NamedTuple):
    """The README's tour, done: the folder it was done in, and the README as it would be written now."""

    folder: Path
    readme: str


def do_tour(folder: Path, language: str) -> Tour:
    """Do the tour of a README in `folder`, the current one: the sample cases and `my-study`."""
    shutil.copytree(ROOT / "corpora", folder / "corpora")
    return Tour(folder, played((ROOT / READMES[language]).read_text("utf-8"), language))


def generated(name: str, page: str) -> str:
    """Return a page whose parts between <!-- X --> and <!-- /X --> are generated anew."""
    language = "zh" if "zh" in Path(name).parts else "en"
    for part, make in PARTS.items():
        marked = re.compile(rf"(?<=<!-- {part} -->\n)(.*?)(?=<!-- /{part} -->)", re.DOTALL)
        if marked.search(page):
            text = make(language)
            page = marked.sub(lambda _, text=text: f"\n{text}\n", page)
    return page


def meanings() -> dict[str, str]:
    """Return the meanings of tables and columns, English -> Chinese."""
    return tomllib.loads((DOCS / "meanings.zh.toml").read_text("utf-8"))["meanings"]


def tables(language: str) -> str:
    """Return the reference of every table, a section each."""
    chinese = meanings() if language == "zh" else {}
    sections = []
    for table in schema.TABLES:
        rows = [f"## {table.name}", "", chinese.get(table.meaning, table.meaning), "", HEADS[language]]
        for column in table.columns:
            name = f"`{column.name}`{KEY[language] if column.name in table.key else ''}"
            meaning = chinese.get(column.meaning, column.meaning).replace("|", "\\|")
            rows.append(f"| {name} | {column.header} | {KINDS[language][column.kind]} | {meaning} |")
        sections.append("\n".join(rows))
    return "\n\n".join(sections) + "\n"


def commands(language: str) -> str:
    """Return the help of every command, as a terminal of 88 columns shows it."""
    return (
        "\n\n".join(
            f"## {' '.join(path)}\n\n```text\n{_help(path, language)}\n```" for path in command_paths()
        )
        + "\n"
    )


def command_paths(path: tuple[str, ...] = ("casemine",)) -> Iterator[list[str]]:
    """Yield every command as its words, a group before what is in it."""
    yield list(path)
    command = command_of(list(path))
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            yield from command_paths((*path, name))


def command_of(path: list[str]) -> click.Command:
    """Return the command that words such as casemine, codebook, show lead to."""
    command: click.Command = casemine
    for name in path[1:]:
        assert isinstance(command, click.Group)
        inner = command.get_command(click.Context(command), name)
        assert inner is not None, f"there is no command {' '.join(path)}"
        command = inner
    return command


def _help(path: list[str], language: str) -> str:
    result = CliRunner().invoke(
        casemine,
        ["--lang", language, *path[1:], "--help"],
        prog_name="casemine",
        terminal_width=_WIDTH,
        max_content_width=_WIDTH,
    )
    assert result.exit_code == 0, result.output
    return result.output.strip("\n")


def settings(language: str) -> str:
    """Return the settings file that `casemine init` writes."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "casemine.toml"
        assert CliRunner().invoke(casemine, ["init", str(file)]).exit_code == 0
        return f"```toml\n{file.read_text('utf-8').strip()}\n```\n"


def layers(language: str) -> str:
    """Return which room stands above which, as import-linter is told."""
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]
    contracts = tools["importlinter"]["contracts"]
    floors = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return "```text\n" + "\n".join(floor.replace("casemine.", "") for floor in floors) + "\n```\n"


PARTS = {"tables": tables, "commands": commands, "settings": settings, "layers": layers}

_INLINE = re.compile(r"`(casemine [^`]+)`")
_FENCED = re.compile(r"^ *```([a-z]*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)


def command_lines(page: str) -> list[list[str]]:
    """Return the words of every casemine command a page names, in its text or a block that is not run."""
    lines = _INLINE.findall(_FENCED.sub("", page))
    for block in (text for kind, text in _FENCED.findall(page) if kind in ("sh", "powershell")):
        for line in re.split(r"\n|&&|;", block):
            at = re.search(r"(?:^|[/\\\s])(casemine \S.*)", line.strip())
            lines += [at[1]] if at and not line.strip().startswith("#") else []
    return [shlex.split(re.split(r"\s#", line)[0].replace("\\", "/")) for line in lines]


def parse(words: list[str]) -> None:
    """Parse a command line without running it; raise click's error for what the command does not know."""
    path, rest = words[:1], words[3:] if words[1:2] == ["--lang"] else words[1:]
    while isinstance(command_of(path), click.Group) and rest and not rest[0].startswith("-"):
        path, rest = [*path, rest[0]], rest[1:]
    command = command_of(path)
    context = click.Context(command, info_name=" ".join(path), **casemine.context_settings)
    _, too_many, _ = command.make_parser(context).parse_args(args=rest)
    assert not too_many, f"{' '.join(words)}: {too_many}"
