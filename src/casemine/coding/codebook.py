"""A codebook: selective categories > axial categories > open codes, as one value that never changes."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from functools import cached_property

import pandas as pd

from casemine import terms
from casemine.coding.rules import Need, Rule, need_text, rule_text
from casemine.errors import UsageError
from casemine.schema import CODEBOOK

# From the broadest to the finest.
LEVELS = tuple(reversed(terms.LEVELS))
# How aliases stand in one cell of a table. No alias may hold any of `SEPARATORS`.
ALIAS_JOIN = "；"
SEPARATORS = "；;、，,|\n"
_SHOWN_HASH = 12


@dataclass(frozen=True)
class Code:
    """One code of any level: an open code, an axial category or a selective category.

    A text holds it where its name or an alias stands, or where one of `rules` holds. `needs` names the
    words of these that count only in company; what stands inside a word of `without` does not count.
    """

    name: str
    level: str
    parent: str = ""
    role: str = ""
    definition: str = ""
    include: str = ""
    exclude: str = ""
    aliases: tuple[str, ...] = ()
    example: str = ""
    without: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    rules: tuple[Rule, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """The name and the aliases."""
        return (self.name, *self.aliases)


@dataclass(frozen=True)
class Codebook:
    """A named, versioned codebook; `entries` holds each category before its members.

    Build one with `load`, `find` or `read_sheet`, which check it; every lookup relies on that.
    """

    name: str
    title: str = ""
    aim: str = ""
    source: str = ""
    language: str = "zh"
    version: str = ""
    note: str = ""
    entries: tuple[Code, ...] = ()

    @cached_property
    def codes(self) -> pd.DataFrame:
        """The table `CODEBOOK`: one row a code, aliases joined by ；."""
        return CODEBOOK.frame([_row(code) for code in self.entries])

    @cached_property
    def by_name(self) -> dict[str, Code]:
        """Code of any level -> its entry."""
        return {code.name: code for code in self.entries}

    @cached_property
    def by_alias(self) -> dict[str, str]:
        """Alias -> the code it stands for, of any level."""
        return {alias: code.name for code in self.entries for alias in code.aliases}

    def at(self, level: str) -> list[Code]:
        """Return the codes of one level, in the order of the codebook."""
        return [code for code in self.entries if code.level == level]

    def members(self, category: str) -> list[Code]:
        """Return what belongs directly to a category; "" gives the selective categories."""
        return [code for code in self.entries if code.parent == category]

    def chain(self, code: str) -> tuple[str, ...]:
        """Return a code with the categories above it, the selective one first.

        Raises `UsageError` when the codebook has no such code.
        """
        if code not in self.by_name:
            raise UsageError(f"has no code {code}.", place=f"codebook {self.name}")
        above: list[str] = []
        while code:
            above.append(code)
            code = self.by_name[code].parent
        return tuple(reversed(above))

    def resolve(self, word: str) -> str:
        """Return the code that `word` is or is an alias of, else ""."""
        return word if word in self.by_name else self.by_alias.get(word, "")

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the content in hex: comments, layout and the order of keys do not change it."""
        content = asdict(self)
        for code in content["entries"]:
            # A codebook without rules has the hash it had before there were any.
            for key in [key for key in RULE_FIELDS if not code[key]]:
                del code[key]
        canonical = json.dumps(content, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(canonical.encode()).hexdigest()

    @property
    def label(self) -> str:
        """The name and the first 12 digits of the hash, name@hash: what a coding names."""
        return f"{self.name}@{self.hash[:_SHOWN_HASH]}"


def _row(code: Code) -> dict[str, str]:
    texts = {key: getattr(code, key) for key in ("level", "parent", *CODE_TEXTS)}
    return {"code": code.name, **texts, "aliases": ALIAS_JOIN.join(code.aliases), **rule_texts(code)}


def rule_texts(code: Code) -> dict[str, str]:
    """Return `RULE_FIELDS` of a code as cells of a table: words joined by ；, one need or rule a line."""
    return {
        "without": ALIAS_JOIN.join(code.without),
        "needs": "\n".join(map(need_text, code.needs)),
        "rules": "\n".join(map(rule_text, code.rules)),
    }


# The texts a codebook carries beside its codes, and those a code carries beside its aliases.
ABOUT = tuple(item.name for item in fields(Codebook) if item.name != "entries")
CODE_TEXTS = ("role", "definition", "include", "exclude", "example")
# What says where in a text a code is found, beside its name and aliases.
RULE_FIELDS = ("without", "needs", "rules")


def depth_first(codes: Iterable[Code]) -> tuple[Code, ...]:
    """Put each category before its members, otherwise keeping the order; orphans are left out."""
    under: dict[tuple[str, str], list[Code]] = {}
    for code in codes:
        under.setdefault((code.level, code.parent), []).append(code)

    def below(parent: str, depth: int) -> list[Code]:
        if depth == len(LEVELS):
            return []
        here = under.get((LEVELS[depth], parent), [])
        return [one for code in here for one in (code, *below(code.name, depth + 1))]

    return tuple(below("", 0))


def fold(text: str) -> str:
    """Return `text` as names are compared: width, case and spaces make no difference."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
