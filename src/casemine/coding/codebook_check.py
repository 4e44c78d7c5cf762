"""What must hold in every codebook, whether it was read from TOML or from a sheet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from casemine.coding.codebook import CODE_TEXTS, SEPARATORS, Code, fold
from casemine.coding.rules import bad_rule, bad_word
from casemine.terms import LONGEST_CELL

# What cannot stand in the name of a file, and the mark between a codebook's name and its hash.
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|@\x00-\x1f]|^\.|\.$')
_BELOW = {"selective": "axial category", "axial": "open code"}
_KIND = {"selective": "selective category", "axial": "axial category", "open": "open code"}


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
    """A code, the line or row it stands in, the lines of its aliases, and those of its rules.

    `rule_lines` maps a path, such as ("needs", "大数据") or ("rules", 1), to its line.
    """

    code: Code
    line: int
    alias_lines: tuple[int, ...]
    rule_lines: Mapping[tuple[str | int, ...], int] = field(default_factory=dict)

    def line_of(self, *path: str | int) -> int:
        """Return the line of a rule, or of the code."""
        return self.rule_lines.get(path, self.line)


def consistency(found: Sequence[Located], file: str, unit: str = "line") -> list[Problem]:
    """Return all that is wrong among codes: names, texts, duplicates, aliases, empty categories.

    Names and aliases are compared without regard to width, case and spaces.
    """
    first: dict[str, Located] = {}
    for one in found:
        first.setdefault(fold(one.code.name), one)
    errors = [*_bad_names(found, first, unit), *_bad_aliases(found, first, unit), *_bad_rules(found)]
    problems = [Problem(file, line, reason, unit=unit) for line, reason in errors]
    empty = [Problem(file, line, reason, True, unit) for line, reason in _empty_categories(found)]
    return sorted({*problems, *empty})


def bad_text(text: str) -> str:
    """Say why a text can stand neither in a codebook nor in a sheet; "" when it can."""
    if any(unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t" for char in text):
        return "holds a control character."
    if "\ufffe" in text or "\uffff" in text:
        return "holds a character that Excel cannot."
    if len(text) > LONGEST_CELL:
        return f"is longer than the {LONGEST_CELL:,} characters of a cell."
    return ""


def bad_name(name: str) -> str:
    """Say why a codebook cannot be called `name`, which names its file and its codings; "" when it can."""
    if not name:
        return "is empty."
    if _NOT_IN_NAMES.search(name):
        return 'may not hold \\ / : * ? " < > | or @, nor begin or end with a dot.'
    return ""


def _titled(one: Located, unit: str) -> str:
    return f"the {_KIND[one.code.level]} of {unit} {one.line}"


def _bad_names(found: Sequence[Located], first: dict[str, Located], unit: str) -> Iterator[tuple[int, str]]:
    for one in found:
        code = one.code
        if not code.name:
            yield one.line, f"the name of this {_KIND[code.level]} is empty."
            continue
        if "\n" in code.name:
            yield one.line, "a name runs over several lines."
        earlier = first[fold(code.name)]
        if earlier is not one:
            yield one.line, f"duplicate code {code.name}: also {_titled(earlier, unit)}."
        for text in (code.name, *(getattr(code, key) for key in CODE_TEXTS), *code.aliases):
            if reason := bad_text(text):
                yield one.line, f"a text of {code.name} {reason}"


def _bad_aliases(found: Sequence[Located], first: dict[str, Located], unit: str) -> Iterator[tuple[int, str]]:
    owners: dict[str, tuple[Located, int]] = {}
    for one in found:
        name = one.code.name
        for alias, line in zip(one.code.aliases, one.alias_lines, strict=True):
            named = first.get(fold(alias))
            known = fold(alias) in owners
            owner, before = owners.setdefault(fold(alias), (one, line))
            if not alias:
                yield line, f"an alias of {name} is empty."
            elif any(separator in alias for separator in SEPARATORS):
                yield line, f"the alias {alias!r} of {name} holds a separator: write each alias by itself."
            elif named is one:
                yield line, f"the alias {alias} is the name of the code itself."
            elif named is not None:
                yield line, f"the alias {alias} of {name} is {_titled(named, unit)}."
            elif known and owner is one:
                yield line, f"the alias {alias} stands twice under {name}."
            elif known:
                yield line, f"the alias {alias} belongs to {owner.code.name} ({unit} {before}) and to {name}."


def _bad_rules(found: Sequence[Located]) -> Iterator[tuple[int, str]]:
    for one in found:
        code = one.code
        for word in dict.fromkeys(code.without):
            if reason := bad_word(word):
                yield one.line_of("without"), f"without of {code.name}: the word {word!r} {reason}."
            elif word in code.words:
                yield one.line_of("without"), f"without of {code.name}: {word} is its own name or alias."
        named = [need.word for need in code.needs]
        for need in code.needs:
            line = one.line_of("needs", need.word)
            if need.word not in code.words:
                yield line, f"needs of {code.name}: {need.word} is neither its name nor an alias."
            if named.count(need.word) > 1:
                yield line, f"needs of {code.name}: {need.word} stands twice."
            for reason in bad_rule(need.rule, company=True):
                yield line, f"needs of {code.name}: {need.word} {reason}"
        for number, rule in enumerate(code.rules):
            for reason in bad_rule(rule):
                yield one.line_of("rules", number), f"rule {number + 1} of {code.name} {reason}"


def _empty_categories(found: Sequence[Located]) -> Iterator[tuple[int, str]]:
    filled = {one.code.parent for one in found}
    for one in found:
        if one.code.level in _BELOW and one.code.name and one.code.name not in filled:
            yield (
                one.line,
                f"the {_KIND[one.code.level]} {one.code.name} has no {_BELOW[one.code.level]} yet.",
            )
