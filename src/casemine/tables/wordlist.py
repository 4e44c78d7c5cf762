"""Word lists: how often words occur, which of them mark a group (keyness), how they go over groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from casemine import schema
from casemine.terms import groups_in_order

Array = NDArray[np.float64]
MEASURES = ("g2", "chi2")
# A word of fewer occurrences is no mark of a group, whatever the statistic says; as the field does.
LEAST = 5


@dataclass(frozen=True)
class Counts:
    """Occurrences of words in documents: words, their tags, a sparse matrix (documents, words), sizes.

    `sizes` are the words of all kinds in each document, counted or not: what shares are taken of.
    """

    words: tuple[str, ...]
    tags: tuple[str, ...]
    matrix: Any
    sizes: NDArray[np.int64]


def count(documents: Iterable[Mapping[str, int]], sizes: Sequence[int], tags: Mapping[str, str]) -> Counts:
    """Return counts of documents given as word -> occurrences, words in order of their characters.

    Documents are taken one by one and not kept; `sizes` and `tags` are looked at after the last of them.
    """
    from scipy.sparse import csr_matrix

    numbers: dict[str, int] = {}
    columns, values = [np.zeros(0, dtype=np.int32)], [np.zeros(0, dtype=np.int64)]
    for document in documents:
        own = (numbers.setdefault(word, len(numbers)) for word in document)
        columns.append(np.fromiter(own, np.int32, len(document)))
        values.append(np.fromiter(document.values(), np.int64, len(document)))
    words = sorted(numbers)
    place = np.empty(len(words), dtype=np.int32)
    place[[numbers[word] for word in words]] = np.arange(len(words), dtype=np.int32)
    ends = np.cumsum([len(own) for own in columns])
    cells = (np.concatenate(values), place[np.concatenate(columns)], ends)
    matrix = csr_matrix(cells, (len(ends) - 1, len(words)))
    matrix.sort_indices()
    return Counts(tuple(words), tuple(tags[word] for word in words), matrix, np.array(sizes, dtype=np.int64))


def word_list(counts: Counts, top: int = 0) -> pd.DataFrame:
    """Return the table `schema.WORDS`, the `top` most frequent words (0: all)."""
    occurrences = np.asarray(counts.matrix.sum(axis=0)).ravel()
    documents = np.asarray((counts.matrix > 0).sum(axis=0)).ravel()
    order = np.lexsort((np.arange(len(occurrences)), -documents, -occurrences))[: top or None]
    return schema.WORDS.frame(
        {
            "word": [counts.words[at] for at in order],
            "pos": [counts.tags[at] for at in order],
            "occurrences": occurrences[order],
            "documents": documents[order],
            "share": documents[order] / max(1, counts.matrix.shape[0]),
            "per_10k": occurrences[order] * 1e4 / max(1, int(counts.sizes.sum())),
        }
    )


def g2(own: Array, others: Array, size: Array, rest: Array) -> Array:
    """Return G2, the log-likelihood ratio of two-by-two tables (Dunning 1993).

    Negative where there are fewer than expected. `own` and `others` are occurrences of a word in the group
    and outside, `size` and `rest` all words there.

    >>> round(float(g2(np.array([110.0]), np.array([111.0]), np.array([2552.0]), np.array([29225.0]))[0]), 2)
    270.72
    """
    cells, expected = _cells(own, others, size, rest)
    ratio = np.divide(cells, expected, out=np.ones_like(cells), where=(cells > 0) & (expected > 0))
    found: Array = 2 * np.maximum((cells * np.log(ratio)).sum(axis=0), 0)
    return np.where(own < expected[0], -found, found)


def chi2(own: Array, others: Array, size: Array, rest: Array) -> Array:
    """Return Pearson's chi-squared of the same tables, without correction, with the same sign."""
    cells, expected = _cells(own, others, size, rest)
    apart = (cells - expected) ** 2
    found: Array = np.divide(apart, expected, out=np.zeros_like(apart), where=expected > 0).sum(axis=0)
    return np.where(own < expected[0], -found, found)


def _cells(own: Array, others: Array, size: Array, rest: Array) -> tuple[Array, Array]:
    """Return observed and expected counts of the four cells (4, words)."""
    cells = np.array([own, others, size - own, rest - others], dtype=np.float64)
    total = size + rest
    word, no_word = own + others, size + rest - own - others
    expected = np.array([word * size, word * rest, no_word * size, no_word * rest]) / total
    return cells, expected


