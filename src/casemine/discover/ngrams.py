"""Exact statistics of all character n-grams of a corpus, level by level, in numpy alone.

A corpus is an array of symbols: every character that may stand inside a word has a number, everything
else is a border (0), and no n-gram crosses a border. The n-grams of n + 1 symbols are found by sorting the
occurrences of the frequent ones of n symbols by (n-gram, next symbol). An n-gram can only be frequent when
what it begins and ends with is, so nothing frequent is ever dropped and every count is exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.signedinteger[Any]]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

# The first Han code point; no Latin letter or digit stands above it.
HAN = 0x3400
# Code points that may stand inside a word: digits, Latin letters, Han.
INSIDE = ((0x30, 0x39), (0x41, 0x5A), (0x61, 0x7A), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x3134F))


def code_points(texts: Sequence[str]) -> NDArray[np.uint32]:
    """Return the code points of the texts, a line feed after each."""
    joined = "".join(part for text in texts for part in (text, "\n"))
    return np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def symbols(points: NDArray[np.uint32]) -> NDArray[np.int32]:
    """Number the characters that may stand inside a word from 1 by code point; the rest are borders, 0."""
    present = np.zeros(int(points.max(initial=0)) + 1, dtype=np.bool_)
    present[points] = True
    inside = np.zeros_like(present)
    for first, last in INSIDE:
        inside[first : last + 1] = True
    present &= inside
    numbers = np.where(present, np.cumsum(present, dtype=np.int32), 0).astype(np.int32)
    return numbers[points]


@dataclass(frozen=True)
class Level:
    """The frequent n-grams of one length, numbered in the order of their symbols.

    `positions` holds the start of every occurrence, by n-gram, rising within one; `frequency` the number
    of occurrences of each n-gram; `number` the n-gram that starts at each place of the corpus, or -1.
    """

    length: int
    positions: Ints
    frequency: Ints
    number: NDArray[np.int32]
    first: Ints = field(init=False)

    def __post_init__(self) -> None:
        ends = np.cumsum(self.frequency)
        object.__setattr__(self, "first", self.positions[ends - self.frequency])

    def places(self, number: int) -> Ints:
        """Return the places where one n-gram starts."""
        end = int(self.frequency[: number + 1].sum())
        return self.positions[end - int(self.frequency[number]) : end]

    def frequency_at(self, positions: Ints) -> Ints:
        """Return the frequencies of the n-grams that start at `positions`, all of them frequent."""
        return self.frequency[self.number[positions]]


def levels(codes: NDArray[np.int32], min_count: int, max_len: int) -> Iterator[Level]:
    """Yield the n-grams that occur `min_count` times or more, for n from 1 to at most `max_len`.

    Time is one sort of the occurrences per length; memory about 20 bytes a symbol and length.
    """
    positions = np.flatnonzero(codes)
    keys = codes[positions].astype(np.uint64)
    base = np.uint64(int(codes.max(initial=0)) + 1)
    for length in range(1, max_len + 1):
        level = _group(keys, positions, len(codes), length, min_count)
        if not len(level.frequency):
            return
        yield level
        starts = np.flatnonzero(level.number[:-1] >= 0)
        starts = starts[starts + length < len(codes)]
        # Its end is the n-gram that starts one place on: were that rare, the longer one would be too.
        starts = starts[(codes[starts + length] > 0) & (level.number[starts + 1] >= 0)]
        positions = starts
        keys = level.number[starts].astype(np.uint64) * base + codes[starts + length].astype(np.uint64)


def _group(keys: NDArray[np.uint64], positions: Ints, size: int, length: int, min_count: int) -> Level:
    """Group occurrences by key with one sort of (key, position), packed in 64 bits; drop the rare groups."""
    bits = np.uint64(max(size, 1).bit_length())
    packed = (keys << bits) | positions.astype(np.uint64)
    packed.sort()
    keys = packed >> bits
    counts = run_lengths(keys)
    kept = counts >= min_count
    positions = (packed & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.int64)[np.repeat(kept, counts)]
    counts = counts[kept]
    number = np.full(size + 1, -1, dtype=np.int32)
    number[positions] = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
    return Level(length, positions, counts, number)


def run_lengths(ordered: NDArray[np.generic]) -> Ints:
    """Return the lengths of the runs of equal values of a sorted array."""
    if not len(ordered):
        return np.zeros(0, dtype=np.int64)
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    return np.diff(starts, append=len(ordered))
