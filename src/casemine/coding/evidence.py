"""Evidence: the sentences behind each code, and keywords in context."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from casemine import schema
from casemine.coding.codebook import Codebook
from casemine.coding.placement import PLACED
from casemine.coding.text_evidence import CodeFinder, Scan, Sense, senses_of
from casemine.document import Document, sentences
from casemine.errors import UsageError
from casemine.lexicon.matching import WordMatcher
from casemine.terms import ADDED, CORPUS, FROM, KEYWORD, PERSON, PROGRAM, TEXT

# Where evidence is taken from: the text, the keywords of each document, or both.
BOTH, SOURCES = "both", ("both", "text", "keywords")

# Contexts of one keyword that placing looks at, evenly out of all there are.
_ENOUGH = 32

# Characters of documents that are coded together, in one process.
_SHARE = 500_000

Mapper = Callable[[Callable[[Any], Any], Iterable[Any]], Iterator[Any]]
_Span = tuple[int, int]
_Row = dict[str, Any]

# `*` or a document -> word -> the standard term it counts as.
Merges = Mapping[str, Mapping[str, str]]


def contexts(
    keywords: Iterable[str], documents: Iterable[Document], merges: Merges | None = None
) -> dict[str, list[str]]:
    """Return keyword -> passages it stands in, each its sentence and the two beside it; at most 32.

    They are taken evenly from all documents in their order; a keyword that stands nowhere is absent.
    `merges` is as `DocumentCoder` takes it. Documents are read twice, one by one: of the first reading only
    the places are kept.
    """
    again = list(documents) if isinstance(documents, Iterator) else documents
    known = set(keywords)
    places: dict[str, array[int]] = {}
    matchers: dict[str, tuple[dict[str, str], WordMatcher]] = {}
    for number, document in enumerate(again):
        scope = document.doc_id if document.doc_id in (merges or {}) else CORPUS
        if scope not in matchers:
            forms = forms_of(known, of_document(merges, document.doc_id))
            matchers[scope] = (forms, WordMatcher(forms))
        for keyword, spans in _standing(document.counted, *matchers[scope]).items():
            for start, end in dict.fromkeys((before[0], after[1]) for before, _, after in spans):
                places.setdefault(keyword, array("q")).extend((number, start, end))
        if scope != CORPUS:
            del matchers[scope]
    return _read_again({keyword: places[keyword] for keyword in sorted(places)}, again)


def _read_again(places: Mapping[str, array[int]], documents: Iterable[Document]) -> dict[str, list[str]]:
    """Return the passages at 32 of the places of each keyword, which are document, start, end in a row."""
    wanted: dict[int, dict[_Span, str]] = {}
    picked = {keyword: _evenly(own) for keyword, own in places.items()}
    for number, start, end in (place for own in picked.values() for place in own):
        wanted.setdefault(number, {})[start, end] = ""
    for number, document in enumerate(documents):
        if number in wanted:
            text = document.counted
            wanted[number] = {span: text[slice(*span)] for span in wanted[number]}
    return {
        keyword: [wanted[number][start, end] for number, start, end in own] for keyword, own in picked.items()
    }


def of_document(by_document: Mapping[str, Any] | None, doc_id: str) -> Any:
    """Return what is said of a document, else what is said of the whole corpus."""
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


def _evenly(places: array[int]) -> list[tuple[int, int, int]]:
    count = len(places) // 3
    picked = np.linspace(0, count - 1, min(_ENOUGH, count)).astype(int)
    return [(places[3 * at], places[3 * at + 1], places[3 * at + 2]) for at in picked.tolist()]


class Share(NamedTuple):
    """A share of the work: documents, their rows of `schema.KEYWORDS`, and what was decided for each alone.

    Both map the doc_id; `answers` lead to keyword -> code of any level.
    """

    documents: Sequence[Document]
    keywords: Mapping[str, Sequence[_Row]]
    answers: Mapping[str, Mapping[str, str]] = {}


@dataclass(frozen=True)
class DocumentCoder:
    """Codes documents by one codebook: called with a `Share`, it returns the rows of `schema.CODINGS`.

    It can be pickled and keeps nothing between calls, so that shares may be coded in any process and in any
    order. `sources` says where codes are looked for. "text": by name, alias and rule, and by every keyword
    that is placed, in every unit of the counted text, one row a unit and code. "keywords": a document has the
    codes of its own placed keywords alone, as in the 117-case study, one row a unit, code and keyword.
    "both": the second, and of the first what the second does not have. Column `from` says which.

    `placements` is the table `schema.PLACEMENTS`; `merges` gives, by document (`*` for those not named), word
    -> the term it counts as: sentences with the word are evidence of the term. `dropped` gives the words
    taken out of the study, which no text is coded by. `unit` is one of `casemine.document.UNITS`. Titles
    and headings are read with `headings`; for a keyword also where no other unit has it. A keyword that
    stands nowhere in its document takes the sentence its row gives as context, when that stands there.

    Raises `UsageError` for sources that do not exist.
    """

    placements: pd.DataFrame
    book: Codebook
    _: KW_ONLY
    coder: str = PROGRAM
    merges: Merges | None = None
    dropped: Mapping[str, Collection[str]] | None = None
    sources: str = BOTH
    unit: str = "sentence"
    headings: bool = False

    def __post_init__(self) -> None:
        sources = self.sources
        if sources not in SOURCES:
            raise UsageError(f"there is no evidence from {sources!r}.", advice=f"Use {', '.join(SOURCES)}.")

    def __call__(self, share: Share) -> list[_Row]:
        """Return the rows of the documents of a share, document by document, each in order."""
        placed = _placed(self.placements)
        known = dict.fromkeys(self.placements["keyword"])
        # Most documents have no decisions of their own.
        shared: CodeFinder | None = None
        made: list[_Row] = []
        for document in share.documents:
            doc_id = document.doc_id
            answers = share.answers.get(doc_id, {})
            own = bool(answers) or doc_id in {*(self.merges or {}), *(self.dropped or {})}
            senses = _answered(placed, answers, known, self.book) if answers else placed
            finder = None if own else shared
            if finder is None:
                finder = self._finder(doc_id, senses, known)
                shared = shared if own else finder
            rows = self._rows(finder.scan(document), finder, share.keywords.get(doc_id, ()), senses)
            made += sorted(rows, key=_in_order)
        return made

    def _finder(self, doc_id: str, placed: Mapping[str, Sense], known: Collection[str]) -> CodeFinder:
        merged, out = of_document(self.merges, doc_id), of_document(self.dropped, doc_id)
        senses = {} if self.sources == "keywords" else text_senses(self.book, placed, merged, out)
        forms = {} if self.sources == "text" else forms_of(known, merged)
        return CodeFinder(self.book, senses, forms, unit=self.unit)

    def _rows(
        self, scan: Scan, finder: CodeFinder, keywords: Sequence[_Row], placed: Mapping[str, Sense]
    ) -> Iterator[_Row]:
        base = {"codebook": self.book.label, "coder": self.coder}
        own = [row for row in keywords if row["word"] in placed]
        of_keywords = (
            []
            if self.sources == "text"
            else _of_keywords(scan, finder, own, placed, both=self.sources == BOTH)
        )
        yield from (base | row for row in of_keywords)
        if self.sources != "keywords":
            held = {(row["start"], row["end"], row["code"]) for row in of_keywords}
            yield from (base | row for row in _of_text(scan, finder, held, headings=self.headings))


def _in_order(row: _Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in ("start", "end", "code", "keyword"))


def shares(
    documents: Iterable[Document],
    keywords: pd.DataFrame,
    answers: Mapping[str, Mapping[str, str]] | None = None,
    *,
    chars: int = _SHARE,
) -> Iterator[Share]:
    """Divide documents into shares of about `chars` characters, in their order; one is held at a time.

    `keywords` is the table `schema.KEYWORDS` of all of them; `answers` gives doc_id -> keyword -> code.
    """
    rows_of = _by_document(keywords)
    waiting: list[Document] = []
    size = 0

    def share() -> Share:
        names = [document.doc_id for document in waiting]
        own = {name: rows_of[name] for name in names if name in rows_of}
        return Share(
            waiting, own, {name: answers[name] for name in names if name in answers} if answers else {}
        )

    for document in documents:
        waiting.append(document)
        size += len(document.text)
        if size >= chars:
            yield share()
            waiting, size = [], 0
    if waiting:
        yield share()


def codings(
    coder: DocumentCoder,
    keywords: pd.DataFrame,
    documents: Iterable[Document],
    *,
    mapper: Mapper = map,
) -> pd.DataFrame:
    """Return the table `schema.CODINGS` of documents: every quotation of every code of a codebook.

    `keywords` is the table `schema.KEYWORDS`. Rows go by document, place, code, keyword.
    """
    every = [row for rows in mapper(coder, shares(documents, keywords)) for row in rows]
    every.sort(key=lambda row: (row["doc_id"], *_in_order(row)))
    return schema.CODINGS.frame(every)


def _answered(
    placed: Mapping[str, Sense], answers: Mapping[str, str], known: Collection[str], book: Codebook
) -> dict[str, Sense]:
    """Return the keywords that are placed where a document has answers of its own."""
    own = dict(placed)
    for keyword, answer in answers.items():
        code = book.resolve(answer)
        if keyword in known and code:
            own.pop(keyword, None)
            if book.by_name[code].level == "open":
                own[keyword] = Sense(code, "decision")
    return own


def _placed(placements: pd.DataFrame) -> dict[str, Sense]:
    """Return each keyword that is placed -> its open code."""
    columns = placements.loc[placements["status"] == PLACED, ["keyword", "open", "method", "score"]]
    return {
        str(word): Sense(str(code), str(method), float(score))
        for word, code, method, score in columns.itertuples(index=False, name=None)
    }


def _by_document(keywords: pd.DataFrame) -> dict[str, list[_Row]]:
    """Return doc_id -> what of its keywords is asked for."""
    columns = ["doc_id", "word", "pos", "context", "start", "end"]
    own: dict[str, list[_Row]] = {}
    for values in keywords[columns].itertuples(index=False, name=None):
        own.setdefault(str(values[0]), []).append(dict(zip(columns, values, strict=True)))
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
    scan: Scan, finder: CodeFinder, own: Sequence[_Row], placed: Mapping[str, Sense], *, both: bool
) -> list[_Row]:
    """Return the quotations of the placed keywords of one document, once a unit, code and keyword.

    Beside evidence from the text a word that a person added is none of the document's keywords: it leads
    nowhere, so it counts as what it is, a word of the text.
    """
    document = scan.document
    standing = finder.keywords(scan)
    made: list[_Row] = []
    for keyword in own:
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


def without_evidence(
    rows: Iterable[_Row], keywords: Iterable[str], placed: Mapping[str, str]
) -> list[tuple[str, str]]:
    """Return (word, code) of the placed keywords of one document that have no quotation among its rows.

    `placed` maps a keyword to its open code. A keyword has one where its code is quoted, be it for another
    word.
    """
    held = {row[name] for row in rows for name in ("keyword", "code")}
    wanted = ((word, placed[word]) for word in keywords if word in placed)
    return sorted((word, code) for word, code in wanted if word not in held and code not in held)
