"""Candidates as a shard has measured them, and how the measurements of many shards become one table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casemine.discover.exchange import Keys, summed
from casemine.discover.ngrams import Flags, Floats, Ints, Level, run_lengths, slim
from casemine.discover.scores import Columns, branching_entropy

# A code point has 21 bits.
_POINT = np.uint64(21)


@dataclass(frozen=True)
class Neighbours:
    """The symbols on one side of candidates: row of the candidate, code point, how many times."""

    row: Ints
    point: NDArray[np.uint32]
    times: Ints


@dataclass(frozen=True)
class Candidates:
    """Candidates of a shard, a row each.

    `keys` name them in the corpus; `frequency` is that in the corpus, `product` the greatest product of the
    frequencies of two parts; `sums` are those of `features.sums` over the occurrences in the shard.
    """

    keys: Keys
    words: NDArray[np.object_]
    frequency: Ints
    product: Floats
    sums: dict[str, Ints]
    left: Neighbours
    right: Neighbours

    def only(self, rows: Flags) -> Candidates:
        """Return some of the rows."""
        return Candidates(
            self.keys[rows],
            self.words[rows],
            self.frequency[rows],
            self.product[rows],
            {name: slim(column[rows]) for name, column in self.sums.items()},
            _only(self.left, rows),
            _only(self.right, rows),
        )


def _only(side: Neighbours, rows: Flags) -> Neighbours:
    kept = rows[side.row]
    return Neighbours(slim((np.cumsum(rows) - 1)[side.row[kept]]), side.point[kept], slim(side.times[kept]))


def neighbours(codes: Ints, points: NDArray[np.uint32], places: Ints, row: Ints) -> Neighbours:
    """Count the symbols at `places`, each beside an occurrence of the candidate `row`."""
    here = codes[places]
    inside = here > 0
    packed = row[inside].astype(np.uint64) << _POINT | points[places[inside]]
    packed.sort()
    times = run_lengths(packed)
    pairs = packed[np.cumsum(times) - 1]
    return Neighbours((pairs >> _POINT).astype(np.int64), _point(pairs), times)


def _point(pairs: Keys) -> NDArray[np.uint32]:
    return (pairs & ((np.uint64(1) << _POINT) - np.uint64(1))).astype(np.uint32)


def greatest_product(levels: Sequence[Level], first: Sequence[Ints], size: int) -> Floats:
    """Return the greatest product of the frequencies of the two parts, over all cuts of each candidate.

    `levels` are those of 1 symbol and more; `first` holds a place of each candidate of 2 symbols and more, by
    its length. One array of frequencies by place is held at a time.
    """
    left = [np.zeros((len(places), length)) for length, places in enumerate(first, 2)]
    right = [np.zeros_like(each) for each in left]
    for level in levels[:-1]:
        frequency = level.frequency_by_place(size)
        for length, places in enumerate(first, 2):
            if level.length < length:
                left[length - 2][:, level.length] = frequency[places]
                right[length - 2][:, length - level.length] = frequency[places + length - level.length]
    return np.concatenate([(before * after).max(axis=1) for before, after in zip(left, right, strict=True)])


def merged(pieces: Sequence[Candidates]) -> Columns:
    """Return the candidates of all shards, each once, with the sums over all shards.

    Columns: word, frequency, product, left_entropy, right_entropy (bits), left_only, right_only and those
    of `features.sums`.
    """
    columns = [np.stack(list(piece.sums.values()), axis=1) for piece in pieces]
    row, sums = summed([piece.keys for piece in pieces], columns)
    any_of = np.zeros(len(sums), dtype=np.int64)
    any_of[row] = np.arange(len(row))
    words = np.concatenate([piece.words for piece in pieces])
    frequency = np.concatenate([piece.frequency for piece in pieces])[any_of]
    sides: Columns = {}
    for name in ("left", "right"):
        entropy, only = _beside([getattr(piece, name) for piece in pieces], pieces, row, frequency)
        sides |= {f"{name}_entropy": entropy, f"{name}_only": only}
    return {
        "word": words[any_of],
        "frequency": frequency,
        "product": np.concatenate([piece.product for piece in pieces])[any_of],
        **sides,
        **dict(zip(pieces[0].sums, sums.T, strict=True)),
    }


def _beside(
    sides: Sequence[Neighbours], pieces: Sequence[Candidates], row: Ints, frequency: Ints
) -> tuple[Floats, NDArray[np.object_]]:
    """Return the entropy of the symbols on one side of each candidate, and the symbol where it is but one."""
    begin = np.cumsum([0, *(len(piece.keys) for piece in pieces)])
    pairs = [
        row[at + side.row].astype(np.uint64) << _POINT | side.point
        for at, side in zip(begin, sides, strict=False)
    ]
    times = [side.times[:, None] for side in sides]
    back, sums = summed(pairs, times)
    distinct = np.zeros(len(sums), dtype=np.uint64)
    distinct[back] = np.concatenate(pairs)
    word = (distinct >> _POINT).astype(np.int64)
    only = np.full(len(frequency), "", dtype=object)
    alone = sums[:, 0] == frequency[word]
    only[word[alone]] = list(map(chr, _point(distinct[alone]).tolist()))
    return branching_entropy(frequency, word, sums[:, 0]), only
