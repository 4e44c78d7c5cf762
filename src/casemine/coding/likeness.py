"""How alike short texts are: character 1- and 2-grams, and word vectors where there are any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from casemine.coding.vectors import WordVectors
from casemine.segment import Segmenter

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Semantics:
    """Word vectors and the segmenter that cuts a text into their words."""

    vectors: WordVectors
    segmenter: Segmenter

    def of(self, texts: Sequence[str]) -> Matrix:
        """Return a vector of length 1 a text, (texts, dimensions); zeros where no word is known."""
        rows = [self.vectors.mean(self.segmenter.cut(text)) for text in texts]
        return np.array(rows, dtype=np.float64).reshape(len(texts), self.vectors.codes.shape[1])


@dataclass(frozen=True)
class TextPool:
    """Texts that others are compared with."""

    texts: tuple[str, ...]
    meaning: Semantics | None = None

    @cached_property
    def _grams(self) -> tuple[Any, NDArray[np.float64], Any]:
        from sklearn.feature_extraction.text import CountVectorizer

        counter = CountVectorizer(analyzer="char", ngram_range=(1, 2), lowercase=False)
        counts = counter.fit_transform(self.texts).astype(np.float64)
        holding = np.bincount(counts.indices, minlength=counts.shape[1])
        rarity = np.log((1 + len(self.texts)) / (1 + holding)) + 1
        return counter, rarity, _unit(counts.multiply(rarity).tocsr(), np.zeros(len(self.texts)))

    @cached_property
    def vectors(self) -> Matrix:
        """The mean word vectors of the texts, (texts, dimensions); no dimension without word vectors."""
        return self.meaning.of(self.texts) if self.meaning else np.zeros((len(self.texts), 0))

    def characters(self, queries: Sequence[str]) -> Matrix:
        """Return TF-IDF cosines of character 1- and 2-grams, (queries, texts).

        A gram that no text of the pool has still counts in the length of a query, as the rarest of all.
        """
        counter, rarity, known = self._grams
        counts = counter.transform(queries).astype(np.float64)
        grams = np.array([2 * len(query) - 1 for query in queries], dtype=np.float64)
        strange = np.maximum(grams - np.asarray(counts.sum(axis=1)).ravel(), 0)
        rarest = np.log(1 + len(self.texts)) + 1
        cosines: Matrix = (_unit(counts.multiply(rarity).tocsr(), strange * rarest**2) @ known.T).toarray()
        return cosines

    def meanings(self, queries: Sequence[str]) -> Matrix | None:
        """Return cosines of mean word vectors, (queries, texts); None without vectors."""
        if self.meaning is None:
            return None
        cosines: Matrix = self.meaning.of(queries) @ self.vectors.T
        return cosines


def _unit(rows: Any, more: NDArray[np.float64]) -> Any:
    """Scale sparse rows to length 1, `more` being squares of length that lie outside the columns."""
    from scipy.sparse import diags

    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel() + more)
    return diags(1 / np.where(lengths > 0, lengths, 1)) @ rows


def standard(rows: Matrix) -> Matrix:
    """Return each row as z-scores; zeros for a row of equal numbers."""
    spread = rows.std(axis=1, keepdims=True)
    scores: Matrix = (rows - rows.mean(axis=1, keepdims=True)) / np.where(spread > 1e-9, spread, 1)
    return scores
