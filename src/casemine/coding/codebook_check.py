"""What must hold in every codebook, whether it was read from TOML or from a sheet."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from casemine.coding.codebook import CODE_TEXTS, LEVELS, SEPARATORS, Code, fold
from casemine.errors import UsageError

_LONGEST_CELL = 32767
# Takes a line, a reason and whether it is a mere warning.
_Say = Callable[..., None]
_BELOW = {"selective": "axial category", "axial": "open code"}


@dataclass(frozen=True, order=True)
class Problem:
    """Something wrong with a codebook: file, line (or row of a sheet) and reason.

    A warning is worth a look; an error means the codebook cannot be used.
    """

    file: str
    line: int
    reason: str
    warning: bool = False
    unit: str = "line"

    def __str__(self) -> str:
        kind = "warning: " if self.warning else ""
        return f"{self.file}, {self.unit} {self.line}: {kind}{self.reason}"


@dataclass(frozen=True)
class Located:
    """A code, the line or row it stands in, and the lines of its aliases."""

    code: Code
    line: int
    alias_lines: tuple[int, ...]


def consistency(found: Sequence[Located], file: str, unit: str = "line") -> list[Problem]:
    """Return all that is wrong among codes: names, duplicates, aliases, empty categories, texts."""
    problems: list[Problem] = []

    def say(line: int, reason: str, *, warning: bool = False) -> None:
        problems.append(Problem(file, line, reason, warning, unit))

    first: dict[str, Located] = {}
    for one in found:
        for reason in _bad_texts(one.code):
            say(one.line, reason)
        earlier = first.setdefault(fold(one.code.name), one)
        if earlier is not one and one.code.name:
            say(
                one.line,
                f"{_title(one.code)} is already the {_title(earlier.code)} of {unit} {earlier.line}.",
            )
    _check_aliases(found, first, say, unit)
    _check_members(found, say)
    return sorted(problems)


def _title(code: Code) -> str:
    return f"{code.level} code {code.name}" if code.level == "open" else f"{code.level} category {code.name}"


def _bad_texts(code: Code) -> Iterable[str]:
    if not code.name:
        yield "a name is empty."
    if "\n" in code.name:
        yield f"the name {code.name.splitlines()[0]}… runs over several lines."
    for text in (code.name, *(getattr(code, key) for key in CODE_TEXTS), *code.aliases):
        reason = bad_text(text)
        if reason:
            yield f"a text of {_title(code)} {reason}"


def bad_text(text: str) -> str:
    """Say why a text cannot stand in a codebook and its sheet; "" when it can."""
    if any(unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t" for char in text):
        return "holds a control character."
    if any(char in "\ufffe\uffff" for char in text):
        return "holds a character that Excel cannot."
    if len(text) > _LONGEST_CELL:
        return f"is longer than the {_LONGEST_CELL:,} characters of a cell."
    return ""


def _check_aliases(found: Sequence[Located], first: dict[str, Located], say: _Say, unit: str) -> None:
    owners: dict[str, tuple[Code, int]] = {}
    for one in found:
        for alias, line in zip(one.code.aliases, one.alias_lines, strict=True):
            key = fold(alias)
            named = first.get(key)
            owner, before = owners.setdefault(key, (one.code, line))
            if not alias:
                say(line, f"an alias of {one.code.name} is empty.")
            elif set(alias) & set(SEPARATORS):
                say(
                    line,
                    f"the alias {alias!r} holds one of {SEPARATORS.strip()}: write each alias for itself.",
                )
            elif named is not None and named is one:
                say(line, f"the alias {alias} is the name of the code itself.")
            elif named is not None:
                say(
                    line,
                    f"the alias {alias} of {one.code.name} is the {_title(named.code)} of {unit} {named.line}.",
                )
            elif (owner, before) != (one.code, line) and owner is one.code:
                say(line, f"the alias {alias} stands twice under {one.code.name}.")
            elif owner is not one.code:
                say(
                    line,
                    f"the alias {alias} belongs to {owner.name} ({unit} {before}) and to {one.code.name}.",
                )


def _check_members(found: Sequence[Located], say: _Say) -> None:
    filled = {one.code.parent for one in found}
    for one in found:
        if one.code.level in _BELOW and one.code.name and one.code.name not in filled:
            say(one.line, f"{_title(one.code)} has no {_BELOW[one.code.level]} yet.", warning=True)
