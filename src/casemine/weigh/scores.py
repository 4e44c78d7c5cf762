"""The statistics a keyword's weight is made of, each a plain function with its source.

Arrays hold one number a candidate. What multiplies a statistic into a weight is in
`casemine.weigh.factors`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Word = TypeVar("Word", bound=Hashable)

# Corpus size at which document frequencies count as much as general language.
BACKGROUND_DOCUMENTS = 20
# Characters added to every length, so that one occurrence in a very short text is no landslide.
PADDING = 500


def rate(frequency: Numbers, characters: int) -> Numbers:
    """Return the occurrences per thousand characters, the length padded by `PADDING` characters."""
    return 1000 * frequency / (characters + PADDING)


def inverse_document_frequency(containing: Numbers, documents: int, surprisal: Numbers) -> Numbers:
    """Return ln((N + 1) / df), shrunk towards general language while the corpus is small.

    With N documents it is (N idf + K surprisal) / (N + K), K = `BACKGROUND_DOCUMENTS`: one document
    alone is weighed by general language, a corpus of hundreds by itself. Spärck Jones, 1972, "A
    statistical interpretation of term specificity", Journal of Documentation 28; the shrinkage is linear
    interpolation (Jelinek & Mercer, 1980).
    """
    idf = np.log((documents + 1) / np.maximum(containing, 1))
    shrunk: Numbers = (documents * idf + BACKGROUND_DOCUMENTS * surprisal) / (
        documents + BACKGROUND_DOCUMENTS
    )
    return shrunk


def tfidf(frequency: Numbers, idf: Numbers, characters: int) -> Numbers:
    """Return rate^0.7 x idf: term frequency damped, since a word said twice is not twice as telling.

    Salton & Buckley, 1988, "Term-weighting approaches in automatic text retrieval", IPM 24(5).
    """
    return np.asarray(rate(frequency, characters) ** 0.7 * idf)


def log_likelihood(frequency: Numbers, size: float, background: Numbers, background_size: float) -> Numbers:
    """Return the log-likelihood ratio G2 of a frequency against a background; 0 where it is no higher there.

    Dunning, 1993, "Accurate methods for the statistics of surprise and coincidence", CL 19(1); in the form
    of Rayson & Garside, 2000, "Comparing corpora using frequency profiling". `size` and
    `background_size` are the words of the two texts.
    """
    both = (frequency + background) / (size + background_size)
    here, there = size * both, background_size * both
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = 2 * (
            frequency * np.log(frequency / here)
            + np.where(background > 0, background * np.log(background / there), 0)
        )
    return np.where(frequency / size > background / background_size, ratio, 0.0)


def textrank(runs: Sequence[Sequence[Word]], *, window: int = 5, damping: float = 0.85) -> dict[Word, float]:
    """Return word -> PageRank in the graph of words that stand within `window` words of each other.

    The ranks of a text average 1. Mihalcea & Tarau, 2004, "TextRank: bringing order into texts".
    """
    from scipy.sparse import coo_array

    names = list(dict.fromkeys(word for run in runs for word in run))
    if not names:
        return {}
    number = {word: index for index, word in enumerate(names)}
    pairs: Counter[tuple[int, int]] = Counter()
    for run in runs:
        numbered = [number[word] for word in run]
        for gap in range(1, window):
            pairs.update(zip(numbered, numbered[gap:], strict=False))
    rows = np.fromiter((row for row, _ in pairs), dtype=np.int64)
    columns = np.fromiter((column for _, column in pairs), dtype=np.int64)
    counts = np.fromiter(pairs.values(), dtype=np.float64)
    graph = coo_array((counts, (rows, columns)), shape=(len(names), len(names))).tocsr()
    graph = graph + graph.T
    degree = np.asarray(graph.sum(axis=0)).ravel()
    share = np.divide(1.0, degree, out=np.zeros_like(degree), where=degree > 0)
    ranks = np.ones(len(names))
    for _ in range(100):
        following = 1 - damping + damping * (graph @ (ranks * share))
        moved = float(np.abs(following - ranks).max())
        ranks = following
        if moved < 1e-6:
            break
    return dict(zip(names, ranks.tolist(), strict=True))
