"""In which line of a TOML file each table, key and list item stands: tomllib does not say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# A path as tomllib nests it: ("selective", 0, "axial", 2, "aliases", 1).
KeyPath = tuple[str | int, ...]

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""'
    r"|'''.*?'''"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*|\n|[\[\]{}=,.]|[^\s\[\]{}=,.\"'#]+|[\"']",
    re.DOTALL,
)


class _Token(NamedTuple):
    text: str
    line: int


def key_lines(source: str) -> dict[KeyPath, int]:
    """Map the path of every table header, key and list item of a TOML source to its line, from 1.

    What stands in an inline table has no entry of its own: ask for it with `line_of`. A source
    that is not valid TOML gives the lines of what could be made out.
    """
    lines: dict[KeyPath, int] = {}
    counts: dict[KeyPath, int] = {}
    table: KeyPath = ()
    for statement in _statements(source):
        texts = [token.text for token in statement]
        if texts[0] == "[":
            doubled = texts[:2] == ["[", "["]
            names = [_name(text) for text in texts if text not in "[]."]
            table = _enter(names, counts, doubled=doubled)
            lines.setdefault(table, statement[0].line)
        elif "=" in texts:
            equals = texts.index("=")
            key = table + tuple(_name(text) for text in texts[:equals] if text != ".")
            lines.setdefault(key, statement[0].line)
            for number, token in enumerate(_items(statement[equals + 1 :])):
                lines[(*key, number)] = token.line
    return lines


def line_of(lines: dict[KeyPath, int], path: KeyPath) -> int:
    """Return the line of `path`, or of the nearest thing around it that has one; else 1."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def headers(source: str) -> Iterator[tuple[int, str, bool]]:
    """Yield line and dotted name of each header, and whether it has two brackets."""
    for statement in _statements(source):
        texts = [token.text for token in statement]
        if texts[0] == "[":
            name = ".".join(_name(text) for text in texts if text not in "[].")
            yield statement[0].line, name, texts[1:2] == ["["]


def _statements(source: str) -> Iterator[list[_Token]]:
    """Yield the tokens of each statement, without comments: a header, or a key with its value."""
    statement: list[_Token] = []
    depth = 0
    line = 1
    for match in _TOKEN.finditer(source):
        text = match.group()
        if text == "\n":
            line += 1
            # A header's brackets balance within its line; those of a list may span several.
            if statement and depth <= 0:
                yield statement
                statement, depth = [], 0
            continue
        if not text.startswith("#"):
            statement.append(_Token(text, line))
            depth += (text in "[{") - (text in "]}")
        line += text.count("\n")
    if statement:
        yield statement


def _name(text: str) -> str:
    return text[1:-1] if text[0] in "\"'" else text


def _enter(names: list[str], counts: dict[KeyPath, int], *, doubled: bool) -> KeyPath:
    path: KeyPath = ()
    for place, name in enumerate(names, start=1):
        path = (*path, name)
        if doubled and place == len(names):
            counts[path] = counts.get(path, 0) + 1
        if path in counts:
            path = (*path, counts[path] - 1)
    return path


def _items(value: list[_Token]) -> Iterator[_Token]:
    """Yield the first token of each item of a list; nothing when the value is no list."""
    if not value or value[0].text != "[":
        return
    depth = 0
    awaited = False
    for token in value:
        if awaited and depth == 1 and token.text not in ("]", ","):
            yield token
            awaited = False
        depth += (token.text in "[{") - (token.text in "]}")
        if depth == 1 and token.text in "[,":
            awaited = True
