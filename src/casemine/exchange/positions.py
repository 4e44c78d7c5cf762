"""Positions in texts: what another program counted, in code points, and the same words in another text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import NamedTuple
from unicodedata import category, normalize

from casemine.exchange.alignment import aligned

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


# How a program counts characters beyond U+FFFF, where a person says so.
UNITS = ("code-points", "utf-16")


class Reading(NamedTuple):
    """A text with line feeds, where each stretch stands in it, and whether it may as well be elsewhere."""

    text: str
    spans: list[tuple[int, int]]
    doubtful: bool


def resolved(text: str, stretches: Sequence[Stretch], origin: str, unit: str = "") -> Reading:
    """Return the text with line feeds, and where each stretch stands in it, in code points.

    The standard counts code points of the text as the file has it. Programs differ in whether CRLF
    counts one or two and whether a character beyond U+FFFF does; selections that bear their words as name
    tell which. Where they do not, the standard holds, for ATLAS.ti with CRLF as one; and the reading is
    doubtful where counting in UTF-16 would give other places. `unit`, one of `UNITS`, settles that. A
    position beyond the text is brought back to its end.
    """
    raw = text.removeprefix(_MARK)
    flat = line_feeds(text)
    # Files that QualCoder wrote hold CRLF on Windows, and count it as one.
    bases = [raw, flat] if not origin.upper().startswith(_COUNTS_LINE_FEEDS) else [flat, raw]
    readings: list[tuple[int, bool, list[tuple[int, int]]]] = []
    for base in dict.fromkeys(bases):
        for utf16 in _units(base, unit):
            place = _places(base, utf16=utf16)
            spans = [(place(start), place(end)) for start, end, _ in stretches]
            right = sum(
                _same(flat[start:end], stretch.name)
                for (start, end), stretch in zip(spans, stretches, strict=True)
            )
            readings.append((right, utf16, spans))
    right, utf16, best = max(readings, key=lambda reading: reading[0])
    doubtful = any(spans != best for also, other, spans in readings if also == right and other != utf16)
    return Reading(flat, best, doubtful)


def _units(base: str, unit: str) -> tuple[bool, ...]:
    if unit:
        return (unit == "utf-16",)
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


# What cleaning takes out of a text: numbers of notes, and whole short lines (page numbers, running heads).
_NOTE_MARKS = re.compile(
    r"[\[［〔【(（]\s*\d{1,3}(?:\s*[,，、;；\-－—–~～]\s*\d{1,3})*\s*[\]］〕】)）]|[\u00b9\u00b2\u00b3\u2070-\u2079①-⑳]+"
)
_LONGEST_RUNNING_HEAD = 60
# Characters that cleaning writes in another way than NFKC does.
_SAME = {"。": ".", "．": ".", "«": "《", "»": "》", "－": "-", "—": "-", "–": "-"}


def _folded(text: str) -> tuple[str, list[int]]:
    """Return `text` in plain characters, without white space and what is not seen, and their places in it."""
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if character.isspace() or category(character) in ("Cf", "Cc"):
            continue
        for plain in _SAME.get(character) or normalize("NFKC", character):
            if not plain.isspace():
                characters.append(_SAME.get(plain, plain))
                places.append(place)
    return "".join(characters), places


@dataclass(frozen=True)
class Finder:
    """Finds the words of one text in another that cleaning, or another program, made differ from it.

    White space, the width of characters and what is not seen make no difference; marks of notes and
    whole short lines that stand in the source alone are passed over. Any other difference inside the
    words leaves them without a place.
    """

    source: str
    target: str

    def find(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where `source[start:end]` stands in `target`, None when it does not, or is blank.

        Of several places it is the one that the texts around it agree on, else the one nearest to
        where it stood.
        """
        words = squeezed(self.source[start:end])
        if not words:
            return None
        there, at = self._target
        occurrences = list(_occurrences(there, words))
        if len(occurrences) != 1:
            placed = self._by_alignment(start, end)
            if placed or not occurrences:
                return placed
        expected = len(squeezed(self.source[:start]))
        nearest = min(occurrences, key=lambda occurrence: (abs(occurrence - expected), occurrence))
        return at[nearest], at[nearest + len(words) - 1] + 1

    @cached_property
    def _target(self) -> tuple[str, list[int]]:
        kept = [number for number, char in enumerate(self.target) if not char.isspace()]
        return "".join(self.target[number] for number in kept), kept

    @cached_property
    def _alignment(self) -> tuple[list[int], list[int], list[int]]:
        """Places of the plain characters in the source, those in the target, and which is which."""
        source, source_places = _folded(self.source)
        target, target_places = _folded(self.target)
        return source_places, target_places, aligned(source, target)

    @cached_property
    def _notes(self) -> list[tuple[int, int]]:
        return [match.span() for match in _NOTE_MARKS.finditer(self.source)]

    def _by_alignment(self, start: int, end: int) -> tuple[int, int] | None:
        here, there, same = self._alignment
        inside = range(bisect_left(here, start), bisect_left(here, end))
        matched = [same[number] for number in inside if same[number] >= 0]
        lone = [number for number in inside if same[number] < 0]
        if not matched or len(matched) != matched[-1] - matched[0] + 1:
            return None
        if not all(self._taken_out(here[first], here[last] + 1) for first, last in _runs(lone)):
            return None
        return there[matched[0]], there[matched[-1]] + 1

    def _taken_out(self, first: int, last: int) -> bool:
        """Whether cleaning takes such things out as `source[first:last]`."""
        number = bisect_left(self._notes, (first + 1, 0)) - 1
        if number >= 0 and last <= self._notes[number][1]:
            return True
        line = self.source.rfind("\n", 0, first) + 1, self.source.find("\n", last)
        whole = self.source[line[0] : line[1] if line[1] >= 0 else None]
        return len(whole) <= _LONGEST_RUNNING_HEAD * (1 + whole.count("\n")) and squeezed(whole) == squeezed(
            self.source[first:last]
        )


def _occurrences(text: str, words: str) -> Iterator[int]:
    place = text.find(words)
    while place >= 0:
        yield place
        place = text.find(words, place + 1)


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of numbers that follow one another."""
    for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        yield run[0], run[-1]


def overlapping(spans: Sequence[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """Return those of `spans`, which stand in order and apart, that share a character with `[start, end)`."""
    first = bisect_left([stop for _, stop in spans], start + 1)
    touched = []
    for span in spans[first:]:
        if span[0] >= end:
            break
        touched.append(span)
    return touched
