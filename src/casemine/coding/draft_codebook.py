"""Open coding from scratch: categories proposed bottom-up for a corpus that has no codebook yet.

Keywords that occur in the same documents (Ochiai coefficient) or mean and look alike are put together by
agglomerative clustering, average linkage (Sokal & Michener 1958), into axial categories and those into
selective ones. It is a draft: the program groups, a person names and defines.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from casemine.coding.codebook import Code, Codebook
from casemine.coding.likeness import Matrix, Semantics, TextPool
from casemine.errors import StudyError

# Codes an axial category, and axial categories a selective one, hold on average: about those of
# published coding tables (73 codes, 19 axial and 6 selective categories, and the like).
_CODES_EACH, _AXIAL_EACH = 4, 3
_FEWEST = 3
# What standing together counts; the rest is likeness of form and meaning.
_TOGETHER = 0.4
_MADE = (
    "程序自下而上归并而成的草稿（共现与相似度聚类），未经研究者审定："
    "类属名称取自其中最常见的编码，命名、定义和取舍由研究者完成。"
)


def open_coding(
    keywords: pd.DataFrame,
    *,
    name: str,
    meaning: Semantics | None = None,
    top: int = 100,
    axial: int = 0,
    selective: int = 0,
) -> Codebook:
    """Return a draft codebook of the `top` keywords that most documents have.

    `keywords` is the table `schema.KEYWORDS`; `axial` and `selective` are the numbers of categories,
    0 for as many as published coding tables have for as many codes. Each code's example is a sentence
    of the corpus. Raises `StudyError` when there are fewer than three keywords.
    """
    having = keywords[["doc_id", "word"]].drop_duplicates()
    cases = having["word"].value_counts()
    words = sorted(cases.index, key=lambda word: (-cases[word], word))[:top]
    if len(words) < _FEWEST:
        raise StudyError(
            "open coding needs at least three keywords.", advice="Lower --min-count, or give more texts."
        )
    near = _nearness(words, having, meaning)
    first = _cut(near, axial or max(2, round(len(words) / _CODES_EACH)))
    between = np.array([[near[np.ix_(one, other)].mean() for other in first] for one in first])
    second = _cut(between, selective or max(2, round(len(first) / _AXIAL_EACH)))
    examples = (
        keywords[keywords["context"] != ""].drop_duplicates("word").set_index("word")["context"].to_dict()
    )
    entries: list[Code] = []
    at = 0
    for number, groups in enumerate(second, start=1):
        members = [first[group] for group in groups]
        top_name = f"核心类属{number:02d} {words[min(min(group) for group in members)]}"
        entries.append(Code(top_name, "selective"))
        for group in members:
            at += 1
            middle = f"范畴{at:02d} {words[min(group)]}"
            entries.append(Code(middle, "axial", top_name))
            entries += [
                Code(words[row], "open", middle, example=examples.get(words[row], "")) for row in group
            ]
    return Codebook(name=name, title="开放式编码草稿", version="0.1", note=_MADE, entries=tuple(entries))


def _nearness(words: Sequence[str], having: pd.DataFrame, meaning: Semantics | None) -> Matrix:
    """Return how near words are, 0 to 1, (words, words)."""
    documents = {doc_id: row for row, doc_id in enumerate(sorted(having["doc_id"].unique()))}
    number = {word: row for row, word in enumerate(words)}
    held = np.zeros((len(words), len(documents)))
    for doc_id, word in having.itertuples(index=False):
        if word in number:
            held[number[word], documents[doc_id]] = 1
    totals = held.sum(axis=1)
    ochiai: Matrix = (held @ held.T) / np.sqrt(np.outer(totals, totals))
    pool = TextPool(tuple(words), meaning)
    alike = pool.characters(words)
    meanings = pool.meanings(words)
    if meanings is not None:
        alike = (alike + np.clip(meanings, 0, 1)) / 2
    near: Matrix = _TOGETHER * ochiai + (1 - _TOGETHER) * alike
    return near


def _cut(near: Matrix, groups: int) -> list[list[int]]:
    """Cut rows into `groups` clusters, each sorted, in the order of their first rows."""
    if groups >= len(near):
        return [[row] for row in range(len(near))]
    from sklearn.cluster import AgglomerativeClustering

    away = 1 - (near + near.T) / 2
    np.fill_diagonal(away, 0)
    model = AgglomerativeClustering(n_clusters=groups, metric="precomputed", linkage="average")
    labels: NDArray[np.int64] = model.fit_predict(np.clip(away, 0, None))
    found: dict[int, list[int]] = {}
    for row, label in enumerate(labels.tolist()):
        found.setdefault(label, []).append(row)
    return list(found.values())
