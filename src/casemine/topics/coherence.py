"""How well the leading words of topics stand together: c_npmi, counted for many models at once.

Normalised pointwise mutual information over a sliding window of ten words (Bouma 2009; Aletras & Stevenson
2013; Röder, Both & Hinneburg 2015), by the formula of gensim's `CoherenceModel` (c_npmi), with the counting
done by numpy in one walk for all models that are compared. The counts differ from gensim 4.4 in two things: a
word that comes twice in a window stays when the first leaves it, and texts without any of the words count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

WINDOW = 10
# As gensim: added to the probability of a pair, so that one that never occurs has a logarithm.
_EPSILON = 1e-12


@dataclass(frozen=True)
class Windows:
    """In how many windows of texts words stand: each (words), any two (words, words), all windows."""

    index: dict[str, int]
    alone: NDArray[np.float64]
    together: NDArray[np.float64]
    total: int

    def coherence(self, words: Sequence[str]) -> float:
        """Return the mean NPMI of all pairs of `words`, -1 to 1; nan of fewer than two."""
        rows = [self.index[word] for word in words]
        first, second = np.triu_indices(len(rows), 1)
        if not len(first):
            return float("nan")
        left, right = np.array(rows)[first], np.array(rows)[second]
        both = self.together[left, right] / self.total
        apart = (self.alone[left] / self.total) * (self.alone[right] / self.total)
        return float((np.log((both + _EPSILON) / apart) / -np.log(both + _EPSILON)).mean())


def windows(texts: Sequence[Sequence[str]], words: Sequence[str], size: int = WINDOW) -> Windows:
    """Count windows of `size` words over `texts` that hold each of `words`, and each two of them.

    A text of no more words than a window is one window.

    >>> counted = windows([["产业", "扶贫", "车间"]], ["产业", "车间", "文化"], size=2)
    >>> counted.alone.tolist(), counted.together[0, 1], counted.total
    ([1.0, 1.0, 0.0], 0.0, 2)
    """
    from scipy.sparse import csr_matrix

    index = {word: row for row, word in enumerate(dict.fromkeys(words))}
    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    flat = np.fromiter(
        (index.get(word, -1) for text in texts for word in text), dtype=np.int32, count=int(lengths.sum())
    )
    places = np.maximum(lengths - size + 1, (lengths > 0).astype(np.int64))
    starts = np.concatenate([[0], np.cumsum(places)])
    known = np.flatnonzero(flat >= 0)
    owner = np.repeat(np.arange(len(lengths)), lengths)[known]
    within = known - np.concatenate([[0], np.cumsum(lengths)])[owner]
    rows, columns = [], []
    for back in range(size):
        window = within - back
        there = (window >= 0) & (window < places[owner])
        rows.append((starts[owner] + window)[there])
        columns.append(flat[known][there])
    cells = csr_matrix(
        (np.ones(sum(map(len, rows)), dtype=np.float64), (np.concatenate(rows), np.concatenate(columns))),
        shape=(int(starts[-1]), len(index)),
    )
    cells.data[:] = 1.0  # a word twice in a window counts once
    together = (cells.T @ cells).toarray()
    return Windows(index, together.diagonal().copy(), together, int(starts[-1]))
