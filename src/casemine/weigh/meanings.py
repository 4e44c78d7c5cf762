"""What the words of a keyword mean: the shipped word vectors, as evidence of its kind."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from casemine.bounded import read_arrays
from casemine.resources import dictionary

Vectors = NDArray[np.float64]


@cache
def _table() -> tuple[dict[str, int], Vectors]:
    """Return word -> row, and the vectors, one a row and all of length 1."""
    held = read_arrays(dictionary("vectors/work-reports.npz"), ("words", "codes"))
    words = held["words"].tobytes().decode().split("\n")
    codes = held["codes"].astype(np.float64)
    lengths = np.sqrt(np.einsum("wd,wd->w", codes, codes))
    return {word: row for row, word in enumerate(words)}, codes / np.maximum(lengths, 1)[:, None]


def size() -> int:
    """Return how many dimensions the vectors have."""
    return int(_table()[1].shape[1])


def vectors() -> Vectors:
    """Return the vectors, one a row and all of length 1."""
    return _table()[1]


def known(word: str) -> bool:
    """Tell whether a word has a vector: whether it is one of the commonest of official texts."""
    return word in _table()[0]


def mean(words: Sequence[str], table: Vectors) -> Vectors:
    """Return the mean of the rows of `table` of those words that have a vector; zeros where none has.

    `table` has a row for each vector: the `vectors`, or what was computed of them.

    >>> mean(["扶贫", "车间"], vectors()).shape
    (150,)
    """
    rows = _table()[0]
    here = [rows[word] for word in words if word in rows]
    return np.asarray(table[here].sum(axis=0) / max(1, len(here)))
