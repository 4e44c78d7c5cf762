"""The dictionary segmentation of a shard as arrays: which token starts and ends at each place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from casemine.discover.ngrams import Ints
from casemine.segment import Segmenter


@dataclass(frozen=True)
class Tokens:
    """The tokens of `size` places, one after the other without gaps.

    `starting` gives the number of the word that starts at each place, -1 elsewhere, and has one place
    more at the end. What follows from it is made when asked for, and does not travel.
    """

    starting: NDArray[np.int32]

    @cached_property
    def ending(self) -> NDArray[np.int32]:
        """The number of the word whose last character stands at each place, -1 elsewhere."""
        starts = np.flatnonzero(self.starting >= 0)
        ending = np.full_like(self.starting, -1)
        ending[np.append(starts[1:], len(self.starting) - 1)[: len(starts)] - 1] = self.starting[starts]
        return ending

    @cached_property
    def before(self) -> NDArray[np.int32]:
        """How many tokens start before each place."""
        before = np.zeros(len(self.starting), dtype=np.int32)
        np.cumsum(self.starting[:-1] >= 0, dtype=np.int32, out=before[1:])
        return before

    def bordered(self, length: int) -> NDArray[np.bool_]:
        """Tell for each place whether the `length` characters there begin and end at token borders."""
        flags: NDArray[np.bool_] = self._starts[: max(0, len(self.starting) - length)] & self._starts[length:]
        return flags

    @cached_property
    def _starts(self) -> NDArray[np.bool_]:
        """Whether a token starts at each place; at the end of all the next would."""
        starts = self.starting >= 0
        starts[-1] = True
        return starts

    def joined(self, begins: Ints, ends: Ints, words: Ints) -> Tokens:
        """Return the tokens with one word in place of those between each two borders; no two overlap."""
        starting = self.starting.copy()
        lengths = ends - begins
        places = np.repeat(begins - (np.cumsum(lengths) - lengths), lengths) + np.arange(lengths.sum())
        starting[places] = -1
        starting[begins] = words
        return Tokens(starting)

    def sums(self, flags: NDArray[np.bool_]) -> NDArray[np.int32]:
        """Return how many tokens whose word has its flag set start before each place."""
        here = np.append(flags, False)[self.starting[:-1]]  # entry -1: no token there
        return np.concatenate((np.zeros(1, dtype=np.int32), np.cumsum(here, dtype=np.int32)))

    def __getstate__(self) -> dict[str, object]:
        return {"starting": self.starting}


def join(tokens: Tokens, unknown: Mapping[int, tuple[int, Ints]]) -> Tokens:
    """Return the tokens with words made one where they stand in single characters, first come first.

    `unknown` maps the number of each word to its length and its places.
    """
    starting = tokens.starting.copy()
    free = starting >= 0
    free[:-1] &= starting[1:] >= 0
    for number, (length, places) in unknown.items():
        span = places[:, None] + np.arange(length)
        span = span[free[span].all(axis=1)]
        free[span] = False
        starting[span] = -1
        starting[span[:, 0]] = number
    return Tokens(starting)


class Cut(NamedTuple):
    """The words of texts, as numbers of words of the vocabulary, and how many words each text has."""

    words: NDArray[np.int32]
    counts: list[int]
    vocabulary: list[str]


def cut_texts(texts: Sequence[str], segmenter: Segmenter) -> Cut:
    """Segment the texts, a line feed after each."""
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__  # a new word gets the next number
    numbered: list[NDArray[np.int32]] = [np.zeros(0, dtype=np.int32)]
    for text in texts:
        cut = segmenter.cut(text)
        cut.append("\n")
        numbered.append(np.fromiter(map(numbers.__getitem__, cut), np.int32, len(cut)))
    return Cut(np.concatenate(numbered), list(map(len, numbered[1:])), list(numbers))


def tokens_of(words: NDArray[np.int32], vocabulary: Sequence[str]) -> Tokens:
    """Return the tokens that words, one after the other, make."""
    length = np.fromiter(map(len, vocabulary), np.int64, len(vocabulary))[words]
    ends = np.cumsum(length)
    starting = np.full((int(ends[-1]) if len(ends) else 0) + 1, -1, dtype=np.int32)
    starting[ends - length] = words
    return Tokens(starting)


def tokenise(texts: Sequence[str], segmenter: Segmenter) -> tuple[Tokens, list[str]]:
    """Segment the texts, a line feed after each; return the tokens and the words they are numbers of."""
    cut = cut_texts(texts, segmenter)
    return tokens_of(cut.words, cut.vocabulary), cut.vocabulary
