"""How strongly keywords and their sentences speak for each category, and whether for any at all.

Evidence of three kinds is turned into z-scores over the categories: how like the texts of a category the
keyword is, how many grams its sentences share with all that the codebook says of a category, and where the
mean word vector of its sentences lies.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from casemine.coding.codebook_index import CodebookIndex
from casemine.coding.likeness import Matrix, Semantics, standard

# What characters and vectors count when a keyword is compared with the texts of a category, and what the
# best of the texts counts beside their mean.
_CHARACTERS, _MEANING, _BEST = 0.2, 0.8, 0.5
# What the selective category above, the sentences' vectors and the sentences' grams count each for an axial
# category, beside the keyword itself.
_BESIDE = 0.5
# Texts of the codebook nearest to a keyword that tell whether it belongs there at all, and what they
# count beside its sentences.
_NEAREST, _WORD = 5, 0.5
# Brings the cosines that tell without vectors to the measure of those that tell with them.
_TOLD = 50
_TINY = 1e-9

Contexts = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Passages:
    """The passages each of some keywords stands in, one tuple a keyword, empty where there are none."""

    each: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, keywords: Sequence[str], contexts: Contexts | None) -> Passages:
        """Take the passages of `keywords` out of `contexts` (`evidence.contexts`)."""
        return cls(tuple(tuple((contexts or {}).get(keyword, ())) for keyword in keywords))

    @cached_property
    def heard(self) -> NDArray[np.bool_]:
        """Which keywords have a passage, (keywords,)."""
        return np.array([bool(texts) for texts in self.each], dtype=np.bool_)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """All passages, each once."""
        return tuple(dict.fromkeys(text for texts in self.each for text in texts))

    @cached_property
    def _shares(self) -> Any:
        """What each passage counts in the mean of a keyword, a sparse matrix (keywords, passages)."""
        from scipy.sparse import csr_matrix

        column = {text: at for at, text in enumerate(self.texts)}
        rows = [row for row, texts in enumerate(self.each) for _ in texts]
        columns = [column[text] for texts in self.each for text in texts]
        shares = [1 / len(texts) for texts in self.each for _ in texts]
        return csr_matrix((shares, (rows, columns)), shape=(len(self.each), len(self.texts)))

    def mean(self, rows: Matrix) -> Matrix:
        """Return the mean over each keyword's passages of `rows` (passages, n): (keywords, n)."""
        means: Matrix = self._shares @ rows
        return means


