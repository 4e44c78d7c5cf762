"""Codebooks as TOML that a person edits: reading with every mistake named, writing, finding."""

from __future__ import annotations

import difflib
import json
import re
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from casemine import resources
from casemine.bounded import parse_toml, read_text
from casemine.coding.codebook import ABOUT, CODE_TEXTS, LEVELS, RULE_FIELDS, Code, Codebook
from casemine.coding.codebook_check import Located, Problem, bad_name, bad_text, consistency
from casemine.coding.codebook_lines import KeyPath, headers, key_lines, line_of
from casemine.coding.codebook_rules import RuleReader, rules_toml
from casemine.errors import UsageError

_FOLDER = "codebooks"
_HEADERS = ("selective", "selective.axial", "selective.axial.open")
_CODE_KEYS = ("name", *CODE_TEXTS, "aliases", *RULE_FIELDS)
_TOML_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_SHEETS = (".xlsx", ".xlsm", ".xls", ".csv", ".tsv")
_FULL_WIDTH = "“”‘’＝［］，＃"


def load(path: Path) -> Codebook:
    """Read a codebook. Raises `UsageError` naming every error with its line."""
    book, problems = read(path)
    if book is None:
        raise refusal(path, problems)
    return book


def check(path: Path) -> list[Problem]:
    """Return all that is wrong with a codebook file, errors and warnings, in the order of the lines."""
    return read(path)[1]


def read(path: Path) -> tuple[Codebook | None, list[Problem]]:
    """Read a codebook file: the codebook (None when there are errors) and its problems."""
    if path.suffix.lower() in _SHEETS:
        advice = f"Make a codebook of it: casemine codebook import {path} -o NAME.toml"
        raise UsageError("is a sheet, not a codebook.", place=str(path), advice=advice)
    return parsed(text_of(path), str(path))


def parsed(source: str, file: str) -> tuple[Codebook | None, list[Problem]]:
    """Read the text of a codebook file as `read` does; `file` is where it stands, or would."""
    problems = _orphans(source, file)
    try:
        values = parse_toml(source)
    except tomllib.TOMLDecodeError as error:
        return None, sorted({*problems, _syntax_problem(error, source, file)})
    reader = _Reader(file, source)
    about = reader.about(values, name=Path(file).stem)
    reader.level(values.get("selective", []), ("selective",), 0, "")
    problems = sorted({*problems, *reader.problems, *consistency(reader.found, file)})
    if any(not problem.warning for problem in problems):
        return None, problems
    if not reader.found:
        problems.append(Problem(file, 1, "the codebook has no codes yet.", warning=True))
    return Codebook(**about, entries=tuple(one.code for one in reader.found)), problems


def refusal(path: Path, problems: Sequence[Problem]) -> UsageError:
    """Return the error that names every error of a codebook."""
    errors = [problem for problem in problems if not problem.warning]
    shown = "\n".join(f"  {problem.unit} {problem.line}: {problem.reason}" for problem in errors)
    count = "one error" if len(errors) == 1 else f"{len(errors)} errors"
    return UsageError(f"the codebook has {count}:\n{shown}", place=str(path))


# Larger than any codebook.
MOST_BYTES = 16 << 20


def text_of(path: Path) -> str:
    """Return the text of a file in UTF-8 or GB18030, as editors and Excel on Chinese Windows save."""
    try:
        return read_text(path, MOST_BYTES).replace("\r\n", "\n").replace("\r", "\n")
    except FileNotFoundError as error:
        raise UsageError(f"cannot be read ({error.strerror}).", place=str(path)) from error


def _orphans(source: str, file: str) -> list[Problem]:
    """Find headers of a level where none of the level above is open, and those with one bracket."""
    problems: list[Problem] = []
    depth = 0
    for line, name, doubled in headers(source):
        if name not in _HEADERS:
            continue
        at = _HEADERS.index(name)
        if not doubled:
            problems.append(Problem(file, line, f"write [[{name}]] with two brackets, once for each."))
        elif at > depth:
            reason = f"[[{name}]] stands without a [[{_HEADERS[at - 1]}]] above it."
            problems.append(Problem(file, line, f"level missing: {reason}"))
        depth = at + 1
    return problems


def _syntax_problem(error: tomllib.TOMLDecodeError, source: str, file: str) -> Problem:
    lines = source.split("\n")
    place = _TOML_PLACE.search(str(error))
    line = int(place[1]) if place and place[1] else len(source.rstrip("\n").split("\n"))
    reason = _TOML_PLACE.sub("", str(error))
    odd = [char for char in _FULL_WIDTH if char in lines[line - 1]]
    hint = f' Write " = [ ] , # and not {odd[0]} around names and texts.' if odd else ""
    return Problem(file, line, f"not valid TOML: {reason}.{hint}")


