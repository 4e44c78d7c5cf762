"""Where given words stand in a text: every place, or distinct places with the longest word first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce

import numpy as np
from numpy.typing import NDArray

# Below this many characters the arrays cost more than they save.
_SHORT = 2_000
# Characters of a text looked at together: what the arrays hold at a time.
_CHUNK = 1_000_000
# Characters at the beginning of a word that decide where it may stand: what one number of 64 bits holds.
_HEAD = 3


def occurrences(text: str, word: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of one word; a Latin word does not stand inside a longer one."""
    end = 0
    for at in places(text, word, 0, len(text)):
        if at >= end:
            end = at + len(word)
            yield at, end


def places(text: str, word: str, start: int, end: int) -> Iterator[int]:
    """Yield where a word stands in `text[start:end]`, no Latin word or number cut in two, each place once."""
    at = text.find(word, start, end)
    while at >= 0:
        if _whole(text, at, at + len(word)):
            yield at
        at = text.find(word, at + 1, end)


class WordMatcher:
    """Finds many words in one pass over a text: about 0.1 s a million characters for a codebook's words.

    The first characters decide nearly every place; long texts look them up for all places at once.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words) - {""}
        heads: dict[str, set[int]] = defaultdict(set)
        for word in self._words:
            heads[word[:_HEAD]].add(len(word))
        # The lengths of the words that begin so, rising, as the words themselves do.
        self._heads = {head: sorted(lengths) for head, lengths in heads.items()}
        self._widths = sorted({len(head) for head in heads})
        self._look_ups: dict[int, _LookUp] = {}

    def all(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield (start, word) of every word at every place, overlapping ones too."""
        heads = self._heads
        for width in self._widths:
            for start in self._places(text, width):
                for length in heads.get(text[start : start + width], ()):
                    word = text[start : start + length]
                    if word in self._words and _whole(text, start, start + length):
                        yield start, word

    def distinct(self, text: str) -> list[tuple[int, str]]:
        """Return the matches that overlap none before them: the longest first, then the leftmost."""
        return distinct(self.all(text), len(text))

    def _places(self, text: str, width: int) -> Iterable[int]:
        """Return where a head of `width` characters may stand."""
        if len(text) < _SHORT:
            return range(len(text) - width + 1)
        return self._looked_up(text, width)

    def _looked_up(self, text: str, width: int) -> Iterator[int]:
        if width not in self._look_ups:
            self._look_ups[width] = _LookUp([head for head in self._heads if len(head) == width])
        look_up = self._look_ups[width]
        for begin in range(0, len(text), _CHUNK):
            piece = text[begin : begin + _CHUNK + width - 1]
            points = np.frombuffer(piece.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
            yield from (look_up.places(points) + begin).tolist()


class _LookUp:
    """Finds where heads of one width stand among code points."""

    def __init__(self, heads: Sequence[str]) -> None:
        firsts = [ord(head[0]) for head in heads]
        # The last entry stands for every code point beyond it.
        self._first = np.zeros(max(firsts) + 2, dtype=np.bool_)
        self._first[firsts] = True
        self._width = len(heads[0])
        self._names = np.sort(
            _named([np.array(list(map(ord, each)), dtype=np.uint64) for each in zip(*heads, strict=True)])
        )

    def places(self, points: NDArray[np.uint32]) -> NDArray[np.intp]:
        """Return the places in `points` where one of the heads begins."""
        begins = points[: max(0, len(points) - self._width + 1)]
        may = np.flatnonzero(self._first[np.minimum(begins, len(self._first) - 1)])
        names = _named([points[may + place].astype(np.uint64) for place in range(self._width)])
        at = np.minimum(np.searchsorted(self._names, names), len(self._names) - 1)
        standing: NDArray[np.intp] = may[self._names[at] == names]
        return standing


def _named(places: Sequence[NDArray[np.uint64]]) -> NDArray[np.uint64]:
    """Return a number for each row of code points, given by place in the row."""
    # A code point has 21 bits.
    return reduce(lambda before, points: before * np.uint64(2**21) + points, places)


def distinct(matches: Iterable[tuple[int, str]], length: int) -> list[tuple[int, str]]:
    """Return the matches (start, word) in a text of `length` that overlap none longer, by start."""
    taken = bytearray(length)
    kept: list[tuple[int, str]] = []
    for start, word in sorted(matches, key=lambda match: (-len(match[1]), match[0])):
        end = start + len(word)
        # What is taken is at least as long, so it holds one of the two ends.
        if not (taken[start] or taken[end - 1]):
            taken[start:end] = b"\1" * len(word)
            kept.append((start, word))
    return sorted(kept)


def _whole(text: str, start: int, end: int) -> bool:
    """Whether the span does not cut a Latin word or a number in two."""
    return not (_joined(text, start) or _joined(text, end))


def _joined(text: str, at: int) -> bool:
    around = text[max(0, at - 1) : at + 1]
    return len(around) == 2 and around.isascii() and around.isalnum()
