"""Codebooks from trees of any depth, as other programs keep their codes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from casemine.coding.codebook import LEVELS, RULE_FIELDS, SEPARATORS, Code, Codebook, depth_first, fold
from casemine.coding.codebook_check import bad_name
from casemine.coding.codebook_rules import rules_of, sound_rules
from casemine.terms import LONGEST_CELL

UNSORTED = "未归类"
_UNNAMED = "未命名"
_SPLIT = re.compile(f"[{re.escape(SEPARATORS)}]")


class Branch(NamedTuple):
    """A code of a tree: its identifier, that of the code above it ("" at the top), name and texts.

    `texts` may hold role, definition, include, exclude, example, aliases joined by a separator, and
    without, needs and rules as the cells of a sheet have them; a rule that cannot be read is left out.
    """

    key: str
    parent: str
    name: str
    texts: dict[str, str]


class _Names:
    """The names given so far, compared as codebooks compare them."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def distinct(self, name: str, above: str) -> str:
        """Return `name`, or what makes it distinct from those before."""
        base = _line(name) or _UNNAMED
        tries = [base, f"{base}（{above}）"] if above else [base]
        number = 1
        while fold(tries[0]) in self._taken:
            tries = tries[1:]
            if not tries:
                number += 1
                tries = [f"{base} {number}"]
        self._taken.add(fold(tries[0]))
        return tries[0]


def from_tree(branches: Sequence[Branch], *, name: str, title: str = "") -> tuple[Codebook, dict[str, str]]:
    """Return a codebook of a tree, each branch after the one above it, and key -> the name its code got.

    The top of a tree is a selective category, below it stand axial categories, and whatever is deeper is
    an open code of the axial category above it. A tree of two levels is one of axial categories and open
    codes, a list one of open codes; the categories they lack bear the name of the codebook and 未归类.
    A name that stands twice gets that of the code above it in brackets, then a number.
    """
    name = _sound_name(name)
    depth, above = _depths(branches)
    missing = max(0, len(LEVELS) - max(depth.values(), default=0))
    names = _Names()
    roots = _roots(name, missing, names)
    named: dict[str, str] = {}
    codes = list(roots)
    for branch in branches:
        parent = roots[-1].name if roots else ""
        level = min(depth[branch.key] + missing, len(LEVELS)) - 1
        chain = above[branch.key]
        if chain:
            parent = named[chain[min(len(chain), len(LEVELS) - 1 - missing) - 1]] if chain else parent
        beside = named[chain[-1]] if chain else parent
        named[branch.key] = names.distinct(branch.name, beside)
        codes.append(_code(branch, named[branch.key], LEVELS[level], parent))
    return Codebook(name, title=_line(title), entries=depth_first(_with_own_aliases(codes))), named


def _depths(branches: Sequence[Branch]) -> tuple[dict[str, int], dict[str, list[str]]]:
    """Return key -> depth from 1, and key -> the keys above, the top first."""
    above: dict[str, list[str]] = {}
    for branch in branches:
        above[branch.key] = [*above[branch.parent], branch.parent] if branch.parent in above else []
    return {key: len(chain) + 1 for key, chain in above.items()}, above


def _roots(name: str, missing: int, names: _Names) -> list[Code]:
    """Return the categories that a tree of too few levels lacks."""
    if missing == 0:
        return []
    top = Code(names.distinct(name, ""), LEVELS[0])
    return [top] if missing == 1 else [top, Code(names.distinct(UNSORTED, name), LEVELS[1], top.name)]


def _code(branch: Branch, name: str, level: str, parent: str) -> Code:
    told = ("aliases", *RULE_FIELDS)
    texts: dict[str, Any] = {key: _sound(text) for key, text in branch.texts.items() if key not in told}
    aliases = tuple(_line(alias) for alias in _SPLIT.split(branch.texts.get("aliases", "")) if _line(alias))
    said = {key: _sound(branch.texts.get(key, "")) for key in RULE_FIELDS}
    rules, _ = rules_of(said, (name, *aliases))
    return sound_rules(Code(name, level, parent, aliases=aliases, **texts, **rules))


def _with_own_aliases(codes: Sequence[Code]) -> list[Code]:
    """Return the codes without aliases that are a name, or that another code has already."""
    taken = {fold(code.name) for code in codes}
    found = []
    for code in codes:
        kept = []
        for alias in code.aliases:
            if fold(alias) not in taken:
                taken.add(fold(alias))
                kept.append(alias)
        found.append(sound_rules(replace(code, aliases=tuple(kept))))
    return found


def _sound(text: str) -> str:
    """Return a text as a codebook may hold it: no control character, no longer than a cell."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    held = (char for char in plain if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs"))
    return "".join(held).replace("\ufffe", "").replace("\uffff", "").strip()[:LONGEST_CELL]


def _line(text: str) -> str:
    return " ".join(_sound(text).split())


def _sound_name(name: str) -> str:
    """Return what a codebook may be called: `name` with a line for each character that a file cannot have."""
    kept = "".join("-" if bad_name(f"a{char}a") else char for char in _line(name)).strip(". ")
    return kept or "codebook"
