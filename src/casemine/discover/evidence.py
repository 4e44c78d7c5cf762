"""What the occurrences of a string say for or against its being a term.

Every column is a sum or a mean over the occurrences of the string, exact, whatever way the work was cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from casemine.discover.absorb import absorbed_by
from casemine.discover.corpus import Corpus, with_words
from casemine.discover.grammar import phrase_weight
from casemine.discover.ngrams import HAN, Flags, Floats, Ints, Level, levels
from casemine.discover.scores import branching_entropy, cohesion, weigh
from casemine.segment import Segmenter

_ENUMERATION = ord("、")
_OF = ord("的")
_AND = [ord("和"), ord("与"), ord("及")]
# Least share of the occurrences of a word that begin and end at token borders. The occurrences of a
# fragment (贫攻坚) begin or end inside a word.
_ALIGNED = 0.3
# Least weight (percent) of a word of single characters that is fed back as a token: of two characters,
# which are often the rest of something longer, and of more.
_UNKNOWN_PAIR = 2.0
_UNKNOWN = 1.0


def candidates(corpus: Corpus, segmenter: Segmenter, min_count: int, max_len: int) -> pd.DataFrame:
    """Return every string that may be a new word, with what speaks for it.

    Columns: word, frequency, documents, cohesion, left_entropy, right_entropy (bits), first (where it
    first stands), and those of `_evidence`. Candidates occur `min_count` times or more, have 2 to
    `max_len` characters, two of them Han, are not in the dictionary, and begin and end at token borders,
    with words that may begin and end a term, in `_ALIGNED` of their occurrences.
    """
    grams = list(levels(corpus.codes, min_count, max_len))
    corpus = with_words(corpus, _unknown(corpus, segmenter, grams), segmenter)
    return _stack(
        _measure(corpus, grams[:length], *_kept(corpus, segmenter, grams[length - 1]))
        for length in range(2, len(grams) + 1)
    )


def _stack(found: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Return the tables as one; the empty ones have no types to speak of."""
    filled = [table for table in found if len(table)]
    return pd.concat(filled, ignore_index=True) if filled else pd.DataFrame()


def _unknown(corpus: Corpus, segmenter: Segmenter, grams: Sequence[Level]) -> dict[str, Ints]:
    """Return the places of words of which the dictionary knows no part, pairs last, then the heaviest first.

    Such a word (志智双扶, a person's name) falls into single characters, and so do its fragments, which
    then begin and end at token borders too. Fed back as tokens, they leave none.
    """
    table = _stack(
        _single_characters(corpus, segmenter, grams[:length]) for length in range(2, len(grams) + 1)
    )
    if not len(table):
        return {}
    table = table.assign(weight=weigh(table), pair=table["word"].map(len) == 2)
    into = absorbed_by(table["word"].tolist(), table["frequency"].tolist(), table["weight"].tolist())
    whole = np.array([not longer for longer in into], dtype=np.bool_)
    table = table[whole & (table["weight"] >= np.where(table["pair"], _UNKNOWN_PAIR, _UNKNOWN))]
    table = table.sort_values(["pair", "weight", "frequency", "word"], ascending=[True, False, False, True])
    return {
        word: grams[len(word) - 1].places(number)
        for word, number in zip(table["word"], table["number"], strict=True)
    }


def _single_characters(corpus: Corpus, segmenter: Segmenter, below: Sequence[Level]) -> pd.DataFrame:
    """Return the candidates of the last level that are single characters throughout, with their numbers."""
    level = below[-1]
    kept, _ = _kept(corpus, segmenter, level)
    every = _occurrences(level, kept)
    tokens = corpus.tokens.before[every.place + level.length] - corpus.tokens.before[every.place]
    numbers = np.flatnonzero(kept)[every.sum(tokens < level.length) == 0]
    kept = np.zeros_like(kept)
    kept[numbers] = True
    words = corpus.strings(level.first[kept], level.length)
    return _measure(corpus, below, kept, words).assign(number=numbers)


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


def _occurrences(level: Level, kept: Flags) -> _Occurrences:
    place = level.positions[np.repeat(kept, level.frequency)]
    frequency = level.frequency[kept]
    return _Occurrences(place, np.repeat(np.arange(len(frequency)), frequency), len(frequency), level.length)


def _measure(corpus: Corpus, below: Sequence[Level], kept: Flags, words: list[str]) -> pd.DataFrame:
    """Return the evidence for the n-grams of the last level of `below` that are kept, and their strings."""
    level = below[-1]
    first, frequency = level.first[kept], level.frequency[kept]
    every = _occurrences(level, kept)
    place = every.place
    pairs = np.sort(every.owner * np.int64(corpus.documents) + corpus.document[place])
    distinct = pairs[np.flatnonzero(np.diff(pairs, prepend=-1))]
    columns: dict[str, object] = {
        "word": words,
        "frequency": frequency,
        "documents": np.bincount(distinct // corpus.documents, minlength=len(words)),
        "cohesion": cohesion(below, first, corpus.total),
        # Place -1 is the last one, a border.
        "left_entropy": branching_entropy(corpus.codes[place - 1], every.owner, len(words)),
        "right_entropy": branching_entropy(corpus.codes[place + level.length], every.owner, len(words)),
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
    aligned = _aligned(corpus, _occurrences(level, np.ones(count, dtype=np.bool_)))
    kept = np.bincount(aligned.owner, minlength=count) >= _ALIGNED * level.frequency
    kept &= aligned.sum(_phrases(corpus, aligned).weight) > 0
    kept &= (corpus.points[level.first[:, None] + np.arange(length)] >= HAN).sum(axis=1) >= 2
    strings = corpus.strings(level.first[kept], length)
    new = np.array([word not in segmenter for word in strings], dtype=np.bool_)
    kept[kept] = new
    return kept, [word for word, is_new in zip(strings, new.tolist(), strict=True) if is_new]


def _evidence(corpus: Corpus, every: _Occurrences) -> dict[str, Floats]:
    """Return what is known of each candidate, as means over its occurrences.

    `grammar`: how well the tokens make a term (0 to 1), 0 for an occurrence that begins or ends inside a
    token; `title`: whether one stands in a title; `early`: share in the opening of a text; `after_of`:
    share after 的, the mark of a modifier; `after_and`: share after 和, 与, 及; `listed`: share beside an
    enumeration comma; `closed`: share with a function word, punctuation or the end of a text just after.
    Of the occurrences at token borders: `functions`, whether one has a function word inside;
    `first_single`, `last_single`, share whose first, last token is one character; `first_action`,
    `last_action`, share whose first, last token is a word of doing (推进, 扎实); and as means over their
    first, last tokens `first_compounds`, `last_compounds` (log2 of dictionary nouns it begins, ends) and
    `first_common`, `last_common` (log2 of its dictionary frequency).
    """
    words, place, end = corpus.words, every.place, every.place + every.length
    total = np.bincount(every.owner, minlength=every.count).astype(np.float64)
    aligned = _aligned(corpus, every)
    phrases = _phrases(corpus, aligned)
    first, last = phrases.first, phrases.last
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
        "first_single": aligned.sum(words.single[first]) / whole,
        "last_single": aligned.sum(words.single[last]) / whole,
        "first_compounds": aligned.sum(words.opening[first]) / whole,
        "last_compounds": aligned.sum(words.closing[last]) / whole,
        "first_common": aligned.sum(words.common[first]) / whole,
        "last_common": aligned.sum(words.common[last]) / whole,
    }
