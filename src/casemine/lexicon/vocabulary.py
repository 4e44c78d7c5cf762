"""A dictionary in arrays, in which many words are looked up at once.

Making a `dict` of jieba's 349,046 words takes longer than cutting a book into them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

# An odd number without pattern: names of strings are sums of its powers, modulo 2^64 (Karp and Rabin 1987).
BASE = np.uint64(0x9E3779B97F4A7C15)

_Points = NDArray[np.uint32]
_Ints = NDArray[np.integer[Any]]


@dataclass(frozen=True)
class Vocabulary:
    """Words with frequency and tag, a row each, by the names of the words.

    `points` holds the code points of the file, `marks` for each row where its line begins and where word,
    frequency and tag end; a row is read when it is asked for. `longest` is the length of the longest word,
    `total` the sum of the frequencies of all rows.
    """

    points: _Points
    marks: _Ints
    names: NDArray[np.uint64]
    longest: int
    total: int

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a dictionary of jieba's: UTF-8, on each line word, frequency and tag, a space between them."""
        text = path.read_text(encoding="utf-8").rstrip("\n") + "\n"
        points = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
        ends = np.flatnonzero((points == ord(" ")) | (points == ord("\n"))).reshape(-1, 3)
        marks = np.column_stack((np.append(0, ends[:-1, 2] + 1), ends))
        names = _names(points, marks[:, 0], marks[:, 1])
        order = np.argsort(names, kind="stable")
        total = _numbers(_field(points, marks[:, 1] + 1, marks[:, 2])).sum()
        longest = int((marks[:, 1] - marks[:, 0]).max())
        return cls(points, marks[order], names[order], longest, int(total))

    def find(self, words: Sequence[str]) -> _Ints:
        """Return the row of each word, the last where it has several, -1 where it has none."""
        lengths = np.fromiter(map(len, words), np.int64, len(words))
        asked = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        ends = np.cumsum(lengths)
        begins = ends - lengths
        short = np.flatnonzero(lengths <= self.longest)
        names = _names(asked, begins[short], ends[short])
        rows = np.searchsorted(self.names, names, "right") - 1
        begin, end = self.marks[rows, :2].T
        # Two strings may share a name, if hardly ever: letters decide.
        same = (self.names[rows] == names) & (lengths[short] == end - begin)
        here = short[same]
        ours = _field(self.points, begin[same], end[same])
        alike = (ours == _field(asked, begins[here], ends[here])).all(axis=1)
        row = np.full(len(words), -1)
        row[here[alike]] = rows[same][alike]
        return row

    def frequency(self, rows: _Ints) -> NDArray[np.int64]:
        """Return the frequency in each row, 0 for the row -1."""
        _, begin, end, _ = self.marks[rows].T
        return np.where(rows >= 0, _numbers(_field(self.points, begin + 1, end)), 0)

    def tag(self, rows: _Ints) -> list[str]:
        """Return the tag in each row, "" for the row -1."""
        _, _, begin, end = self.marks[rows].T
        field = _field(self.points, begin + 1, np.where(rows >= 0, end, begin + 1))
        tags: list[str] = field.view(f"<U{field.shape[1]}").ravel().tolist()
        return tags


def _field(points: _Points, begins: _Ints, ends: _Ints) -> _Points:
    """Return what stands between the places, a row each, 0 after its end."""
    lengths = ends - begins
    field = np.zeros((len(begins), max(1, int(lengths.max(initial=0)))), dtype=np.uint32)
    rows = np.arange(len(begins))
    for at in range(field.shape[1]):
        rows = rows[lengths[rows] > at]
        field[rows, at] = points[begins[rows] + at]
    return field


def _numbers(digits: _Points) -> NDArray[np.int64]:
    """Read each row as a whole number."""
    numbers = np.zeros(len(digits), dtype=np.int64)
    for digit in digits.T:
        numbers = np.where(digit, 10 * numbers + digit - ord("0"), numbers)
    return numbers


def _names(points: _Points, begins: _Ints, ends: _Ints) -> NDArray[np.uint64]:
    """Name what stands between the places."""
    lengths = ends - begins
    names = np.zeros(len(begins), dtype=np.uint64)
    rows = np.arange(len(begins))
    powers = np.multiply.accumulate(np.full(max(1, int(lengths.max(initial=0))), BASE))
    for at, power in enumerate(powers):
        rows = rows[lengths[rows] > at]
        names[rows] += points[begins[rows] + at] * power
    return names
