"""The dictionary segmentation of a corpus as arrays: which token starts and ends at each place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from casemine.discover.ngrams import Floats, Ints
from casemine.mapping import Mapper
from casemine.segment import Segmenter

# Characters that one worker segments at a time: enough to be worth the journey.
_CHUNK = 1_000_000

Cut = tuple[list[str], NDArray[np.int32], Ints]


@dataclass(frozen=True)
class Tokens:
    """The tokens of a corpus of `size` places.

    `starting` gives the number in `vocabulary` of the token that starts at each place, `ending` that of
    the token whose last character stands there, both -1 elsewhere; `before` how many tokens start before
    each place. All have one place more than the corpus.
    """

    vocabulary: list[str]
    starting: NDArray[np.int32]
    ending: NDArray[np.int32]
    before: NDArray[np.int32]

    def sums(self, values: Floats) -> Floats:
        """Return, for each place, the sum of `values` (one a vocabulary word) over the tokens before it."""
        here = np.where(self.starting[:-1] >= 0, values[self.starting[:-1]], 0.0)
        return np.concatenate(([0.0], np.cumsum(here)))


def join(tokens: Tokens, found: Mapping[str, Ints]) -> Tokens:
    """Return the tokens with each word made one where it stands in single characters, first come first."""
    starting, ending = tokens.starting.copy(), tokens.ending.copy()
    for number, (word, places) in enumerate(found.items(), len(tokens.vocabulary)):
        span = places[:, None] + np.arange(len(word))
        free = ((starting[span] >= 0) & (ending[span] >= 0)).all(axis=1)
        span = span[free]
        starting[span] = ending[span] = -1
        starting[span[:, 0]] = ending[span[:, -1]] = number
    return _counted([*tokens.vocabulary, *found], starting, ending)


def tokenise(texts: Sequence[str], segmenter: Segmenter, mapper: Mapper) -> Tokens:
    """Segment the texts, a line feed after each, in chunks spread by `mapper`."""
    vocabulary: dict[str, int] = {}
    numbers: list[NDArray[np.int32]] = []
    lengths: list[Ints] = []
    for words, own, length in mapper(partial(_cut, segmenter), _chunks(texts)):
        renumber = np.fromiter((vocabulary.setdefault(word, len(vocabulary)) for word in words), np.int32)
        numbers.append(renumber[own])
        lengths.append(length)
    return _place(list(vocabulary), numbers, lengths)


def _place(vocabulary: list[str], numbers: list[NDArray[np.int32]], lengths: list[Ints]) -> Tokens:
    number = np.concatenate(numbers) if numbers else np.zeros(0, dtype=np.int32)
    length = np.concatenate(lengths) if lengths else np.zeros(0, dtype=np.int64)
    ends = np.cumsum(length)
    size = int(ends[-1]) if len(ends) else 0
    starting = np.full(size + 1, -1, dtype=np.int32)
    ending = np.full(size + 1, -1, dtype=np.int32)
    starting[ends - length] = number
    ending[ends - 1] = number
    return _counted(vocabulary, starting, ending)


def _counted(vocabulary: list[str], starting: NDArray[np.int32], ending: NDArray[np.int32]) -> Tokens:
    before = np.concatenate(([0], np.cumsum(starting[:-1] >= 0))).astype(np.int32)
    return Tokens(vocabulary, starting, ending, before)


def _chunks(texts: Sequence[str]) -> Iterator[list[str]]:
    chunk: list[str] = []
    size = 0
    for text in texts:
        chunk.append(text)
        size += len(text)
        if size >= _CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _cut(segmenter: Segmenter, texts: list[str]) -> Cut:
    """Return the distinct words, the number of each token's word among them, and each token's length."""
    vocabulary: dict[str, int] = {}
    numbers: list[NDArray[np.int32]] = []
    lengths: list[Ints] = []
    for text in texts:
        words = [*segmenter.cut(text), "\n"]
        for word in dict.fromkeys(words):
            vocabulary.setdefault(word, len(vocabulary))
        numbers.append(np.fromiter(map(vocabulary.__getitem__, words), np.int32, len(words)))
        lengths.append(np.fromiter(map(len, words), np.int64, len(words)))
    return list(vocabulary), np.concatenate(numbers), np.concatenate(lengths)
