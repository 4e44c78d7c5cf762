"""Passages that documents share: found by fingerprints, extended letter by letter, joined over small changes.

What stands in very many documents is bounded: a fingerprint of more than `ALL_PAIRS` documents links the
first of them alone to the others, one of more than `common` documents none. The work grows with the length
of the texts, not with the number of pairs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from casemine.similarity.fingerprints import SHINGLE, Codes, Letters, Positions, fingerprints

# A fingerprint of so many documents at most gives all their pairs.
ALL_PAIRS = 30
# Letters changed or put in between two stretches that are still one passage.
GAP = 20


class Shared(NamedTuple):
    """A passage of two documents, by number: letters `[start, end)` of each, letters alike, and its spread.

    `documents` is how many documents have the most widespread of its fingerprints.
    """

    first: int
    second: int
    first_start: int
    first_end: int
    second_start: int
    second_end: int
    equal: int
    documents: int

    @property
    def letters(self) -> int:
        """The letters of the longer side."""
        return max(self.first_end - self.first_start, self.second_end - self.second_start)

    @property
    def likeness(self) -> float:
        """The share of letters that are the same."""
        return min(self.equal / self.letters, 1.0)


class Common(NamedTuple):
    """A passage that very many documents have: the first of them, letters `[start, end)`, how many."""

    document: int
    start: int
    end: int
    documents: int


@dataclass(frozen=True)
class Index:
    """The fingerprints of documents in their order, those of one hash together, each document once.

    `bounds` are where the letters of each document begin among all, and the end of the last.
    """

    codes: Codes
    bounds: Positions
    places: Positions
    documents: NDArray[np.int32]
    group: Positions
    size: NDArray[np.int32]

    @classmethod
    def of(cls, texts: Sequence[Letters]) -> Index:
        """Index the letters of documents; the first document is the first to have written."""
        bounds = np.append(0, np.cumsum([len(text.codes) for text in texts], dtype=np.int64))
        codes = np.concatenate([*(text.codes for text in texts), np.zeros(0, dtype=np.uint16)])
        found = [fingerprints(text.codes) for text in texts]
        hashes = np.concatenate([*(each for each, _ in found), np.zeros(0, dtype=np.uint64)])
        places = np.concatenate([at + bounds[number] for number, (_, at) in enumerate(found)]
                                + [np.zeros(0, dtype=np.int64)])  # fmt: skip
        owners = np.repeat(np.arange(len(texts), dtype=np.int32), [len(at) for _, at in found])
        del found
        # Places rise with documents: a stable sort by hash keeps both in order within a hash.
        order = np.argsort(hashes, kind="stable")
        hashes, places, owners = hashes[order], places[order], owners[order]
        again = (hashes[1:] == hashes[:-1]) & (owners[1:] == owners[:-1])
        once = np.append(True, ~again)[: len(hashes)]
        hashes, places, owners = hashes[once], places[once], owners[once]
        begins = np.flatnonzero(np.append(True, hashes[1:] != hashes[:-1])[: len(hashes)])
        sizes = np.diff(np.append(begins, len(hashes)))
        return cls(
            codes, bounds, places, owners, np.repeat(begins, sizes), np.repeat(sizes, sizes).astype(np.int32)
        )


def shared(index: Index, *, least: int, common: int) -> Iterator[Shared]:
    """Yield the passages of at least `least` letters that two documents share, by document.

    A passage stands once for a pair of documents, at its first place in each. Fingerprints of more than
    `common` documents are passed over; text between others that holds them is found all the same.
    """
    by_document = np.argsort(index.documents, kind="stable")
    cuts = np.searchsorted(index.documents[by_document], np.arange(len(index.bounds)))
    for number in range(len(index.bounds) - 1):
        own = by_document[cuts[number] : cuts[number + 1]]
        seeds = _seeds(index, own, common)
        if len(seeds.first):
            yield from _passages(index, number, seeds, least)


class _Seeds(NamedTuple):
    """Fingerprints of one document that later ones have too: places in both, the later one, its spread."""

    first: Positions
    second: Positions
    other: NDArray[np.int32]
    spread: NDArray[np.int32]


def _seeds(index: Index, own: Positions, common: int) -> _Seeds:
    size, after = index.size[own], own - index.group[own]
    linking = (size > 1) & (size <= common) & ((size <= ALL_PAIRS) | (after == 0))
    own, count = own[linking], (size - after - 1)[linking]
    begins = np.cumsum(count) - count
    partner = np.repeat(own + 1 - begins, count) + np.arange(int(count.sum()))
    mine = np.repeat(own, count)
    return _Seeds(index.places[mine], index.places[partner], index.documents[partner], index.size[mine])


def _passages(index: Index, number: int, seeds: _Seeds, least: int) -> Iterator[Shared]:
    other, first, first_end, second, second_end, spread = _stretches(index, number, seeds)
    order = np.lexsort((second, first, other))
    other, first, first_end, second, second_end, spread = (
        each[order] for each in (other, first, first_end, second, second_end, spread)
    )
    apart = (
        (other[1:] != other[:-1])
        | (first[1:] - first_end[:-1] > GAP)
        | (second[1:] - second_end[:-1] > GAP)
        | (second[1:] < second[:-1])
    )
    begins = np.flatnonzero(np.append(True, apart))
    starts = (first[begins], np.minimum.reduceat(second, begins))
    ends = (np.maximum.reduceat(first_end, begins), np.maximum.reduceat(second_end, begins))
    equal = np.add.reduceat(first_end - first, begins)
    widest = np.maximum.reduceat(spread, begins)
    long = np.flatnonzero(np.minimum(ends[0] - starts[0], ends[1] - starts[1]) >= least)
    for at in long.tolist():
        partner = int(other[begins[at]])
        from_first, from_second = int(index.bounds[number]), int(index.bounds[partner])
        yield Shared(
            number, partner,
            int(starts[0][at]) - from_first, int(ends[0][at]) - from_first,
            int(starts[1][at]) - from_second, int(ends[1][at]) - from_second,
            int(equal[at]), int(widest[at]),
        )  # fmt: skip


def _stretches(index: Index, number: int, seeds: _Seeds) -> tuple[Positions, ...]:
    """Return the longest stretches that are the same to the letter, each once."""
    shift = seeds.second - seeds.first
    order = np.lexsort((seeds.first, shift, seeds.other))
    first, shift = seeds.first[order], shift[order]
    other, spread = seeds.other[order].astype(np.int64), seeds.spread[order]
    # Shingles that overlap or touch are one stretch.
    apart = (other[1:] != other[:-1]) | (shift[1:] != shift[:-1]) | (np.diff(first) > SHINGLE)
    begins = np.flatnonzero(np.append(True, apart))
    lasts = np.append(begins[1:], len(first)) - 1
    start, end = first[begins], first[lasts] + SHINGLE
    widest = np.maximum.reduceat(spread, begins).astype(np.int64)
    shift, other = shift[begins], other[begins]
    low = np.maximum(index.bounds[number], index.bounds[other] - shift)
    high = np.minimum(index.bounds[number + 1], index.bounds[other + 1] - shift)
    start = _extended(index.codes, start, shift, low, -1)
    end = _extended(index.codes, end, shift, high, 1)
    _, once = np.unique(np.stack((other, shift, start)), axis=1, return_index=True)
    return tuple(each[once] for each in (other, start, end, start + shift, end + shift, widest))


def _extended(codes: Codes, edge: Positions, shift: Positions, limit: Positions, step: int) -> Positions:
    """Move the edges of stretches on as long as both texts have the same letter there."""
    edge = edge.copy()
    alive = np.arange(len(edge))
    while len(alive):
        alive = alive[edge[alive] != limit[alive]]
        at = edge[alive] - (step < 0)
        alive = alive[codes[at] == codes[at + shift[alive]]]
        edge[alive] += step
    return edge


def common_passages(index: Index, *, least: int, common: int) -> list[Common]:
    """Return the passages that more than `common` documents have, most widespread first, each once."""
    leading = np.flatnonzero((index.size > common) & (index.group == np.arange(len(index.group))))
    order = leading[np.argsort(index.places[leading], kind="stable")]
    if not len(order):
        return []
    places, owners, sizes = index.places[order], index.documents[order], index.size[order]
    apart = (np.diff(places) > SHINGLE) | (np.diff(owners) != 0)
    begins = np.flatnonzero(np.append(True, apart))
    lasts = np.append(begins[1:], len(order)) - 1
    spread = np.minimum.reduceat(sizes, begins)
    found = [
        Common(int(owners[begin]), int(places[begin] - index.bounds[owners[begin]]),
               int(places[last] + SHINGLE - index.bounds[owners[begin]]), int(documents))
        for begin, last, documents in zip(begins, lasts, spread, strict=True)
        if places[last] + SHINGLE - places[begin] >= least
    ]  # fmt: skip
    return sorted(found, key=lambda each: (-each.documents, each.document, each.start))
