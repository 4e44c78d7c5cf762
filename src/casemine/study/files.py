"""Files of a study and beside it: their names, writes that are whole or not at all, hashes."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from casemine.errors import StudyError, UsageError
from casemine.terms import safe_name

RUN = "run.json"
SETTINGS = "casemine.toml"
TEXTS = "texts"
CODEBOOKS = "codebooks"
TABLES = "tables"
# What begins like this is a folder in which a command prepares what it will write.
STAGING = ".casemine-"
# What begins like this belongs to the lock.
LOCK = ".casemine.lock"

_LONGEST_NAME = 60
# Names Windows keeps for devices.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 with LF line ends, making the folders above."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def replace_file(path: Path, text: str) -> None:
    """Write a text to a single file, whole or not at all, as `replacing` does."""
    with replacing(path) as temporary:
        write_text(temporary, text)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a path to write to; when the block ends well, what was written takes the place of `path`.

    Raises `StudyError` when another program holds `path` open. What is no file, such as
    /dev/stdout, is written to and stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and not path.is_file():
        yield path
        return
    check_free(path)
    with tempfile.TemporaryDirectory(prefix=STAGING, dir=path.parent) as staging:
        temporary = Path(staging) / path.name
        yield temporary
        temporary.replace(path)


def check_free(path: Path) -> None:
    """Raise `StudyError` when another program holds `path` open, as Excel does on Windows."""
    if path.exists():
        try:
            with path.open("r+b"):
                pass
        except PermissionError as error:
            raise StudyError(
                "cannot be replaced: it is open in another program, or read-only. Nothing was changed.",
                place=str(path),
                advice="Close it and run the command again.",
            ) from error


def check_own(folder: Path, *marks: str) -> None:
    """Raise `UsageError` unless `folder` is new, empty or holds the files `marks`, as it was left before."""
    ours = all((folder / name).is_file() for name in marks)
    if folder.is_file() or (folder.is_dir() and not is_empty(folder) and not ours):
        raise UsageError("holds other files.", place=str(folder), advice="Give a new folder to -o.")


def is_empty(folder: Path) -> bool:
    """Tell whether a folder holds nothing but what a command of casemine needs while it runs."""
    return all(item.name.startswith((STAGING, LOCK)) for item in folder.iterdir())


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fingerprint(value: Any) -> str:
    """Return the SHA-256 of a value that JSON can hold, whatever its order of keys."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def text_files(doc_ids: Iterable[str]) -> dict[str, str]:
    """Name the text file of each document: readable, and safe and distinct on every file system."""
    names: dict[str, str] = {}
    for doc_id in doc_ids:
        name = safe_name(doc_id.removesuffix(".txt").replace("/", "__")).strip(". ")
        names[doc_id] = "" if _RESERVED.match(name) else name[:_LONGEST_NAME]
    taken: dict[str, int] = {}
    for name in names.values():
        taken[name.casefold()] = taken.get(name.casefold(), 0) + 1
    return {
        doc_id: f"{TEXTS}/{name if taken[name.casefold()] == 1 and name else f'{name}-{_short(doc_id)}'}.txt"
        for doc_id, name in names.items()
    }


def _short(doc_id: str) -> str:
    return hashlib.sha256(doc_id.encode()).hexdigest()[:8]


def relative(name: str, folder: Path) -> str:
    """Write a path relative to the study, so that both can move together."""
    try:
        path = Path(os.path.relpath(name, folder)).as_posix()
        # A name that is no text in the system's encoding is recorded as well as text can.
        return path.encode("utf-8", "backslashreplace").decode("utf-8")
    except ValueError:  # another drive on Windows
        return Path(name).resolve().as_posix()
