"""The lock of a study: one command writes at a time, and says who it is and since when."""

from __future__ import annotations

import json
import os
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from casemine.errors import StudyError
from casemine.study.files import LOCK

# Seconds that a command waits for another one to end.
PATIENCE = 60.0
_HOLDER = f"{LOCK}.holder"
_held: dict[tuple[Path, int], int] = {}


@contextmanager
def locked(folder: Path, patience: float | None = None) -> Iterator[None]:
    """Keep every other command from writing into `folder` while the block runs; nested blocks are one.

    The system gives the lock of a dead process back, so that none is ever stale. Waits `patience` seconds
    (`PATIENCE` by default); raises `StudyError` that names who holds it when they have passed, or when
    nobody may write there.
    """
    key = (folder.resolve(), threading.get_ident())
    if key in _held:
        _held[key] += 1
        try:
            yield
        finally:
            _held[key] -= 1
        return
    lock = FileLock(folder / LOCK, timeout=PATIENCE if patience is None else patience)
    try:
        lock.acquire()
    except Timeout as error:
        raise StudyError(
            f"another command is writing into this study{_holder(folder)}.",
            place=str(folder),
            advice="Nothing was changed. Wait until it has ended and run the command again.",
        ) from error
    except OSError as error:
        raise StudyError(
            "nothing can be written into this study.",
            place=str(folder),
            advice="Have its folder opened for writing, or copy it to a folder of your own.",
        ) from error
    _held[key] = 1
    try:
        with suppress(OSError):
            (folder / _HOLDER).write_text(json.dumps(_self()), encoding="utf-8")
        yield
    finally:
        del _held[key]
        with suppress(OSError):
            (folder / _HOLDER).unlink()
        lock.release()


def _self() -> dict[str, str]:
    return {
        "command": " ".join([Path(sys.argv[0]).name, *sys.argv[1:2]]),
        "process": str(os.getpid()),
        "machine": socket.gethostname(),
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _holder(folder: Path) -> str:
    """Say who holds the lock, as far as they said."""
    try:
        who = json.loads((folder / _HOLDER).read_text(encoding="utf-8"))
        return f" ({who['command']}, process {who['process']} on {who['machine']}, since {who['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
