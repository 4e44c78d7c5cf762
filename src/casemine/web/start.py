"""The page to start with: files put in, what was read and left out and why, a codebook, the run."""

from __future__ import annotations

import os
from itertools import chain, count
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from casemine import coding, schema
from casemine.errors import UsageError
from casemine.pipeline.code import code
from casemine.pipeline.extract import extract
from casemine.settings import Settings
from casemine.study import Study, replacing
from casemine.study.files import CODEBOOKS
from casemine.terms import safe_name
from casemine.web.bench import Bench
from casemine.web.pages import action, as_json, bench_of, page, render, told

_MOST_BYTES = 1 << 28
_MOST_FILES = 2000
_CHUNK = 1 << 20
_SHOWN = 500
_LONGEST_NAME = 120
# What cannot be a document whatever it holds: nothing here is ever run, and nobody should be led to.
_REFUSED = frozenset({"exe", "dll", "com", "bat", "cmd", "ps1", "sh", "js", "vbs", "msi", "scr", "lnk", "py"})


def inbox(folder: Path) -> Path:
    """Return the folder beside a study in which the files stand that were put in by the page."""
    whole = folder.resolve()
    return whole.with_name(f"{whole.name}-files")


@page
def show(request: Request, bench: Bench) -> Response:
    """Show the page."""
    study, begun = bench.study, bench.begun
    own = sorted(path.stem for path in (bench.folder / CODEBOOKS).glob("*.toml"))
    known = [coding.find(name) for name in coding.shipped()]
    titles, shipped = {book.name: book.title for book in known}, [one for one in known if one.name not in own]
    empty = schema.LEFT_OUT.frame([])
    documents = study.documents if begun else schema.DOCUMENTS.frame([])
    return render(
        request, "start.html", here="start", begun=begun, inbox=inbox(bench.folder), own=own, titles=titles,
        shipped=shipped, waiting=_waiting(bench.folder), coded=study.coded_by,
        inputs=study.inputs if begun else (),
        documents=documents.head(_SHOWN).to_dict("records"), many=len(documents),
        left_out=[
            row | {name: told(request, row[name]) for name in ("reason", "advice")}
            for row in (study.table_or_empty(schema.LEFT_OUT) if begun else empty).to_dict("records")
        ],
        new_words=len(study.table_or_empty(schema.NEW_WORDS)) if begun else 0,
        words=len(study.table_or_empty(schema.FREQUENCY, "frequency_final.csv")) if begun else 0,
    )  # fmt: skip


def _waiting(folder: Path) -> int:
    place = inbox(folder)
    return sum(1 for path in place.iterdir() if path.is_file()) if place.is_dir() else 0


async def upload(request: Request) -> Response:
    """Put files into the folder beside the study; say of each that was not taken why."""
    bench = bench_of(request)
    form = await request.form(max_files=_MOST_FILES)
    files = [file for file in form.getlist("files") if isinstance(file, UploadFile)]
    try:
        return await run_in_threadpool(_put, request, bench, files)
    finally:
        await form.close()


def _put(request: Request, bench: Bench, files: list[UploadFile]) -> Response:
    place = inbox(bench.folder)
    taken, refused = [], []
    for file in files:
        name = file_name(file.filename or "")
        if not name:
            refused.append({"file": file.filename or "", "reason": "unknown_kind"})
        elif (file.size or 0) > _MOST_BYTES:
            refused.append({"file": name, "reason": "too_large"})
        else:
            place.mkdir(exist_ok=True)
            name = _free_name(place, name)
            with replacing(place / name) as temporary, temporary.open("wb") as target:
                while chunk := file.file.read(_CHUNK):
                    target.write(chunk)
            taken.append(name)
    return as_json(request, {"taken": taken, "refused": refused, "waiting": _waiting(bench.folder)})


def _free_name(place: Path, name: str) -> str:
    """Return `name`, or where a file has it `stem-2.ending` and so on: no file takes another's place."""
    given = Path(name)
    numbered = (f"{given.stem}-{number}{given.suffix}" for number in count(2))
    return next(each for each in chain([name], numbered) if not (place / each).exists())


def file_name(given: str) -> str:
    r"""Return a name that every system takes and that leads nowhere; empty when it may not be a document.

    >>> file_name("..\\\\../报告 2020.docx"), file_name("run.exe"), file_name("..")
    ('报告_2020.docx', '', '')
    """
    last = given.replace("\\", "/").rsplit("/", 1)[-1]
    stem, dot, ending = last.rpartition(".")
    stem = safe_name(stem).strip("._")[:_LONGEST_NAME]
    ending = ending.lower()
    return f"{stem}.{ending}" if dot and stem and ending.isalnum() and ending not in _REFUSED else ""


@action
def read(request: Request, bench: Bench, given: dict[str, Any]) -> dict[str, Any]:
    """Read the files that were put in, beside what the study was made from, in the background."""
    folder, place = bench.folder, inbox(bench.folder)
    if not _waiting(folder) and not bench.begun:
        raise UsageError("no files were put in yet.", place=str(place))

    def work(progress: Any) -> None:
        study = Study.at(folder)
        added = [os.fspath(place)] if _waiting(folder) else []
        inputs = list(dict.fromkeys([*map(os.path.abspath, study.inputs), *added]))
        # The study takes other inputs: the person asked for it.
        settings = study.settings if bench.begun else Settings()
        with study.locked(), study.transaction():
            if study.record.inputs:
                study.change(inputs=[])
            extract(inputs, study, settings, progress=progress)

    return {"started": bench.jobs.start(work)}


@action
def apply_codebook(request: Request, bench: Bench, given: dict[str, Any]) -> dict[str, Any]:
    """Code the study by a codebook, in the background."""
    name, folder = str(given.get("codebook", "")), bench.folder
    own = [path.stem for path in (folder / CODEBOOKS).glob("*.toml")]
    if name not in [*own, *coding.shipped()]:
        raise UsageError(f"there is no codebook {name}.")

    def work(progress: Any) -> None:
        progress("code", 0, 0)
        code(Study(folder), name)

    return {"started": bench.jobs.start(work)}


ROUTES = (
    Route("/start", show),
    Route("/start/upload", upload, methods=["POST"]),
    Route("/start/read", read, methods=["POST"]),
    Route("/start/code", apply_codebook, methods=["POST"]),
)
