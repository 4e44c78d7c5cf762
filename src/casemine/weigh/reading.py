"""Reads documents into words: cut, Latin terms joined, names of persons found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from casemine.weigh.lexicon import LATIN, Lexicon, Settings, Words
from casemine.weigh.names import person_names
from casemine.weigh.spans import Ints, Spans

_ADDRESS = re.compile(
    r"(?:https?://|www\.)[!-~]+|[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    r"|(?:[A-Za-z0-9-]+\.)+(?:com|cn|org|net|gov|edu|info)(?![A-Za-z0-9])(?:/[!-~]*)?"
)
# One of them stands in every address.
_SIGNS = ("://", "www.", "@", ".c", ".org", ".net", ".gov", ".edu", ".info")
_SIGNS_OF_TERMS = re.compile(r"[A-Za-z0-9][A-Za-z0-9+./-]*")
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
    words = Words(lexicon.words, joined)
    begins = np.append(0, np.cumsum(words["length"], dtype=np.int64))
    spans = Spans("".join(text + BETWEEN for text in texts))
    bounds = np.append(0, np.cumsum([len(text) + len(BETWEEN) for text in texts], dtype=np.int64))
    passes = _passing(words, joined, documents)
    starts, ends = person_names(words, begins, documents, spans)
    _bar(passes, starts, ends)
    addresses = [
        span
        for text, offset in zip(texts, bounds.tolist(), strict=False)
        for span in _addresses(text, offset)
    ]
    if addresses:
        barred = np.searchsorted(begins, np.array(addresses))
        _bar(passes, barred[:, 0], barred[:, 1])
    return Reading(spans, bounds, joined, words, begins, documents, passes)


def _bar(passes: NDArray[np.bool_], starts: Ints, ends: Ints) -> None:
    """Let no phrase hold the words from each start to its end."""
    for at in range(int((ends - starts).max(initial=0))):
        passes[(starts + at)[starts + at < ends]] = False


def _addresses(text: str, offset: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of addresses of pages and mail, moved by `offset`."""
    if any(sign in text for sign in _SIGNS):
        for match in _ADDRESS.finditer(text):
            yield match.start() + offset, match.end() + offset


def _passing(words: Words, numbers: Ints, documents: Ints) -> NDArray[np.bool_]:
    """Flag the words a phrase may hold where they stand."""
    passes = words["passes"].copy()
    before, after = np.append(False, passes[:-1]), np.append(passes[1:], False)
    # 3条高速公路: a measure after a number.
    passes &= ~(words["measure"] & np.append(False, words["number"][:-1]))
    passes |= words["prefix"] & after & np.append(words["length"][1:] == 1, False)
    # 互联网+政务服务.
    passes |= words["plus"] & before & np.append(False, ~words["plus"][:-1])
    # 12345热线, where the two stand together more than once in the text.
    pairs = np.flatnonzero(words["called"] & np.append(words["noun"][1:], False) & after)
    keys = np.stack((documents[pairs], numbers[pairs], numbers[np.minimum(pairs + 1, len(numbers) - 1)]))
    _, place, times = np.unique(keys, axis=1, return_inverse=True, return_counts=True)
    passes[pairs[times[place.ravel()] > 1]] = True
    return passes


def _numbers(text: str, settings: Settings, lexicon: Lexicon) -> NDArray[np.int64]:
    pieces = settings.segmenter.cut(text)
    return lexicon.numbers(chain(_joined(pieces, text), (BETWEEN,)))


def _terms(text: str) -> list[tuple[int, int]]:
    """Return where Latin terms stand, which are one word whatever the segmenter makes of them."""
    # A term lies in a run of its signs, which is found sooner than the term.
    runs = (run.span() for run in _SIGNS_OF_TERMS.finditer(text) if not run[0].isdecimal())
    return [match.span() for begin, end in runs for match in LATIN.finditer(text, begin, end)]


def _joined(pieces: list[str], text: str) -> Iterable[str]:
    """Join the pieces of a term such as K-means or PM2.5, where the cuts allow it."""
    spans = _terms(text)
    if not spans:
        return pieces
    ends = np.cumsum(np.fromiter(map(len, pieces), np.int64, len(pieces)))
    begins = np.append(0, ends[:-1])
    firsts = np.searchsorted(begins, [start for start, _ in spans])
    lasts = np.searchsorted(ends, [end for _, end in spans])
    joined: list[str] = []
    done = 0
    for (start, _), first, last in zip(spans, firsts.tolist(), lasts.tolist(), strict=True):
        if first >= done and first < last and begins[first] == start:
            joined += [*pieces[done:first], text[start : ends[last]]]
            done = last + 1
    return [*joined, *pieces[done:]]
