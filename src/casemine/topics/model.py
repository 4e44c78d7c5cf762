"""Topics of paragraphs: gensim's Nmf over TF-IDF, started from singular vectors, or its LdaModel.

Non-negative matrix factorisation (Lee & Seung 1999; online form of Zhao & Tan 2017, as gensim has it) starts
from random numbers in gensim, and gave other topics with every seed. Here it starts from the leading
singular vectors (NNDSVD, Boutsidis & Gallopoulos 2008); the seed decides the order of the paragraphs.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from casemine.errors import UsageError
from casemine.needs_gensim import gensim_module

Array = NDArray[np.float64]
ENGINES = ("nmf", "lda")
# A paragraph of fewer different words says too little of what it is about.
SHORTEST = 5
# The dictionary: no words in fewer paragraphs than this, in more than this share of them, beyond this many.
BELOW, ABOVE, MOST = 10, 0.1, 20_000
LEADING = 10
# A word in so few paragraphs is never too common.
_FEW = 50
# Paragraphs that gensim's Nmf takes at a time, and walks over all of them.
_CHUNK, _PASSES, _LDA_PASSES = 2000, 2, 10
_STEPS = 60


@dataclass(frozen=True)
class Corpus:
    """Paragraphs as vectors: the words of the dictionary, rows of counts and of TF-IDF.

    `rows` numbers the paragraphs given that are long enough; `counts` and `weights` are sparse
    (rows, words); a word stands in `least` paragraphs at least
    and in the share `most` of them at most.
    """

    words: tuple[str, ...]
    rows: NDArray[np.int64]
    counts: Any
    weights: Any
    dictionary: Any
    least: int
    most: float

    def some(self, rows: NDArray[np.int64]) -> Corpus:
        """Return the corpus of some of its rows, over the same words."""
        return replace(self, rows=self.rows[rows], counts=self.counts[rows], weights=self.weights[rows])


def corpus(texts: Sequence[Sequence[str]], *, below: int = BELOW, above: float = ABOVE) -> Corpus:
    """Return paragraphs (lists of words of content) as vectors.

    Words in fewer than `below` paragraphs, or in more than the share `above` of them, are left out; a
    small corpus asks for fewer. Raises `UsageError` when too little is left, or gensim is not installed.
    """
    long = np.array([row for row, text in enumerate(texts) if len(set(text)) >= SHORTEST], dtype=np.int64)
    dictionary = gensim_module("corpora").Dictionary()
    dictionary.add_documents(sorted(texts[row]) for row in long)
    below = max(2, min(below, len(long) // 100))
    above = min(1.0, max(above, _FEW / max(len(long), 1)))
    dictionary.filter_extremes(no_below=below, no_above=above, keep_n=MOST)
    counts, kept = _rows((dictionary.doc2bow(texts[row]) for row in long), len(dictionary))
    if len(kept) < 2 * LEADING or len(dictionary) < 2 * LEADING:
        raise UsageError(
            f"{len(kept)} paragraphs with {len(dictionary)} words are too few for topics.",
            advice="Topics need some hundred paragraphs; `casemine words` needs less.",
        )
    model = gensim_module("models").TfidfModel(_bags(counts), id2word=dictionary)
    weights, _ = _rows((model[bag] for bag in _bags(counts)), len(dictionary), empty=True)
    words = tuple(dictionary[number] for number in range(len(dictionary)))
    return Corpus(words, long[kept], counts, weights, dictionary, below, above)


def _rows(
    bags: Iterable[Sequence[tuple[int, float]]], width: int, *, empty: bool = False
) -> tuple[Any, list[int]]:
    """Return bags of words as a sparse matrix, and which of them are its rows: `empty` ones or not.

    They are taken one by one: as tuples those of a large corpus would fill the memory.
    """
    from scipy.sparse import csr_matrix

    columns, values, ends = array("i"), array("d"), array("q", [0])
    kept = []
    for at, bag in enumerate(bags):
        if bag or empty:
            columns.extend(number for number, _ in bag)
            values.extend(value for _, value in bag)
            ends.append(len(columns))
            kept.append(at)
    parts = (
        np.frombuffer(values, dtype=np.float64),
        np.frombuffer(columns, dtype=np.int32),
        np.frombuffer(ends, dtype=np.int64),
    )
    return csr_matrix(parts, shape=(len(kept), width)), kept


def _bags(counts: Any) -> Iterator[list[tuple[int, float]]]:
    """Yield the rows of a sparse matrix as gensim takes them."""
    for begin, end in zip(counts.indptr[:-1].tolist(), counts.indptr[1:].tolist(), strict=True):
        yield list(zip(counts.indices[begin:end].tolist(), counts.data[begin:end].tolist(), strict=True))


@dataclass(frozen=True)
class Topics:
    """Topics over words (topics, words), each summing to 1, and over paragraphs (rows, topics), likewise.

    `strength` is how much of each topic a paragraph holds before its shares are made to sum to 1.
    """

    words: tuple[str, ...]
    of_words: Array
    of_rows: Array
    strength: Array

    @cached_property
    def leading(self) -> list[list[str]]:
        """The ten leading words of each topic."""
        return [leading(self.words, row) for row in self.of_words]

    def ordered(self, order: Sequence[int]) -> Topics:
        """Return the topics in another order."""
        return Topics(self.words, self.of_words[order], self.of_rows[:, order], self.strength[:, order])


def leading(words: Sequence[str], weights: Array, count: int = LEADING) -> list[str]:
    """Return the words of the greatest weights, the word itself breaking ties."""
    first = np.argsort(-weights, kind="stable")[: 4 * count].tolist()
    return [words[at] for at in sorted(first, key=lambda at: (-weights[at], words[at]))[:count]]


def fit(of: Corpus, count: int, *, engine: str = "nmf", seed: int = 0) -> Topics:
    """Return `count` topics of a corpus by gensim's Nmf or LdaModel, in no order.

    Raises `UsageError` for more topics than the corpus has room for.
    """
    if count >= min(of.weights.shape):
        raise UsageError(f"{count} topics are more than {of.weights.shape[0]} paragraphs can show.")
    return (_nmf if engine == "nmf" else _lda)(of, count, seed)


def _nmf(of: Corpus, count: int, seed: int) -> Topics:
    model = gensim_module("models").Nmf(
        num_topics=count, id2word=of.dictionary, random_state=seed, passes=_PASSES, chunksize=_CHUNK
    )
    start = _start(of.weights, count)
    # gensim sets these itself, from random numbers, at the first batch unless they are there.
    model.w_std, model._W = float(start.mean()), start
    model.A, model.B = np.zeros((count, count)), np.zeros(start.shape)
    model.update(of.weights.T.tocsc())
    found: Array = np.asarray(model.get_topics(), dtype=np.float64)
    strength = _shares(of.weights, np.asarray(model._W, dtype=np.float64))
    return Topics(of.words, found, _normal(strength), strength)


def _start(weights: Any, count: int) -> Array:
    """Return non-negative starting topics (words, topics) from the leading singular vectors (NNDSVD)."""
    from scipy.sparse.linalg import svds

    matrix = weights.T.tocsc()
    left, values, right = svds(matrix, k=count, v0=np.ones(min(matrix.shape)))
    order = np.argsort(-values, kind="stable")
    start = np.empty((matrix.shape[0], count))
    for at, column in enumerate(order):
        sides = [
            (np.maximum(sign * left[:, column], 0), np.maximum(sign * right[column], 0)) for sign in (1, -1)
        ]
        words = max(sides, key=lambda side: float(np.linalg.norm(side[0]) * np.linalg.norm(side[1])))[0]
        start[:, at] = words / max(float(words.max()), 1e-12)
    start[start == 0] = matrix.mean() / 100
    return start


def _shares(weights: Any, topics: Array) -> Array:
    """Return the non-negative least squares of rows (rows, words) on topics (words, topics).

    Cyclic coordinate descent over all rows at once, as scikit-learn's for one side.
    """
    gram = topics.T @ topics
    target = np.asarray(weights @ topics)
    found: Array = np.zeros_like(target)
    for _ in range(_STEPS):
        for topic in range(topics.shape[1]):
            rest = target[:, topic] - found @ gram[:, topic] + found[:, topic] * gram[topic, topic]
            found[:, topic] = np.maximum(rest / max(gram[topic, topic], 1e-12), 0)
    return found


def _lda(of: Corpus, count: int, seed: int) -> Topics:
    bags = gensim_module("matutils").Sparse2Corpus(of.counts, documents_columns=False)
    model = gensim_module("models").LdaModel(
        bags, num_topics=count, id2word=of.dictionary, random_state=seed, passes=_LDA_PASSES, chunksize=_CHUNK
    )
    gamma = np.asarray(model.inference(list(bags))[0], dtype=np.float64)
    return Topics(of.words, np.asarray(model.get_topics(), dtype=np.float64), _normal(gamma), gamma)


def _normal(rows: Array) -> Array:
    """Return rows that sum to 1; one of nothing but noughts stays so."""
    sums = rows.sum(axis=1, keepdims=True)
    shares: Array = np.divide(rows, sums, out=np.zeros_like(rows), where=sums > 0)
    return shares


def distances(of_words: Array) -> Array:
    """Return the Jensen-Shannon distance of any two topics, 0 to 1 (topics, topics)."""
    middle = (of_words[:, None] + of_words[None]) / 2
    parts = [
        _divergence(np.broadcast_to(side, middle.shape), middle) for side in (of_words[:, None], of_words)
    ]
    found: Array = np.sqrt(np.maximum((parts[0] + parts[1]) / 2, 0))
    return found


def _divergence(first: Array, second: Array) -> Array:
    ratio = np.divide(first, second, out=np.ones_like(second), where=first > 0)
    divergence: Array = np.where(first > 0, first * np.log2(ratio), 0).sum(axis=2)
    return divergence


def places(of_words: Array) -> Array:
    """Return topics on a plane by classical scaling of their distances (Torgerson 1952): (topics, 2)."""
    squared = distances(of_words) ** 2
    centred = squared - squared.mean(axis=0) - squared.mean(axis=1)[:, None] + squared.mean()
    values, vectors = np.linalg.eigh(-centred / 2)
    plane: Array = vectors[:, [-1, -2]] * np.sqrt(np.maximum(values[[-1, -2]], 0))
    strongest = np.abs(plane).argmax(axis=0)
    return plane * np.where(plane[strongest, [0, 1]] < 0, -1, 1)
