"""Fingerprints of texts by winnowing: any passage that two texts share leaves the same ones in both.

Schleimer, Wilkerson & Aiken (2003), "Winnowing: local algorithms for document fingerprinting", SIGMOD: of
each `WINDOW` shingles (runs of `SHINGLE` characters) in a row the one with the least hash is kept, so that
two texts with `GUARANTEED` characters in common always have a fingerprint in common.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

SHINGLE, WINDOW = 16, 12
GUARANTEED = SHINGLE + WINDOW - 1

# Any odd number; that of Knuth's multiplicative hashing.
_BASE = np.uint64(0x9E3779B97F4A7C15)

Codes = NDArray[np.uint16]
Positions = NDArray[np.int64]


@dataclass(frozen=True)
class Letters:
    """The letters, digits and Han characters of a text, as they are compared, and where they stand.

    `codes` are one number a character, case and width folded; `standing` says of every character of the
    text, packed eight to the byte, whether it is one of them.
    """

    codes: Codes
    standing: NDArray[np.uint8]
    length: int

    @classmethod
    def of(cls, text: str) -> Letters:
        """Return the letters of a text: marks and white space, which differ from copy to copy, left out."""
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        # Characters beyond the first plane fold into the private area, where no text has any.
        folded = np.where(points < 0x10000, points, 0xE000 + points % 0x1900).astype(np.uint16)
        codes = _folding()[folded]
        counted = codes > 0
        return cls(codes[counted], np.packbits(counted), len(text))

    @property
    def places(self) -> Positions:
        """The offset in the text of each letter."""
        return np.flatnonzero(np.unpackbits(self.standing, count=self.length)).astype(np.int64)


@cache
def _folding() -> Codes:
    """Return code point -> the number it is compared by, 0 for what is no letter."""
    table = np.zeros(0x10000, dtype=np.uint16)
    for point in range(0x10000):
        char = chr(point)
        if 0xFF01 <= point <= 0xFF5E:
            char = chr(point - 0xFEE0)
        if char.isalnum():
            low = char.lower()
            table[point] = ord(low) if len(low) == 1 else point
    table[0xE000:0xF900] = np.arange(0xE000, 0xF900)
    return table


def fingerprints(codes: Codes) -> tuple[NDArray[np.uint64], Positions]:
    """Return the fingerprints of a text and the letters at which their shingles begin, in order."""
    count = len(codes) - SHINGLE + 1
    if count < 1:
        return np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int64)
    hashes = np.zeros(count, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for at in range(SHINGLE):
            hashes = hashes * _BASE + codes[at : at + count]
        hashes = _mixed(hashes)
    if count <= WINDOW:
        chosen = np.array([int(hashes.argmin())], dtype=np.int64)
    else:
        windows: Any = np.lib.stride_tricks.sliding_window_view(hashes, WINDOW)
        chosen = np.unique(windows.argmin(axis=1) + np.arange(len(windows)))
    return hashes[chosen], chosen


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spread the bits of hashes, so that the least one is no matter of first letters (splitmix64)."""
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        values = (values ^ (values >> np.uint64(shift))) * np.uint64(factor)
    return values ^ (values >> np.uint64(31))
