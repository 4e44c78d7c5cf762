"""Open coding from scratch: categories proposed bottom-up for a corpus that has no codebook yet.

Keywords that stand in the same paragraphs more often than by chance (normalised pointwise mutual
information, Bouma 2009) or mean and look alike are put together by agglomerative clustering, average
linkage (Sokal & Michener 1958), into axial categories and those into selective ones. What is near to
nothing stays ungrouped. It is a draft: the program groups, a person names and defines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from casemine.coding.codebook import Code, Codebook
from casemine.coding.likeness import Matrix, Semantics, TextPool
from casemine.errors import StudyError
from casemine.lexicon.matching import WordMatcher

# Codes an axial category, and axial categories a selective one, hold on average: about those of
# published coding tables (73 codes, 19 axial and 6 selective categories, and the like).
_CODES_EACH, _AXIAL_EACH = 4, 3
_FEWEST = 3
# What standing together counts; the rest is likeness of form and meaning. Chosen on half of the case reports
# (benchmarks/README.md).
_TOGETHER = 0.7
UNGROUPED = "未归类"
_MADE = (
    "程序自下而上归并而成的草稿（共现与相似度聚类），未经研究者审定："
    "类属名称取自其中最常见的编码，命名、定义和取舍由研究者完成。"
)


def open_coding(
    keywords: pd.DataFrame,
    *,
    name: str,
    paragraphs: Iterable[str] = (),
    meaning: Semantics | None = None,
    top: int = 100,
) -> Codebook:
    """Return a draft codebook of the `top` keywords that most documents have.

    `keywords` is the table `schema.KEYWORDS`; `paragraphs` are those of the corpus, without which the
    keywords of each document stand for its text. There are as many categories as published coding tables
    have for as many codes; a category of one code is none, and its code is `UNGROUPED`. Each code's example
    is a sentence of the corpus. Raises `StudyError` when there are fewer than three keywords.
    """
    having = keywords[["doc_id", "word"]].drop_duplicates()
    cases = having["word"].value_counts()
    words = sorted(cases.index, key=lambda word: (-cases[word], word))[:top]
    if len(words) < _FEWEST:
        raise StudyError(
            "open coding needs at least three keywords.", advice="Lower --min-count, or give more texts."
        )
    texts = [matched for matched in _standing(words, paragraphs) if matched] or _of_documents(words, having)
    near = _nearness(words, texts, meaning)
    cut = _cut(near, max(2, round(len(words) / _CODES_EACH)))
    first = [group for group in cut if len(group) > 1] or cut
    lone = sorted(row for group in cut if group not in first for row in group)
    between = np.array([[near[np.ix_(one, other)].mean() for other in first] for one in first])
    second = _cut(between, max(2, round(len(first) / _AXIAL_EACH)))
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
    if lone:
        entries += [
            Code(f"核心类属 {UNGROUPED}", "selective"),
            Code(UNGROUPED, "axial", f"核心类属 {UNGROUPED}"),
        ]
        entries += [Code(words[row], "open", UNGROUPED, example=examples.get(words[row], "")) for row in lone]
    return Codebook(name=name, title="开放式编码草稿", version="0.1", note=_MADE, entries=tuple(entries))


def _standing(words: Sequence[str], paragraphs: Iterable[str]) -> Iterator[set[int]]:
    """Yield the words that stand in each paragraph, as their numbers."""
    number = {word: row for row, word in enumerate(words)}
    matcher = WordMatcher(words)
    return ({number[word] for _, word in matcher.distinct(text)} for text in paragraphs)


def _of_documents(words: Sequence[str], having: pd.DataFrame) -> list[set[int]]:
    number = {word: row for row, word in enumerate(words)}
    own = having[having["word"].isin(number)]
    return [{number[word] for word in rows} for _, rows in own.groupby("doc_id")["word"]]


def _nearness(words: Sequence[str], texts: Sequence[set[int]], meaning: Semantics | None) -> Matrix:
    """Return how near words are, 0 to 1, (words, words); `texts` are the words that stand together."""
    both = np.zeros((len(words), len(words)))
    for rows in map(sorted, texts):
        both[np.ix_(rows, rows)] += 1
    pool = TextPool(tuple(words), meaning)
    alike = pool.characters(words)
    meanings = pool.meanings(words)
    if meanings is not None:
        alike = (alike + np.clip(meanings, 0, 1)) / 2
    near: Matrix = _TOGETHER * _information(both / len(texts)) + (1 - _TOGETHER) * alike
    return near


def _information(share: Matrix) -> Matrix:
    """Return the normalised pointwise mutual information where it is positive, else 0, (words, words).

    `share` (words, words) holds the share of the texts that have both, on its diagonal those with each.
    """
    own = share.diagonal()
    positive = (share > 0) & (share < 1)
    chance = np.outer(own, own)
    together = np.zeros_like(share)
    together[positive] = np.log(share[positive] / chance[positive]) / -np.log(share[positive])
    together[share >= 1] = 1
    return np.clip(together, 0, 1)


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
