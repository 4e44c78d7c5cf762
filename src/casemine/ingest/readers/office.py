"""Word's and WPS Writer's old formats (.doc, .wps) through LibreOffice, where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from casemine.errors import DocumentError
from casemine.ingest.readers.docx import read_docx
from casemine.ingest.readers.options import Item, ReadOptions
from casemine.ingest.source import Record

_COMMANDS = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
)
_PROGRAMS = {"doc": "Word or WPS", "wps": "WPS Writer"}
_SECONDS = 120
_SAVE_AS = "Save the file as .docx."


def read_office(data: bytes, options: ReadOptions, kind: str) -> Iterator[Item]:
    """Convert a document to docx and read that; `kind` is its format without the dot.

    Raises `DocumentError` when LibreOffice is missing, fails, or takes more than two minutes.
    """
    program = _program()
    if not program:
        raise DocumentError(
            f".{kind} is an old format that takes LibreOffice to read.",
            advice=f"Save it as .docx in {_PROGRAMS[kind]}, or install LibreOffice (libreoffice.org).",
        )
    with tempfile.TemporaryDirectory(prefix="casemine-", ignore_cleanup_errors=True) as folder:
        converted = _convert(program, data, kind, Path(folder))
    for item in read_docx(converted, options):
        yield replace(item, format=kind) if isinstance(item, Record) else item


def _program() -> str:
    on_path = next(filter(None, map(shutil.which, _COMMANDS)), None)
    return on_path or next((place for place in _PLACES if Path(place).is_file()), "")


def _convert(program: str, data: bytes, kind: str, folder: Path) -> bytes:
    source = folder / f"document.{kind}"
    source.write_bytes(data)
    # A profile of its own: LibreOffice refuses a second process on the user's.
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        "docx",
        "--outdir",
        str(folder),
        str(source),
    ]
    try:
        # No pipes: on Windows a child that outlives the time limit would hold them open.
        subprocess.run(
            command,
            timeout=_SECONDS,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired as error:
        raise DocumentError(
            "LibreOffice took more than two minutes and was stopped.", advice=_SAVE_AS
        ) from error
    except OSError as error:
        raise DocumentError("LibreOffice could not be started.", advice=_SAVE_AS) from error
    target = folder / "document.docx"
    if not target.is_file():
        raise DocumentError("LibreOffice could not convert it.", advice=_SAVE_AS)
    return target.read_bytes()
