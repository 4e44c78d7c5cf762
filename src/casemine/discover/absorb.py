"""Fragments: words that nearly always stand inside one longer new word."""

from __future__ import annotations

from collections.abc import Sequence

# Least share of a word's occurrences that lie inside the longer word, and least weight of that word beside
# the fragment's own: a term is not absorbed by a chance string around it.
INSIDE = 0.8
WEIGHT = 0.25


def absorbed_by(words: Sequence[str], frequencies: Sequence[int], weights: Sequence[float]) -> list[str]:
    """Return for each word the longer word that absorbs it, or "".

    Of several the most frequent absorbs, of equally frequent ones the longest, of those the heaviest; the
    absorber is followed to the end, so that it is no fragment itself.
    """
    number = {word: at for at, word in enumerate(words)}
    best: dict[int, tuple[int, int, float, int]] = {}
    for at, word in enumerate(words):
        for part in _parts(word):
            inner = number.get(part)
            if inner is None or frequencies[at] < INSIDE * frequencies[inner]:
                continue
            if weights[at] >= WEIGHT * weights[inner]:
                rank = (frequencies[at], len(word), weights[at], -at)
                best[inner] = max(best.get(inner, rank), rank)
    into = {inner: -rank[3] for inner, rank in best.items()}
    return [words[_end(into, at)] if at in into else "" for at in range(len(words))]


def _parts(word: str) -> set[str]:
    """Return the proper substrings of two characters or more."""
    size = len(word)
    return {word[i : i + n] for n in range(2, size) for i in range(size - n + 1)}


def _end(into: dict[int, int], at: int) -> int:
    while at in into:
        at = into[at]
    return at
