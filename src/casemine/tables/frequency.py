"""Tables over all documents: keywords in, how many documents have each and how often it stands there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping

import pandas as pd

from casemine import schema
from casemine.document import Document
from casemine.lexicon.matching import WordMatcher, distinct
from casemine.terms import ADDED


def frequency(
    keywords: pd.DataFrame,
    documents: Collection[Document],
    merged: Mapping[str, Mapping[str, str]] | None = None,
    given: Collection[tuple[str, str]] | None = None,
) -> pd.DataFrame:
    """Return the table `schema.FREQUENCY` of the words of `keywords` (doc_id, word) over `documents`.

    `documents` counts the documents that have the word among their keywords: those in which it leads, and
    those that a person gave it to (`given`: doc_id and word; default: all in `keywords`). A word added to the
    whole corpus leads no document for that: found or added, a word counts by one rule. `containing` counts
    the documents in whose counted text it stands. `occurrences` are all places where it stands, inside longer
    keywords too, so there are never fewer than `containing`; `distinct` are those that no longer keyword
    holds: 扶贫产业园 is an occurrence of 扶贫产业, and no distinct one, when both are keywords. `share` is
    documents / all documents. `merged` gives, by doc_id or `*`, variant -> the standard term it counts as;
    variants inside each other count once. Rows go by falling documents, falling occurrences, keyword.
    """
    merged = merged or {}
    words_of: dict[str, set[str]] = defaultdict(set)
    for doc_id, word in keywords[["doc_id", "word"]].itertuples(index=False):
        words_of[doc_id].add(word)
    having = _having(keywords, given)
    variants = {variant for into in merged.values() for variant in into}
    matcher = WordMatcher({*having, *variants})
    containing: Counter[str] = Counter()
    occurrences: Counter[str] = Counter()
    independent: Counter[str] = Counter()
    for document in documents:
        into = merged.get(document.doc_id, merged.get("*", {}))
        text = document.counted
        matches = list(matcher.all(text))
        standing = _standing(matches, into, text, words_of.get(document.doc_id, set()))
        containing.update(standing.keys())
        occurrences.update(standing)
        independent.update(into.get(word, word) for _, word in distinct(matches, len(text)))
    order = sorted(having, key=lambda word: (-having[word], -occurrences[word], word))
    return schema.FREQUENCY.frame(
        {
            "keyword": order,
            "documents": [having[word] for word in order],
            "containing": [containing[word] for word in order],
            "occurrences": [occurrences[word] for word in order],
            "distinct": [independent[word] for word in order],
            "share": [having[word] / max(1, len(documents)) for word in order],
        }
    )


def _having(keywords: pd.DataFrame, given: Collection[tuple[str, str]] | None) -> Counter[str]:
    """Count the documents each word of `keywords` leads in, or was given to; 0 for a word of none."""
    having = Counter(dict.fromkeys(keywords["word"], 0))
    own = keywords if given is None else leading(keywords, given)
    having.update(own[["doc_id", "word"]].drop_duplicates()["word"])
    return having


def leading(keywords: pd.DataFrame, given: Collection[tuple[str, str]]) -> pd.DataFrame:
    """Return the rows of `schema.KEYWORDS` by which a word is a keyword of its document.

    Left out are those of words that a person added to the whole corpus and not, as (doc_id, word) in `given`,
    to the document.
    """
    pairs = keywords[["doc_id", "word"]].itertuples(index=False, name=None)
    own = [pos != ADDED or pair in given for pos, pair in zip(keywords["pos"], pairs, strict=True)]
    return keywords[own]


def _standing(
    matches: Iterable[tuple[int, str]], into: Mapping[str, str], text: str, keywords: Iterable[str]
) -> Counter[str]:
    """Count the places where each term stands, its variants with it; no two of one term overlap."""
    places: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for start, word in matches:
        places[into.get(word, word)].append((start, word))
    times = Counter({term: _apart(spans) for term, spans in places.items()})
    # Discovery reads characters: its word may stand only inside longer Latin ones.
    inside = {word: text.count(word) for word in keywords if word not in places}
    return times + Counter(inside)


def _apart(spans: list[tuple[int, str]]) -> int:
    """Count spans, the longest first, that overlap none before them."""
    begin = min(start for start, _ in spans)
    end = max(start + len(word) for start, word in spans)
    if len({word for _, word in spans}) > 1:
        return len(distinct(((start - begin, word) for start, word in spans), end - begin))
    times, until = 0, 0
    for start, word in sorted(spans):
        if start >= until:
            times, until = times + 1, start + len(word)
    return times
