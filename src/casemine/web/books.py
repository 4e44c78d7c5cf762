"""The page of the codebook: its tree, its fields, what a change would change, rules tried on the texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from casemine import coding
from casemine.coding import codebook_edit
from casemine.coding.codebook import LEVELS, rule_texts
from casemine.coding.text_evidence import CodeFinder
from casemine.document import Document
from casemine.errors import UsageError
from casemine.study.files import CODEBOOKS
from casemine.web import memos
from casemine.web.bench import Bench
from casemine.web.pages import action, html_of, page, render, told
from casemine.web.texts import book_of

_FIELDS = (
    "name",
    "definition",
    "include",
    "exclude",
    "example",
    "aliases",
    "role",
    "rules",
    "needs",
    "without",
)
_LONG = ("definition", "include", "exclude", "example", "rules", "needs")
_SHOWN_HITS = 30


@page
def show(request: Request, bench: Bench) -> Response:
    """Show the tree and, of one code, its fields."""
    book = book_of(bench, request.query_params.get("book", ""))
    code = book.by_name.get(request.query_params.get("code", "")) if book else None
    new = request.query_params.get("new", "")
    values = {**dict.fromkeys((*_FIELDS, "parent"), ""), **(_cells(code) if code else {})}
    if new in LEVELS and not code:
        values["parent"] = request.query_params.get("parent", "")
    level = code.level if code else new if new in LEVELS else ""
    above = LEVELS[LEVELS.index(level) - 1] if level and level != LEVELS[0] else ""
    return render(
        request, "book.html", here="book", book=book, books=bench.study.coded_by, code=code, level=level,
        values=values, fields=_FIELDS, long=_LONG,
        below=LEVELS[LEVELS.index(level) + 1 :][:1] if code else (),
        memo=memos.of_code(bench, book, code.name) if book and code else None,
        parents=[one.name for one in book.at(above)] if book and above else [],
        beside=[one.name for one in book.at(level) if one is not code] if book and level else [],
    )  # fmt: skip


def _cells(code: coding.Code) -> dict[str, str]:
    texts = {name: getattr(code, name) for name in ("name", "parent", *_FIELDS[1:5], "role")}
    return {**texts, "aliases": "；".join(code.aliases), **rule_texts(code)}


def _changed(book: coding.Codebook, given: Mapping[str, Any]) -> coding.Codebook:
    """Return the codebook as a page asks for it."""
    said = {name: str(value) for name, value in given.items()}
    code, asked = said.get("code", ""), said.get("ask", "")
    if asked == "edit":
        return codebook_edit.edited(book, code, said)
    if asked == "add":
        return codebook_edit.with_code(book, said.get("level", ""), said)
    if asked == "delete":
        return codebook_edit.without(book, code)
    if asked == "merge":
        return codebook_edit.merged(book, code, said.get("into", ""))
    raise UsageError(f"{asked!r} is no change of a codebook.")


def _asked(bench: Bench, given: Mapping[str, Any]) -> coding.Codebook:
    book = book_of(bench, str(given.get("book", "")))
    if book is None:
        raise UsageError("the study has no codebook yet.")
    return book


@action
def preview(request: Request, bench: Bench, given: dict[str, Any]) -> Mapping[str, Any]:
    """Say what a change would change; nothing is written."""
    book = _asked(bench, given)
    changes = coding.diff(book, _changed(book, given)).to_dict("records")
    return {"html": html_of(request, "book_diff.html", changes=changes), "changes": len(changes)}


@action
def save(request: Request, bench: Bench, given: dict[str, Any]) -> Mapping[str, Any]:
    """Write the codebook of the study as changed."""
    book = _asked(bench, given)
    new = _changed(book, given)
    with bench.study.transaction():
        bench.study.put_text(f"{CODEBOOKS}/{book.name}.toml", coding.to_toml(new))
    bench.reopen()
    return {"saved": book.name}


@page
def tried(request: Request, bench: Bench) -> Response:
    """Find a code in the texts as its fields stand in the form."""
    book = book_of(bench, request.query_params.get("book", ""))
    if book is None:
        raise UsageError("the study has no codebook yet.")
    said = dict(request.query_params)
    name = said.get("code", "")
    try:
        new = (
            codebook_edit.edited(book, name, said)
            if name
            else codebook_edit.with_code(book, said.get("level", ""), said)
        )
    except UsageError as error:
        return render(
            request, "book_hits.html", error=told(request, str(error)), hits=[], many=0, documents=0
        )
    wanted = said.get("name", "").strip()
    finder = CodeFinder(new)
    hits = [
        (document, hit)
        for document in bench.study.texts
        for hit in finder.codes(finder.scan(document))
        if hit.code == wanted
    ]
    shown = [_shown(document, hit) for document, hit in hits[:_SHOWN_HITS]]
    found = len({document.doc_id for document, _ in hits})
    return render(request, "book_hits.html", error="", hits=shown, many=len(hits), documents=found)


def _shown(document: Document, hit: Any) -> dict[str, Any]:
    before, word, after = document.text[hit.start : hit.end].partition(hit.word)
    return {"doc_id": document.doc_id, "title": document.title or document.doc_id, "start": hit.start,
            "before": before, "word": word, "after": after}  # fmt: skip


ROUTES = (
    Route("/book", show),
    Route("/book/try", tried),
    Route("/book/preview", preview, methods=["POST"]),
    Route("/book/save", save, methods=["POST"]),
)
