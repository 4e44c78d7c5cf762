"""Likeness of documents by their words: TF-IDF and the cosine, the nearest of each, clusters.

scipy's sparse product rather than gensim's `similarities`: the numbers are the same (a test holds the two to
one another), it needs no index on disk, and it is there for every Python that casemine runs on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import networkx
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

# Rows of the matrix made at a time.
_ROWS = 256
SEED = 0


def counted(documents: Iterable[Iterable[str]]) -> tuple[Any, list[str]]:
    """Return the words of documents as a sparse matrix of counts (documents x words), and the words."""
    numbers: dict[str, int] = {}
    columns: list[NDArray[np.int32]] = []
    values: list[NDArray[np.float64]] = []
    for words in documents:
        counts = Counter(words)
        own = [numbers.setdefault(word, len(numbers)) for word in counts]
        columns.append(np.array(own, dtype=np.int32))
        values.append(np.array(list(counts.values()), dtype=np.float64))
    ends = np.append(0, np.cumsum([len(own) for own in columns]))
    data, indices = (
        np.concatenate([np.zeros(0), *values]),
        np.concatenate([np.zeros(0, dtype=np.int32), *columns]),
    )
    matrix = sparse.csr_matrix((data, indices, ends), shape=(len(columns), len(numbers)))
    matrix.sort_indices()
    return matrix, list(numbers)


def tfidf(counts: Any) -> Any:
    """Return tf x log2(N / df), each document of length 1: as gensim's TfidfModel weighs by default.

    >>> weights = tfidf(counted([["甲", "乙"], ["甲", "丙", "丙"]])[0])
    >>> weights.toarray().round(2).tolist()
    [[0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    """
    documents = counts.shape[0]
    containing = np.bincount(counts.indices, minlength=counts.shape[1])
    weight = np.log2(documents / np.maximum(containing, 1))
    weighed = counts.multiply(weight[np.newaxis, :]).tocsr()
    lengths = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel())
    return sparse.diags(1 / np.where(lengths > 0, lengths, 1)) @ weighed


def nearest(weights: Any, *, neighbours: int, least: float) -> list[tuple[int, int, float]]:
    """Return (first, second, cosine) of documents near one another, first < second, in order.

    Pairs in which one is among the `neighbours` nearest of the other, with a cosine of `least` or more.
    """
    found: dict[tuple[int, int], float] = {}
    turned = weights.T.tocsc()
    for begin in range(0, weights.shape[0], _ROWS):
        cosines = np.asarray((weights[begin : begin + _ROWS] @ turned).todense())
        for at, row in enumerate(cosines, start=begin):
            row[at] = -1.0
            rounded = row.round(9)
            for other in np.argsort(-rounded, kind="stable")[:neighbours].tolist():
                if rounded[other] >= least:
                    found[min(at, other), max(at, other)] = float(rounded[other])
    return [(*pair, cosine) for pair, cosine in sorted(found.items())]


def matrix(weights: Any) -> NDArray[np.float64]:
    """Return the cosines of all documents, square."""
    return np.asarray((weights @ weights.T).todense()).clip(0, 1)


def clusters(size: int, pairs: Sequence[tuple[int, int, float]]) -> list[int]:
    """Return the number of each document's cluster, 1 the largest; 0 for one that is near no other.

    Louvain (Blondel et al. 2008) over the pairs, seeded: the same pairs give the same clusters.
    """
    graph = networkx.Graph()
    graph.add_weighted_edges_from(pairs)
    parts = networkx.community.louvain_communities(graph, weight="weight", seed=SEED) if pairs else []
    parts.sort(key=lambda members: (-len(members), min(members)))
    numbers = [0] * size
    for number, members in enumerate(parts, start=1):
        for member in members:
            numbers[member] = number
    return numbers


def leading_words(
    weights: Any, words: Sequence[str], numbers: Sequence[int], top: int = 6
) -> dict[int, list[str]]:
    """Return cluster -> the words that weigh most in it."""
    leading: dict[int, list[str]] = {}
    for number in sorted(set(numbers) - {0}):
        members = [at for at, own in enumerate(numbers) if own == number]
        sums = np.asarray(weights[members].sum(axis=0)).ravel().round(9)
        leading[number] = [words[at] for at in np.argsort(-sums, kind="stable")[:top]]
    return leading
