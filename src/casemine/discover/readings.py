"""Words that are read by what stands beside them.

自 in 自贸区 is part of a term, 自 in 自去年以来 is not; 12345 in 12345热线 is part of one, 300 in 300公里 is
not. Such a word gets a second row in the lexicon, to which the places point where it is part of a term.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

import numpy as np

from casemine.discover.grammar import Lexicon
from casemine.discover.ngrams import Flags, Ints
from casemine.discover.tokens import Tokens

# Function words that begin terms too: 自 before what can follow no preposition (自贸区, 自媒体; not 自去年),
# the others at the head of four characters (因病致贫, 以奖代补, 对党忠诚).
_SELF = "自"
_OF_FOUR = ("因", "以", "对")
_FOUR = 4
# How well such a word, and a number that names something, begins a term.
_BEGINS = 0.5
# A number of a telephone or a plan (12345热线, 211工程), no year.
_NAMING = re.compile(r"(?!(?:19|20)\d\d$)\d{3,}")
# Nouns that count: what a number stands before without naming it.
_MEASURES = frozenset([
    "公里", "公斤", "公顷", "小时", "分钟", "人次", "美元", "欧元", "日元", "英镑", "万元", "亿元", "平方米",
    "立方米", "平方公里", "厘米", "毫米", "千米", "千克", "学时", "学分", "平米", "农户", "贫困户",
])  # fmt: skip


def as_terms(tokens: Tokens, words: Lexicon, number: Mapping[str, int]) -> tuple[Tokens, Lexicon]:
    """Return the tokens with the second readings where they hold, and the lexicon with a row for each.

    `number` gives the row of each word in `words`, in the order of the rows.
    """
    starts = np.flatnonzero(tokens.starting[:-1] >= 0)
    row = tokens.starting[starts]
    following = np.append(row[1:], -1)
    found: dict[int, Ints] = {}
    if _SELF in number:
        at = number[_SELF]
        here = np.flatnonzero(row == at)
        here = here[(following[here] >= 0) & _may_follow(words)[following[here]]]
        found[at] = starts[here]
    for word in _OF_FOUR:
        if word in number:
            at = number[word]
            found[at] = _heads_four(tokens, words, starts, row, at)
    measure = np.array([word in _MEASURES or len(word) < 2 for word in number], dtype=np.bool_)
    names = words.noun & ~measure
    naming = np.array([word.isdigit() and bool(_NAMING.fullmatch(word)) for word in number], dtype=np.bool_)
    here = np.flatnonzero(naming[row])
    here = here[(following[here] >= 0) & names[following[here]]]
    for at in np.unique(row[here]).tolist():
        found[at] = starts[here[row[here] == at]]
    return _second_rows(tokens, words, {at: places for at, places in found.items() if len(places)})


def _may_follow(words: Lexicon) -> Flags:
    """Tell which words show that 自 before them is no preposition."""
    named = words.noun | (words.single & ~words.outside)
    return named & ~words.function & ~words.stray & ~words.action


def _heads_four(tokens: Tokens, words: Lexicon, starts: Ints, row: Ints, at: int) -> Ints:
    """Return where a word heads four characters that end at a token border, the second a token of its own."""
    here = np.flatnonzero(row == at)
    here = here[here + 2 < len(row)]
    place = starts[here]
    inside = place + _FOUR < len(tokens.starting)
    here, place = here[inside], place[inside]
    ends = (tokens.starting[place + _FOUR] >= 0) | (place + _FOUR == len(tokens.starting) - 1)
    second = row[here + 1]
    plain = ~(words.function | words.outside | words.stray)
    kept = ends & (words.single & plain)[second] & plain[row[here + 2]]
    third = starts[here + 2]
    rest = np.minimum(here + 3, len(row) - 1)
    kept &= (third + 2 == place + _FOUR) & ((starts[rest] == place + _FOUR) | plain[row[rest]])
    places: Ints = place[kept]
    return places


def _second_rows(tokens: Tokens, words: Lexicon, found: Mapping[int, Ints]) -> tuple[Tokens, Lexicon]:
    if not found:
        return tokens, words
    base = np.array(list(found), dtype=np.int64)
    starting = tokens.starting.copy()
    for number, places in enumerate(found.values(), len(words.begins)):
        starting[places] = number
    none = np.zeros(len(base), dtype=np.bool_)
    changed: dict[str, Any] = {"function": none, "plain": none, "action": none}
    rows = Lexicon(**{each.name: getattr(words, each.name)[base] for each in fields(words)})
    rows = replace(rows, begins=np.full(len(base), _BEGINS), ends=np.zeros(len(base)), **changed)
    return Tokens(starting), words.extended(rows)
