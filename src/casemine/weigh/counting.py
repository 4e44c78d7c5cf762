"""In how many documents each candidate stands, counted by the names of the candidates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casemine.weigh.spans import Names, names_of, places_in

_PARTS = 64
# Of the 64 bits of a name, those that do not say its part.
_SHIFT = np.uint64(58)
# Names that wait at least until they are counted together.
_WAITING = 1_000_000


@dataclass(frozen=True)
class Frequencies:
    """Document frequencies: `names`, rising, and the documents that hold each."""

    names: Names
    documents: NDArray[np.int32]

    def of(self, names: Names) -> NDArray[np.float64]:
        """Return the document frequency of each name, 0 for one that was not counted."""
        places = places_in(names, self.names)
        if not len(self.documents):
            return np.zeros(len(names))
        # Not by a copy of all frequencies with a 0 at their end: this is asked for every document.
        return np.where(places >= 0, self.documents[places], 0).astype(np.float64)

    def __getitem__(self, word: str) -> int:
        return int(self.of(names_of([word]))[0])


class Counting:
    """Counts names; those of a document are given once each, together or in pieces.

    What is counted is held in parts, by the first bits of the names, so that adding to it moves one part at a
    time.
    """

    def __init__(self) -> None:
        nothing = Frequencies(np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int32))
        self._counted = [nothing] * _PARTS
        self._waiting: list[Names] = []
        self._waits = 0

    def add(self, names: Names) -> None:
        """Count each name once more."""
        self._waiting.append(names)
        self._waits += len(names)
        # So that every name is sorted a few times in all, however many there are.
        if self._waits > max(_WAITING, sum(len(part.names) for part in self._counted) // 4):
            self._merge()

    def frequencies(self) -> Frequencies:
        """Return how often each name was counted."""
        self._merge()
        total = sum(len(part.names) for part in self._counted)
        names, documents = np.empty(total, dtype=np.uint64), np.empty(total, dtype=np.int32)
        end = 0
        for at, part in enumerate(self._counted):
            begin, end = end, end + len(part.names)
            names[begin:end], documents[begin:end] = part.names, part.documents
            # Its place is taken by what was copied: not all parts are held twice.
            self._counted[at] = Frequencies(names[begin:end], documents[begin:end])
        return Frequencies(names, documents)

    def _merge(self) -> None:
        waiting, self._waiting, self._waits = self._waiting, [], 0
        names = np.concatenate([*waiting, np.zeros(0, dtype=np.uint64)])
        waiting.clear()
        names.sort()
        bounds = np.searchsorted(names, np.arange(1, _PARTS, dtype=np.uint64) << _SHIFT)
        for at, some in enumerate(np.split(names, bounds)):
            if len(some):
                self._counted[at] = _sum(self._counted[at], some)


def _sum(counted: Frequencies, names: Names) -> Frequencies:
    """Return frequencies with each of these names counted once more."""
    one, times = np.unique(names, return_counts=True)
    both, row = np.unique(np.concatenate((counted.names, one)), return_inverse=True)
    counts = np.bincount(row, np.concatenate((counted.documents, times)), len(both))
    return Frequencies(both, counts.astype(np.int32))
