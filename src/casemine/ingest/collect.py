"""Finds the documents that are asked for: files, folders, globs; each once, each under a lasting name."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

from casemine.errors import UsageError
from casemine.ingest.source import PassedOver
from casemine.study import is_study
from casemine.study.files import LOCK, STAGING

# Folders in each other; nobody files deeper, and paths that long no system opens.
_DEEPEST = 200
MANIFESTS = ("manifest.csv", "manifest.xlsx")
_MAGIC = re.compile(r"[*?\[]")
_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db"})
_SYSTEM_FOLDERS = frozenset({"__MACOSX", "$RECYCLE.BIN", "System Volume Information"})


class Found(NamedTuple):
    """A file to read, and its doc_id (for a file of several records, the stem of theirs)."""

    path: Path
    doc_id: str


@dataclass(frozen=True)
class Collected:
    """Files to read by doc_id, what was passed over and why, and the manifests beside the files."""

    files: tuple[Found, ...]
    passed_over: tuple[PassedOver, ...]
    manifests: tuple[Path, ...]


class _Input(NamedTuple):
    """One input: the folder (or file) names are relative to, and its files below it."""

    root: Path
    files: tuple[Path, ...]
    passed_over: tuple[tuple[Path, str], ...]


def collect(inputs: Sequence[str | Path], *, recursive: bool = True) -> Collected:
    """Return the files that `inputs` (files, folders, globs) name, the same for any order of inputs.

    A doc_id is the NFC POSIX path below its input; with several inputs the name of the input stands
    in front, with as many folders before it as tell the inputs apart. Raises `UsageError` when an
    input does not exist or nothing is left to read.
    """
    named = sorted({str(item): None for item in inputs})
    if not named:
        raise UsageError("no input was given.", advice="Give files, folders or globs.")
    parts = [part for item in named for part in _resolve(item, recursive)]
    roots = sorted({part.root for part in parts})
    files = _one_name_each(_named(parts, roots))
    passed_over = {
        PassedOver(_display(path, part.root, roots), reason)
        for part in parts
        for path, reason in part.passed_over
    }
    if not files:
        raise UsageError(
            f"there is nothing to read ({len(passed_over)} passed over).",
            place=", ".join(named),
            advice="Give files, folders or globs, for example: casemine extract cases/",
        )
    manifests = {path for part in parts for path, _ in part.passed_over if _is_manifest(path)}
    # A manifest also speaks for files that were named one by one.
    folders = {os.path.dirname(item.path) for item in files}  # noqa: PTH120 - a Path a file takes long
    manifests |= {
        beside for folder in folders for name in MANIFESTS if (beside := Path(folder, name)).is_file()
    }
    return Collected(files, tuple(sorted(passed_over)), tuple(sorted(manifests)))


def _resolve(item: str, recursive: bool) -> list[_Input]:
    """Return what one input names; a path that exists wins over its reading as a glob."""
    path = Path(os.path.abspath(Path(item).expanduser()))  # noqa: PTH100 - resolve() would follow links
    if path.is_dir():
        return [_folder(path, recursive)]
    if path.exists():
        regular = path.is_file() and not path.name.startswith("~$") and not _is_manifest(path)
        reason = "" if regular else _why_not(path)
        return [_Input(path, () if reason else (path,), ((path, reason),) if reason else ())]
    if _MAGIC.search(item):
        return [_glob(path, item, recursive)]
    raise UsageError(
        "there is no such file or folder.", place=item, advice="Check the path; quote it if it has spaces."
    )


def _glob(pattern: Path, item: str, recursive: bool) -> _Input:
    """Return the matches of a glob; names are relative to the folder before its first wildcard."""
    parts = pattern.parts
    fixed = next(number for number, part in enumerate(parts) if _MAGIC.search(part))
    root = Path(*parts[:fixed])
    matches = sorted(match for match in root.glob("/".join(parts[fixed:])) if not _in_hidden(match, root))
    if not matches:
        raise UsageError("no file matches.", place=item, advice="Check the pattern; ** goes into folders.")
    files: list[Path] = []
    passed_over: list[tuple[Path, str]] = []
    for match in matches:
        if match.is_dir():
            if "**" not in parts:  # ** has named what is in the folder already
                inner = _folder(match, recursive)
                files += inner.files
                passed_over += inner.passed_over
        elif reason := _why_not(match):
            passed_over.append((match, reason))
        elif not any(is_study(folder) for folder in match.relative_to(root).parents if folder.parts):
            files.append(match)
    return _Input(root, tuple(files), tuple(passed_over))


def _in_hidden(path: Path, root: Path) -> bool:
    return any(part.startswith(".") or part in _SYSTEM_FOLDERS for part in path.relative_to(root).parts[:-1])


def _folder(root: Path, recursive: bool) -> _Input:
    files: list[Path] = []
    passed_over: list[tuple[Path, str]] = []
    for path, reason in _walk(root, recursive, frozenset()):
        if reason:
            passed_over.append((path, reason))
        else:
            files.append(path)
    return _Input(root, tuple(files), tuple(passed_over))


def _walk(folder: Path, recursive: bool, above: frozenset[Path]) -> Iterator[tuple[Path, str]]:
    """Yield each file below `folder` with the reason it is passed over, if any.

    A link back to a folder that is being walked is not followed.
    """
    if len(above) > _DEEPEST:
        yield folder, f"over {_DEEPEST} folders deep"
        return
    real = folder.resolve()
    if is_study(folder):
        yield folder, "a study folder of casemine"
        return
    try:
        with os.scandir(folder) as entries:
            inside = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        yield folder, ""  # reading it fails, and is named
        return
    for entry in inside:
        if entry.name.startswith((STAGING, LOCK)):
            continue  # ours
        path = folder / entry.name
        if not _is_folder(entry):
            # The system said what it is as it listed the folder: of many files none is asked about again.
            yield path, _why_not(path, known=entry.is_file(follow_symlinks=False))
        elif path.name.startswith(".") or path.name in _SYSTEM_FOLDERS:
            yield path, "a hidden folder"
        elif recursive and path.resolve() not in above | {real}:
            yield from _walk(path, recursive, above | {real})


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link in a circle
        return False


def _why_not(path: Path, *, known: bool = False) -> str:
    """Say why a file is passed over, "" when it is read; `known` to be a regular file or not."""
    if path.name.startswith("~$"):
        return "a lock file of Office, made while a document is open"
    if path.name.lower() in _SYSTEM_FILES:
        return "a file of the system"
    if path.name.startswith("."):
        return "a hidden file"
    if _is_manifest(path):
        return "the manifest: metadata of the files beside it"
    return "" if known or path.is_file() else "no regular file"


def _is_manifest(path: Path) -> bool:
    return path.name.lower() in MANIFESTS


def _named(parts: list[_Input], roots: list[Path]) -> list[Found]:
    """Give every file its doc_id, lengthening the names of inputs until no two files share one."""
    depths = dict.fromkeys(roots, 1 if len(roots) > 1 else 0)
    # By their names: to compare paths part by part takes long.
    reached = {(str(path), str(part.root)): (path, part.root) for part in parts for path in part.files}
    while True:
        named = [(Found(path, _doc_id(path, root, depths[root])), root) for path, root in reached.values()]
        held: dict[str, list[tuple[Path, Path]]] = {}
        for (path, doc_id), root in named:
            held.setdefault(doc_id, []).append((path, root))
        holders = {
            doc_id: {(path.resolve(), root) for path, root in places}
            for doc_id, places in held.items()
            if len(places) > 1
        }
        clashing = {root for places in holders.values() if _differ(places) for _, root in places}
        longer = [root for root in clashing if depths[root] < len(root.parts)]
        if not longer:
            return sorted((item for item, _ in named), key=lambda item: (item.doc_id, str(item.path)))
        for root in longer:
            depths[root] += 1


def _differ(places: set[tuple[Path, Path]]) -> bool:
    """Tell whether one doc_id means different files of different inputs."""
    return len({path for path, _ in places}) > 1 and len({root for _, root in places}) > 1


def _doc_id(path: Path, root: Path, depth: int) -> str:
    """Return the path below `root`, with the last `depth` parts of the root in front (a file: its name)."""
    below = path.relative_to(root).parts
    if not below:
        depth = max(depth, 1)
    front = root.parts[max(len(root.parts) - depth, 0) :] if depth else ()
    name = "/".join([*(part.strip("\\/:") for part in front), *below]).lstrip("/")
    return normalize("NFC", _readable(name))


def _readable(name: str) -> str:
    """Return a file name as text also where its bytes are not in the system's encoding (GBK on Linux)."""
    if name.isprintable():
        return name
    data = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        with contextlib.suppress(UnicodeDecodeError):
            return data.decode(encoding)
    return data.decode("utf-8", "replace")


def _display(path: Path, root: Path, roots: list[Path]) -> str:
    return _doc_id(path, root, 1 if len(roots) > 1 else 0) or path.name


def _one_name_each(named: list[Found]) -> tuple[Found, ...]:
    """Keep each file once, under the first of its doc_ids, by whatever path it was reached."""
    kept: dict[str, Found] = {}
    taken: set[str] = set()
    folders: dict[str, str] = {}
    for path, doc_id in named:
        # Asked once a folder: of a hundred thousand files each would ask for every folder above it.
        if path.is_symlink():
            real = str(path.resolve())
        else:
            folder = os.path.dirname(path)  # noqa: PTH120 - as above
            if folder not in folders:
                folders[folder] = str(Path(folder).resolve())
            real = f"{folders[folder]}{os.sep}{path.name}"
        real = os.path.normcase(real)
        if real not in kept:
            # Two names that differ only in how an accent is composed are one in NFC.
            distinct = next(name for name in _numbered(doc_id) if name not in taken)
            taken.add(distinct)
            kept[real] = Found(path, distinct)
    return tuple(kept.values())


def _numbered(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name} ({number})" for number in count(2))
