"""Quotations shown in context: the keyword in its sentence, and what stands before and after."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Mapping, Sequence
from functools import cached_property
from typing import Any

import pandas as pd

from casemine.coding.codebook import Codebook
from casemine.coding.evidence import of_document
from casemine.document import LONGEST, Document, sentences
from casemine.errors import UsageError
from casemine.lexicon.matching import WordMatcher
from casemine.schema import QUOTES

_Span = tuple[int, int]


def quotes(
    made: pd.DataFrame,
    documents: Sequence[Document],
    book: Codebook,
    *,
    code: str = "",
    region: str = "",
    merges: Mapping[str, Mapping[str, str]] | None = None,
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
    contexts_of = {
        document.doc_id: _InContext(document, of_document(merges, document.doc_id))
        for document in documents
        if region in document.region
    }
    shown = [
        {**row, **contexts_of[row["doc_id"]].of(row)}
        for row in kept.to_dict("records")
        if row["doc_id"] in contexts_of
    ]
    return QUOTES.frame([{name: row[name] for name in QUOTES.names} for row in shown])


class _InContext:
    """Shows quotations of one document with what stands around them."""

    def __init__(self, document: Document, merged: Mapping[str, str]) -> None:
        self._document = document
        self._merged = merged
        self._matchers: dict[str, WordMatcher] = {}

    def of(self, row: Mapping[Hashable, Any]) -> dict[str, str]:
        quote, keyword = str(row["quote"]), str(row["keyword"])
        if keyword not in self._matchers:
            self._matchers[keyword] = WordMatcher(
                [keyword, *(word for word, term in self._merged.items() if term == keyword)]
            )
        places = self._matchers[keyword].distinct(quote)
        at, word = places[0] if places else (0, "")
        before, after = self._around(int(row["start"]), int(row["end"]))
        return {"region": self._document.region, "before": before, "left": quote[:at], "match": word,
                "right": quote[at + len(word) :], "after": after}  # fmt: skip

    @cached_property
    def _sentences(self) -> list[_Span]:
        return list(sentences(self._document.text))

    def _around(self, start: int, end: int) -> tuple[str, str]:
        """Return the rest of the sentence before and after a quotation, or the sentence beside it."""
        text, spans = self._document.text, self._sentences
        before = [spans[at] for at in (bisect_left(spans, (start, 0)) - 1,) if at >= 0]
        at = bisect_left([last for _, last in spans], end + 1)
        after = [spans[at]] if at < len(spans) else []
        earlier = [(max(first, start - LONGEST), min(last, start)) for first, last in before]
        later = [(max(first, end), min(last, end + LONGEST)) for first, last in after]
        return "".join(text[slice(*span)] for span in earlier), "".join(text[slice(*span)] for span in later)
