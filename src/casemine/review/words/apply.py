"""The keywords that the program found, with what the researcher decided about them: the final keywords."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import pandas as pd

from casemine import schema
from casemine.document import Document, sentences, window
from casemine.lexicon.matching import WordMatcher
from casemine.review.decision_words import ADD, MERGE, OUT
from casemine.review.words.columns import WordKey, WordState
from casemine.review.words.decisions import WordDecisions, as_states, main_coder
from casemine.review.words.scope import Scope, added, scopes, term, variants
from casemine.terms import ADDED, CORPUS

_Row = dict[str, Any]


def apply_decisions(
    keywords: pd.DataFrame, decisions: pd.DataFrame, documents: Iterable[Document], *, coder: str = ""
) -> pd.DataFrame:
    """Return the table `schema.KEYWORDS` that the decisions leave of `keywords`; without any, `keywords`.

    Within each document: a dropped word is out; merged words become their standard term with the
    weight, context and span of the heaviest of them (so `text[start:end]` may be a variant) and the
    distinct spans of all of them as frequency, longest match first. An added word follows them with
    weight 0 and `n_added` as part of speech: for the corpus, in every document whose text holds it
    or its quotation; for one document, always. Where the word stands nowhere, frequency is 0 and the
    quotation is its context; with neither, context is empty: no evidence. A document's own decisions
    win over those for the corpus. Ranks are given anew. `coder` names whose decisions count
    (default: `main_coder`). Raises `StudyError` when merges go in a circle.
    """
    states = as_states(decisions)
    by_document = scopes(states, main_coder(decisions, coder))
    if not any(
        state.decision in (*OUT, MERGE, ADD) for scope in by_document.values() for state in scope.values()
    ):
        return keywords
    rows: dict[str, list[_Row]] = {doc_id: [] for doc_id in keywords["doc_id"]}
    for row in keywords.to_dict("records"):
        rows[row["doc_id"]].append({str(name): value for name, value in row.items()})
    own: dict[str, set[str]] = {}
    for key, state in states.items():
        if state.decision == ADD:
            own.setdefault(key.doc_id, set()).add(key.word)
    final: dict[str, list[_Row]] = {}
    for document in chain(documents, (Document(doc_id, "") for doc_id in rows)):
        doc_id = document.doc_id
        if doc_id not in final:  # without a text only where there is none
            scope = by_document.get(doc_id, by_document[CORPUS])
            final[doc_id] = _of_document(rows.get(doc_id, []), scope, document, own.get(doc_id, set()))
    return schema.KEYWORDS.frame([row for _, found in sorted(final.items()) for row in found])


def with_promoted(
    keywords: pd.DataFrame, reserve: pd.DataFrame, decisions: pd.DataFrame, *, coder: str = ""
) -> pd.DataFrame:
    """Return `keywords` with the words of `reserve` that move up where words were dropped.

    Both are tables `schema.KEYWORDS`; the reserve of a document are the words that follow its keywords in
    rank. For every word dropped, or generic, the next of the reserve moves up; one that was dropped itself
    is passed over and stays in the table, so that a sheet shows what was decided about it. With no reserve
    nothing moves. `coder` names whose decisions count (default: `main_coder`).
    """
    by_document = scopes(as_states(decisions), main_coder(decisions, coder))
    if reserve.empty or not any(
        state.decision in OUT for own in by_document.values() for state in own.values()
    ):
        return keywords
    waiting = {doc_id: rows.to_dict("records") for doc_id, rows in reserve.groupby("doc_id", sort=False)}
    moved: list[_Row] = []
    for doc_id, words in keywords.groupby("doc_id", sort=False)["word"]:
        scope = by_document.get(str(doc_id), by_document[CORPUS])
        gaps = sum(_is_out(word, scope) for word in words)
        for row in waiting.get(str(doc_id), []):
            if not gaps:
                break
            moved.append({str(name): value for name, value in row.items()})
            gaps -= not _is_out(row["word"], scope)
    if not moved:
        return keywords
    together = pd.concat([keywords, schema.KEYWORDS.frame(moved)])
    return schema.KEYWORDS.frame(together.sort_values(["doc_id", "rank"], kind="stable"))


def _is_out(word: str, scope: Scope) -> bool:
    state = scope.get(word)
    return state is not None and state.decision in OUT


def _of_document(rows: list[_Row], scope: Scope, document: Document, own: set[str]) -> list[_Row]:
    groups: dict[str, list[_Row]] = {}
    for row in rows:
        if into := term(row["word"], scope):
            groups.setdefault(into, []).append(row)
    merged = variants(scope)
    text = document.counted
    kept = [_merged(into, group, merged, text) for into, group in groups.items()]
    last = max((row["rank"] for row in rows), default=0)
    for word, state in added(scope):
        if word not in groups:
            row = _added(word, state, merged.get(word, {word}), document)
            if row["context"] or word in own:
                kept.append(row | {"rank": last + 1})
    kept.sort(key=lambda row: (-row["weight"], row["rank"], row["word"]))
    return [{**row, "rank": rank} for rank, row in enumerate(kept, start=1)]


def _merged(into: str, group: list[_Row], merged: Mapping[str, set[str]], text: str) -> _Row:
    heaviest = min(group, key=lambda row: (-row["weight"], row["rank"]))
    if into not in merged:
        return heaviest
    return {**heaviest, "word": into, "frequency": len(WordMatcher(merged[into]).distinct(text))}


def _added(word: str, state: WordState, words: set[str], document: Document) -> _Row:
    row = {
        "doc_id": document.doc_id, "word": word, "pos": ADDED, "weight": 0.0, "frequency": 0, "new": False,
        "context": "", "start": 0, "end": 0, "kind": "",
    }  # fmt: skip
    spans = WordMatcher(words).distinct(document.counted)
    if spans:
        start, end = spans[0][0], spans[0][0] + len(spans[0][1])
        whole = next((a, b) for a, b in sentences(document.counted) if a <= start < b)
        sentence = document.text[slice(*window(whole, start, end))]
        return row | {"frequency": len(spans), "context": sentence, "start": start, "end": end}
    at = document.text.find(state.quote) if state.quote else -1
    if at >= 0:
        return row | {"context": state.quote, "start": at, "end": at + len(state.quote)}
    return row


def merges(decisions: pd.DataFrame, *, coder: str = "") -> dict[str, dict[str, str]]:
    """Return, by `*` and document, word -> the standard term it counts as; dropped words are absent.

    A document that is not named takes those of `*`. Frequencies over the corpus count with these.
    """
    by_document: dict[str, dict[str, str]] = {}
    for doc_id, scope in scopes(as_states(decisions), main_coder(decisions, coder)).items():
        into = {word: term(word, scope) for word, state in scope.items() if state.decision == MERGE}
        by_document[doc_id] = {word: standard for word, standard in into.items() if standard}
    return by_document


def given(decisions: pd.DataFrame, *, coder: str = "") -> frozenset[tuple[str, str]]:
    """Return (doc_id, word) of the words that the coder whose decisions count added to one document."""
    main = main_coder(decisions, coder)
    return frozenset(
        (key.doc_id, key.word)
        for key, state in as_states(decisions).items()
        if key.coder == main and key.doc_id != CORPUS and state.decision == ADD
    )


def dropped(decisions: pd.DataFrame, *, coder: str = "") -> dict[str, frozenset[str]]:
    """Return, by `*` and document, the words that are out of the study; documents as in `merges`."""
    return {
        doc_id: frozenset(word for word in scope if not term(word, scope))
        for doc_id, scope in scopes(as_states(decisions), main_coder(decisions, coder)).items()
    }


def no_evidence(decisions: WordDecisions, documents: Sequence[Document]) -> Iterator[WordKey]:
    """Yield the words added by hand that stand nowhere they were added, and have no quotation there."""
    for key, state in decisions.items():
        if state.decision == ADD:
            asked = (document for document in documents if key.doc_id in (CORPUS, document.doc_id))
            if not any(_added(key.word, state, {key.word}, document)["context"] for document in asked):
                yield key
