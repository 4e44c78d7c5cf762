"""How much a phrase looks like a term, by what the keywords of authors are made of; and whether it was one.

The weights stand in `dictionaries/termhood/`, which says what they were made from and how.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any
from unicodedata import normalize

import numpy as np
from numpy.typing import NDArray

from casemine.resources import dictionary
from casemine.weigh.lexicon import MAX_WORDS
from casemine.weigh.phrases import MAX_CHARACTERS
from casemine.weigh.reading import Reading
from casemine.weigh.spans import Ints, Names, names_of

# N-grams share this many weights, by their names.
BITS = 18
# Whole words share this many counts of papers.
PHRASE_BITS = 20
# What one in the file stands for, in natural logarithms of odds.
UNIT = 1 / 32
_LONGEST = 4
# Keep n-grams of one kind apart from those of another.
_INSIDE, _BEGINNING, _END, _WORD, _FIRST, _LAST, _PAIR, _PHRASE, _TAGS, _SIZE, _ONCE, _AGAIN = (
    np.uint64(0x632BE59BD9B4E019 * kind % 2**64) for kind in range(1, 13)
)
_MIX = np.uint64(0x9E6C63D0876A9A47)


def termhood(reading: Reading, index: Ints, count: Ints) -> NDArray[np.float64]:
    """Return for each phrase (first word, number of words) the logarithm of its odds of being a term."""
    weights = _model()["weights"]
    total = np.zeros(len(index), dtype=np.int64)
    for rows, buckets in features(reading, index, count):
        total[rows] += weights[buckets]
    odds: NDArray[np.float64] = (total + int(weights[-1])).astype(np.float64) * UNIT
    return odds


def papers(words: Sequence[str]) -> NDArray[np.float64]:
    """Return to how many papers, 255 at most, authors gave each word as a keyword; 0 for others.

    By a count-min sketch (Cormode & Muthukrishnan, 2005, "An improved data stream summary", Journal of
    Algorithms 55): two counts are kept of each word, each shared with other words, and the smaller one
    holds. One word in 500 gets a count that is not its own.
    """
    counts = _model()["papers"]
    found: NDArray[np.float64] = np.minimum.reduce([counts[each] for each in sketched(words)]).astype(float)
    return found


def sketched(words: Sequence[str]) -> tuple[Ints, Ints]:
    """Return the two places at which the papers of each word are counted, small letters or capitals."""
    names = names_of([normalize("NFKC", word).lower() for word in words])
    return _bucket(names, _ONCE, PHRASE_BITS), _bucket(names, _AGAIN, PHRASE_BITS)


@cache
def _model() -> dict[str, NDArray[Any]]:
    """Read `weights`, one a bucket and last that of every phrase, and `papers`, the counts of the sketch."""
    with np.load(dictionary("termhood/author-keywords.npz")) as arrays:
        return {name: arrays[name] for name in ("weights", "papers")}


def features(reading: Reading, index: Ints, count: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Yield the n-grams of phrases: numbers of phrases, and the bucket of an n-gram of each."""
    start, end = reading.begins[index], reading.begins[index + count]
    names = reading.spans.names
    every = np.arange(len(index))
    for size in range(1, _LONGEST + 1):
        rows = every[end - start >= size]
        yield rows, _bucket(names(start[rows], start[rows] + size), _BEGINNING)
        yield rows, _bucket(names(end[rows] - size, end[rows]), _END)
        for at in range(MAX_CHARACTERS - size + 1):
            rows = rows[start[rows] + at + size <= end[rows]]
            yield rows, _bucket(names(start[rows] + at, start[rows] + at + size), _INSIDE)
    yield from _word_features(reading, index, count)
    yield every, _bucket((end - start).astype(np.uint64) * np.uint64(8) + count.astype(np.uint64), _SIZE)


def _word_features(reading: Reading, index: Ints, count: Ints) -> Iterator[tuple[Ints, Ints]]:
    begins, letters = reading.begins, reading.words["letter"].astype(np.uint64)
    every = np.arange(len(index))
    names = reading.spans.names
    last = index + count - 1
    yield every, _bucket(names(begins[index], begins[index + 1]), _FIRST)
    yield every, _bucket(names(begins[last], begins[last + 1]), _LAST)
    yield every, _bucket(names(begins[index], begins[last + 1]), _PHRASE)
    tags = np.zeros(len(index), dtype=np.uint64)
    for at in range(MAX_WORDS):
        rows = every[count > at]
        word = index[rows] + at
        tags[rows] = tags[rows] * np.uint64(128) + letters[word]
        yield rows, _bucket(names(begins[word], begins[word + 1]), _WORD)
        rows = every[count > at + 1]
        word = index[rows] + at
        yield rows, _bucket(names(begins[word], begins[word + 2]), _PAIR)
    yield every, _bucket(tags, _TAGS)


def _bucket(names: Names, kind: np.uint64, bits: int = BITS) -> Ints:
    mixed = (names ^ kind) * _MIX
    mixed ^= mixed >> np.uint64(29)
    return ((mixed * _MIX) >> np.uint64(64 - bits)).astype(np.int64)