class _Reader:
    """Walks the values of one file and collects codes and problems."""

    def __init__(self, file: str, source: str) -> None:
        self.file = file
        self.lines = key_lines(source)
        self.found: list[Located] = []
        self.problems: list[Problem] = []

    def about(self, values: dict[str, Any], name: str) -> dict[str, str]:
        """Take the texts about the codebook itself."""
        self._known(values, (), (*ABOUT, "selective"))
        texts = {key: self._text(values, (), key) for key in ABOUT if key in values}
        about = {"name": name, **texts}
        if reason := bad_name(about["name"]):
            self._say(("name",), f"the name of the codebook {reason}")
        return about

    def level(self, tables: Any, path: KeyPath, depth: int, parent: str) -> None:
        """Take the tables of one level and all below them."""
        if not isinstance(tables, list):
            if isinstance(tables, dict) and depth + 1 < len(LEVELS) and LEVELS[depth + 1] in tables:
                return  # an orphan, named by its header
            self._say(path, f"write [[{_HEADERS[depth]}]] with two brackets, once for each.")
            return
        for number, table in enumerate(tables):
            here = (*path, number)
            if not isinstance(table, dict):
                self._say(here, f"{LEVELS[depth]} must be a table that begins with [[{_HEADERS[depth]}]].")
                continue
            below = LEVELS[depth + 1] if depth + 1 < len(LEVELS) else ""
            self._known(table, here, (*_CODE_KEYS, below) if below else _CODE_KEYS)
            name = self._code(table, here, LEVELS[depth], parent)
            if below:
                self.level(table.get(below, []), (*here, below), depth + 1, name)

    def _code(self, table: dict[str, Any], path: KeyPath, level: str, parent: str) -> str:
        if not isinstance(table.get("name"), str):
            if "name" in table:
                self._text(table, path, "name")
            else:
                self._say(path, f"this {level} entry has no name.")
            return ""
        texts: dict[str, Any] = {
            key: self._text(table, path, key) for key in ("name", *CODE_TEXTS) if key in table
        }
        aliases, alias_lines = self._aliases(table, path)
        rules = RuleReader(
            table, lambda below, reason: self._say((*path, *below), reason), self._known_in(path)
        )
        code = Code(level=level, parent=parent, aliases=aliases, **texts, **rules.fields())
        rule_lines = {below: line_of(self.lines, (*path, *below)) for below in rules.paths}
        self.found.append(Located(code, line_of(self.lines, (*path, "name")), alias_lines, rule_lines))
        return code.name

    def _aliases(self, table: dict[str, Any], path: KeyPath) -> tuple[tuple[str, ...], tuple[int, ...]]:
        given = table.get("aliases", [])
        if not isinstance(given, list) or not all(isinstance(alias, str) for alias in given):
            self._say((*path, "aliases"), 'aliases must be a list of texts, such as ["甲", "乙"].')
            return (), ()
        spots = tuple(line_of(self.lines, (*path, "aliases", number)) for number in range(len(given)))
        return tuple(alias.strip() for alias in given), spots

    def _text(self, table: dict[str, Any], path: KeyPath, key: str) -> str:
        value = table[key]
        if not isinstance(value, str):
            self._say((*path, key), f"{key} must be a text in quotation marks, not {_shown(value)}.")
            return ""
        if not path and (reason := bad_text(value)):
            self._say((*path, key), f"{key} {reason}")
        return value.strip()

    def _known_in(self, path: KeyPath) -> Callable[[dict[str, Any], KeyPath, tuple[str, ...]], None]:
        return lambda table, below, known: self._known(table, (*path, *below), known)

    def _known(self, table: dict[str, Any], path: KeyPath, known: tuple[str, ...]) -> None:
        for key in table:
            if key in known:
                continue
            if key in LEVELS:
                self._say((*path, key, 0), f"level missing: {key} does not belong directly here.")
                continue
            near = difflib.get_close_matches(key, known, n=1)
            advice = f"did you mean {near[0]}?" if near else f"known are: {', '.join(known)}."
            self._say((*path, key), f"unknown key {key}; {advice}")

    def _say(self, path: KeyPath, reason: str) -> None:
        self.problems.append(Problem(self.file, line_of(self.lines, path), reason))


def _shown(value: Any) -> str:
    return "a table" if isinstance(value, dict) else "a list" if isinstance(value, list) else str(value)


def shipped() -> list[str]:
    """Name the codebooks that come with casemine."""
    return sorted(path.stem for path in resources.dictionary(_FOLDER).glob("*.toml"))


def find(name: str | Path) -> Codebook:
    """Load a codebook by its path, or a shipped one by its name. Raises `UsageError`."""
    return load(locate(name))


def locate(name: str | Path) -> Path:
    """Return the file of a codebook given by its path or by the name of a shipped one."""
    if Path(name).is_file():
        return Path(name)
    known = shipped()
    if str(name) in known:
        return resources.dictionary(f"{_FOLDER}/{name}.toml")
    raise UsageError(
        "no such codebook.", place=str(name), advice=f"Give a file or one of: {', '.join(known)}."
    )


def to_toml(book: Codebook) -> str:
    """Write a codebook as TOML to be read and edited; `load` gives the same codebook back."""
    about = {key: getattr(book, key) for key in ABOUT}
    lines = [f"{key} = {_quoted(value)}" for key, value in about.items() if value or key == "name"]
    # An absent key would come back as its default.
    lines += ['language = ""'] if not book.language else []
    for code in book.entries:
        depth = LEVELS.index(code.level)
        indent = "  " * depth
        shown = {"name": code.name, **{key: getattr(code, key) for key in CODE_TEXTS}}
        # What a person would fill in stands there, empty or not.
        asked = {"selective": ("name", "role", "definition"), "axial": ("name", "definition")}.get(
            code.level, ("name", "definition", "include", "exclude", "example")
        )
        lines += ["", f"{indent}[[{_HEADERS[depth]}]]"]
        lines += [f"{indent}{key} = {_quoted(text)}" for key, text in shown.items() if text or key in asked]
        if code.aliases or code.level == "open":
            lines.append(f"{indent}aliases = [{', '.join(map(_quoted, code.aliases))}]")
        lines += [f"{indent}{line}" for line in rules_toml(code)]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    # A JSON text is a TOML text.
    return json.dumps(text, ensure_ascii=False)


def template(name: str) -> str:
    """Return an empty codebook whose comments say how to fill it."""
    return resources.dictionary(f"{_FOLDER}/template.txt").read_text(encoding="utf-8").replace("NAME", name)
