"""A corpus as arrays: what stands at each place of its texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from casemine.discover.grammar import Lexicon, lexicon
from casemine.discover.ngrams import Flags, Floats, Ints, code_points, symbols
from casemine.discover.tokens import Tokens, join, tokenise
from casemine.mapping import Mapper
from casemine.segment import Segmenter

# A first line longer than this is a paragraph, not a title.
_TITLE_LENGTH = 60
# The opening of a text, where its subject is named (title, abstract): a tenth, 300 characters at least.
_OPENING_SHARE = 10
_OPENING = 300


@dataclass(frozen=True)
class Corpus:
    """The texts, a line feed after each, as arrays of one entry a place and one more at the end.

    `points`: code points; `codes`: symbols, 0 for a border; `document`: number of the text; `title`,
    `early`: inside the first line, the opening of a text; `closes`: a function word, punctuation or the
    end of a text starts there; `functions`: function words that start before the place; `total`: symbols
    that are no border; `documents`: number of texts; `tokens`, `words`: the segmentation and what is known
    of its vocabulary.
    """

    points: NDArray[np.uint32]
    codes: NDArray[np.int32]
    document: NDArray[np.int32]
    title: Flags
    early: Flags
    total: int
    documents: int
    tokens: Tokens
    words: Lexicon
    closes: Flags
    functions: Floats

    def strings(self, first: Ints, length: int) -> list[str]:
        """Return the strings of `length` characters that stand at `first`."""
        points = self.points[first[:, None] + np.arange(length)]
        words: list[str] = np.ascontiguousarray(points).view(f"<U{length}").ravel().tolist()
        return words


def prepare(texts: Sequence[str], segmenter: Segmenter, mapper: Mapper) -> Corpus:
    """Read the texts into arrays; `mapper` spreads the segmentation."""
    points = np.append(code_points(texts), np.uint32(ord("\n")))
    codes = symbols(points)
    title, early = _openings(texts)
    lengths = np.array([len(text) + 1 for text in texts], dtype=np.int64)
    tokens = tokenise(texts, segmenter, mapper)
    words = lexicon(tokens.vocabulary, segmenter)
    return Corpus(
        points=points,
        codes=codes,
        document=np.append(np.repeat(np.arange(len(texts), dtype=np.int32), lengths), np.int32(len(texts))),
        title=title,
        early=early,
        total=int(np.count_nonzero(codes)),
        documents=len(texts),
        tokens=tokens,
        words=words,
        closes=_closes(tokens, words),
        functions=_functions(tokens, words),
    )


def with_words(corpus: Corpus, found: Mapping[str, Ints], segmenter: Segmenter) -> Corpus:
    """Return the corpus with words made one token where they stand as single characters.

    `found` maps each word to its places; where two overlap the earlier of the mapping holds.
    """
    tokens = join(corpus.tokens, found)
    words = corpus.words.extended(lexicon(list(found), segmenter))
    closes, functions = _closes(tokens, words), _functions(tokens, words)
    return replace(corpus, tokens=tokens, words=words, closes=closes, functions=functions)


def _closes(tokens: Tokens, words: Lexicon) -> Flags:
    edge = np.append(words.function | words.outside, True)  # entry -1: no token there
    closes: Flags = edge[tokens.starting]
    return closes


def _functions(tokens: Tokens, words: Lexicon) -> Floats:
    return tokens.sums(words.function.astype(np.float64))


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
