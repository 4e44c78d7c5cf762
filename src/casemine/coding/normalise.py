"""From a keyword to the standard term: the code itself, an alias, a variant of either, or the most alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from casemine.coding.codebook import Codebook, fold
from casemine.coding.likeness import Matrix, Semantics, TextPool
from casemine.lexicon.opposites import opposed

# Cosine of character grams from which a keyword is merged into a code without asking: on the aliases of
# the shipped codebooks, each also tried with its own code taken away, 95 of 100 merges are right from
# 0.52 on; 0.61 leaves a reserve, since every wrong merge there joins two live practices.
MERGE = 0.61
# Characters a keyword needs to be merged by likeness: 机制 or 数据 is a part of too many codes.
LEAST_MERGED = 3
# What characters and vectors count in the likeness that ranks suggestions.
_CHARACTERS, _MEANING = 0.7, 0.3
# A keyword that begins with a term and goes on longer than this names something else (预警 / 预警级别评定).
_LONGEST_TAIL = 2

_QUOTES = re.compile(r"[“”‘’\"'「」『』《》〈〉（）()·—－-]")
# Heads that say only how a practice is organised, and modifiers that say only where or for whom.
_TAILS = "机制 制度 体系 模式 工作 行动 工程 措施 政策 建设 项目 活动 方式 办法 做法"
_HEADS = "农村 精准 全面 积极 大力 进一步 不断 持续 推进 推动 开展 实施 加强 完善 健全 建立 落实"
_EMPTY_TAIL = re.compile(f"(?:长效)?(?:{'|'.join(_TAILS.split())})$")
_EMPTY_HEAD = re.compile(f"^(?:{'|'.join(_HEADS.split())})")
_SHORTEST = 3


@dataclass(frozen=True)
class Match:
    """The standard term of a keyword: method exact, alias, variant, similarity; "" for a mere suggestion.

    `score` is 1 for the first three, else a likeness below 1; `ranked` holds the codes by falling likeness.
    """

    code: str
    method: str
    score: float
    ranked: tuple[tuple[str, float], ...]

    @property
    def sure(self) -> bool:
        """Whether the program merges by itself."""
        return bool(self.method)


@dataclass(frozen=True)
class Terms:
    """The open codes of a codebook as standard terms; `aliases=False` leaves the aliases out of use."""

    book: Codebook
    meaning: Semantics | None = None
    aliases: bool = True

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The open codes in the order of the codebook."""
        return tuple(code.name for code in self.book.at("open"))

    @cached_property
    def forms(self) -> tuple[tuple[str, int], ...]:
        """Each wording of a code, and which code it is of."""
        return tuple(
            (form, at)
            for at, code in enumerate(self.book.at("open"))
            for form in (code.name, *(code.aliases if self.aliases else ()))
        )

    @cached_property
    def named(self) -> TextPool:
        """The names alone: what a keyword may be merged into."""
        return TextPool(self.names)

    @cached_property
    def worded(self) -> TextPool:
        """All wordings: what ranks suggestions."""
        return TextPool(tuple(form for form, _ in self.forms), self.meaning)

    @cached_property
    def folded(self) -> dict[str, str]:
        """Folded wording -> code."""
        return {fold(form): self.names[at] for form, at in reversed(self.forms)}

    @cached_property
    def bare(self) -> dict[str, str]:
        """Wording without its empty head and tail -> code, where only one code has it."""
        owners: dict[str, set[str]] = {}
        for form, at in self.forms:
            for bare in _bare(form):
                owners.setdefault(bare, set()).add(self.names[at])
        return {bare: min(codes) for bare, codes in owners.items() if len(codes) == 1}


def normalise(keywords: Sequence[str], terms: Terms) -> list[Match]:
    """Return the match of each keyword, in order: exact, alias, normalised variant, then similarity.

    Only names of codes, never aliases, take a keyword in by similarity: what is like a wording that is
    like a code drifts (常态化帮扶 is like 动态化帮扶, and is not 动态帮扶).
    """
    if not keywords:
        return []
    if not terms.names:
        return [Match("", "", 0.0, ())] * len(keywords)
    cosines = terms.named.characters(keywords)
    likeness = likenesses(terms, keywords)
    return [_match(*one, terms) for one in zip(keywords, likeness, cosines, strict=True)]


def likenesses(terms: Terms, keywords: Sequence[str]) -> Matrix:
    """Return how alike keywords and codes are, (keywords, codes): the best of a code's wordings."""
    characters = terms.worded.characters(keywords)
    meanings = terms.worded.meanings(keywords)
    each = characters if meanings is None else _CHARACTERS * characters + _MEANING * meanings
    best = np.zeros((len(keywords), len(terms.names)))
    for form, (_, code) in enumerate(terms.forms):
        best[:, code] = np.maximum(best[:, code], each[:, form])
    return best


def _match(keyword: str, likeness: Matrix, cosines: Matrix, terms: Terms) -> Match:
    order = sorted(range(len(terms.names)), key=lambda code: (-likeness[code], code))
    ranked = tuple((terms.names[code], float(likeness[code])) for code in order[:3])
    for code, method in _known(keyword, terms):
        return Match(code, method, 1.0, ranked)
    best = int(cosines.argmax())
    if cosines[best] >= MERGE and order[0] == best and _same_thing(keyword, terms.names[best]):
        return Match(terms.names[best], "similarity", float(cosines[best]), ranked)
    return Match(ranked[0][0], "", ranked[0][1], ranked)


def _known(keyword: str, terms: Terms) -> Iterator[tuple[str, str]]:
    if keyword in terms.names:
        yield keyword, "exact"
    alias = terms.book.by_alias.get(keyword, "") if terms.aliases else ""
    if alias in terms.names:
        yield alias, "alias"
    if fold(keyword) in terms.folded:
        yield terms.folded[fold(keyword)], "variant"
    for bare in _bare(keyword):
        if bare in terms.folded:
            yield terms.folded[bare], "variant"
        if bare in terms.bare:
            yield terms.bare[bare], "variant"


def _bare(word: str) -> Iterator[str]:
    """Yield `word` without quotation marks, then without empty tail, head, or both."""
    plain = fold(_QUOTES.sub("", word))
    tail = _EMPTY_TAIL.sub("", plain)
    for bare in dict.fromkeys((plain, tail, _EMPTY_HEAD.sub("", plain), _EMPTY_HEAD.sub("", tail))):
        if len(bare) >= _SHORTEST:
            yield bare


def _same_thing(keyword: str, term: str) -> bool:
    """Whether a likeness of characters can mean the same thing: not for a mere part (机制, 土地)."""
    part = len(keyword) < LEAST_MERGED or term.startswith(keyword)
    return not part and not _goes_on(keyword, term) and not opposed(keyword, term)


def _goes_on(keyword: str, term: str) -> bool:
    """Whether `keyword` holds the end of `term` and goes on from there to a head of its own."""
    end = keyword.rfind(term[-2:])
    return end >= 0 and len(_EMPTY_TAIL.sub("", keyword[end + 2 :])) > _LONGEST_TAIL
