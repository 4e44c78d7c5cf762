"""Changes of a codebook as a person makes them: a code edited, added, merged into another, taken out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from casemine.coding import codebook_file
from casemine.coding.codebook import CODE_TEXTS, LEVELS, RULE_FIELDS, Code, Codebook, depth_first
from casemine.coding.codebook_rules import rules_of
from casemine.coding.rules import split_words
from casemine.errors import UsageError

_TEXTS = ("name", "parent", *CODE_TEXTS, "aliases", *RULE_FIELDS)


def edited(book: Codebook, code: str, cells: Mapping[str, str]) -> Codebook:
    """Return the codebook with a code as `cells` say, the columns of `schema.CODEBOOK` by name.

    What `cells` leave out stays. A new name leaves the old one as an alias, so that what was decided under it
    still holds; the members of a category follow it. Raises `UsageError` with all that is wrong.
    """
    old = _of(book, code)
    new = _with(old, cells)
    if new.name != old.name and old.name not in new.aliases:
        new = replace(new, aliases=(*new.aliases, old.name))
    entries = [
        new if entry is old else replace(entry, parent=new.name) if entry.parent == old.name else entry
        for entry in book.entries
    ]
    return _checked(replace(book, entries=tuple(entries)))


def with_code(book: Codebook, level: str, cells: Mapping[str, str]) -> Codebook:
    """Return the codebook with one more code. Raises `UsageError` with all that is wrong."""
    if level not in LEVELS:
        raise UsageError(f"there is no level {level!r}.", advice=f"Use one of {', '.join(LEVELS)}.")
    new = _with(Code(cells.get("name", "").strip(), level), cells)
    return _checked(replace(book, entries=(*book.entries, new)))


def without(book: Codebook, code: str) -> Codebook:
    """Return the codebook without a code that has no members. Raises `UsageError` when it has."""
    old = _of(book, code)
    if book.members(code):
        raise UsageError(f"{code} has codes below it.", advice="Move or merge them first.")
    return _checked(replace(book, entries=tuple(entry for entry in book.entries if entry is not old)))


def merged(book: Codebook, code: str, into: str) -> Codebook:
    """Return the codebook with a code merged into another of its level.

    Its name, aliases, rules and exclusion words become those of the other, its members the other's members.
    """
    old, target = _of(book, code), _of(book, into)
    if old is target or old.level != target.level:
        raise UsageError(f"{code} cannot be merged into {into}.", advice="Choose another code of its level.")
    both = replace(
        target,
        aliases=tuple(dict.fromkeys([*target.aliases, old.name, *old.aliases])),
        without=tuple(dict.fromkeys([*target.without, *old.without])),
        needs=(*target.needs, *old.needs),
        rules=tuple(dict.fromkeys([*target.rules, *old.rules])),
    )
    entries = [
        both if entry is target else replace(entry, parent=into) if entry.parent == code else entry
        for entry in book.entries
        if entry is not old
    ]
    return _checked(replace(book, entries=tuple(entries)))


def _of(book: Codebook, code: str) -> Code:
    if code not in book.by_name:
        raise UsageError(f"has no code {code}.", place=f"codebook {book.name}")
    return book.by_name[code]


def _with(code: Code, cells: Mapping[str, str]) -> Code:
    """Return a code with the cells of a form. Raises `UsageError` when a rule cannot be read."""
    texts = {name: text.replace("\r\n", "\n").strip() for name, text in cells.items() if name in _TEXTS}
    aliases = tuple(dict.fromkeys(split_words(texts.pop("aliases")))) if "aliases" in texts else code.aliases
    rules = {name: texts.pop(name) for name in RULE_FIELDS if name in texts}
    said: dict[str, Any] = dict(texts)
    new = replace(code, aliases=aliases, **said)
    found, wrong = rules_of(rules, new.words)
    if wrong:
        raise UsageError("\n".join(f"{field}: {reason}" for field, reason in wrong))
    return replace(new, **{name: value for name, value in found.items() if name in rules})


def _checked(book: Codebook) -> Codebook:
    """Return a codebook as its file would be read back. Raises `UsageError` with all that is wrong."""
    known = {"": -1} | {entry.name: LEVELS.index(entry.level) for entry in book.entries}
    for entry in book.entries:
        if known.get(entry.parent, -2) != LEVELS.index(entry.level) - 1:
            raise UsageError(f"{entry.name} belongs to no category of the level above.")
    ordered = replace(book, entries=depth_first(book.entries))
    read, problems = codebook_file.parsed(codebook_file.to_toml(ordered), f"{book.name}.toml")
    if read is None:
        raise UsageError("\n".join(problem.reason for problem in problems if not problem.warning))
    return read
