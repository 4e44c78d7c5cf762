"""Writes of many files that are whole or not at all, also when the process is killed in their midst.

Files are prepared in a staging folder. When all are there, their names are written into a journal beside
them, and from then on the write counts as done: whoever comes next moves what has not moved yet. A staging
folder without a journal is what an unfinished command left, and goes.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from time import time

from casemine.study.files import LOCK, RUN, STAGING, check_free, is_empty, write_text
from casemine.study.lock import locked

_JOURNAL = "journal.json"
_FILES = "files"
_ABANDONED = 24 * 3600


@contextmanager
def transaction(folder: Path, removed: Collection[str] = (), *, lock: bool = False) -> Iterator[Path]:
    """Give a staging folder; when the block ends well, its files take their places in `folder`.

    Files named in `removed` by then go with the same move.

    When it ends badly (an error, Ctrl-C, a killed process) `folder` is as it was. run.json moves last.
    `lock` keeps other commands out, as a study needs it. Raises `StudyError` when another command writes
    into `folder`, or a program holds one of the files open.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with locked(folder) if lock else nullcontext():
            recover(folder, 0 if lock else _ABANDONED)
            staging = Path(tempfile.mkdtemp(prefix=STAGING, dir=folder))
            try:
                files = staging / _FILES
                files.mkdir()
                yield files
                _commit(folder, staging, removed)
            finally:
                # Interrupted while files move, the write counts as done: whoever comes next finishes it.
                if not (staging / _JOURNAL).is_file():
                    shutil.rmtree(staging, ignore_errors=True)
    finally:
        _remove_if_empty(folder)


def _commit(folder: Path, staging: Path, removed: Collection[str]) -> None:
    files = staging / _FILES
    names = sorted(path.relative_to(files).as_posix() for path in files.rglob("*") if path.is_file())
    gone = sorted(set(removed) - set(names))
    for name in (*names, *gone):
        check_free(folder / name)
    names.sort(key=lambda name: name == RUN)
    write_text(staging / f"{_JOURNAL}.new", json.dumps({"moved": names, "removed": gone}, ensure_ascii=False))
    (staging / f"{_JOURNAL}.new").replace(staging / _JOURNAL)
    _finish(folder, staging)
    (staging / _JOURNAL).unlink()


def _finish(folder: Path, staging: Path) -> None:
    """Do what the journal says and is not done yet."""
    journal = json.loads((staging / _JOURNAL).read_text(encoding="utf-8"))
    for name in journal["removed"]:
        (folder / name).unlink(missing_ok=True)
    for name in journal["moved"]:
        if (staging / _FILES / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (staging / _FILES / name).replace(folder / name)


def recover(folder: Path, seconds: float = 0) -> None:
    """Finish the writes that a killed command had ready, and sweep away what others left unfinished.

    Call it within `locked`, where no other command can be writing; elsewhere give the age in seconds from
    which on a staging folder belongs to no command that still runs.
    """
    for staging in sorted(path for path in folder.glob(f"{STAGING}*") if path.is_dir()):
        if seconds and time() - staging.stat().st_mtime < seconds:
            continue
        if (staging / _JOURNAL).is_file():
            _finish(folder, staging)
        shutil.rmtree(staging, ignore_errors=True)


def needs_recovery(folder: Path) -> bool:
    """Tell whether a command that was killed, or one that runs now, left something to do in `folder`."""
    return any(folder.glob(f"{STAGING}*"))


def _remove_if_empty(folder: Path) -> None:
    with suppress(OSError):  # the folder the command was started in
        if is_empty(folder):
            for leftover in folder.glob(f"{LOCK}*"):
                leftover.unlink()
            folder.rmdir()
