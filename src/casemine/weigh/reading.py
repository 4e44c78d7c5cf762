"""Reads documents into words: cut, Latin terms joined, names of persons found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casemine.weigh.lexicon import LATIN, Lexicon, Settings, Words
from casemine.weigh.names import person_names
from casemine.weigh.spans import Ints, Spans

# Stands between two texts, and in neither: no word passes over it.
BETWEEN = "\n"


@dataclass(frozen=True)
class Reading:
    """Texts put together, and their words in order.

    `bounds` are the offsets at which the texts begin, and the end of the last; `numbers` are those of the
    words in the lexicon, `words` what is known of each (`lexicon.WORD`), `begins` the offset of each and,
    last, the end; `documents` says which text each is of, `passes` whether a phrase may hold it here.
    """

    spans: Spans
    bounds: Ints
    numbers: Ints
    words: Words
    begins: Ints
    documents: Ints
    passes: NDArray[np.bool_]


def read(texts: Sequence[str], settings: Settings) -> Reading:
    """Cut texts into words, Latin terms whole; names of persons pass no phrase."""
    lexicon = settings.lexicon
    numbers = [_numbers(text, settings, lexicon) for text in texts]
    documents = np.repeat(np.arange(len(texts)), [len(each) for each in numbers])
    joined = np.concatenate([*numbers, np.zeros(0, dtype=np.int64)])
    words = lexicon.words[joined]
    begins = np.append(0, np.cumsum(words["length"], dtype=np.int64))
    spans = Spans("".join(text + BETWEEN for text in texts))
    bounds = np.append(0, np.cumsum([len(text) + len(BETWEEN) for text in texts], dtype=np.int64))
    passes = words["passes"].copy()
    starts, ends = person_names(words, begins, documents, spans)
    for at in range(int((ends - starts).max(initial=0))):
        passes[(starts + at)[starts + at < ends]] = False
    return Reading(spans, bounds, joined, words, begins, documents, passes)


def _numbers(text: str, settings: Settings, lexicon: Lexicon) -> NDArray[np.int64]:
    pieces = settings.segmenter.cut(text)
    return lexicon.numbers([*_join_latin(pieces, text), BETWEEN])


def _join_latin(pieces: list[str], text: str) -> Iterable[str]:
    """Join the pieces of a Latin term such as K-means or PM2.5, where the cuts allow it."""
    terms = [match.span() for match in LATIN.finditer(text)]
    if not terms:
        return pieces
    ends = np.cumsum(np.fromiter(map(len, pieces), np.int64, len(pieces)))
    begins = ends - ends[:1] if len(ends) == 1 else np.append(0, ends[:-1])
    firsts = np.searchsorted(begins, [start for start, _ in terms])
    lasts = np.searchsorted(ends, [end for _, end in terms])
    joined: list[str] = []
    done = 0
    for (start, _), first, last in zip(terms, firsts.tolist(), lasts.tolist(), strict=True):
        if first >= done and first < last and begins[first] == start:
            joined += [*pieces[done:first], text[start : ends[last]]]
            done = last + 1
    return [*joined, *pieces[done:]]
