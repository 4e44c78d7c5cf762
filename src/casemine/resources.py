"""Finds the shipped `dictionaries/` and `corpora/`: in a checkout, or inside the installed wheel."""

from __future__ import annotations

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
    path = _root() / "dictionaries" / name
    if not path.is_file():
        raise UsageError(
            "no such shipped dictionary.", place=name, advice="Reinstall casemine; its files are incomplete."
        )
    return path


def corpus(name: str) -> Path:
    """Return the path of a folder in `corpora/`; raise `UsageError` when there is none."""
    path = _root() / "corpora" / name
    if not path.is_dir():
        raise UsageError(
            "no such shipped corpus.", place=name, advice="Reinstall casemine; its files are incomplete."
        )
    return path


def word_list(path: Path) -> frozenset[str]:
    """Read a word list: UTF-8, one word a line, `#` opens a comment, blank lines pass."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    words = (line.split("#", 1)[0].strip() for line in lines)
    return frozenset(word for word in words if word)
