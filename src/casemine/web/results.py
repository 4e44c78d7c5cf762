"""The page of results: tables, figures, words in their context, and the report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from casemine import schema, sheets
from casemine.errors import StudyError
from casemine.pipeline import figures, find, report, rigour
from casemine.study import Study
from casemine.web.bench import Bench
from casemine.web.guard import ALONE
from casemine.web.pages import action, language_of, page, render
from casemine.web.products import grouped

_MOST_ROWS, _MOST_PLACES, _AROUND = 300, 200, 40
_FINAL = ("frequency_final.csv", "new_words.csv", "placements.csv")


def _tables(folder: Path) -> list[str]:
    own = sorted(path.relative_to(folder).as_posix() for path in (folder / "tables").glob("*.csv"))
    return [name for name in _FINAL if (folder / name).is_file()] + own


@page
def show(request: Request, bench: Bench) -> Response:
    """Show the page with one table."""
    folder, language = bench.folder, language_of(request)
    names = _tables(folder)
    chosen = request.query_params.get("table", "")
    chosen = chosen if chosen in names else next(iter(names), "")
    header, rows, numbers = _table(folder / chosen) if chosen else ([], [], [])
    drawn = sorted(path.name for path in (folder / "figures").glob("*.png"))
    reports = sorted(path.name for path in folder.glob("report*.html"))
    return render(
        request, "results.html", here="results", tables=grouped(names, language), chosen=chosen,
        header=header, rows=rows[:_MOST_ROWS],
        many=len(rows), most=_MOST_ROWS, numbers=numbers,
        headers=schema.chinese_headers(header) if language == "zh" else {},
        figures=grouped(drawn, language), reports=reports,
    )  # fmt: skip


def _table(path: Path) -> tuple[list[str], list[list[str]], list[bool]]:
    try:
        frame = sheets.read_csv(path)
    except (ValueError, OSError) as error:
        raise StudyError(f"cannot be read ({error}).", place=str(path)) from error
    rows: list[list[str]] = frame.values.tolist()
    numbers = [all(_is_number(row[at]) for row in rows[:50]) for at in range(len(frame.columns))]
    return [str(name) for name in frame.columns], rows, numbers


def _is_number(cell: str) -> bool:
    return cell == "" or cell.replace(".", "", 1).replace("-", "", 1).isdecimal()


@page
def figure(request: Request, bench: Bench) -> Response:
    """Give one figure."""
    name = request.path_params["name"]
    drawn = {path.name: path for path in (bench.folder / "figures").glob("*.png")}
    return FileResponse(drawn[name]) if name in drawn else PlainTextResponse("", 404)


@page
def reported(request: Request, bench: Bench) -> Response:
    """Give a report, shut off from these pages."""
    name = request.path_params["name"]
    there = {path.name: path for path in bench.folder.glob("report*.html")}
    if name not in there:
        return PlainTextResponse("", 404)
    return FileResponse(there[name], headers={"content-security-policy": ALONE})


@page
def concordance(request: Request, bench: Bench) -> Response:
    """Show where a word stands, with what stands around it."""
    word = request.query_params.get("word", "").strip()
    places: list[dict[str, Any]] = []
    many = 0
    if word:
        titles = dict(bench.study.documents[["doc_id", "title"]].itertuples(index=False, name=None))
        shown, counts = find.stream(
            bench.study,
            word,
            kind="word",
            sort="text",
            by="",
            width=_AROUND,
            limit=_MOST_PLACES,
            texts=bench.study.texts,
        )
        places = [
            {"doc_id": line.doc_id, "title": titles[line.doc_id] or line.doc_id, "at": line.start,
             "left": line.left, "right": line.right}
            for line in shown
        ]  # fmt: skip
        many = sum(counts.occurrences.values())
    return render(request, "results_places.html", word=word, places=places, many=many)


@action
def make(request: Request, bench: Bench, given: dict[str, Any]) -> dict[str, Any]:
    """Make tables, figures and the report in the background."""
    folder = bench.folder
    # Files are named after a codebook only where there are several.
    book = bench.book if len(bench.study.coded_by) > 1 else ""

    def work(progress: Any) -> None:
        study = Study(folder)
        for name, step in (("tables", _make_tables), ("figures", _make_figures), ("report", _make_report)):
            progress(name, 0, 0)
            step(study, book)

    return {"started": bench.jobs.start(work)}


def _make_tables(study: Study, book: str) -> None:
    if study.coded_by:
        rigour.tables(study, ("region", "year"), codebook=book)


def _make_figures(study: Study, book: str) -> None:
    figures.figures(study, formats=("png",), codebook=book)


def _make_report(study: Study, book: str) -> None:
    report.report(study, formats=("html",), codebook=book)


ROUTES = (
    Route("/results", show),
    Route("/results/places", concordance),
    Route("/results/make", make, methods=["POST"]),
    Route("/figure/{name}", figure),
    Route("/report/{name}", reported),
)
