"""Slow and obvious: the definitions of the n-gram statistics, written down as they are read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from math import log2

WORD_CHARACTERS = re.compile("[0-9A-Za-z\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f]+")


def runs(texts: Sequence[str]) -> Iterator[str]:
    for text in texts:
        yield from WORD_CHARACTERS.findall(text)


def counts(texts: Sequence[str], length: int) -> Counter[str]:
    return Counter(run[at : at + length] for run in runs(texts) for at in range(len(run) - length + 1))


def occurrences(texts: Sequence[str], word: str) -> int:
    return counts(texts, len(word))[word]


def cohesion(texts: Sequence[str], word: str) -> float:
    total = sum(map(len, runs(texts)))
    joint = occurrences(texts, word)
    return min(
        log2(joint * total / (occurrences(texts, word[:cut]) * occurrences(texts, word[cut:])))
        for cut in range(1, len(word))
    )


def entropies(texts: Sequence[str], word: str) -> tuple[float, float]:
    left: list[object] = []
    right: list[object] = []
    for run in runs(texts):
        for at in range(len(run) - len(word) + 1):
            if run[at : at + len(word)] == word:
                end = at + len(word)
                left.append(run[at - 1] if at else object())
                right.append(run[end] if end < len(run) else object())
    return _entropy(left), _entropy(right)


def _entropy(neighbours: Sequence[object]) -> float:
    total = len(neighbours)
    return sum(count / total * log2(total / count) for count in Counter(neighbours).values())
