"""What the occurrences of a string say for or against its being a term.

Every value is a sum of whole numbers over the occurrences of the string: exact, however the work was cut.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from casemine.discover.corpus import Segmentation, Shard
from casemine.discover.grammar import UNIT, phrase_weight
from casemine.discover.ngrams import Flags, Floats, Ints, Level, run_sums
from casemine.discover.scores import Columns

_ENUMERATION = ord("、")
_OF = ord("的")
_AND = [ord("和"), ord("与"), ord("及")]
# Least share of the occurrences of a word that begin and end at token borders. The occurrences of a
# fragment (贫攻坚) begin or end inside a word.
_ALIGNED = 0.3


@dataclass(frozen=True)
class Occurrences:
    """Where strings of one length stand: `place` and `owner` (number of the string, rising) of each."""

    place: Ints
    owner: Ints
    count: int
    length: int

    @cached_property
    def counts(self) -> Ints:
        """How many occurrences each string has."""
        return np.bincount(self.owner, minlength=self.count)

    def sum(self, values: NDArray[Any]) -> Ints:
        """Return the sum of whole numbers over the occurrences of each string."""
        return run_sums(values, self.counts)

    def where(self, kept: Flags) -> Occurrences:
        """Return some of the occurrences."""
        return Occurrences(self.place[kept], self.owner[kept], self.count, self.length)


def occurrences(level: Level, kept: Flags) -> Occurrences:
    """Return where the n-grams of a level that are kept stand."""
    some = level.only(kept)
    count = len(some.counts)
    return Occurrences(some.positions, np.repeat(np.arange(count), some.counts), count, level.length)


def _aligned(cut: Segmentation, every: Occurrences) -> Occurrences:
    """Return the occurrences that begin and end at token borders."""
    return every.where(cut.tokens.bordered(every.length)[every.place])


@dataclass(frozen=True)
class _Phrases:
    """The tokens of aligned occurrences: the first, the last, how many of them function words, the weight."""

    first: Ints
    last: Ints
    functions: Ints
    weight: Ints


def _phrases(cut: Segmentation, aligned: Occurrences) -> _Phrases:
    place, end = aligned.place, aligned.place + aligned.length
    first, last = cut.tokens.starting[place], cut.tokens.ending[end - 1]
    tokens = cut.tokens.before[end] - cut.tokens.before[place]
    functions = cut.functions[end] - cut.functions[place]
    return _Phrases(first, last, functions, phrase_weight(cut.words, first, last, tokens, functions))


def worth_asking(shard: Shard, cut: Segmentation, level: Level, *, single: bool) -> Flags:
    """Return which n-grams of a level have two Han characters; `single`: and fall into single characters."""
    asked: Flags = shard.han[level.first + level.length] - shard.han[level.first] >= 2
    if single:
        before, length = cut.tokens.before, level.length
        # The first occurrence tells of most that they are not.
        asked &= before[level.first + length] - before[level.first] == length
        some = level.only(asked)
        here = before[some.positions + length] - before[some.positions] == length
        asked[asked] = run_sums(here, some.counts) == some.counts
    return asked


def alignment(cut: Segmentation, level: Level, asked: Flags) -> Ints:
    """Return three columns: occurrences, those at token borders, and those of them that make a term."""
    whole = cut.tokens.bordered(level.length)
    term = whole & cut.opens[: len(whole)] & cut.ends[level.length - 1 : -1]
    some = level.only(asked)
    return np.stack((some.counts, some.sums(whole), some.sums(term)), axis=1)


def stands_alone(alignment: Ints, frequency: Ints) -> Flags:
    """Tell which n-grams stand between token borders often enough, of those all shards asked about."""
    asked, whole, terms = alignment.T
    alone: Flags = (asked == frequency) & (whole >= _ALIGNED * frequency) & (terms > 0)
    return alone


def sums(shard: Shard, cut: Segmentation, every: Occurrences) -> dict[str, Ints]:
    """Return what `means` is made of, as sums over the occurrences of each candidate."""
    words, place, end = cut.words, every.place, every.place + every.length
    aligned = _aligned(cut, every)
    phrases = _phrases(cut, aligned)
    first, last = phrases.first, phrases.last
    before, after = shard.points[place - 1], shard.points[end]  # place -1 is the last one, a border
    return {
        "documents": _documents(shard, every),
        "whole": aligned.counts,
        "grammar": aligned.sum(phrases.weight),
        "title": every.sum(shard.title[place]),
        "early": every.sum(shard.early[place]),
        "after_of": every.sum(before == _OF),
        "after_and": every.sum(np.logical_or.reduce([before == mark for mark in _AND])),
        "listed": every.sum((before == _ENUMERATION) | (after == _ENUMERATION)),
        "closed": aligned.sum(cut.closes[aligned.place + every.length]),
        "functions": aligned.sum(phrases.functions),
        "first_action": aligned.sum(words.action[first]),
        "last_action": aligned.sum(words.action[last]),
        "first_plain": aligned.sum(words.plain[first]),
        "last_plain": aligned.sum(words.plain[last]),
        "first_single": aligned.sum(words.single[first]),
        "last_single": aligned.sum(words.single[last]),
        "first_compounds": aligned.sum(words.opening[first]),
        "last_compounds": aligned.sum(words.closing[last]),
        "first_common": aligned.sum(words.common[first]),
        "last_common": aligned.sum(words.common[last]),
    }


def _documents(shard: Shard, every: Occurrences) -> Ints:
    """Count the texts in which each string stands; its places rise."""
    document = shard.document[every.place]
    begins = np.ones(len(document), dtype=np.bool_)
    begins[1:] = (document[1:] != document[:-1]) | (every.owner[1:] != every.owner[:-1])
    return every.sum(begins)


def means(words: Columns) -> dict[str, Floats]:
    """Return what is known of each candidate, as means over its occurrences.

    `grammar`: how well the tokens make a term (0 to 1), 0 for an occurrence that begins or ends inside a
    token; `title`: whether one stands in a title, `headline`: share of them; `early`: share in the opening of
    a text; `after_of`: share after 的, the mark of a modifier; `after_and`: share after 和, 与, 及; `listed`:
    share beside an enumeration comma; `closed`: share with a function word, punctuation or the end of a text
    just after.
    Of the occurrences at token borders: `functions`, whether one has a function word inside;
    `first_single`, `last_single`, share whose first, last token is one character; `first_action`,
    `last_action`, `first_plain`, `last_plain`, share whose first, last token is a word of doing (推进, 扎实),
    one that names nothing (重要, 情况); and as means over their first, last tokens `first_compounds`,
    `last_compounds` (log2 of dictionary nouns it begins, ends) and `first_common`, `last_common` (log2 of
    its dictionary frequency).
    """
    column = {
        name: values.astype(np.float64) for name, values in words.items() if name not in {"word", "pos"}
    }
    total, whole = column["frequency"], column["whole"]
    ends = ("action", "plain", "single", "compounds", "common")
    unit = {"grammar": UNIT, "compounds": UNIT, "common": UNIT}
    return {
        **{name: (column[name] > 0).astype(np.float64) for name in ("title", "functions")},
        "headline": column["title"] / total,
        **{
            name: column[name] * unit.get(name, 1.0) / total
            for name in ("grammar", "early", "after_of", "after_and", "listed", "closed")
        },
        **{
            f"{end}_{kind}": column[f"{end}_{kind}"] * unit.get(kind, 1.0) / whole
            for kind in ends
            for end in ("first", "last")
        },
    }
