"""Evidence: the sentences behind each code, and keywords in context."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from casemine import schema
from casemine.coding.codebook import Codebook
from casemine.coding.placement import PLACED
from casemine.coding.text_evidence import CodeFinder, Scan, Sense, senses_of
from casemine.document import LONGEST, Document, sentences
from casemine.errors import UsageError
from casemine.lexicon.matching import WordMatcher
from casemine.schema import QUOTES
from casemine.terms import ADDED, CORPUS, FROM, KEYWORD, PERSON, PROGRAM, TEXT

# Where evidence is taken from: the text, the keywords of each document, or both.
BOTH, SOURCES = "both", ("both", "text", "keywords")

# Contexts of one keyword that placing looks at, evenly out of all there are.
_ENOUGH = 32

_Span = tuple[int, int]
_Row = dict[str, Any]

# `*` or a document -> word -> the standard term it counts as.
Merges = Mapping[str, Mapping[str, str]]


def contexts(
    keywords: Iterable[str], documents: Iterable[Document], merges: Merges | None = None
) -> dict[str, list[str]]:
    """Return keyword -> passages it stands in, each its sentence and the two beside it; at most 32.

    They are taken evenly from all documents in their order; a keyword that stands nowhere is absent.
    `merges` is as `codings` takes it.
    """
    passages: dict[str, dict[tuple[int, int, int], str]] = {}
    known = set(keywords)
    matchers: dict[str, tuple[dict[str, str], WordMatcher]] = {}
    for number, document in enumerate(documents):
        text = document.counted
        scope = document.doc_id if document.doc_id in (merges or {}) else CORPUS
        if scope not in matchers:
            forms = forms_of(known, _of(merges, document.doc_id))
            matchers[scope] = (forms, WordMatcher(forms))
        for keyword, spans in _standing(text, *matchers[scope]).items():
            for before, _, after in spans:
                place = (number, before[0], after[1])
                passages.setdefault(keyword, {})[place] = text[before[0] : after[1]]
    return {keyword: _evenly(list(passages[keyword].values())) for keyword in sorted(passages)}


def _of(by_document: Mapping[str, Any] | None, doc_id: str) -> Any:
    return (by_document or {}).get(doc_id, (by_document or {}).get(CORPUS, {}))


def forms_of(keywords: Collection[str], merged: Mapping[str, str]) -> dict[str, str]:
    """Return each keyword, and each word merged into one, -> the keyword."""
    forms = {keyword: keyword for keyword in keywords}
    return forms | {word: term for word, term in merged.items() if term in keywords}


def _standing(
    text: str, forms: Mapping[str, str], matcher: WordMatcher
) -> dict[str, list[tuple[_Span, _Span, _Span]]]:
    """Return keyword -> the sentences it stands in, each between the one before and the one after.

    Of keywords and the words merged into them the longest counts where several stand.
    """
    spans = list(sentences(text))
    starts = [start for start, _ in spans]
    numbers: dict[str, dict[int, None]] = {}
    for at, word in matcher.distinct(text):
        numbers.setdefault(forms[word], {})[bisect_right(starts, at) - 1] = None
    last = len(spans) - 1
    return {
        keyword: [(spans[max(0, at - 1)], spans[at], spans[min(last, at + 1)]) for at in own]
        for keyword, own in numbers.items()
    }


def _evenly(items: list[str]) -> list[str]:
    picked = np.linspace(0, len(items) - 1, min(_ENOUGH, len(items))).astype(int)
    return [items[at] for at in picked.tolist()]


def codings(
    placements: pd.DataFrame,
    keywords: pd.DataFrame,
    documents: Iterable[Document],
    book: Codebook,
    *,
    coder: str = PROGRAM,
    merges: Merges | None = None,
    dropped: Mapping[str, Collection[str]] | None = None,
    sources: str = BOTH,
    unit: str = "sentence",
    headings: bool = False,
) -> pd.DataFrame:
    """Return the table `schema.CODINGS` of documents: every quotation of every code of a codebook.

    `sources` says where codes are looked for. "text": by name, alias and rule, and by every keyword that
    is placed, in every unit of the counted text, one row a unit and code. "keywords": a document has the
    codes of its own placed keywords alone, as in the 117-case study, one row a unit, code and keyword.
    "both": the second, and of the first what the second does not have. Column `from` says which.

    `keywords` is the table `schema.KEYWORDS`; `merges` gives, by document (`*` for those not named), word
    -> the term it counts as: sentences with the word are evidence of the term. `dropped` gives the words
    taken out of the study, which no text is coded by. `unit` is one of `casemine.document.UNITS`. Titles
    and headings are read with `headings`; for a keyword also where no other unit has it. A keyword that
    stands nowhere in its document takes the sentence its row gives as context, when that stands there.

    Rows go by document, place, code, keyword. Documents are read one by one. Raises `UsageError` for
    sources or a unit that do not exist.
    """
    every = list(rows(placements, keywords, documents, book, coder=coder, merges=merges, dropped=dropped,
                      sources=sources, unit=unit, headings=headings))  # fmt: skip
    every.sort(key=lambda row: (row["doc_id"], row["start"], row["end"], row["code"], row["keyword"]))
    return schema.CODINGS.frame(every)


def rows(
    placements: pd.DataFrame,
    keywords: pd.DataFrame,
    documents: Iterable[Document],
    book: Codebook,
    *,
    coder: str = PROGRAM,
    merges: Merges | None = None,
    dropped: Mapping[str, Collection[str]] | None = None,
    sources: str = BOTH,
    unit: str = "sentence",
    headings: bool = False,
) -> Iterator[_Row]:
    """Yield what `codings` returns, document by document in their order; memory holds one at a time."""
    if sources not in SOURCES:
        raise UsageError(f"there is no evidence from {sources!r}.", advice=f"Use {', '.join(SOURCES)}.")
    placed = _placed(placements)
    own = _by_document(keywords, placed)
    known = set(keywords["word"])
    # Most documents have no decisions of their own.
    shared: CodeFinder | None = None
    base = {"codebook": book.label, "coder": coder}
    for document in documents:
        merged, out = _of(merges, document.doc_id), _of(dropped, document.doc_id)
        own_scope = document.doc_id in {*(merges or {}), *(dropped or {})}
        finder = None if own_scope else shared
        if finder is None:
            senses = {} if sources == "keywords" else text_senses(book, placed, merged, out)
            forms = {} if sources == "text" else forms_of(known, merged)
            finder = CodeFinder(book, senses, forms, unit=unit)
            shared = shared if own_scope else finder
        scan = finder.scan(document)
        of_keywords = (
            [] if sources == "text" else _of_keywords(scan, finder, own, placed, both=sources == BOTH)
        )
        yield from ({**base, **row} for row in of_keywords)
        if sources != "keywords":
            held = {(row["start"], row["end"], row["code"]) for row in of_keywords}
            yield from ({**base, **row} for row in _of_text(scan, finder, held, headings=headings))


def _placed(placements: pd.DataFrame) -> dict[str, Sense]:
    """Return each keyword that is placed -> its open code."""
    columns = placements.loc[placements["status"] == PLACED, ["keyword", "open", "method", "score"]]
    return {
        str(word): Sense(str(code), str(method), float(score))
        for word, code, method, score in columns.itertuples(index=False, name=None)
    }


def _by_document(keywords: pd.DataFrame, placed: Mapping[str, Sense]) -> dict[str, list[_Row]]:
    own: dict[str, list[_Row]] = {}
    for row in keywords[keywords["word"].isin(list(placed))].to_dict("records"):
        own.setdefault(str(row["doc_id"]), []).append({str(name): value for name, value in row.items()})
    return own


def text_senses(
    book: Codebook, placed: Mapping[str, Sense], merged: Mapping[str, str], dropped: Collection[str] = ()
) -> dict[str, Sense]:
    """Return the words that code a text: names, aliases, placed keywords, and what was merged into these.

    A word found by the program and one added by a person count alike: wherever they stand. What a person
    decided about a word wins over the codebook; a dropped word codes nothing.
    """
    senses = senses_of(book) | dict(placed)
    for word, term in merged.items():
        if term in senses:
            senses[word] = senses[term]
        else:
            senses.pop(word, None)
    return {word: sense for word, sense in senses.items() if word not in dropped}


def _of_keywords(
    scan: Scan, finder: CodeFinder, own: Mapping[str, list[_Row]], placed: Mapping[str, Sense], *, both: bool
) -> list[_Row]:
    """Return the quotations of the placed keywords of one document, once a unit, code and keyword.

    Beside evidence from the text a word that a person added is none of the document's keywords: it leads
    nowhere, so it counts as what it is, a word of the text.
    """
    document = scan.document
    standing = finder.keywords(scan)
    made: list[_Row] = []
    for keyword in own.get(document.doc_id, []):
        word = str(keyword["word"])
        sense = placed[word]
        places = standing.get(word, [])
        # A decision about the word needs no company.
        numbers = {
            number: None
            for number, at, form in places
            if sense.method == "decision" or finder.counts(scan, number, at, form, sense)
        }
        spans = [scan.units[number] for number in _of_body(list(numbers), scan)]
        source = KEYWORD
        if both and keyword["pos"] == ADDED:
            spans, source = [], PERSON
        if not places:
            spans = _given(keyword, document)
        made += [_row(document, span, sense, word, source) for span in spans]
    return made


def _of_text(
    scan: Scan, finder: CodeFinder, held: Collection[tuple[int, int, str]], *, headings: bool
) -> Iterator[_Row]:
    for hit in finder.codes(scan, headings=headings):
        if (hit.start, hit.end, hit.code) not in held:
            sense = Sense(hit.code, hit.method, hit.score)
            yield _row(scan.document, (hit.start, hit.end), sense, hit.word, TEXT)


def _row(document: Document, span: _Span, sense: Sense, word: str, source: str) -> _Row:
    start, end = span
    return {"doc_id": document.doc_id, "start": start, "end": end, "quote": document.text[start:end],
            "keyword": word, "code": sense.code, FROM: source, "method": sense.method,
            "score": sense.score}  # fmt: skip


def _of_body(numbers: list[int], scan: Scan) -> list[int]:
    """Return the units outside title and headings, or all of them when none is."""
    return [number for number in numbers if not scan.is_head(number)] or numbers


def _given(keyword: Mapping[str, Any], document: Document) -> list[_Span]:
    """Return the span of the sentence a person chose for a word that stands nowhere."""
    start, end = int(keyword["start"]), int(keyword["end"])
    chosen = end > start and document.text[start:end] == keyword["context"]
    return [(start, end)] if chosen else []


def without_evidence(made: pd.DataFrame, placements: pd.DataFrame, keywords: pd.DataFrame) -> pd.DataFrame:
    """Return (doc_id, word, code) of the placed keywords of documents that have no quotation there.

    A keyword has one where its code is quoted, be it for another word.
    """
    placed = placements.loc[placements["status"] == PLACED, ["keyword", "open"]]
    wanted = keywords[["doc_id", "word"]].merge(placed, left_on="word", right_on="keyword")
    held = {
        *zip(made["doc_id"], made["keyword"], strict=True),
        *zip(made["doc_id"], made["code"], strict=True),
    }
    lacking = [
        (doc_id, word) not in held and (doc_id, code) not in held
        for doc_id, word, code in wanted[["doc_id", "word", "open"]].itertuples(index=False, name=None)
    ]
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
    contexts_of = {
        document.doc_id: _InContext(document, _of(merges, document.doc_id))
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
