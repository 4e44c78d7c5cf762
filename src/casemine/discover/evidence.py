"""What the occurrences of a string say for or against its being a term.

Every column is a sum or a mean over the occurrences of the string, exact, whatever way the work was cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from casemine.discover.grammar import Lexicon, lexicon, phrase_weight
from casemine.discover.ngrams import HAN, Flags, Floats, Ints, Level, code_points, levels, symbols
from casemine.discover.scores import branching_entropy, cohesion
from casemine.discover.tokens import Tokens, tokenise
from casemine.mapping import Mapper
from casemine.segment import Segmenter

_ENUMERATION = ord("、")
# A first line longer than this is a paragraph, not a title.
_TITLE_LENGTH = 60
# Least share of the occurrences of a word that begin and end at token borders. The occurrences of a
# fragment (贫攻坚) begin or end inside a word.
_ALIGNED = 0.3


@dataclass(frozen=True)
class Corpus:
    """The texts, a line feed after each, as arrays of one entry a place and one more at the end.

    `points`: code points; `codes`: symbols, 0 for a border; `document`: number of the text; `title`: inside the first line of a
    text; `listed`: an enumeration comma stands there; `opens`, `closes`: a function word, punctuation or
    the end of the text ends just before the place, starts at it; `functions`: function words that start
    before the place; `total`: symbols that are no border.
    """

    points: NDArray[np.uint32]
    codes: NDArray[np.int32]
    document: NDArray[np.int32]
    title: Flags
    listed: Flags
    tokens: Tokens
    words: Lexicon
    opens: Flags
    closes: Flags
    functions: Floats
    total: int
    documents: int


def prepare(texts: Sequence[str], segmenter: Segmenter, mapper: Mapper) -> Corpus:
    """Read the texts into arrays; `mapper` spreads the segmentation."""
    points = np.append(code_points(texts), np.uint32(ord("\n")))
    codes = symbols(points)
    tokens = tokenise(texts, segmenter, mapper)
    words = lexicon(tokens.vocabulary, segmenter)
    lengths = np.array([len(text) + 1 for text in texts], dtype=np.int64)
    edge = np.append(words.function | words.outside, True)  # entry -1: no token there
    return Corpus(
        points=points,
        codes=codes,
        document=np.append(np.repeat(np.arange(len(texts), dtype=np.int32), lengths), np.int32(len(texts))),
        title=_titles(texts, lengths),
        listed=points == _ENUMERATION,
        tokens=tokens,
        words=words,
        opens=edge[np.append(np.int32(-1), tokens.ending[:-1])],
        closes=edge[tokens.starting],
        functions=tokens.sums(words.function.astype(np.float64)),
        total=int(np.count_nonzero(codes)),
        documents=len(texts),
    )


def _titles(texts: Sequence[str], lengths: Ints) -> Flags:
    """Mark the first line of each text that has any, when it is short enough for a title."""
    title = np.zeros(int(lengths.sum()) + 1, dtype=np.bool_)
    for text, start in zip(texts, (np.cumsum(lengths) - lengths).tolist(), strict=True):
        begin = len(text) - len(text.lstrip())
        end = text.find("\n", begin)
        end = len(text) if end < 0 else end
        if end - begin <= _TITLE_LENGTH:
            title[start + begin : start + end] = True
    return title


def candidates(corpus: Corpus, segmenter: Segmenter, min_count: int, max_len: int) -> pd.DataFrame:
    """Return every string that may be a new word, with what speaks for it.

    Columns: word, frequency, documents, cohesion, left_entropy, right_entropy (bits), first (where it
    first stands), and those of `_evidence`. Candidates occur `min_count` times or more, have 2 to
    `max_len` characters, two of them Han, are not in the dictionary, and begin and end at token borders,
    with words that may begin and end a term, in `_ALIGNED` of their occurrences.
    """
    found: list[pd.DataFrame] = []
    below: list[Level] = []
    for level in levels(corpus.codes, min_count, max_len):
        below.append(level)
        if level.length > 1:
            found.append(_measure(corpus, segmenter, below))
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame()


@dataclass(frozen=True)
class _Occurrences:
    """Where candidates of one length stand: `place` and `owner` (number of the candidate) of each."""

    place: Ints
    owner: Ints
    count: int
    length: int

    def sum(self, values: NDArray[np.generic]) -> Floats:
        return np.bincount(self.owner, weights=values.astype(np.float64), minlength=self.count)

    def where(self, kept: Flags) -> _Occurrences:
        return _Occurrences(self.place[kept], self.owner[kept], self.count, self.length)


def _measure(corpus: Corpus, segmenter: Segmenter, below: Sequence[Level]) -> pd.DataFrame:
    level = below[-1]
    length = level.length
    kept, words = _kept(corpus, segmenter, level)
    first, frequency = level.first[kept], level.frequency[kept]
    place = level.positions[np.repeat(kept, level.frequency)]
    every = _Occurrences(place, np.repeat(np.arange(len(words)), frequency), len(words), length)
    pairs = np.sort(every.owner * np.int64(corpus.documents) + corpus.document[place])
    distinct = pairs[np.flatnonzero(np.diff(pairs, prepend=-1))]
    columns: dict[str, object] = {
        "word": words,
        "frequency": frequency,
        "documents": np.bincount(distinct // corpus.documents, minlength=len(words)),
        "cohesion": cohesion(below, first, corpus.total),
        # Place -1 is the last one, a border.
        "left_entropy": branching_entropy(corpus.codes[place - 1], every.owner, len(words)),
        "right_entropy": branching_entropy(corpus.codes[place + length], every.owner, len(words)),
        "first": first,
    }
    return pd.DataFrame(columns | _evidence(corpus, every))


def _aligned(corpus: Corpus, every: _Occurrences) -> _Occurrences:
    """Return the occurrences that begin and end at token borders."""
    tokens, place = corpus.tokens, every.place
    return every.where((tokens.starting[place] >= 0) & (tokens.ending[place + every.length - 1] >= 0))


def _phrases(corpus: Corpus, aligned: _Occurrences) -> tuple[Ints, Ints, Floats]:
    """Return the first token, the last token and the grammar weight of each aligned occurrence."""
    tokens, place = corpus.tokens, aligned.place
    end = place + aligned.length
    first, last = tokens.starting[place], tokens.ending[end - 1]
    functions = corpus.functions[end] - corpus.functions[place]
    return first, last, phrase_weight(corpus.words, first, last, tokens.before[end] - tokens.before[place], functions)


def _kept(corpus: Corpus, segmenter: Segmenter, level: Level) -> tuple[Flags, list[str]]:
    """Return which n-grams of a level are candidates, and their strings."""
    count, length = len(level.frequency), level.length
    owner = np.repeat(np.arange(count), level.frequency)
    aligned = _aligned(corpus, _Occurrences(level.positions, owner, count, length))
    _, _, weight = _phrases(corpus, aligned)
    kept = np.bincount(aligned.owner, minlength=count) >= _ALIGNED * level.frequency
    kept &= aligned.sum(weight) > 0
    kept &= (corpus.points[level.first[:, None] + np.arange(length)] >= HAN).sum(axis=1) >= 2
    strings = _strings(corpus, level.first[kept], length)
    new = np.array([word not in segmenter for word in strings], dtype=np.bool_)
    kept[kept] = new
    return kept, [word for word, is_new in zip(strings, new.tolist(), strict=True) if is_new]


def _strings(corpus: Corpus, first: Ints, length: int) -> list[str]:
    """Return the strings of `length` characters that stand at `first`."""
    points = corpus.points[first[:, None] + np.arange(length)]
    words: list[str] = np.ascontiguousarray(points).view(f"<U{length}").ravel().tolist()
    return words


def _evidence(corpus: Corpus, every: _Occurrences) -> dict[str, Floats]:
    """Return what is known of each candidate, as means over its occurrences.

    `aligned`: share that begins and ends at token borders; `grammar`: how well their tokens make a term
    (0 to 1), counted 0 for the others; `title`: whether one stands in a title; `opened`, `closed`: share
    with a function word, punctuation or a text border just before, just after; `enclosed`: both;
    `opening_break`, `closing_break`: share at punctuation or a text border; `listed`: share beside an
    enumeration comma; and, as means over the aligned ones, of the first token and of the last:
    `first_single` and `last_single` (one character), `first_compounds` and `last_compounds` (log2 of
    dictionary nouns it begins, ends), `first_common` and `last_common` (log2 of dictionary frequency).
    """
    words, place, end = corpus.words, every.place, every.place + every.length
    total = np.bincount(every.owner, minlength=every.count).astype(np.float64)
    aligned = _aligned(corpus, every)
    first, last, weight = _phrases(corpus, aligned)
    whole = np.bincount(aligned.owner, minlength=every.count).astype(np.float64)
    opens, closes = corpus.opens[aligned.place], corpus.closes[aligned.place + every.length]
    listed = corpus.listed[place - 1] | corpus.listed[end]
    return {
        "aligned": whole / total,
        "grammar": aligned.sum(weight) / total,
        "title": (every.sum(corpus.title[place]) > 0).astype(np.float64),
        "opened": aligned.sum(opens) / total,
        "closed": aligned.sum(closes) / total,
        "enclosed": aligned.sum(opens & closes) / total,
        "opening_break": every.sum(corpus.codes[place - 1] == 0) / total,
        "closing_break": every.sum(corpus.codes[end] == 0) / total,
        "listed": every.sum(listed) / total,
        "first_single": aligned.sum(words.single[first]) / whole,
        "last_single": aligned.sum(words.single[last]) / whole,
        "first_compounds": aligned.sum(words.opening[first]) / whole,
        "last_compounds": aligned.sum(words.closing[last]) / whole,
        "first_common": aligned.sum(words.common[first]) / whole,
        "last_common": aligned.sum(words.common[last]) / whole,
    }