@dataclass(frozen=True)
class CategoryScores:
    """Keywords, with the passages they stand in, scored against a codebook."""

    keywords: tuple[str, ...]
    ground: CodebookIndex
    passages: Passages

    @classmethod
    def of(
        cls, keywords: Sequence[str], ground: CodebookIndex, contexts: Contexts | None = None
    ) -> CategoryScores:
        """Score `keywords`; `contexts` maps a keyword to its passages (`evidence.contexts`)."""
        return cls(tuple(keywords), ground, Passages.of(keywords, contexts))

    def at(self, level: str) -> Matrix:
        """Return the scores at "axial" or "selective" level, (keywords, categories)."""
        return {"selective": self.selective, "axial": self.axial}[level]

    @cached_property
    def selective(self) -> Matrix:
        """Z-scores of the selective categories, texts and sentences with equal weight."""
        scores = self._by_category(self._likeness, "selective")
        if not self.passages.texts:
            return scores
        return standard(scores + standard(self._told("selective")))

    @cached_property
    def axial(self) -> Matrix:
        """Z-scores of the axial categories, which also hear what is said of the category above each."""
        beside = self.selective[:, self.ground.above()]
        if self.passages.texts:
            beside = beside + standard(self._told("axial"))
            if self._meaning:
                lying = self._passage_vectors @ self.ground.pool.vectors.T
                beside = beside + self._by_category(lying, "axial")
        return standard(self._by_category(self._likeness, "axial") + _BESIDE * beside)

    @cached_property
    def nearness(self) -> Matrix:
        """How near the codebook as a whole each keyword and its passages are, (keywords,).

        With word vectors: by how many standard deviations the passages of a keyword lie nearer to the texts
        of the codebook than to ordinary words, and half of the same for the keyword and the five texts
        nearest to it. Being measured against ordinary words, it is about alike for codebooks of any size.
        Without vectors: the cosine, times 50, of the passages and the two categories they speak for most.
        0 for a keyword without passages.
        """
        if self._meaning is None:
            told = np.sort(self._told("selective"), axis=1)[:, -2:]
            by_grams: Matrix = _TOLD * told.mean(axis=1)
            return by_grams
        ordinary, texts = self._meaning.vectors.ordinary(), self.ground.pool.vectors
        usual = self._passage_vectors @ ordinary.T
        spread = usual.std(axis=1)
        lying = (self._passage_vectors @ texts.T).mean(axis=1) - usual.mean(axis=1)
        expected = _nearest(ordinary @ texts.T)
        words = _nearest(self._keyword_vectors @ texts.T) - expected.mean()
        near = lying / np.where(spread > _TINY, spread, 1) + _WORD * words / max(expected.std(), _TINY)
        return np.where(self.passages.heard, near, 0.0)

    @cached_property
    def vectors(self) -> Matrix:
        """Word vectors of keyword and passages side by side, (keywords, twice the dimensions)."""
        lengths = np.linalg.norm(self._passage_vectors, axis=1, keepdims=True)
        passages = self._passage_vectors / np.where(lengths > _TINY, lengths, 1)
        return np.hstack([self._keyword_vectors, passages])

    @property
    def _meaning(self) -> Semantics | None:
        return self.ground.terms.meaning

    @cached_property
    def _likeness(self) -> Matrix:
        """How like the texts of the codebook the keywords are, z-scores, (keywords, texts)."""
        likeness = standard(self.ground.pool.characters(self.keywords))
        if self._meaning is None:
            return likeness
        meanings = self._keyword_vectors @ self.ground.pool.vectors.T
        return _CHARACTERS * likeness + _MEANING * standard(meanings)

    @cached_property
    def _keyword_vectors(self) -> Matrix:
        assert self._meaning is not None
        return self._meaning.of(self.keywords)

    @cached_property
    def _passage_vectors(self) -> Matrix:
        """The mean word vector of each keyword's passages, (keywords, dimensions)."""
        assert self._meaning is not None
        return self.passages.mean(self._meaning.of(self.passages.texts))

    @cached_property
    def _counts(self) -> Any:
        return self.ground.counter.transform(self.passages.texts)

    def _told(self, level: str) -> Matrix:
        """What the passages say of the categories of a level, mean cosines, (keywords, categories)."""
        if not self.passages.texts:
            return np.zeros((len(self.keywords), len(self.ground.categories(level))))
        return self.passages.mean(self.ground.told(self._counts, level))

    def _by_category(self, likeness: Matrix, level: str) -> Matrix:
        """Return z-scores of the mean likeness to each category's texts and half the best."""
        parts = [likeness[:, own] for own in self.ground.members(level)]
        return standard(np.stack([own.mean(axis=1) + _BEST * own.max(axis=1) for own in parts], axis=1))


def category_scores(
    keywords: Sequence[str], ground: CodebookIndex, level: str, contexts: Contexts | None = None
) -> Matrix:
    """Return z-scores of the categories of a level ("axial" or "selective"), (keywords, categories).

    A category scores the mean of its texts' likeness and half their best. Selective categories take in
    what the contexts say, with equal weight where there are any; axial ones also what is said of the
    selective category above them. Raises `KeyError` for another level.
    """
    return CategoryScores.of(keywords, ground, contexts).at(level)


def _nearest(cosines: Matrix) -> Matrix:
    """Return the mean of the highest cosines of each row."""
    highest: Matrix = np.sort(cosines, axis=1)[:, -_NEAREST:].mean(axis=1)
    return highest
