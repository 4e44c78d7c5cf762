"""A dictionary in arrays, in which many words are looked up at once.

Making a `dict` of jieba's 349,046 words takes longer than cutting a book into them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
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
    """Words with frequency and tag, a row each, by the names of the words."""

    words: NDArray[np.str_]
    frequency: NDArray[np.int64]
    tag: NDArray[np.str_]
    names: NDArray[np.uint64]

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a dictionary of jieba's: UTF-8, on each line word, frequency and tag, a space between them."""
        points = np.frombuffer(path.read_bytes().decode("utf-8").encode("utf-32-le"), dtype=np.uint32)
        marks = np.flatnonzero((points == ord(" ")) | (points == ord("\n"))).reshape(-1, 3)
        begins = np.append(0, marks[:-1, 2] + 1), marks[:, 0] + 1, marks[:, 1] + 1
        words, digits, tags = (_field(points, *each) for each in zip(begins, marks.T, strict=True))
        names = _names(words)
        order = np.argsort(names, kind="stable")
        return cls(_strings(words)[order], _numbers(digits)[order], _strings(tags)[order], names[order])

    @cached_property
    def total(self) -> int:
        """The sum of all frequencies."""
        return int(self.frequency.sum())

    def find(self, words: Sequence[str]) -> _Ints:
        """Return the row of each word, the last where it has several, -1 where it has none."""
        # One character more than any word here: enough of a longer one to tell it from them.
        width = self.words.itemsize // 4 + 1
        asked = np.array(words, dtype=f"<U{width}")
        rows = np.searchsorted(self.names, _names(asked.view(np.uint32).reshape(-1, width)), "right") - 1
        # Two strings may share a name, if hardly ever: letters decide.
        return np.where(self.words[rows] == asked, rows, -1)


def _field(points: _Points, begins: _Ints, ends: _Ints) -> _Points:
    """Return what stands between the places, a row each, 0 after its end."""
    lengths = ends - begins
    field = np.zeros((len(begins), int(lengths.max())), dtype=np.uint32)
    rows = np.arange(len(begins))
    for at in range(field.shape[1]):
        rows = rows[lengths[rows] > at]
        field[rows, at] = points[begins[rows] + at]
    return field


def _strings(field: _Points) -> NDArray[np.str_]:
    return field.view(f"<U{field.shape[1]}").ravel()


def _numbers(digits: _Points) -> NDArray[np.int64]:
    """Read each row as a whole number."""
    numbers = np.zeros(len(digits), dtype=np.int64)
    for digit in digits.T:
        numbers = np.where(digit, 10 * numbers + digit - ord("0"), numbers)
    return numbers


def _names(field: _Points) -> NDArray[np.uint64]:
    """Name each row; what is 0 after its end plays no part."""
    names = np.zeros(len(field), dtype=np.uint64)
    powers = np.multiply.accumulate(np.full(field.shape[1], BASE))
    for column, power in zip(field.T, powers, strict=True):
        names += column * power
    return names
