"""Finds the shipped `dictionaries/` and `corpora/` (checkout or installed wheel) and reads word lists."""

from __future__ import annotations

import re
from pathlib import Path

from casemine.errors import UsageError

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
    """Return the word lists that discovery and weighing read, by name."""
    folder = _root() / "dictionaries"
    return sorted(path for path in folder.iterdir() if path.suffix in (".txt", ".csv"))


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


# As jieba reads a line: a word, which may hold blanks, a frequency and a tag, the last two if they are there.
_ENTRY = re.compile(r"(.+?)(?: +[0-9]+)?(?: +([a-z]+))?")


def user_dictionary(path: Path) -> dict[str, str]:
    """Read a jieba user dictionary, lines of `word [frequency] [tag]`, as word -> tag (n without one).

    A word may hold blanks, as in jieba's own reading: `Edu Trust认证 2000 n`.
    """
    words: dict[str, str] = {}
    for line in _lines(path):
        entry = _ENTRY.fullmatch(line.split("#", 1)[0].replace("\t", " ").strip())
        if entry:
            words[entry[1]] = entry[2] or "n"
    return words


def _lines(path: Path) -> list[str]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"cannot be read ({error.strerror}).", place=str(path)) from error
    for encoding in ("utf-8-sig", "gb18030"):  # as editors and Excel on Chinese Windows save
        try:
            return data.decode(encoding).splitlines()
        except UnicodeDecodeError:
            continue
    raise UsageError("is neither UTF-8 nor GB18030 text.", place=str(path), advice="Save it as UTF-8.")
