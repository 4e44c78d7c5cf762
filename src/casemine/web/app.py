"""The workbench as one application: its pages, their files, and the guard before all of them."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from casemine.pipeline import run
from casemine.web import books, coders, memos, results, start, texts, words
from casemine.web.bench import Bench
from casemine.web.guard import Guard, Keys
from casemine.web.pages import LANGUAGE_COOKIE, action, as_json, page, render, told
from casemine.web.phrases import LANGUAGES


def application(bench: Bench, keys: Keys) -> Guard:
    """Return the application that serves a study to whom the keys allow."""
    static = Path(str(resources.files("casemine.web").joinpath("static")))
    routes: list[BaseRoute] = [
        *words.ROUTES, *texts.ROUTES, *memos.ROUTES, *books.ROUTES, *coders.ROUTES, *results.ROUTES,
        *start.ROUTES, *_ROUTES,
        Mount("/static", StaticFiles(directory=static)),
    ]  # fmt: skip
    app = Starlette(routes=routes)
    app.state.bench = bench
    return Guard(app, keys)


def _language(request: Request) -> Response:
    chosen = request.path_params["language"]
    back = request.query_params.get("to", "/")
    answer = RedirectResponse(back if back.startswith("/") and not back.startswith("//") else "/", 303)
    if chosen in LANGUAGES:
        answer.set_cookie(LANGUAGE_COOKIE, chosen, samesite="strict", path="/", max_age=366 * 24 * 3600)
    return answer


@page
def _version(request: Request, bench: Bench) -> Response:
    jobs = bench.jobs
    values = {
        "running": jobs.running, "stage": told(request, jobs.stage), "done": jobs.done, "total": jobs.total,
        "error": told(request, jobs.error), "advice": bench.advice.running,
    }  # fmt: skip
    return as_json(request, values)


@page
def _bar(request: Request, bench: Bench) -> Response:
    stale = {} if bench.jobs.running else bench.stale
    error = bench.jobs.error or bench.advice.error
    stage = told(request, bench.jobs.stage)
    return render(request, "bar.html", stale=stale, error=told(request, error), stage=stage)


@action
def _refresh(request: Request, bench: Bench, given: dict[str, object]) -> dict[str, object]:
    """Make again in the background what no longer follows from the decisions."""
    folder = bench.folder
    return {"started": bench.jobs.start(lambda progress: run.refresh(folder, jobs=1, progress=progress))}


_ROUTES = (
    Route("/language/{language}", _language),
    Route("/version", _version),
    Route("/bar", _bar),
    Route("/refresh", _refresh, methods=["POST"]),
)