def log_ratio(own: Array, others: Array, size: Array, rest: Array) -> Array:
    """Return the binary logarithm of the ratio of relative frequencies (Hardie 2014).

    A count of nought is taken as one half, so that the ratio is finite.

    >>> log_ratio(np.array([8.0, 1.0]), np.array([2.0, 0.0]), np.array([100.0]), np.array([100.0])).tolist()
    [2.0, 1.0]
    """
    ratio: Array = np.log2(np.maximum(own, 0.5) / size) - np.log2(np.maximum(others, 0.5) / rest)
    return ratio


def corrected(p: Array) -> Array:
    """Return p values by Benjamini & Hochberg (1995): the false discovery rate at which each would pass.

    >>> corrected(np.array([0.01, 0.04, 0.03, 0.5])).round(4).tolist()
    [0.04, 0.0533, 0.0533, 0.5]
    """
    if not len(p):
        return p
    order = np.argsort(p, kind="stable")
    scaled = p[order] * len(p) / np.arange(1, len(p) + 1)
    found = np.empty_like(p)
    found[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1)
    return found


def keyness(counts: Counts, groups: Sequence[str], *, measure: str = "g2", top: int = 50) -> pd.DataFrame:
    """Return the table `schema.WORDS_BY`: each group against all others, the `top` most marked words.

    Words of fewer than five occurrences in all are not tested; p is corrected over all words and groups
    tested. Words that are rarer in a group than elsewhere are left out of the table, though they are tested.
    """
    from scipy.stats import chi2 as distribution

    every = np.asarray(counts.matrix.sum(axis=0)).ravel().astype(np.float64)
    tested = np.flatnonzero(every >= LEAST)
    every = every[tested]
    of_group = _statistics(counts, groups, tested, measure)
    total = float(counts.sizes.sum())
    p = distribution.sf(np.abs([statistic for _, _, statistic in of_group.values()]), 1)
    found = []
    for (name, (rows, size, statistic)), alone, adjusted in zip(
        of_group.items(), p, corrected(p.ravel()).reshape(p.shape), strict=True
    ):
        leading = np.argsort(-statistic, kind="stable")[:top]  # words in order of their characters
        leading = leading[statistic[leading] > 0]
        part = counts.matrix[rows][:, tested[leading]]
        own = np.asarray(part.sum(axis=0)).ravel().astype(np.float64)
        others = every[leading] - own
        found.append(pd.DataFrame({
            "group": name, "word": [counts.words[at] for at in tested[leading]],
            "occurrences": own.astype(np.int64), "documents": np.asarray((part > 0).sum(axis=0)).ravel(),
            "others": others.astype(np.int64), "expected": every[leading] * size / total,
            "statistic": statistic[leading], "log_ratio": log_ratio(own, others, size, total - size),
            "p": alone[leading], "p_corrected": adjusted[leading],
        }))  # fmt: skip
    return schema.WORDS_BY.frame(pd.concat(found, ignore_index=True) if found else [])


def _statistics(
    counts: Counts, groups: Sequence[str], tested: NDArray[np.int64], measure: str
) -> dict[str, tuple[NDArray[np.bool_], Array, Array]]:
    """Return group -> its documents, how many words they have, and the statistic of the words tested."""
    every = np.asarray(counts.matrix.sum(axis=0)).ravel()[tested].astype(np.float64)
    total = float(counts.sizes.sum())
    found = {}
    for name in groups_in_order(groups):
        rows = np.array([group == name for group in groups])
        size = np.array(float(counts.sizes[rows].sum()))
        if not size or size == total:
            continue
        own = np.asarray(counts.matrix[rows][:, tested].sum(axis=0)).ravel().astype(np.float64)
        statistic = (g2 if measure == "g2" else chi2)(own, every - own, size, total - size)
        found[name] = rows, size, statistic
    return found


def trend(counts: Counts, groups: Sequence[str], words: Sequence[str]) -> pd.DataFrame:
    """Return the table `schema.WORD_TREND` of `words` over all groups in order."""
    index = {word: column for column, word in enumerate(counts.words)}
    columns = [index[word] for word in words]
    rows = []
    for name in groups_in_order(groups):
        own = np.array([group == name for group in groups])
        part = counts.matrix[own][:, columns]
        size = int(counts.sizes[own].sum())
        occurrences = np.asarray(part.sum(axis=0)).ravel()
        documents = np.asarray((part > 0).sum(axis=0)).ravel()
        rows += [
            {"word": word, "group": name, "occurrences": int(many), "documents": int(of),
             "per_10k": many * 1e4 / max(1, size)}
            for word, many, of in zip(words, occurrences, documents, strict=True)
        ]  # fmt: skip
    rows.sort(key=lambda row: words.index(row["word"]))
    return schema.WORD_TREND.frame(rows)
