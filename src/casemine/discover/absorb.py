"""Fragments: words that nearly always stand inside longer new words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

# Least share of a word's occurrences that lie inside longer words.
INSIDE = 0.8
# Least weight of the longer word, in parts of the fragment's own: of one word that holds nearly all
# occurrences, and of the chief of several words that hold them together. A term is not absorbed by the
# chance strings around it.
ONE = 0.25
CHIEF = 1.0


def absorbed_by(words: Sequence[str], frequencies: Sequence[int], weights: Sequence[float]) -> list[str]:
    """Return for each word the longer word that absorbs it, or "".

    A word is absorbed by a longer one that holds `INSIDE` of its occurrences, or by the most frequent of
    those that do so together. Of several the most frequent absorbs, of equally frequent ones the longest,
    of those the heaviest; the absorber is followed to the end, so that it is no fragment itself.
    """
    number = {word: at for at, word in enumerate(words)}
    best: dict[int, tuple[int, int, float, int]] = {}

    def offer(inner: int, at: int) -> None:
        rank = (frequencies[at], len(words[at]), weights[at], -at)
        best[inner] = max(best.get(inner, rank), rank)

    for at, word in enumerate(words):
        for inner in _inside(word, number):
            if frequencies[at] >= INSIDE * frequencies[inner] and weights[at] >= ONE * weights[inner]:
                offer(inner, at)
    for inner, outer in _extensions(words, number):
        likely = [at for at in outer if weights[at] >= ONE * weights[inner]]
        if sum(frequencies[at] for at in likely) >= INSIDE * frequencies[inner]:
            for at in likely:
                if weights[at] >= CHIEF * weights[inner]:
                    offer(inner, at)
    into = {inner: -rank[3] for inner, rank in best.items()}
    return [words[_end(into, at)] if at in into else "" for at in range(len(words))]


def _inside(word: str, number: dict[str, int]) -> list[int]:
    """Return the numbers of the shorter words inside a word, once for each place."""
    size = len(word)
    parts = [word[at : at + length] for length in range(2, size) for at in range(size - length + 1)]
    return [number[part] for part in parts if part in number]


def _extensions(words: Sequence[str], number: dict[str, int]) -> Iterator[tuple[int, list[int]]]:
    """Yield each word with the longer words that begin with it, and with those that end with it.

    Only with the shortest such words, none of which begins (ends) with another: their occurrences are
    distinct, and their frequencies add up.
    """
    begun: dict[int, list[int]] = defaultdict(list)
    ended: dict[int, list[int]] = defaultdict(list)
    for at, word in enumerate(words):
        for cut in range(len(word) - 1, 1, -1):
            if word[:cut] in number:
                begun[number[word[:cut]]].append(at)
                break
        for cut in range(1, len(word) - 1):
            if word[cut:] in number:
                ended[number[word[cut:]]].append(at)
                break
    yield from begun.items()
    yield from ended.items()


def _end(into: dict[int, int], at: int) -> int:
    while at in into:
        at = into[at]
    return at
