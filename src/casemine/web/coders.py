"""The page of coders: side by side, disagreements first, and what is agreed on in the end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from casemine.coding.adjudication import GIVEN, NOT_GIVEN
from casemine.coding.agreement import ALL
from casemine.errors import UsageError
from casemine.pipeline import compare, serve
from casemine.web.bench import Bench
from casemine.web.pages import action, page, render, told
from casemine.web.texts import book_of

_MEASURES = ("percent", "holsti", "cohen", "fleiss", "alpha")
_MOST = 500


@page
def show(request: Request, bench: Bench) -> Response:
    """Show the page; a blind coder sees none of it."""
    book = None if bench.blind else book_of(bench, request.query_params.get("book", ""))
    known = compare.raters(bench.study, book) if book else []
    chosen = [name for name in request.query_params.getlist("with") if name in known] or known[:2]
    seen, problem = None, ""
    if book and len(chosen) > 1:
        try:
            seen = compare.compare(bench.study, book, chosen)
        except UsageError as error:
            problem = told(request, str(error))
    return render(
        request, "coders.html", here="coders", book=book, known=known, chosen=chosen,
        problem=problem, rows=_rows(seen) if seen else [], places=seen.places if seen else 0,
        measured=_measured(seen) if seen else [], measures=_MEASURES, answers=(GIVEN, NOT_GIVEN),
        differ=len(seen.table) if seen else 0,
    )  # fmt: skip


def _rows(seen: compare.Compared) -> list[dict[str, Any]]:
    rows = seen.table.head(_MOST).to_dict("records")
    return [
        {"place": (row["doc_id"], row["start"], row["end"]), "code": row["code"], "text": row["text"],
         "adjudicated": row["adjudicated"], "answers": [row[name] for name in seen.agreement.raters]}
        for row in rows
    ]  # fmt: skip


def _measured(seen: compare.Compared) -> list[dict[str, Any]]:
    rows = []
    for row in seen.agreement.table.to_dict("records"):
        values = {
            name: None if row[name] is None or row[name] != row[name] else f"{row[name]:.3f}"
            for name in _MEASURES
        }
        rows.append({"code": "" if row["code"] == ALL else row["code"], "units": row["units"], **values})
    return rows


@action
def settle(request: Request, bench: Bench, given: dict[str, Any]) -> Mapping[str, Any]:
    """Settle one unit."""
    book = None if bench.blind else book_of(bench, str(given.get("book", "")))
    if book is None:
        raise UsageError("a blind coder settles nothing.")
    try:
        unit = str(given["doc"]), int(given["start"]), int(given["end"]), str(given["code"])
        chosen = [str(name) for name in given["with"]]
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError("which unit?") from error
    seen = compare.settle(bench.study, book, chosen, unit, str(given.get("answer", "")), serve.SOURCE)
    return {"settled": int((seen.table["adjudicated"] != "").sum()), "differ": len(seen.table)}


ROUTES = (
    Route("/coders", show),
    Route("/coders/settle", settle, methods=["POST"]),
)
