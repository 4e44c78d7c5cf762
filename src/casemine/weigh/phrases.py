"""All phrases of the texts that were read: runs of words that pass, each different one once a text."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from casemine.weigh.lexicon import MAX_WORDS
from casemine.weigh.reading import Reading
from casemine.weigh.spans import Ints, Names

MAX_CHARACTERS = 20
# Keeps the phrases of one text apart from those of another.
APART = np.uint64(0x9FB21C651E98DF25)
# More than any phrase has words.
_COUNTS = MAX_WORDS + 2


@dataclass(frozen=True)
class Phrases:
    """The different phrases of each text, an entry of every array a phrase, by their first places.

    `index` is the number of its first word where it stands first, `count` how many words it has there, `last`
    the number of its first word where it stands last. `nested` counts its occurrences inside the phrase,
    one word longer, that holds it most often; `holder` is the place of that one, its own where there is
    none. `negated` counts its occurrences right after a negation. `names` are those of its letters, `keys`
    the same, but different in different texts.
    """

    index: Ints
    count: Ints
    last: Ints
    frequency: Ints
    nested: Ints
    holder: Ints
    negated: Ints
    names: Names
    keys: Names


def phrases_of(reading: Reading) -> Phrases:
    """Collect the phrases of up to MAX_WORDS + 1 words; the longest show what is nested in them."""
    index, count = _occurrences(reading)
    begins = reading.begins
    names = reading.spans.names(begins[index], begins[index + count])
    keys = names + reading.documents[index].astype(np.uint64) * APART
    # Not a stable sort: what stands in any order here is counted, or its least and greatest taken.
    order = np.argsort(keys)
    ordered = keys[order]
    heads = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))[: len(keys)]
    place = (index * _COUNTS + count)[order]
    first = np.minimum.reduceat(place, heads) if len(heads) else place
    last = np.maximum.reduceat(place, heads) if len(heads) else place
    frequency = np.diff(np.append(heads, len(keys)))
    denied = np.append(False, reading.words["negation"][:-1])[index][order].astype(np.int64)
    negated = np.add.reduceat(denied, heads) if len(heads) else denied
    phrase = np.empty(len(keys), dtype=np.int64)
    phrase[order] = np.repeat(np.arange(len(heads)), frequency)
    nested, holder = _nested(index, count, phrase, first, frequency)
    in_text = np.argsort(first)
    place_of = np.empty(len(first), dtype=np.int64)
    place_of[in_text] = np.arange(len(first))
    first = first[in_text]
    return Phrases(
        first // _COUNTS,
        first % _COUNTS,
        last[in_text] // _COUNTS,
        frequency[in_text],
        nested[in_text],
        place_of[holder[in_text]],
        negated[in_text],
        names[order][heads][in_text],
        ordered[heads][in_text],
    )


def _occurrences(reading: Reading) -> tuple[Ints, Ints]:
    """Return the first word and the number of words of every occurrence of a phrase, by number of words."""
    begins, size = reading.begins, len(reading.words)
    stops = np.append(np.flatnonzero(~reading.passes), size)
    run = stops[np.searchsorted(stops, np.arange(size))] - np.arange(size)
    found: list[tuple[Ints, Ints]] = []
    index = np.arange(size)
    for count in range(1, MAX_WORDS + 2):
        index = index[run[index] >= count]
        index = index[begins[index + count] - begins[index] <= MAX_CHARACTERS]
        long = index[begins[index + count] - begins[index] > 1]
        found.append((long, np.full(len(long), count)))
    return np.concatenate([each for each, _ in found]), np.concatenate([each for _, each in found])


def _nested(index: Ints, count: Ints, phrase: Ints, first: Ints, frequency: Ints) -> tuple[Ints, Ints]:
    """Return how often the phrase, one word longer, that holds each phrase most occurs, and its place."""
    nested = np.zeros(len(first), dtype=np.int64)
    places = index * _COUNTS + count
    # The phrase at every place where one may stand, -1 where none does.
    standing = np.full(int(places.max(initial=0)) + _COUNTS + 1, -1)
    standing[places] = phrase
    outer = np.flatnonzero(first % _COUNTS > 1)
    inside: list[tuple[Ints, Ints]] = []
    # One word less at the end; one word less at the beginning.
    for inner in (first[outer] - 1, first[outer] + _COUNTS - 1):
        here = standing[inner] >= 0
        inside.append((standing[inner[here]], outer[here]))
        np.maximum.at(nested, inside[-1][0], frequency[inside[-1][1]])
    holder = np.arange(len(first))
    for held, longer in inside:
        most = frequency[longer] == nested[held]
        holder[held[most]] = longer[most]
    return nested, holder
