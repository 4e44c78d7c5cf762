"""What every page of the workbench has: its frame, its language, its answers."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from casemine import messages
from casemine.errors import CasemineError
from casemine.web.bench import BehindError, Bench
from casemine.web.phrases import LANGUAGES, phrases

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

LANGUAGE_COOKIE = "casemine_language"
VERSION = "x-casemine-version"
# The pages in the order of work: name, address.
PAGES = (
    ("start", "/start"), ("words", "/"), ("texts", "/texts"), ("book", "/book"), ("coders", "/coders"),
    ("results", "/results"),
)  # fmt: skip

# What can be asked before there is a study.
_BEFORE = frozenset({"/start", "/bar", "/version"})

_templates = Environment(
    loader=PackageLoader("casemine.web"), autoescape=True, undefined=StrictUndefined,
    trim_blocks=True, lstrip_blocks=True,
)  # fmt: skip


def bench_of(request: Request) -> Bench:
    """Return the bench of a request."""
    bench: Bench = request.app.state.bench
    return bench


def language_of(request: Request) -> str:
    """Return the language a person chose on the page, else that of the terminal it was started from."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    return chosen if chosen in LANGUAGES else messages.language()


def render(request: Request, template: str, **values: Any) -> HTMLResponse:
    """Return a page or a part of one."""
    return HTMLResponse(html_of(request, template, **values), headers={VERSION: bench_of(request).version})


def html_of(request: Request, template: str, **values: Any) -> str:
    """Return the text of a page or of a part of one; every value enters it escaped."""
    bench, language = bench_of(request), language_of(request)
    return _templates.get_template(template).render(
        t=phrases(language), language=language, bench=bench, pages=PAGES, version=bench.version, **values
    )


def as_json(request: Request, values: Mapping[str, Any], status: int = 200) -> JSONResponse:
    """Return an answer for the scripts of a page, with the version it shows."""
    version = bench_of(request).version
    return JSONResponse({**values, "version": version}, status, {VERSION: version})


def page(
    function: Callable[[Request, Bench], Response],
) -> Callable[[Request], Response]:
    """Make a route of a function of the request and the bench; one is answered at a time."""

    @wraps(function)
    def answer(request: Request) -> Response:
        bench = bench_of(request)
        with bench.lock:
            try:
                bench.look()
                if not bench.begun and request.url.path not in _BEFORE:
                    return RedirectResponse("/start", 303)
                return function(request, bench)
            except BehindError:
                return as_json(request, {"behind": True}, 409)
            except CasemineError as error:
                return _refusal(request, error)

    return answer


def action(
    function: Callable[[Request, Bench, dict[str, Any]], Mapping[str, Any]],
) -> Callable[[Request], Awaitable[Response]]:
    """Make a route of a function that changes the study; it takes the JSON that the page sends.

    A page that shows another state than the one that stands is told so, and nothing is changed.
    """
    from starlette.concurrency import run_in_threadpool

    def act(request: Request, given: dict[str, Any]) -> Response:
        bench = bench_of(request)
        if bench.jobs.running:
            return as_json(request, {"busy": True}, 423)
        with bench.lock:
            try:
                bench.look()
                bench.expect(request.headers.get(VERSION, ""))
                made = dict(function(request, bench, given))
                bench.acted()
                made["notes"] = [told(request, note) for note in made.get("notes", ())]
                return as_json(request, made)
            except BehindError:
                return as_json(request, {"behind": True}, 409)
            except CasemineError as error:
                return _refusal(request, error)

    @wraps(function)
    async def answer(request: Request) -> Response:
        try:
            given = await request.json()
        except ValueError:
            given = None
        if not isinstance(given, dict):
            return as_json(request, {"error": told(request, "the answer cannot be understood.")}, 400)
        return await run_in_threadpool(act, request, given)

    return answer


def told(request: Request, message: str) -> str:
    """Return a message of the library in the language of the page."""
    return messages.in_chinese(message) if language_of(request) == "zh" else message


def _refusal(request: Request, error: CasemineError) -> Response:
    if "text/html" in request.headers.get("accept", "") and request.method == "GET":
        refused = render(request, "error.html", here="", error=told(request, str(error)))
        refused.status_code = 422
        return refused
    return as_json(request, {"error": told(request, str(error))}, 422)
