"""Exact statistics of all character n-grams of a corpus, level by level, in numpy alone.

A text is an array of symbols; an n-gram never crosses a character that cannot stand inside a word
(punctuation, space, line end). The n-grams of length n + 1 are found by sorting the occurrences of the
frequent ones of length n by (n-gram, next symbol): an n-gram can only be frequent when its beginning is,
so that nothing that counts is ever dropped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

# Code point ranges that may stand inside a word: Han, and Latin letters and digits between or beside them.
_HAN = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x3134F))
_LATIN = ((0x30, 0x39), (0x41, 0x5A), (0x61, 0x7A))
_CODE_POINTS = 0x110000


@dataclass(frozen=True)
class Symbols:
    """A corpus as symbols, one a code point, with a border (0) between the texts.

    `codes` (int32) numbers the distinct characters from 1 in code point order, 0 is a border; `alphabet`
    gives the code point of each number; `texts` the start of every text and, last, the end; `han` the
    numbers of Han characters are those >= it... see `encode`.
    """

    codes: NDArray[np.int32]
    alphabet: NDArray[np.uint32]
    starts: Ints

    def word(self, start: int, length: int) -> str:
        """Return the string that stands at `start`."""
        return "".join(map(chr, self.alphabet[self.codes[start : start + length]]))
