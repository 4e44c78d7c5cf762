"""In how many documents each candidate stands, counted by the names of the candidates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casemine.weigh.spans import Ints, Names, names_of, places_in


@dataclass(frozen=True)
class Frequencies:
    """Document frequencies: `names`, rising, and the documents that hold each."""

    names: Names
    documents: Ints

    def of(self, names: Names) -> NDArray[np.float64]:
        """Return the document frequency of each name, 0 for one that was not counted."""
        places = places_in(names, self.names)
        return np.append(self.documents, 0)[places].astype(np.float64)

    def __getitem__(self, word: str) -> int:
        return int(self.of(names_of([word]))[0])


class Counting:
    """Counts names; those of a document are given once each, together or in pieces."""

    def __init__(self) -> None:
        self._counted = Frequencies(np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int64))
        self._waiting: list[Names] = []
        self._waits = 0

    def add(self, names: Names) -> None:
        """Count each name once more."""
        self._waiting.append(names)
        self._waits += len(names)
        # So that every name is sorted a few times in all, however many there are.
        if self._waits > max(1_000_000, len(self._counted.names)):
            self._merge()

    def frequencies(self) -> Frequencies:
        """Return how often each name was counted."""
        self._merge()
        return self._counted

    def _merge(self) -> None:
        names, times = np.unique(
            np.concatenate([*self._waiting, np.zeros(0, dtype=np.uint64)]), return_counts=True
        )
        both, row = np.unique(np.concatenate((self._counted.names, names)), return_inverse=True)
        counts = np.bincount(row, np.concatenate((self._counted.documents, times)), len(both))
        self._counted = Frequencies(both, counts.astype(np.int64))
        self._waiting, self._waits = [], 0
