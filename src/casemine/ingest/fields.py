"""Findings in a document and where they stand."""

from __future__ import annotations

from typing import NamedTuple

# Full-width digits as plain ones, length-preserving, so that spans hold.
NARROW = str.maketrans("０１２３４５６７８９", "0123456789")


class Field(NamedTuple):
    """A finding and where it stands: "text[start:end]", "name" (of the file) or "given"."""

    value: str = ""
    origin: str = ""

    @classmethod
    def at(cls, value: str, start: int, end: int) -> Field:
        """Return a finding at the span `[start, end)` of the text."""
        return cls(value, f"text[{start}:{end}]")


NOTHING = Field()


class Line(NamedTuple):
    """A line of the text and the code point at which it begins."""

    text: str
    start: int


def first(*fields: Field) -> Field:
    """Return the first field that says something."""
    return next((item for item in fields if item.value), Field())


def lines_of(text: str) -> list[Line]:
    """Return the lines of a text, each with the code point at which it begins."""
    lines: list[Line] = []
    at = 0
    for line in text.split("\n"):
        lines.append(Line(line, at))
        at += len(line) + 1
    return lines
