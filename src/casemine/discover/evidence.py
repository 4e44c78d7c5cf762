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
_OF = ord("的")
_AND = [ord("和"), ord("与"), ord("及")]
# The opening of a text, where its subject is named (title, abstract): a tenth, 300 characters at least.
_OPENING_SHARE = 10
_OPENING = 300
# A first line longer than this is a paragraph, not a title.
_TITLE_LENGTH = 60
# Least share of the occurrences of a word that begin and end at token borders. The occurrences of a
# fragment (贫攻坚) begin or end inside a word.
_ALIGNED = 0.3


@dataclass(frozen=True)
class Corpus:
    """The texts, a line feed after each, as arrays of one entry a place and one more at the end.

    `points`: code points; `codes`: symbols, 0 for a border; `document`: number of the text; `title`, `early`:
    inside the first line, the opening of a text; `closes`: a function word, punctuation or the end of a
    text starts there; `functions`: function words that start before the place; `total`: symbols that are
    no border.
    """

    points: NDArray[np.uint32]
    codes: NDArray[np.int32]
    document: NDArray[np.int32]
    title: Flags
    early: Flags
    tokens: Tokens
    words: Lexicon
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
    title, early = _openings(texts)
    lengths = np.array([len(text) + 1 for text in texts], dtype=np.int64)
    edge = np.append(words.function | words.outside, True)  # entry -1: no token there
    return Corpus(
        points=points,
        codes=codes,
        document=np.append(np.repeat(np.arange(len(texts), dtype=np.int32), lengths), np.int32(len(texts))),
        title=title,
        early=early,
        tokens=tokens,
        words=words,
        closes=edge[tokens.starting],
        functions=tokens.sums(words.function.astype(np.float64)),
        total=int(np.count_nonzero(codes)),
        documents=len(texts),
    )


def _openings(texts: Sequence[str]) -> tuple[Flags, Flags]:
    """Mark the first line of each text, when it is short enough for a title, and its opening."""
    size = sum(len(text) + 1 for text in texts) + 1
    title, early = np.zeros(size, dtype=np.bool_), np.zeros(size, dtype=np.bool_)
    start = 0
    for text in texts:
        begin = len(text) - len(text.lstrip())
        end = text.find("\n", begin)
        end = len(text) if end < 0 else end
        title[start + begin : start + end] = end - begin <= _TITLE_LENGTH
        early[start : start + min(len(text), max(_OPENING, len(text) // _OPENING_SHARE))] = True
        start += len(text) + 1
    return title, early


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
        return np.bincount(self.owner, values.astype(np.float64), self.count).astype(np.float64)

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


@dataclass(frozen=True)
class _Phrases:
    """The tokens of aligned occurrences: the first, the last, how many, how many of them function words."""

    first: Ints
    last: Ints
    tokens: Ints
    functions: Floats
    weight: Floats


def _phrases(corpus: Corpus, aligned: _Occurrences) -> _Phrases:
    place, end = aligned.place, aligned.place + aligned.length
    first, last = corpus.tokens.starting[place], corpus.tokens.ending[end - 1]
    tokens = corpus.tokens.before[end] - corpus.tokens.before[place]
    functions = corpus.functions[end] - corpus.functions[place]
    weight = phrase_weight(corpus.words, first, last, tokens, functions)
    return _Phrases(first, last, tokens, functions, weight)


def _kept(corpus: Corpus, segmenter: Segmenter, level: Level) -> tuple[Flags, list[str]]:
    """Return which n-grams of a level are candidates, and their strings."""
    count, length = len(level.frequency), level.length
    owner = np.repeat(np.arange(count), level.frequency)
    aligned = _aligned(corpus, _Occurrences(level.positions, owner, count, length))
    kept = np.bincount(aligned.owner, minlength=count) >= _ALIGNED * level.frequency
    kept &= aligned.sum(_phrases(corpus, aligned).weight) > 0
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

    `grammar`: how well the tokens make a term (0 to 1), 0 for an occurrence that begins or ends inside a
    token; `title`: whether one stands in a title; `early`: share in the opening of a text; `after_of`:
    share after 的, the mark of a modifier; `after_and`: share after 和, 与, 及; `listed`: share beside an
    enumeration comma; `closed`: share with a function word, punctuation or the end of a text just after.
    Of the occurrences at token borders: `functions`, whether one has a function word inside;
    `first_single`, `last_single`, share whose first, last token is one character, unless all are (a word
    like 志智双扶, of which the dictionary knows no part); `first_action`, `last_action`, share whose first,
    last token is on the list of words of doing (推进, 扎实); and as means over their first, last tokens
    `first_compounds`, `last_compounds` (log2 of dictionary nouns it begins, ends) and `first_common`,
    `last_common` (log2 of its dictionary frequency).
    """
    words, place, end = corpus.words, every.place, every.place + every.length
    total = np.bincount(every.owner, minlength=every.count).astype(np.float64)
    aligned = _aligned(corpus, every)
    phrases = _phrases(corpus, aligned)
    first, last, known = phrases.first, phrases.last, phrases.tokens < every.length
    whole = np.bincount(aligned.owner, minlength=every.count).astype(np.float64)
    before, after = corpus.points[place - 1], corpus.points[end]
    listed = (before == _ENUMERATION) | (after == _ENUMERATION)
    return {
        "grammar": aligned.sum(phrases.weight) / total,
        "title": (every.sum(corpus.title[place]) > 0).astype(np.float64),
        "early": every.sum(corpus.early[place]) / total,
        "after_of": every.sum(before == _OF) / total,
        "after_and": every.sum(np.isin(before, _AND)) / total,
        "listed": every.sum(listed) / total,
        "closed": aligned.sum(corpus.closes[aligned.place + every.length]) / total,
        "functions": (aligned.sum(phrases.functions) > 0).astype(np.float64),
        "first_action": aligned.sum(words.action[first]) / whole,
        "last_action": aligned.sum(words.action[last]) / whole,
        "first_single": aligned.sum(words.single[first] & known) / whole,
        "last_single": aligned.sum(words.single[last] & known) / whole,
        "first_compounds": aligned.sum(words.opening[first]) / whole,
        "last_compounds": aligned.sum(words.closing[last]) / whole,
        "first_common": aligned.sum(words.common[first]) / whole,
        "last_common": aligned.sum(words.common[last]) / whole,
    }
