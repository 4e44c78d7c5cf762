"""The tables of topics: leading words, shares of documents and groups, passages that show a topic."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from casemine import schema
from casemine.terms import groups_in_order
from casemine.topics.model import Array, Corpus, Topics, places

# Leading words in topics.csv, words of a label, passages of a topic, words that such a passage has at least.
WORDS, LABEL, QUOTES, LONG = 20, 3, 5, 15
# The share of a topic below which a paragraph does not show it.
_CLEAR = 0.2

Span = tuple[str, int, int]


def labels(topics: Topics) -> list[str]:
    """Return each topic's three leading words, joined: a label for want of a name."""
    return ["·".join(words[:LABEL]) for words in topics.leading]


def words(topics: Topics) -> pd.DataFrame:
    """Return the table `schema.TOPICS`."""
    rows = []
    for number, (label, weights) in enumerate(zip(labels(topics), topics.of_words, strict=True), 1):
        first = sorted(range(len(weights)), key=lambda at: (-weights[at], topics.words[at]))[:WORDS]
        rows += [
            {"topic": number, "label": label, "rank": rank, "word": topics.words[at],
             "weight": float(weights[at])}
            for rank, at in enumerate(first, 1)
        ]  # fmt: skip
    return schema.TOPICS.frame(rows)


def of_documents(topics: Topics, of: Corpus, owners: NDArray[np.int64], documents: int) -> Array:
    """Return the share of topics in documents (documents, topics); a longer paragraph counts more.

    `owners` gives the document of each paragraph of the corpus; a document without any has noughts.
    """
    sizes = np.asarray(of.counts.sum(axis=1)).ravel() * (topics.of_rows.sum(axis=1) > 0)
    found: Array = np.zeros((documents, topics.of_rows.shape[1]))
    np.add.at(found, owners, topics.of_rows * sizes[:, None])
    total = found.sum(axis=1, keepdims=True)
    shares: Array = np.divide(found, total, out=np.zeros_like(found), where=total > 0)
    return shares


def falling(shares: Array) -> list[int]:
    """Return the topics by their mean share over the documents that have any, greatest first."""
    counted = shares[shares.sum(axis=1) > 0]
    return [int(at) for at in np.argsort(-counted.mean(axis=0).round(12), kind="stable")]


def document_table(doc_ids: Sequence[str], shares: Array) -> pd.DataFrame:
    """Return the table `schema.DOCUMENT_TOPICS`."""
    count = shares.shape[1]
    return schema.DOCUMENT_TOPICS.frame(
        {
            "doc_id": [doc_id for doc_id in doc_ids for _ in range(count)],
            "topic": np.tile(np.arange(1, count + 1), len(doc_ids)),
            "share": shares.ravel(),
        }
    )


def by_group(groups: Sequence[str], shares: Array, label: Sequence[str]) -> pd.DataFrame:
    """Return the table `schema.TOPICS_BY`; `groups` names the group of each document.

    Documents too short for any topic do not count.
    """
    counted = shares.sum(axis=1) > 0
    rows = []
    for group in groups_in_order(groups):
        own = shares[counted & np.array([name == group for name in groups])]
        if not len(own):
            continue
        rows += [
            {"group": group, "topic": number, "label": name, "documents": len(own), "share": float(share)}
            for number, (name, share) in enumerate(zip(label, own.mean(axis=0), strict=True), 1)
        ]
    return schema.TOPICS_BY.frame(rows)


def summary(topics: Topics, shares: Array, coherence: Sequence[float]) -> pd.DataFrame:
    """Return the table `schema.TOPIC_SUMMARY`."""
    counted = shares[shares.sum(axis=1) > 0]
    plane = places(topics.of_words)
    return schema.TOPIC_SUMMARY.frame(
        {
            "topic": np.arange(1, len(topics.leading) + 1),
            "words": ["、".join(row) for row in topics.leading],
            "share": counted.mean(axis=0),
            "coherence": list(coherence),
            "x": plane[:, 0],
            "y": plane[:, 1],
        }
    )


def quotes(topics: Topics, of: Corpus, spans: Sequence[Span], text_of: Callable[[str], str]) -> pd.DataFrame:
    """Return the table `schema.TOPIC_QUOTES`: paragraphs where a topic is strong and little else is.

    `spans` are those of the paragraphs of the corpus, `text_of` gives the text of a document. One paragraph a
    document, of fifteen words of content at least where there are such; the same text comes once.
    """
    sizes = np.asarray(of.counts.sum(axis=1)).ravel()
    rows = []
    for number, label in enumerate(labels(topics)):
        share = topics.of_rows[:, number]
        score = topics.strength[:, number] * share * np.where(sizes >= LONG, 1, 0.01) * (share >= _CLEAR)
        seen: set[str] = set()
        shown = 0
        for row in np.argsort(-score.round(12), kind="stable").tolist():
            doc_id, start, end = spans[row]
            if shown == QUOTES or score[row] <= 0:
                break
            if doc_id in seen or (text := text_of(doc_id)[start:end]) in seen:
                continue
            seen |= {doc_id, text}
            shown += 1
            rows.append({
                "topic": number + 1, "label": label, "rank": shown, "doc_id": doc_id, "start": start,
                "end": end, "share": float(topics.of_rows[row, number]), "quote": text,
            })  # fmt: skip
    return schema.TOPIC_QUOTES.frame(rows)
