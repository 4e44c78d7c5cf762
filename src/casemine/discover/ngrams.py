"""Exact statistics of all character n-grams of a corpus, level by level, in numpy alone.

A corpus is an array of symbols: every character that may stand inside a word has a number, everything
else is a border (0), and no n-gram crosses a border. The n-grams of n + 1 symbols are found by sorting the
occurrences of the frequent ones of n symbols by (n-gram, next symbol). An n-gram can only be frequent when
what it begins and ends with is, so nothing frequent is ever dropped and every count is exact. The corpus may
be cut into shards: between two lengths these add their counts up (`exchange`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.integer[Any]]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

# Bits of a number that is sorted.
KEY_BITS = 64
# The first Han code point; no Latin letter or digit stands above it.
HAN = 0x3400
# Code points that may stand inside a word: digits, Latin letters, Han.
INSIDE = ((0x30, 0x39), (0x41, 0x5A), (0x61, 0x7A), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x3134F))


def code_points(texts: Sequence[str]) -> NDArray[np.uint32]:
    """Return the code points of the texts, a line feed after each."""
    joined = "".join(part for text in texts for part in (text, "\n"))
    return np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def symbols(points: NDArray[np.uint32], marks: Flags) -> Ints:
    """Number the characters that may stand inside a word from 1 by code point; the rest are borders, 0.

    Other characters stand inside a word where `marks` says so.
    """
    present = np.zeros(int(points.max(initial=0)) + 1, dtype=np.bool_)
    present[points] = True
    inside = np.zeros_like(present)
    for first, last in INSIDE:
        inside[first : last + 1] = True
    letters = inside.copy()
    inside[points[marks]] = True
    present &= inside
    numbers = np.where(present, np.cumsum(present), 0)
    codes: Ints = slim(numbers)[points]
    if marks.any():
        codes[~(letters[points] | marks)] = 0
    return codes


@dataclass(frozen=True)
class Groups:
    """The n-grams of one length in a shard, in the order of their symbols.

    `positions` holds the start of every occurrence, by n-gram, rising within one; `counts` the occurrences
    of each; `keys` names each in the whole corpus: an n-gram of one symbol by its code point, a longer one
    by the numbers of the n-grams of one symbol less that it begins and ends with.
    """

    length: int
    positions: NDArray[np.int32]
    counts: NDArray[np.int32]
    keys: NDArray[np.uint64]

    @property
    def first(self) -> Ints:
        """Where each n-gram first stands."""
        first: Ints = self.positions[np.cumsum(self.counts) - self.counts]
        return first


@dataclass(frozen=True)
class Level:
    """The n-grams of one length in a shard that are frequent in the corpus, in the order of their symbols.

    `positions` and `counts` as in `Groups`; `number` is that of the n-gram in the corpus, `frequency` that
    of its occurrences in the corpus.
    """

    length: int
    positions: NDArray[np.int32]
    counts: NDArray[np.int32]
    number: NDArray[np.uint64]
    frequency: Ints

    @cached_property
    def first(self) -> Ints:
        """Where each n-gram first stands."""
        first: Ints = self.positions[np.cumsum(self.counts) - self.counts]
        return first

    def sums(self, flags: Flags) -> Ints:
        """Return how many occurrences of each n-gram stand at a place whose flag is set."""
        return run_sums(flags[self.positions], self.counts)

    def only(self, kept: Flags) -> Level:
        """Return some of the n-grams."""
        if kept.all():
            return self
        positions = self.positions[np.repeat(kept, self.counts)]
        return Level(self.length, positions, self.counts[kept], self.number[kept], self.frequency[kept])

    def frequency_by_place(self, size: int) -> Ints:
        """Return, for each of `size` places, the frequency of the n-gram that starts there, or 0."""
        frequency = slim(self.frequency)
        here = np.zeros(size, dtype=frequency.dtype)
        here[self.positions] = np.repeat(frequency, self.counts)
        return here


def characters(codes: Ints, points: NDArray[np.uint32]) -> Groups:
    """Group the symbols of a shard."""
    places = np.flatnonzero(codes)
    present = codes[places]
    # A stable sort of 16 bits, which few corpora exceed, is a radix sort.
    positions = places[np.argsort(present, kind="stable")].astype(np.int32)
    counts = np.bincount(present).astype(np.int32)
    counts = counts[counts > 0]
    keys = points[positions[np.cumsum(counts) - counts]].astype(np.uint64)
    return Groups(1, positions, counts, keys)


def longer(codes: Ints, level: Level) -> Groups:
    """Group the n-grams of one symbol more than those of `level`.

    Time is one sort of their occurrences. Those that begin or end with a rare n-gram are rare themselves
    and left out.
    """
    size, length = len(codes), level.length
    local = np.full(size + 1, -1, dtype=np.int32)
    local[level.positions] = np.repeat(np.arange(len(level.counts), dtype=np.int32), level.counts)
    starts = np.flatnonzero((local[:-1] >= 0) & (local[1:] >= 0))
    base = np.uint64(int(codes.max(initial=0)) + 1)
    keys = local[starts].astype(np.uint64) * base + codes[starts + length].astype(np.uint64)
    positions, counts = _group(keys, starts, size)
    first = positions[np.cumsum(counts) - counts]
    names = (level.number[local[first]] << np.uint64(32)) | level.number[local[first + 1]]
    return Groups(length + 1, positions, counts, names)


def frequent(groups: Groups, number: Ints, frequency: Ints) -> Level:
    """Keep the n-grams that have a number, 0 or more, in the corpus."""
    kept = number >= 0
    positions = groups.positions[np.repeat(kept, groups.counts)]
    return Level(
        groups.length, positions, groups.counts[kept], number[kept].astype(np.uint64), frequency[kept]
    )


def _group(
    keys: NDArray[np.uint64], positions: Ints, size: int
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the positions by rising key, and how many have each key.

    One sort of key and position packed into 64 bits.
    """
    bits = np.uint64(max(size, 1).bit_length())
    # Only one document of 10^7 characters or more comes to that.
    if int(keys.max(initial=0)).bit_length() + int(bits) > KEY_BITS:
        order = np.argsort(keys, kind="stable")
        return positions[order].astype(np.int32), run_lengths(keys[order]).astype(np.int32)
    packed = keys << bits
    packed |= positions.astype(np.uint64)
    packed.sort()
    places = (packed & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.int32)
    packed >>= bits
    return places, run_lengths(packed).astype(np.int32)


def run_lengths(ordered: NDArray[np.generic]) -> Ints:
    """Return the lengths of the runs of equal values of a sorted array."""
    if not len(ordered):
        return np.zeros(0, dtype=np.int64)
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    return np.diff(starts, append=len(ordered))


def run_sums(values: NDArray[Any], lengths: Ints) -> Ints:
    """Return the sums of whole numbers over runs of these lengths, one after the other."""
    sums = np.zeros(len(lengths), dtype=np.int64)
    # A run of nothing would be given the value that follows it.
    some = lengths > 0
    if some.any():
        numbers = values.view(np.uint8) if values.dtype == np.bool_ else values
        begins = (np.cumsum(lengths) - lengths)[some]
        sums[some] = np.add.reduceat(numbers, begins, dtype=np.int64)
    return sums


def slim(values: Ints) -> Ints:
    """Return whole numbers, none of them negative, in the smallest type that holds them."""
    return values.astype(np.min_scalar_type(int(values.max(initial=0))))
