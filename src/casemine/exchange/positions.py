"""Positions in texts: what another program counted, in code points, and the same words in another text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

_MARK = "\ufeff"
# ATLAS.ti writes CRLF into the file and counts it as one character.
_COUNTS_LINE_FEEDS = "ATLAS"


class Stretch(NamedTuple):
    """A selection as the file has it: positions in whatever unit, and its name, often the words selected."""

    start: int
    end: int
    name: str


def line_feeds(text: str) -> str:
    """Return `text` without byte order mark, every line end a line feed."""
    return text.removeprefix(_MARK).replace("\r\n", "\n").replace("\r", "\n")


def resolved(text: str, stretches: Sequence[Stretch], origin: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the text with line feeds, and where each stretch stands in it, in code points.

    The standard counts code points of the text as the file has it. Programs differ in whether CRLF
    counts one or two and whether a character beyond U+FFFF does; selections that bear their words as name
    tell which. Where they do not, the standard holds, for ATLAS.ti with CRLF as one. A position beyond
    the text is brought back to its end.
    """
    raw = text.removeprefix(_MARK)
    flat = line_feeds(text)
    # Files that QualCoder wrote hold CRLF on Windows, and count it as one.
    names = [raw, flat] if not origin.upper().startswith(_COUNTS_LINE_FEEDS) else [flat, raw]
    readings = [_places(base, utf16=utf16) for base in dict.fromkeys(names) for utf16 in _units(base)]
    best: list[tuple[int, int]] = []
    most = -1
    for place in readings:
        spans = [(place(start), place(end)) for start, end, _ in stretches]
        right = sum(
            _same(flat[start:end], stretch.name)
            for (start, end), stretch in zip(spans, stretches, strict=True)
        )
        if right > most:
            best, most = spans, right
    return flat, best


def _units(base: str) -> tuple[bool, ...]:
    return (False, True) if max(base, default="") > "\uffff" else (False,)


def _same(words: str, name: str) -> bool:
    return bool(name) and squeezed(words) == squeezed(name)


def _places(base: str, *, utf16: bool) -> Callable[[int], int]:
    """Return a function from a position in `base` to the code point of its text with line feeds."""
    units = base.encode("utf-16-le") if utf16 else b""

    def place(position: int) -> int:
        before = units[: 2 * position].decode("utf-16-le", "ignore") if utf16 else base[:position]
        return len(line_feeds(before)) if "\r" in before else len(before)

    return place


def squeezed(text: str) -> str:
    """Return `text` without white space."""
    return "".join(text.split())


@dataclass(frozen=True)
class Finder:
    """Finds the words of one text in another that differs from it, white space making no difference."""

    source: str
    target: str

    def find(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where `source[start:end]` stands in `target`: the occurrence nearest to the same place.

        None when it does not stand there, or is blank.
        """
        words = squeezed(self.source[start:end])
        if not words:
            return None
        there, at = self._target
        expected = len(squeezed(self.source[:start]))
        best = -1
        at_words = there.find(words)
        while at_words >= 0:
            if best < 0 or abs(at_words - expected) < abs(best - expected):
                best = at_words
            at_words = there.find(words, at_words + 1)
        return None if best < 0 else (at[best], at[best + len(words) - 1] + 1)

    @cached_property
    def _target(self) -> tuple[str, list[int]]:
        kept = [number for number, char in enumerate(self.target) if not char.isspace()]
        return "".join(self.target[number] for number in kept), kept


def overlapping(spans: Sequence[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """Return those of `spans`, which stand in order and apart, that share a character with `[start, end)`."""
    first = bisect_left([stop for _, stop in spans], start + 1)
    touched = []
    for span in spans[first:]:
        if span[0] >= end:
            break
        touched.append(span)
    return touched
