"""Files of a study and beside it: their names, writes that are whole or not at all, hashes."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import time
from typing import Any

from filelock import FileLock, Timeout

from casemine.errors import StudyError
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

# In a staging folder: locked while somebody needs it; what is to be moved, once all is there.
_IN_USE = "in-use"
JOURNAL = "journal.json"
# Seconds in which a process locks the folder that it has made.
_SOON = 60
_NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) if hasattr(errno, "EDQUOT") else (errno.ENOSPC,)

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
    sweep(path.parent)
    with staging_folder(path.parent) as staging, full_disk_named(path):
        temporary = staging / path.name
        yield temporary
        temporary.replace(path)


@contextmanager
def staging_folder(folder: Path) -> Iterator[Path]:
    """Give a folder to prepare files in; it goes when the block ends, unless the process was killed.

    While the block runs the folder is locked, so that others can tell whether it is still needed.
    """
    staging = Path(tempfile.mkdtemp(prefix=STAGING, dir=folder))
    lock = FileLock(staging / _IN_USE)
    try:
        with _acquired(lock, staging):
            yield staging
    finally:
        # Interrupted while files move, the write counts as done: whoever comes next finishes it.
        if not (staging / JOURNAL).is_file():
            shutil.rmtree(staging, ignore_errors=True)


@contextmanager
def _acquired(lock: FileLock, staging: Path) -> Iterator[None]:
    """Hold the lock of a staging folder, made again where another command has taken the empty one away."""
    while True:
        try:
            lock.acquire()
            break
        except (FileNotFoundError, FileExistsError):
            with suppress(FileExistsError):
                staging.mkdir()
    try:
        yield
    finally:
        lock.release()


def is_abandoned(staging: Path, *, alone: bool = False) -> bool:
    """Tell whether no process that runs needs a staging folder any more.

    `alone` says that no other process can just be making one there.
    """
    if not (staging / _IN_USE).exists():  # of an earlier version
        with suppress(FileNotFoundError):  # it is gone meanwhile
            return alone or time() - staging.stat().st_mtime > _SOON
        return False
    try:
        with FileLock(staging / _IN_USE, timeout=0):
            return True
    except (Timeout, OSError):
        return False


def stagings(folder: Path) -> list[Path]:
    """Return the staging folders in a folder, those of commands that run among them."""
    return sorted(path for path in folder.glob(f"{STAGING}*") if path.is_dir())


def drop_empty(folder: Path) -> None:
    """Take away the staging folders that were not locked yet, as a process that was killed leaves them."""
    for staging in stagings(folder):
        with suppress(OSError):
            staging.rmdir()


def sweep(folder: Path) -> None:
    """Take away what killed commands were preparing in a folder, but what a journal says is complete."""
    with suppress(OSError):
        drop_empty(folder)
        for staging in stagings(folder):
            if is_abandoned(staging) and not (staging / JOURNAL).is_file():
                shutil.rmtree(staging, ignore_errors=True)


@contextmanager
def full_disk_named(path: Path) -> Iterator[None]:
    """Name a file in the error that says that there is no space left: the system does not."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_SPACE and not error.filename:
            error.filename = str(path)
        raise


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
