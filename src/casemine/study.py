"""The study folder: the names of its files, writes that are whole or not at all, hashes, run.json."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import time
from typing import Any

from casemine.errors import StudyError, UsageError
from casemine.terms import safe_name

RUN = "run.json"
SETTINGS = "casemine.toml"
TEXTS = "texts"
_STAGING = ".casemine-"
_LONGEST_NAME = 60
# Seconds after which a staging folder belongs to no command that still runs.
_ABANDONED = 24 * 3600
# Names Windows keeps for devices.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


@dataclass
class Run:
    """What run.json records: how every table of the study was made."""

    inputs: list[str] = field(default_factory=list)
    settings: dict[str, Any] = field(default_factory=dict)
    reviewed: bool = False
    selection: str = ""
    versions: dict[str, str] = field(default_factory=dict)
    # Of a study made by recode: the one whose words, decisions and codebooks it took, with their hashes.
    recoded_from: dict[str, Any] = field(default_factory=dict)
    # Stage -> fingerprint (of all it depends on), seconds, finished, outputs (file -> SHA-256).
    stages: dict[str, dict[str, Any]] = field(default_factory=dict)


def is_study(folder: Path) -> bool:
    """Tell whether `folder` was made by casemine."""
    try:
        values = json.loads((folder / RUN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(values, dict) and "casemine" in values


def check_writable(folder: Path) -> None:
    """Raise `UsageError` unless `folder` is new, empty or a study: nobody else's files are touched."""
    if folder.exists() and not folder.is_dir():
        raise UsageError("is a file, not a folder.", place=str(folder), advice="Give another -o.")
    if folder.is_dir() and not is_study(folder) and any(not is_staging(item) for item in folder.iterdir()):
        raise UsageError(
            "this folder holds other files and is not a casemine study.",
            place=str(folder),
            advice="Give another -o, or an empty folder.",
        )


def check_own(folder: Path, *marks: str) -> None:
    """Raise `UsageError` unless `folder` is new, empty or holds the files `marks`, as it was left before."""
    ours = all((folder / name).is_file() for name in marks)
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir()) and not ours):
        raise UsageError("holds other files.", place=str(folder), advice="Give a new folder to -o.")


def read_run(folder: Path) -> Run:
    """Read run.json. Raises `StudyError` when `folder` is no study or run.json was broken by hand."""
    if not is_study(folder):
        raise StudyError(
            "is not a casemine study.",
            place=str(folder),
            advice="`casemine extract INPUT -o STUDY` makes one.",
        )
    values = json.loads((folder / RUN).read_text(encoding="utf-8"))
    run = Run(**{name: values[name] for name in Run.__dataclass_fields__ if name in values})
    typed = all(type(value) is type(getattr(run, name)) for name, value in Run().__dict__.items())
    if not typed or not all(_is_stage(stage) for stage in run.stages.values()):
        raise StudyError(
            "is damaged.",
            place=str(folder / RUN),
            advice="Take it from a copy, or extract into a new folder and copy your decisions there.",
        )
    return run


def _is_stage(recorded: Any) -> bool:
    return isinstance(recorded, dict) and {"fingerprint", "seconds", "outputs"} <= set(recorded)


def write_run(folder: Path, run: Run) -> None:
    """Write run.json into `folder`."""
    values = {"casemine": _version("casemine"), **run.__dict__}
    write_text(folder / RUN, json.dumps(values, ensure_ascii=False, indent=2) + "\n")


def versions() -> dict[str, str]:
    """Name the versions a result may depend on."""
    packages = ("casemine", "jieba", "rjieba", "numpy", "pandas", "scikit-learn", "scipy")
    found = {name: _version(name) for name in packages}
    return {"python": platform.python_version(), **{name: at for name, at in found.items() if at}}


def _version(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return ""


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
    _check_free(path)
    with tempfile.TemporaryDirectory(prefix=_STAGING, dir=path.parent) as staging:
        temporary = Path(staging) / path.name
        yield temporary
        temporary.replace(path)


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fingerprint(parts: Mapping[str, Any]) -> str:
    """Return the SHA-256 of values that JSON can hold, whatever their order of keys."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


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
        relative = Path(os.path.relpath(name, folder)).as_posix()
        # A name that is no text in the system's encoding is recorded as well as text can.
        return relative.encode("utf-8", "backslashreplace").decode("utf-8")
    except ValueError:  # another drive on Windows
        return Path(name).resolve().as_posix()


def is_staging(path: Path) -> bool:
    """Tell whether `path` is a folder in which a command prepares what it will write."""
    return path.name.startswith(_STAGING)


def _is_abandoned(path: Path) -> bool:
    """Tell whether `path` was left by a command that was killed, not by one that runs now."""
    with suppress(OSError):
        return is_staging(path) and time() - path.stat().st_mtime > _ABANDONED
    return False


@contextmanager
def transaction(folder: Path) -> Iterator[Path]:
    """Give a staging folder; when the block ends well, its files take their places in `folder`.

    When it ends badly (an error, Ctrl-C, a killed process) `folder` is as it was. run.json moves
    last: a study whose files do not match it shows as stale, never as good.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for leftover in filter(_is_abandoned, list(folder.iterdir())):
        shutil.rmtree(leftover, ignore_errors=True)
    staging = Path(tempfile.mkdtemp(prefix=_STAGING, dir=folder))
    try:
        yield staging
        files = sorted(path.relative_to(staging) for path in staging.rglob("*") if path.is_file())
        for path in files:
            _check_free(folder / path)
        for path in sorted(files, key=lambda path: path == Path(RUN)):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (staging / path).replace(folder / path)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        with suppress(OSError):  # not empty, or the folder the command was started in
            folder.rmdir()


def _check_free(path: Path) -> None:
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


def drop_texts(folder: Path, kept: Iterable[str]) -> None:
    """Remove the text files that no document of the study names any more."""
    names = {Path(name).name for name in kept}
    for path in sorted((folder / TEXTS).glob("*.txt")):
        if path.name not in names:
            path.unlink()
