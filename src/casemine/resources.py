"""Finds the shipped `dictionaries/` and `corpora/` (checkout or installed wheel) and reads word lists."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

from casemine.bounded import read_text
from casemine.errors import UsageError

# Lines of a user dictionary, as jieba 0.42.1 takes them apart.
_ENTRY = re.compile(r"(?P<word>.+?)(?:\s+[0-9]+)?(?:\s+(?P<tag>[a-z]+(?:_new)?))?")
_COMMENT = re.compile(r"(?:^|\s)#.*")
_PACKAGE = Path(__file__).resolve().parent


def _root() -> Path:
    checkout = _PACKAGE.parents[1]
    if _PACKAGE.parent.name == "src" and (checkout / "dictionaries").is_dir():
        return checkout
    return _PACKAGE / "_resources"


def dictionary(name: str) -> Path:
    """Return the path of a file in `dictionaries/`; raise `UsageError` when there is none."""
    return _shipped(_root() / "dictionaries" / name)


def dictionaries() -> list[Path]:
    """Return the word lists and models that discovery, weighing and suggestions read, by name."""
    folder = _root() / "dictionaries"
    lists = (path for path in folder.iterdir() if path.suffix in (".txt", ".csv"))
    return sorted([*lists, *folder.glob("termhood/*.npz"), *folder.glob("vectors/*.npz")])


@cache
def regions() -> tuple[dict[str, str], ...]:
    """Return the rows of the gazetteer: code, name, short names, level, parents, status."""
    with dictionary("regions.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


@cache
def place_names() -> frozenset[str]:
    """Return the names of provinces, cities and counties, with and without 省, 市, 县."""
    return frozenset(name for row in regions() for name in (row["name"], *row["short"].split()))


@cache
def action_words() -> frozenset[str]:
    """Return the words for what is done to things: 发展, 推进."""
    return word_list(dictionary("action-words.txt"))


@cache
def plain_words() -> frozenset[str]:
    """Return the words that tell of nothing in particular: 工作, 问题."""
    return word_list(dictionary("plain-words.txt"))


def corpus(name: str) -> Path:
    """Return the path of a folder in `corpora/`; raise `UsageError` when there is none."""
    return _shipped(_root() / "corpora" / name)


def _shipped(path: Path) -> Path:
    if not path.exists():
        raise UsageError(
            "a file shipped with casemine is missing.", place=str(path), advice="Install casemine again."
        )
    return path


def generic_list(name: str) -> Path:
    """Return the path of a list of generic words: a file of the user's, or a shipped one by its name."""
    if Path(name).is_file():
        return Path(name)
    shipped = _root() / "dictionaries" / "generic" / f"{name}.txt"
    if shipped.is_file():
        return shipped
    known = ", ".join(sorted(path.stem for path in shipped.parent.glob("*.txt")))
    raise UsageError("no such list of generic words.", place=name, advice=f"Give a file or one of: {known}.")


def word_list(path: Path) -> frozenset[str]:
    """Read a word list: one word a line, `#` opens a comment, blank lines pass."""
    words = (line.split("#", 1)[0].strip() for line in _lines(path))
    return frozenset(word for word in words if word)


def user_dictionary(path: Path) -> dict[str, str]:
    """Read a jieba user dictionary, lines of `word [frequency] [tag]`, as word -> tag (n without one).

    As jieba reads it: a word may hold blanks (Edu Trust认证 2000 n); frequency and tag are at the end.
    `#` opens a comment at the beginning of a line or after a blank.
    """
    lines = (_COMMENT.sub("", line).strip() for line in _lines(path))
    entries = (_ENTRY.fullmatch(line) for line in lines if line)
    return {entry["word"]: entry["tag"] or "n" for entry in entries if entry}


def _lines(path: Path) -> list[str]:
    try:
        return read_text(path).splitlines()  # UTF-8 or GB18030, as editors and Excel on Chinese Windows save
    except FileNotFoundError as error:
        raise UsageError(f"cannot be read ({error.strerror}).", place=str(path)) from error
