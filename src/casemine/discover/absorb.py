"""Fragments: words that nearly always stand inside longer new words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from casemine.discover.ngrams import Floats, Ints
from casemine.lexicon.vocabulary import BASE

# Least share of a word's occurrences that lie inside longer words.
INSIDE = 0.8
# Least weight of the longer word, in parts of the fragment's own: of one word that holds nearly all
# occurrences, and of the chief of several words that hold them together. A term is not absorbed by the
# chance strings around it.
ONE = 0.25
CHIEF = 1.0
# Occurrences from which it is no chance that all have the same neighbour.
_FIRM = 5


def bound(
    words: Sequence[str], frequencies: Sequence[int], beside: Sequence[tuple[str, str]]
) -> dict[str, str]:
    """Return the words that always stand in one string that is longer by a character or two, and that string.

    `beside` gives for each word the characters to its left and right, "" where they change. Of a word that
    occurs less often than `_FIRM` times this says too little. A string that is itself such a word is followed
    to the end: 忘初心 always stands in 不忘初心.
    """
    longer = {
        word: f"{left}{word}{right}"
        for word, frequency, (left, right) in zip(words, frequencies, beside, strict=True)
        if (left or right) and frequency >= _FIRM
    }
    for word, into in longer.items():
        while into in longer:
            into = longer[into]
        longer[word] = into
    return longer


def absorbed_by(words: Sequence[str], frequencies: Sequence[int], weights: Sequence[float]) -> list[str]:
    """Return for each word the longer word that absorbs it, or "".

    A word is absorbed by a longer one that holds `INSIDE` of its occurrences, or by the most frequent of
    those that do so together. Of several the most frequent absorbs, of equally frequent ones the longest,
    of those the heaviest, of those the first; the absorber is followed to the end, so that it is no
    fragment itself.
    """
    if not words:
        return []
    table = _Table(words)
    frequency, weight = np.array(frequencies, dtype=np.int64), np.array(weights, dtype=np.float64)
    begun: Ints = np.full(len(words), -1, dtype=np.int64)
    ended = begun.copy()
    offers: list[tuple[Ints, Ints]] = [(begun[:0], begun[:0])]
    for length, at in table.cuts():
        outer, inner = table.inside(length, at)
        # Lengths rise: the longest beginning and end of each word stay.
        if at == 0:
            begun[outer] = inner
        last = at + length == table.lengths[outer]
        ended[outer[last]] = inner[last]
        holds = (frequency[outer] >= INSIDE * frequency[inner]) & (weight[outer] >= ONE * weight[inner])
        offers.append((inner[holds], outer[holds]))
    offers += [_together(inner, frequency, weight) for inner in (begun, ended)]
    inner, outer = (np.concatenate(column) for column in zip(*offers, strict=True))
    into = np.arange(len(words))
    # Sorted so that the best offer for each comes last, and stays.
    order = np.lexsort((-outer, weight[outer], table.lengths[outer], frequency[outer]))
    into[inner[order]] = outer[order]
    while (into[into] != into).any():
        into = into[into]
    return ["" if end == at else words[end] for at, end in enumerate(into.tolist())]


def _together(inner: Ints, frequency: Ints, weight: Floats) -> tuple[Ints, Ints]:
    """Return the chief of those that hold a word together; `inner` numbers the one each word extends, or -1.

    Only the shortest extensions of a word to one side count, none of which begins (ends) with another: their
    occurrences are distinct, and their frequencies add up.
    """
    outer = np.flatnonzero(inner >= 0)
    outer = outer[weight[outer] >= ONE * weight[inner[outer]]]
    inside = np.bincount(inner[outer], frequency[outer], len(inner)) >= INSIDE * frequency
    outer = outer[inside[inner[outer]] & (weight[outer] >= CHIEF * weight[inner[outer]])]
    return inner[outer], outer


@dataclass(frozen=True)
class _Table:
    """Distinct words, looked up by the names of parts of each other."""

    words: Sequence[str]

    @cached_property
    def lengths(self) -> NDArray[np.int64]:
        """The characters of each word."""
        return np.fromiter(map(len, self.words), np.int64, len(self.words))

    @cached_property
    def _points(self) -> NDArray[np.uint32]:
        """The code points of each word, a row each, 0 after its end."""
        longest = max(1, int(self.lengths.max()))
        return np.array(self.words, dtype=f"<U{longest}").view(np.uint32).reshape(-1, longest)

    @cached_property
    def _names(self) -> NDArray[np.uint64]:
        """The name of what each word begins with, a column a length, from 0."""
        names = np.zeros((len(self.words), self._points.shape[1] + 1), dtype=np.uint64)
        for at in range(self._points.shape[1]):
            names[:, at + 1] = names[:, at] * BASE + self._points[:, at] + np.uint64(1)
        return names

    @cached_property
    def _ordered(self) -> tuple[NDArray[np.uint64], Ints]:
        """The names of all words, rising, and whose they are."""
        whole = self._names[np.arange(len(self.words)), self.lengths]
        order = np.argsort(whole, kind="stable")
        return whole[order], order

    def cuts(self) -> Iterator[tuple[int, int]]:
        """Yield every length and place that a part of a word can have, lengths rising."""
        longest = int(self.lengths.max())
        return ((length, at) for length in range(2, longest) for at in range(longest - length + 1))

    def inside(self, length: int, at: int) -> tuple[Ints, Ints]:
        """Return each word and the other word that its `length` characters from `at` on are, if any."""
        outer = np.flatnonzero((self.lengths >= at + length) & (self.lengths > length))
        power = np.multiply.accumulate(np.full(length, BASE))[-1]
        sought = self._names[outer, at + length] - self._names[outer, at] * power
        names, order = self._ordered
        rows = np.minimum(np.searchsorted(names, sought), len(names) - 1)
        inner = order[rows]
        # Two strings may share a name, if hardly ever: letters decide.
        same = (names[rows] == sought) & (self.lengths[inner] == length)
        outer, inner = outer[same], inner[same]
        alike = (self._points[outer, at : at + length] == self._points[inner, :length]).all(axis=1)
        return outer[alike], inner[alike]
