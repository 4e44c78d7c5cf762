"""Writes of many files that are whole or not at all, also when the process is killed in their midst.

Files are prepared in a staging folder. When all are there, their names are written into a journal beside
them, and from then on the write counts as done: whoever comes next moves what has not moved yet. A staging
folder without a journal is what an unfinished command left, and goes.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

from casemine.bounded import parse_json, read_file
from casemine.errors import UnreadableError, UsageError
from casemine.study.files import (
    JOURNAL,
    LOCK,
    RUN,
    TEXTS,
    check_free,
    drop_empty,
    full_disk_named,
    is_abandoned,
    is_empty,
    staging_folder,
    stagings,
    write_text,
)
from casemine.study.lock import locked

_FILES = "files"
# Folders in folders of a study: STUDY/imports/PROJECT, STUDY/exports/NAME and those in it.
_DEEPEST = 3


@contextmanager
def transaction(folder: Path, removed: Collection[str] = (), *, lock: bool = False) -> Iterator[Path]:
    """Give a staging folder; when the block ends well, its files take their places in `folder`.

    Files named in `removed` by then go with the same move.

    When it ends badly (an error, Ctrl-C, a killed process) `folder` is as it was. run.json moves last.
    `lock` keeps other commands out, as a study needs it. Raises `StudyError` when another command writes
    into `folder`, or a program holds one of the files open.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder) if lock else nullcontext():
            recover(folder, alone=lock)
            with staging_folder(folder) as staging:
                files = staging / _FILES
                files.mkdir()
                with full_disk_named(folder):
                    yield files
                    _commit(folder, staging, removed)
    finally:
        _remove_if_empty(folder)


def _commit(folder: Path, staging: Path, removed: Collection[str]) -> None:
    files = staging / _FILES
    names = sorted(path.relative_to(files).as_posix() for path in files.rglob("*") if path.is_file())
    gone = sorted(set(removed) - set(names))
    for name in (*names, *gone):
        check_free(folder / name)
    # What tells of a decision comes before the decision, run.json after all.
    names.sort(key=lambda name: (name == RUN, not name.endswith("history.csv")))
    write_text(staging / f"{JOURNAL}.new", json.dumps({"moved": names, "removed": gone}, ensure_ascii=False))
    (staging / f"{JOURNAL}.new").replace(staging / JOURNAL)
    _finish(folder, staging)
    (staging / JOURNAL).unlink()


def _finish(folder: Path, staging: Path) -> None:
    """Do what the journal says and is not done yet."""
    for name in _journalled(staging, "removed"):
        (folder / name).unlink(missing_ok=True)
    for name in _journalled(staging, "moved"):
        if (staging / _FILES / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (staging / _FILES / name).replace(folder / name)


def _journalled(staging: Path, key: str) -> list[str]:
    """Return the names of a journal under `key`; none of a journal that is damaged.

    A journal may come with a study from elsewhere: names that lead out of the folder are passed over.
    """
    try:
        journal = parse_json(read_file(staging / JOURNAL))
    except UnreadableError:
        return []
    named = journal.get(key) if isinstance(journal, dict) else None
    return [name for name in named if _lies_within(name)] if isinstance(named, list) else []


def _lies_within(name: object) -> bool:
    if not isinstance(name, str) or not name or "\0" in name:
        return False
    path = Path(name)
    return not path.drive and not path.root and ".." not in path.parts


def recover(folder: Path, *, alone: bool = True) -> None:
    """Finish the writes that a killed command had ready, and sweep away what others left unfinished.

    What a process that still runs is preparing stays. `alone` says that this is called within `locked`, where
    no other command can be making a staging folder.
    """
    for place in places(folder):
        drop_empty(place)
        for staging in stagings(place):
            if not is_abandoned(staging, alone=alone):
                continue
            if (staging / JOURNAL).is_file():
                _finish(place, staging)
            shutil.rmtree(staging, ignore_errors=True)


def check_own(folder: Path, *marks: str) -> None:
    """Raise `UsageError` unless `folder` is new, empty or holds the files `marks`, as it was left before.

    What a killed command had ready for it is finished first.
    """
    recover(folder, alone=False)
    ours = all((folder / name).is_file() for name in marks)
    if folder.is_file() or (folder.is_dir() and not is_empty(folder) and not ours):
        raise UsageError("holds other files.", place=str(folder), advice="Give a new folder to -o.")


def needs_recovery(folder: Path) -> bool:
    """Tell whether a command that was killed, or one that runs now, left something to do in `folder`."""
    return any(stagings(place) for place in places(folder))


def places(folder: Path) -> list[Path]:
    """Return the folders in which commands prepare files: this one and, of a study, those in it.

    Not among them are the folder of the texts, other studies, and what lies deeper than any command writes;
    nor what lies in a folder that is no study: it is somebody else's, and may be large.
    """
    found = [folder] if folder.is_dir() else []
    level = found if _is_study(folder) else []
    for _ in range(_DEEPEST):
        inside: list[Path] = []
        for place in level:
            with suppress(OSError):
                inside += [Path(item) for item in os.scandir(place) if item.is_dir(follow_symlinks=False)]
        level = sorted(
            path for path in inside if path.name != TEXTS and path.name[0] != "." and not _is_study(path)
        )
        found += level
    return found


def _is_study(folder: Path) -> bool:
    return (folder / RUN).is_file()


def _remove_if_empty(folder: Path) -> None:
    with suppress(OSError):  # the folder the command was started in
        if is_empty(folder):
            for leftover in folder.glob(f"{LOCK}*"):
                leftover.unlink()
            folder.rmdir()
