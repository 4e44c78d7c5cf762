"""Evidence: the sentences behind each code, and keywords in context."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from casemine import schema
from casemine.coding.codebook import Codebook
from casemine.coding.placement import PLACED
from casemine.document import Document, sentences
from casemine.errors import UsageError
from casemine.lexicon.matching import WordMatcher
from casemine.schema import QUOTES
from casemine.terms import CORPUS, PROGRAM

# Contexts of one keyword that placing looks at, evenly out of all there are.
_ENOUGH = 32

# Passages that name what comes below them.
_HEADS = frozenset({"title", "heading"})

_Span = tuple[int, int]

# `*` or a document -> word -> the standard term it counts as.
Merges = Mapping[str, Mapping[str, str]]


def contexts(
    keywords: Iterable[str], documents: Iterable[Document], merges: Merges | None = None
) -> dict[str, list[str]]:
    """Return keyword -> passages it stands in, each its sentence and the two beside it; at most 32.

    They are taken evenly from all documents in their order; a keyword that stands nowhere is absent.
    `merges` is as `codings` takes it.
    """
    found: dict[str, dict[tuple[int, int, int], str]] = {}
    known = set(keywords)
    for number, document in enumerate(documents):
        text = document.counted
        for keyword, spans in _standing(text, known, _merged(document.doc_id, merges)).items():
            for before, _, after in spans:
                place = (number, before[0], after[1])
                found.setdefault(keyword, {})[place] = text[before[0] : after[1]]
    return {keyword: _evenly(list(found[keyword].values())) for keyword in sorted(found)}


def _merged(doc_id: str, merges: Merges | None) -> Mapping[str, str]:
    return (merges or {}).get(doc_id, (merges or {}).get(CORPUS, {}))


def _standing(
    text: str, keywords: Collection[str], merged: Mapping[str, str]
) -> dict[str, list[tuple[_Span, _Span, _Span]]]:
    """Return keyword -> the sentences it stands in, each between the one before and the one after.

    Of keywords and the words merged into them the longest counts where several stand.
    """
    forms = {keyword: keyword for keyword in keywords}
    forms |= {word: term for word, term in merged.items() if term in keywords}
    spans = list(sentences(text))
    starts = [start for start, _ in spans]
    found: dict[str, dict[int, None]] = {}
    for at, word in WordMatcher(forms).distinct(text):
        found.setdefault(forms[word], {})[bisect_right(starts, at) - 1] = None
    last = len(spans) - 1
    return {
        keyword: [(spans[max(0, at - 1)], spans[at], spans[min(last, at + 1)]) for at in numbers]
        for keyword, numbers in found.items()
    }


def _evenly(items: list[str]) -> list[str]:
    picked = np.linspace(0, len(items) - 1, min(_ENOUGH, len(items))).astype(int)
    return [items[at] for at in picked.tolist()]


def codings(
    placements: pd.DataFrame,
    keywords: pd.DataFrame,
    documents: Sequence[Document],
    book: Codebook,
    *,
    coder: str = PROGRAM,
    merges: Merges | None = None,
) -> pd.DataFrame:
    """Return the table `schema.CODINGS`: one row a sentence, code and keyword, of placed keywords alone.

    `keywords` is the table `schema.KEYWORDS`: a document is coded for its own keywords, the longest
    match first among the keywords of all; a title or heading is evidence only where no sentence is.
    `merges` gives, by document (`*` for those not named), word -> the term it counts as: sentences with
    the word are evidence of the term. A keyword that stands nowhere in its document takes the sentence
    its row gives as context, when that stands there.
    Rows go by document, place, code, keyword.
    """
    placed = placements[placements["status"] == PLACED].set_index("keyword")
    code_of: dict[str, dict[str, Any]] = {
        str(word): {"code": row["open"], "method": row["method"], "score": row["score"]}
        for word, row in placed[["open", "method", "score"]].to_dict("index").items()
    }
    known = set(keywords["word"])
    own: dict[str, list[dict[str, Any]]] = {}
    for row in keywords.to_dict("records"):
        own.setdefault(str(row["doc_id"]), []).append({str(name): value for name, value in row.items()})
    rows: list[dict[str, Any]] = []
    for document in documents:
        text = document.counted
        standing = _standing(text, known, _merged(document.doc_id, merges))
        for keyword in own.get(document.doc_id, []):
            if keyword["word"] in code_of:
                spans = [span for _, span, _ in standing.get(keyword["word"], [])]
                spans = _of_body(spans, document) or _given(keyword, document)
                rows += [
                    {"doc_id": document.doc_id, "start": start, "end": end, "quote": document.text[start:end],
                     "keyword": keyword["word"], **code_of[keyword["word"]]}
                    for start, end in spans
                ]  # fmt: skip
    rows.sort(key=lambda row: (row["doc_id"], row["start"], row["end"], row["code"], row["keyword"]))
    return schema.CODINGS.frame([{"codebook": book.label, "coder": coder, **row} for row in rows])


def _of_body(spans: list[_Span], document: Document) -> list[_Span]:
    """Return the spans outside title and headings, or all of them when none is."""
    starts = [passage.start for passage in document.passages]
    kinds = ["", *(passage.kind for passage in document.passages)]
    return [span for span in spans if kinds[bisect_right(starts, span[0])] not in _HEADS] or spans


def _given(keyword: Mapping[str, Any], document: Document) -> list[_Span]:
    """Return the span of the sentence a person chose for a word that stands nowhere."""
    start, end = int(keyword["start"]), int(keyword["end"])
    chosen = end > start and document.text[start:end] == keyword["context"]
    return [(start, end)] if chosen else []


def without_evidence(made: pd.DataFrame, placements: pd.DataFrame, keywords: pd.DataFrame) -> pd.DataFrame:
    """Return (doc_id, word, code) of the placed keywords of documents that have no quotation there."""
    placed = placements.loc[placements["status"] == PLACED, ["keyword", "open"]]
    wanted = keywords[["doc_id", "word"]].merge(placed, left_on="word", right_on="keyword")
    held = set(zip(made["doc_id"], made["keyword"], strict=True))
    lacking = [pair not in held for pair in zip(wanted["doc_id"], wanted["word"], strict=True)]
    found = wanted.loc[lacking, ["doc_id", "word", "open"]].rename(columns={"open": "code"})
    return found.sort_values(["doc_id", "word"], ignore_index=True)


def quotes(
    made: pd.DataFrame,
    documents: Sequence[Document],
    book: Codebook,
    *,
    code: str = "",
    region: str = "",
    merges: Merges | None = None,
) -> pd.DataFrame:
    """Return the table `QUOTES`: the codings of a code of any level (all without one), keyword in context.

    `region` keeps the documents whose region holds that text. Raises `UsageError` when the codebook has
    no such code, by name or alias.
    """
    name = book.resolve(code) if code else ""
    if code and not name:
        raise UsageError(
            f"has no code {code}.",
            place=f"codebook {book.name}",
            advice=f"`casemine codebook show {book.name}` lists them.",
        )
    wanted = [
        name in (code_, *book.chain(code_)) if code_ in book.by_name else False for code_ in made["code"]
    ]
    kept = made[wanted] if name else made
    by_id = {document.doc_id: document for document in documents if region in document.region}
    rows = [
        {**row, **_in_context(str(row["quote"]), str(row["keyword"]), merges, by_id[row["doc_id"]])}
        for row in kept.to_dict("records")
        if row["doc_id"] in by_id
    ]
    return QUOTES.frame([{name: row[name] for name in QUOTES.names} for row in rows])


def _in_context(quote: str, keyword: str, merges: Merges | None, document: Document) -> dict[str, str]:
    merged = _merged(document.doc_id, merges)
    forms = [keyword, *sorted(word for word, term in merged.items() if term == keyword)]
    found = WordMatcher(forms).distinct(quote)
    at, word = found[0] if found else (0, "")
    left, right = quote[:at], quote[at + len(word) :]
    return {"region": document.region, "left": left, "match": word, "right": right}
