"""Stretches of a text as numbers: two stretches have the same name when they have the same letters.

A name is a sum of powers of one odd number, modulo 2^64 (Karp & Rabin, 1987, "Efficient randomized
pattern-matching algorithms", IBM Journal of Research and Development 31). That any two of ten million
different strings share one has a chance of one in 300,000.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from casemine.lexicon.vocabulary import BASE

Names = NDArray[np.uint64]
Ints = NDArray[np.integer[Any]]

# Bits of a name by which most lists leave out most names: what a fast memory holds.
_FIRST_BITS = 20
_INVERSE = np.uint64(pow(int(BASE), -1, 2**64))


class Spans:
    """The names of stretches of one text."""

    def __init__(self, text: str) -> None:
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        powers = np.multiply.accumulate(np.full(len(points), BASE))
        self._sums = np.zeros(len(points) + 1, dtype=np.uint64)
        np.cumsum(points * powers, out=self._sums[1:])
        self._back = np.ones(len(points) + 1, dtype=np.uint64)
        np.multiply.accumulate(np.full(len(points), _INVERSE), out=self._back[1:])

    def names(self, starts: Ints, ends: Ints) -> Names:
        """Return the name of what stands between each start and end."""
        named: Names = (self._sums[ends] - self._sums[starts]) * self._back[starts]
        return named


def names_of(words: Sequence[str]) -> Names:
    """Return the name of each word.

    >>> bool(names_of(["产业"])[0] == Spans("扶贫产业").names(np.array([2]), np.array([4]))[0])
    True
    """
    ends = np.cumsum(np.fromiter(map(len, words), np.int64, len(words)))
    return Spans("".join(words)).names(np.append(0, ends[:-1])[: len(words)], ends)


def places_in(names: Names, listed: Names) -> Ints:
    """Return the place of each name in `listed`, which rises, or -1."""
    places = np.full(len(names), -1)
    if not len(listed):
        return places
    may = np.arange(len(names)) if len(listed) > len(names) else _likely(names, listed)
    at = np.minimum(np.searchsorted(listed, names[may]), len(listed) - 1)
    here = listed[at] == names[may]
    places[may[here]] = at[here]
    return places


def _likely(names: Names, listed: Names) -> Ints:
    """Return which names may be in `listed`: of many most are not, as their first bits tell sooner."""
    first = np.uint64(64 - min(len(listed).bit_length() + 4, _FIRST_BITS))
    seen = np.zeros(1 << (64 - int(first)), dtype=np.bool_)
    seen[listed >> first] = True
    return np.flatnonzero(seen[names >> first])
