"""The page of texts: a document with its codes in the margin, coded by hand, read for keywords."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from casemine import coding, review, schema
from casemine.document import UNCOUNTED, Document, sentences
from casemine.errors import UsageError
from casemine.pipeline import serve
from casemine.pipeline.code import coded_books
from casemine.web import memos
from casemine.web.bench import Bench
from casemine.web.pages import action, as_json, page, render

# Lines are cut for the page alone: one that is a whole transcript would be laid out at once.
_LONGEST_LINE = 2000
_HUES = 8


def book_of(bench: Bench, name: str = "") -> coding.Codebook | None:
    """Return the codebook asked for, else the first the study was coded with; None when it was not."""
    books = {book.name: book for book in bench.keep("books", lambda: coded_books(bench.study))}
    if name and name not in books:
        raise UsageError(f"the study was not coded with {name}.")
    return books.get(name or bench.book)


def _codings(bench: Bench, book: coding.Codebook) -> dict[str, pd.DataFrame]:
    return bench.keep(f"codings {book.name}", lambda: serve.codings_by_document(bench.study, book.name))


def _states(bench: Bench) -> Mapping[review.QuoteKey, review.QuoteState]:
    states: Mapping[review.QuoteKey, review.QuoteState] = bench.quotes.known(bench.study).states
    return states


def codes_of(book: coding.Codebook) -> list[dict[str, Any]]:
    """Return the open codes of a codebook with what helps to choose one, and a hue by selective category."""
    hues = {code.name: number % _HUES for number, code in enumerate(book.at("selective"))}
    return [
        {"name": code.name, "hue": hues[book.chain(code.name)[0]],
         "path": " › ".join(book.chain(code.name)[:-1]), "definition": code.definition,
         "include": code.include, "exclude": code.exclude,
         "aliases": "；".join(code.aliases)}
        for code in book.at("open")
    ]  # fmt: skip


def _count(statuses: Iterable[str]) -> int:
    """Return how many codes stand in a document for this coder."""
    return sum(status != "drop" for status in statuses)


def _counts(bench: Bench, book: coding.Codebook) -> dict[str, int]:
    """Return document -> how many codes stand in it for this coder."""
    codings, empty = _codings(bench, book), schema.CODINGS.frame([])

    def count(doc_id: str, states: Mapping[review.QuoteKey, review.QuoteState]) -> int:
        own = codings.get(doc_id, empty)
        marks = serve.marks(own, states, doc_id, book.name, bench.coder, blind=bench.blind)
        return _count(mark.status for mark in marks)

    # What nobody decided about stays as the program coded it: counted once.
    undecided = bench.keep(f"counts {book.name}", lambda: {doc_id: count(doc_id, {}) for doc_id in codings})
    decided: dict[str, dict[review.QuoteKey, review.QuoteState]] = defaultdict(dict)
    for key, state in _states(bench).items():
        decided[key.doc_id][key] = state
    return undecided | {doc_id: count(doc_id, states) for doc_id, states in decided.items()}


@page
def show(request: Request, bench: Bench) -> Response:
    """Show the page."""
    book = book_of(bench, request.query_params.get("book", ""))
    return render(request, "texts.html", here="texts", book=book, books=bench.study.coded_by)


@page
def listed(request: Request, bench: Bench) -> Response:
    """Return all documents and the codes to choose from."""
    book = book_of(bench, request.query_params.get("book", ""))
    counts = _counts(bench, book) if book else {}
    names = ("doc_id", "title", "region", "year", "chars")
    rows = bench.study.documents[list(names)].itertuples(index=False, name=None)
    documents = [dict(zip(names, row, strict=True)) | {"codes": counts.get(row[0], 0)} for row in rows]
    codes = codes_of(book) if book else []
    return as_json(request, {"documents": documents, "codes": codes, "book": book.name if book else ""})


def _lines(document: Document) -> Iterator[dict[str, Any]]:
    """Yield the lines of a text: where each begins, its words, and whether it is counted."""
    silent = [(part.start, part.end) for part in document.passages if part.kind in UNCOUNTED]
    at = 0
    for line in document.text.split("\n"):
        for start in range(at, at + max(1, len(line)), _LONGEST_LINE):
            words = document.text[start : min(start + _LONGEST_LINE, at + len(line))]
            if words.strip():
                counted = not any(first <= start < last for first, last in silent)
                yield {"start": start, "text": words, "counted": counted}
        at += len(line) + 1


def _document(bench: Bench, doc_id: Any) -> Document:
    texts = bench.keep("documents", lambda: {document.doc_id: document for document in bench.study.texts})
    if doc_id not in texts:
        raise UsageError(f"no document of this study is called {doc_id}.")
    return texts[doc_id]


def _marks(bench: Bench, book: coding.Codebook | None, doc_id: str) -> list[dict[str, Any]]:
    if book is None:
        return []
    codings = _codings(bench, book).get(doc_id, schema.CODINGS.frame([]))
    found = serve.marks(codings, _states(bench), doc_id, book.name, bench.coder, blind=bench.blind)
    return [
        {"start": mark.key.start, "end": mark.key.end, "of": mark.key.code, "keyword": mark.keyword,
         "code": mark.code, "status": mark.status, "note": mark.note}
        for mark in found
    ]  # fmt: skip


@page
def one(request: Request, bench: Bench) -> Response:
    """Return a document: its lines, its sentences, and its codes as they stand now."""
    document = _document(bench, request.query_params.get("doc", ""))
    book = book_of(bench, request.query_params.get("book", ""))
    told = {
        "doc_id": document.doc_id,
        "title": document.title or document.doc_id,
        "lines": list(_lines(document)),
        "sentences": list(sentences(document.text)),
        "marks": _marks(bench, book, document.doc_id),
        "memo": memos.of_document(bench, document.doc_id),
    }
    return as_json(request, told)


def _answer(bench: Bench, book: coding.Codebook, given: Any) -> tuple[review.QuoteKey, review.QuoteState]:
    """Return what a page says of one stretch of a text, as a row of a sheet would."""
    try:
        doc_id, start, end = given["doc"], int(given["start"]), int(given["end"])
        said = {
            name: str(given.get(name, "")) for name in ("code", "keyword", "decision", "new_code", "note")
        }
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError("which words of which document?") from error
    if said["decision"] == "add":  # the code is checked where a sheet has it
        said["new_code"] = said["new_code"] or said["code"]
    text = _document(bench, doc_id).text
    if not 0 <= start < end <= len(text):
        raise UsageError("these words do not stand in the text.")
    quote = text[start:end]
    inner = quote.strip()
    start += quote.index(inner) if inner else 0
    key = review.QuoteKey(
        bench.coder, book.name, doc_id, start, start + len(inner), said["code"], said["keyword"]
    )
    return key, review.QuoteState(said["decision"], said["new_code"], inner, review.cell_text(said["note"]))


@action
def decide(request: Request, bench: Bench, given: dict[str, Any]) -> Mapping[str, Any]:
    """Take decisions about stretches of one document over; return its codes as they stand then."""
    book = book_of(bench, str(given.get("book", "")))
    wanted = given.get("answers")
    if book is None or not isinstance(wanted, list) or not wanted:
        raise UsageError("nothing to decide, or no codebook yet.")
    answers = [_answer(bench, book, each) for each in wanted]
    return _applied(bench, book, answers, bench.undo_quotes)


def _applied(
    bench: Bench,
    book: coding.Codebook,
    answers: Iterable[tuple[review.QuoteKey, review.QuoteState]],
    undo: list[Any],
) -> dict[str, Any]:
    answers = list(answers)
    result = serve.decide_quotes(bench.study, answers, blind=bench.blind, keeper=bench.quotes)
    bench.done(result, undo)
    doc_id = answers[0][0].doc_id
    marks = _marks(bench, book, doc_id)
    return {
        "doc_id": doc_id,
        "marks": marks,
        "codes": _count(mark["status"] for mark in marks),
        "notes": result.notes,
        "changed": len(result.after),
    }


@action
def undo(request: Request, bench: Bench, given: dict[str, Any]) -> Mapping[str, Any]:
    """Undo the last action of this session on a text."""
    if not bench.undo_quotes:
        return {"empty": True}
    last = bench.undo_quotes[-1]
    answers = []
    for key, state in last.before.items():
        if any(state):
            answers.append((key, state))
        else:
            answers.append((key, review.QuoteState("undo", quote=last.after[key].quote)))
    book = book_of(bench, answers[0][0].codebook)
    assert book is not None
    told = _applied(bench, book, answers, [])
    bench.undo_quotes.pop()
    return told


ROUTES = (
    Route("/texts", show),
    Route("/texts/list", listed),
    Route("/texts/one", one),
    Route("/texts/decide", decide, methods=["POST"]),
    Route("/texts/undo", undo, methods=["POST"]),
)
