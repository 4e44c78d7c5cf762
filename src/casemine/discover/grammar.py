"""What a token may do in a term: begin it, end it, or neither."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache

import numpy as np

from casemine.discover.ngrams import Flags, Floats, Ints
from casemine.lexicon import tags
from casemine.lexicon.tags import fitness
from casemine.resources import action_words, dictionary, plain_words, word_list
from casemine.segment import Segmenter

# A string that recurs may be an idiom, a date, a number with its unit, a foreign word or a place: it is found
# and its kind said (`pos`), so that nearly every tag may begin or end one.
BEGINS = (
    tags.BEGINS
    | dict.fromkeys(["an", "l", "i"], 1.0)
    | {"m": 0.5, "t": 0.5, "g": 0.5, "vg": 0.5, "ad": 0.25, "vd": 0.25, "x": 0.25}
)
ENDS = (
    tags.ENDS
    | dict.fromkeys(["l", "i"], 1.0)
    | {"ns": 0.6, "k": 0.6, "eng": 0.6, "g": 0.6, "vg": 0.6, "z": 0.12, "q": 0.12, "x": 0.12}
)
# Words whose tag in the dictionary is not the one they have in terms (自我效能, 居民地, 用水, 互联网+).
TAGS = {"自我": "n", "地": "s", "用": "v", "经": "v", "当": "v", "作为": "v", "比较": "vn", "+": "k"}
_NOUNS = frozenset(["n", "vn", "nz", "l", "nt"])
FUNCTION_TAGS = frozenset("upcyeor")
# Tokens with a function word between them, and two verbs or a verb and an adjective, are seldom a term.
_FUNCTION_INSIDE = 0.2
_VERB_VERB = 0.3

# Values that are summed over occurrences are whole numbers of this unit, so that sums are exact in any order.
UNIT = 2.0**-20

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f]")
# What is not Han and may be at an end of a term all the same: Latin letters, and the + of 互联网+.
_MAKES = re.compile(r"[A-Za-z]|^\+$")
# A Latin term: letters and digits, one letter at least, marks between them: 5G, K-means, 1+X.
_LATIN = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9]+(?:[-+.][A-Za-z0-9]+)*")


@dataclass(frozen=True)
class Lexicon:
    """What is known of each word of a vocabulary, one array entry a word.

    `begins`, `ends`: grammar weights 0 to 1; `function`: function word; `action`: word of doing; `plain`:
    word that names nothing; `outside`: not Han (punctuation, digits, Latin); `verb`, `verbal`: can be the
    first, the second of a verb pair; `noun`: names something; `stray`: time, number, pronoun, adjective or
    place; `single`: one character; and in `UNIT`s `opening`, `closing`: log2(1 + dictionary nouns it begins,
    ends); `common`: log2(1 + its frequency in the dictionary, per million).
    """

    begins: Floats
    ends: Floats
    function: Flags
    outside: Flags
    action: Flags
    plain: Flags
    verb: Flags
    verbal: Flags
    noun: Flags
    stray: Flags
    single: Flags
    opening: Ints
    closing: Ints
    common: Ints

    def extended(self, other: Lexicon) -> Lexicon:
        """Return the lexicon of this vocabulary and the other after it."""
        return Lexicon(
            **{
                each.name: np.concatenate((getattr(self, each.name), getattr(other, each.name)))
                for each in fields(self)
            }
        )


@cache
def function_words() -> frozenset[str]:
    """Return the shipped function words."""
    return word_list(dictionary("function-words.txt"))


@cache
def compound_parts() -> dict[str, tuple[int, int]]:
    """Return word -> (dictionary nouns it begins, dictionary nouns it ends)."""
    rows = (row.split() for row in word_list(dictionary("compound-parts.txt")))
    return {word: (int(begins), int(ends)) for word, begins, ends in rows}


def lexicon(vocabulary: Sequence[str], segmenter: Segmenter) -> Lexicon:
    """Look up what is known of each word of `vocabulary`, no two of them the same."""
    # The lists are short: each of their words is looked for in the vocabulary.
    place = {word: at for at, word in enumerate(vocabulary)}
    number, tag = _tags(vocabulary, segmenter)
    outside = _flags(not _HAN.match(word) for word in vocabulary)
    closed = _among(function_words(), place)
    function = ~outside & (closed | _flags(each[0] in FUNCTION_TAGS for each in number)[tag])
    barred = function.copy()
    barred[outside] = _flags(not _MAKES.search(vocabulary[at]) for at in np.flatnonzero(outside).tolist())
    counts = np.zeros((len(vocabulary), 2))
    for word, count in compound_parts().items():
        if word in place:
            counts[place[word]] = count
    frequency = segmenter.frequencies(vocabulary) * (1e6 / segmenter.total)
    return Lexicon(
        begins=np.where(barred, 0.0, np.array([fitness(BEGINS, each) for each in number])[tag]),
        ends=np.where(barred, 0.0, np.array([fitness(ENDS, each) for each in number])[tag]),
        function=function,
        outside=outside,
        action=_among(action_words(), place),
        plain=_among(plain_words(), place),
        verb=_flags(each == "v" for each in number)[tag],
        noun=_flags(each in _NOUNS for each in number)[tag],
        stray=_flags(each[0] in "tmrabdf" or each == "ns" for each in number)[tag],
        verbal=_flags(each in {"v", "a", "ad", "d"} for each in number)[tag],
        single=_flags(len(word) == 1 for word in vocabulary),
        opening=in_units(np.log2(1 + counts[:, 0])),
        closing=in_units(np.log2(1 + counts[:, 1])),
        common=in_units(np.log2(1 + frequency)),
    )


def _tags(vocabulary: Sequence[str], segmenter: Segmenter) -> tuple[list[str], Ints]:
    """Return the distinct tags of a vocabulary, and which of them each word has."""
    known = zip(vocabulary, segmenter.tags(vocabulary), strict=True)
    own = [TAGS.get(word) or ("eng" if tag == "x" and _LATIN.fullmatch(word) else tag) for word, tag in known]
    number = {tag: at for at, tag in enumerate(dict.fromkeys(own))}
    return list(number), np.fromiter(map(number.__getitem__, own), np.int32, len(own))


def _among(words: Iterable[str], place: Mapping[str, int]) -> Flags:
    """Flag the words of a vocabulary, given by their places, that are among `words`."""
    flags = np.zeros(len(place), dtype=np.bool_)
    flags[[place[word] for word in words if word in place]] = True
    return flags


def _flags(values: Iterable[object]) -> Flags:
    return np.fromiter(map(bool, values), dtype=np.bool_)


def in_units(values: Floats) -> Ints:
    """Return `values` as whole numbers of `UNIT`."""
    return np.rint(values / UNIT).astype(np.int32)


def phrase_weight(words: Lexicon, first: Ints, last: Ints, tokens: Ints, functions: Ints) -> Ints:
    """Return how well the tokens of each occurrence make a term, 0 to 1, in `UNIT`s.

    `first` and `last` are its first and last token, `tokens` their number, `functions` how many of them
    are function words (with none at either end).
    """
    weight = words.begins[first] * words.ends[last]
    weight = np.where(functions > 0, _FUNCTION_INSIDE * weight, weight)
    pair = (tokens == 2) & words.verb[first] & words.verbal[last]
    return in_units(np.where(pair, _VERB_VERB * weight, weight))
