"""The page of keywords: one at a time or as a table, a decision by one key each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from casemine import review
from casemine.document import sentences, window
from casemine.errors import UsageError
from casemine.pipeline import review as sheets_of_review
from casemine.pipeline import serve
from casemine.study import Study
from casemine.terms import CORPUS
from casemine.web.bench import Bench
from casemine.web.pages import action, as_json, page, render

_SENTENCES = 6
_STATE = ("decision", "standard", "code", "quote", "note")
_ROW = ("word", "pos", "documents", "containing", "occurrences", "suggestion", "standard", "code", "reason")


def _plan(bench: Bench) -> review.SheetPlan:
    return review.SheetPlan(bench.coder, blind=bench.blind)


def _rows(study: Study, plan: review.SheetPlan, book: str, *, whole: bool) -> list[dict[str, Any]]:
    """Return what a sheet of keywords would show, without the decisions."""
    # Codes of a codebook that nobody chose yet take a while to be suggested: they come after.
    codebook = book or ("" if whole else "none")
    sheet, _ = sheets_of_review.words_sheet(study, plan, codebook=codebook, moved_up=whole)
    rows = []
    # A word about which nothing is suggested has no value there, which JSON does not know.
    for row in sheet.astype(object).where(sheet.notna(), "").to_dict("records"):
        if row["doc_id"] == CORPUS and row["documents"] != "" and row.get("pos", row["word"]) != "":
            shown = {name: row.get(name, "") for name in (*_ROW, "group")}
            shown["standard"], shown["code"] = (
                row.get("suggested_standard", ""),
                row.get("suggested_code", ""),
            )
            rows.append(shown | {"suggestion": review.decision_meant(str(shown["suggestion"]))})
    return rows


def rows_of(bench: Bench) -> list[dict[str, Any]]:
    """Return the keywords with what is suggested: what is quick to say at once, all when it is ready."""
    quick = bench.keep("words", lambda: _rows(bench.study, _plan(bench), bench.book, whole=False))
    if bench.advice.error or "whole" in bench.made:
        made: list[dict[str, Any]] = bench.made.get("whole", quick)
        return made
    if not bench.advice.running:
        plan, folder, book, ready = _plan(bench), bench.folder, bench.book, bench.made

        def make(progress: object) -> None:
            ready["whole"] = _rows(Study(folder), plan, book, whole=True)

        bench.advice.start(make)
    return quick


def advice_of(bench: Bench) -> dict[str, review.WordState]:
    """Return word -> what is suggested for it."""
    return {
        str(row["word"]): review.WordState(row["suggestion"], row["standard"], row["code"])
        for row in rows_of(bench)
    }


def states_of(bench: Bench) -> dict[str, review.WordState]:
    """Return word -> what the coder decided about it for the whole corpus."""
    states = bench.words.known(bench.study).states
    return {
        key.word: state for key, state in states.items() if (key.coder, key.doc_id) == (bench.coder, CORPUS)
    }


@page
def show(request: Request, bench: Bench) -> Response:
    """Show the page."""
    return render(request, "words.html", here="words")


@page
def listed(request: Request, bench: Bench) -> Response:
    """Return all keywords, and what was decided about each."""
    rows = rows_of(bench)
    states = states_of(bench)
    known = {row["word"] for row in rows}
    more = [dict.fromkeys((*_ROW, "group"), "") | {"word": word} for word in states if word not in known]
    decided = {word: state._asdict() for word, state in states.items()}
    pending = bench.advice.running and not bench.advice.error
    return as_json(request, {"words": [*rows, *more], "states": decided, "pending": pending})


@page
def sentences_of(request: Request, bench: Bench) -> Response:
    """Return sentences in which a word stands, of as many documents as there are."""
    word = request.query_params.get("word", "")
    found: list[dict[str, Any]] = []
    for document in bench.study.texts if word else ():
        if (at := document.text.find(word)) < 0:
            continue
        line = document.text.rfind("\n", 0, at) + 1
        ends = document.text.find("\n", at)
        spans = sentences(document.text, line, ends if ends >= 0 else len(document.text))
        whole = next(((a, b) for a, b in spans if a <= at < b), (at, at + len(word)))
        start, end = window(whole, at, at + len(word))
        found.append({"doc_id": document.doc_id, "title": document.title or document.doc_id,
                      "text": document.text[start:end], "at": at - start, "start": at})  # fmt: skip
        if len(found) == _SENTENCES:
            break
    return as_json(request, {"sentences": found})


def _key(bench: Bench, word: Any) -> review.WordKey:
    if not isinstance(word, str) or not review.cell_text(word):
        raise UsageError("the word is missing.")
    return review.WordKey(bench.coder, CORPUS, review.cell_text(word))


def _state(given: Mapping[str, Any], now: review.WordState) -> review.WordState:
    """Return the state that a page asks for; a note made before stays where it says nothing of it."""
    cells = {name: review.cell_text(str(given[name])) for name in _STATE if name in given}
    return review.WordState(**({"note": now.note} | cells))


@action
def decide(request: Request, bench: Bench, given: dict[str, Any]) -> Mapping[str, Any]:
    """Decide about one word, or about all the words of a filter that are open."""
    words = given.get("words")
    group = "filter" if words is not None else ""
    words = words if isinstance(words, list) else [given.get("word")]
    now = states_of(bench)
    answers = []
    for word in words:
        key = _key(bench, word)
        answers.append((key, _state(given, now.get(key.word, review.WordState()))))
    return applied(bench, answers, group=group)


def applied(
    bench: Bench, answers: Iterable[tuple[review.WordKey, review.WordState]], *, group: str = ""
) -> dict[str, Any]:
    """Take answers over and return what changed by them."""
    result = serve.decide_words(
        bench.study, answers, suggested=advice_of(bench), group=group, keeper=bench.words
    )
    bench.done(result, bench.undo_words)
    return _told(result.after, result.notes)


def _told(states: Mapping[review.WordKey, review.WordState], notes: Iterable[str]) -> dict[str, Any]:
    return {"states": {key.word: state._asdict() for key, state in states.items()}, "notes": list(notes)}


@action
def undo(request: Request, bench: Bench, given: dict[str, Any]) -> Mapping[str, Any]:
    """Undo the last action of this session."""
    if not bench.undo_words:
        return {"states": {}, "notes": [], "empty": True}
    last = bench.undo_words[-1]
    answers = [
        (key, state if any(state) else state._replace(decision="undo")) for key, state in last.before.items()
    ]
    result = serve.decide_words(bench.study, answers, keeper=bench.words)
    bench.undo_words.pop()
    return _told(result.after, result.notes)


ROUTES = (
    Route("/", show),
    Route("/words", listed),
    Route("/words/sentences", sentences_of),
    Route("/words/decide", decide, methods=["POST"]),
    Route("/words/undo", undo, methods=["POST"]),
)
