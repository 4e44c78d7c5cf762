"""A shard of a corpus as arrays: what stands at each place of its texts, and its tokens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from casemine.discover.grammar import Lexicon, lexicon
from casemine.discover.ngrams import HAN, Flags, Ints, code_points, symbols
from casemine.discover.readings import as_terms
from casemine.discover.spelling import inner_marks, latin_terms
from casemine.discover.tokens import Tokens, join
from casemine.segment import Segmenter

# A first line longer than this is a paragraph, not a title.
_TITLE_LENGTH = 60
# The opening of a text, where its subject is named (title, abstract): a tenth, 300 characters at least.
_OPENING_SHARE = 10
_OPENING = 300


@dataclass(frozen=True)
class Shard:
    """Whole texts, a line feed after each, as arrays of one entry a place and one more at the end.

    `points`: code points; `marks`: a mark that is part of a word; `title`, `early`: inside the first line,
    the opening of a text; `lengths`: characters of each text with its line feed. What follows from these is
    made when asked for, and does not travel.
    """

    points: NDArray[np.uint32]
    marks: Flags
    title: Flags
    early: Flags
    lengths: Ints

    @cached_property
    def codes(self) -> Ints:
        """Symbols, 0 for a border."""
        return symbols(self.points, self.marks)

    @cached_property
    def han(self) -> NDArray[np.int32]:
        """How many Han characters stand before the place."""
        before = np.zeros(len(self.points), dtype=np.int32)
        np.cumsum(self.points[:-1] >= HAN, out=before[1:])
        return before

    @cached_property
    def document(self) -> NDArray[np.int32]:
        """The number of the text."""
        count = len(self.lengths)
        return np.repeat(np.arange(count + 1, dtype=np.int32), np.append(self.lengths, 1))

    def string(self, begin: int, end: int) -> str:
        """Return what stands at `[begin, end)`."""
        return self.points[begin:end].tobytes().decode("utf-32-le", "surrogatepass")

    def strings(self, first: Ints, length: int) -> list[str]:
        """Return the strings of `length` characters that stand at `first`."""
        points = self.points[first[:, None] + np.arange(length)]
        words: list[str] = np.ascontiguousarray(points).view(f"<U{length}").ravel().tolist()
        return words

    def __getstate__(self) -> dict[str, object]:
        return {each.name: self.__dict__[each.name] for each in fields(self)}


@dataclass(frozen=True)
class Segmentation:
    """The tokens of a shard, and what is known of their words.

    What follows from these is made when asked for, and does not travel.
    """

    tokens: Tokens
    words: Lexicon

    @cached_property
    def closes(self) -> Flags:
        """Whether a function word, punctuation or the end of a text starts there."""
        edge = np.append(self.words.function | self.words.outside, True)  # entry -1: no token there
        closes: Flags = edge[self.tokens.starting]
        return closes

    @cached_property
    def opens(self) -> Flags:
        """Whether a token starts there that may begin a term."""
        opens: Flags = np.append(self.words.begins > 0, False)[self.tokens.starting]
        return opens

    @cached_property
    def ends(self) -> Flags:
        """Whether a token ends there that may end a term."""
        ends: Flags = np.append(self.words.ends > 0, False)[self.tokens.ending]
        return ends

    @cached_property
    def functions(self) -> NDArray[np.int32]:
        """How many function words start before the place."""
        return self.tokens.sums(self.words.function)

    @classmethod
    def of(cls, tokens: Tokens, vocabulary: Sequence[str], segmenter: Segmenter, shard: Shard) -> Self:
        """Look up the words of the tokens of a shard, Latin terms with marks inside as one."""
        number = {word: at for at, word in enumerate(vocabulary)}
        begins, ends = latin_terms(shard.points, shard.marks)
        bordered = (tokens.starting[begins] >= 0) & (tokens.starting[ends] >= 0)
        terms: list[int] = []
        for begin, end in zip(begins[bordered].tolist(), ends[bordered].tolist(), strict=True):
            terms.append(number.setdefault(shard.string(begin, end), len(number)))
        tokens = tokens.joined(begins[bordered], ends[bordered], np.array(terms, dtype=np.int32))
        return cls(*as_terms(tokens, lexicon(list(number), segmenter), number))

    def with_words(self, unknown: Mapping[str, Ints], segmenter: Segmenter) -> Segmentation:
        """Return the segmentation with words made one token where they stand as single characters.

        `unknown` maps each word to its places; where two overlap the earlier of the mapping holds.
        """
        numbered = enumerate(unknown.items(), len(self.words.function))
        tokens = join(self.tokens, {number: (len(word), places) for number, (word, places) in numbered})
        return Segmentation(tokens, self.words.extended(lexicon(list(unknown), segmenter)))

    def __getstate__(self) -> dict[str, object]:
        return {each.name: self.__dict__[each.name] for each in fields(self)}


def prepare(texts: Sequence[str], slogans: Sequence[str] = ()) -> Shard:
    """Read texts into arrays; the marks inside `slogans` are part of words."""
    title, early = _openings(texts)
    points = np.append(code_points(texts), np.uint32(ord("\n")))
    return Shard(
        points=points,
        marks=inner_marks(points, texts, slogans),
        title=title,
        early=early,
        lengths=np.array([len(text) + 1 for text in texts], dtype=np.int64),
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
