"""What the program suggests when nothing better is handed in: drop the generic, merge near variants."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from math import sqrt
from typing import NamedTuple

import pandas as pd

from casemine.review.columns import DROP, KEEP, MERGE

# Cosine of character 1- and 2-grams from which two keywords are taken for variants of each other.
NEAR = 0.61
# Two-character words share a character with too many others.
_SHORTEST = 3


class Suggestion(NamedTuple):
    """What to do with a keyword (keep / drop / merge), into which term, under which code, and why."""

    suggestion: str
    standard: str = ""
    code: str = ""
    reason: str = ""


def suggest(frequency: pd.DataFrame, generic: Collection[str] = ()) -> pd.DataFrame:
    """Return suggestions for the keywords of the table `schema.FREQUENCY`, in its order.

    Columns: word, suggestion, standard, code, reason. A generic word is to be dropped; a word that is
    nearly the same as a more frequent one (character 1-2-gram cosine of at least `NEAR`) to be merged
    into it; the rest to be kept.
    """
    words = [word for word in frequency["keyword"] if word not in generic]
    cases = dict(zip(frequency["keyword"], frequency["documents"], strict=True))
    near = dict(_near(words))
    rows = []
    for word in frequency["keyword"]:
        if word in generic:
            made = Suggestion(DROP, reason="泛化词，对本研究没有区分意义")
        elif word in near:
            standard, score = near[word]
            part = "，前者包含后者" if standard in word else "，后者包含前者" if word in standard else ""
            made = Suggestion(
                MERGE, standard, reason=f"与“{standard}”字面相近（{score:.2f}{part}），后者更常见"
            )
        else:
            made = Suggestion(KEEP, reason=f"{cases[word]}个案例的关键词，没有更常见的近似词")
        rows.append({"word": word, **made._asdict()})
    return pd.DataFrame(rows, columns=["word", *Suggestion._fields], dtype=object)


def as_suggestions(frame: pd.DataFrame) -> Mapping[str, Suggestion]:
    """Return word -> suggestion of a frame as `suggest` makes it."""
    words = frame["word"].tolist()
    fields = frame[list(Suggestion._fields)].itertuples(index=False, name=None)
    return {word: Suggestion(*map(str, made)) for word, made in zip(words, fields, strict=True)}


def _near(words: list[str]) -> Iterator[tuple[str, tuple[str, float]]]:
    """Yield word -> (the nearest of the words before it that is no variant itself, cosine)."""
    grams: dict[str, Counter[str]] = {}
    holding: dict[str, list[str]] = defaultdict(list)
    for word in words:
        if len(word) < _SHORTEST:
            continue
        own = Counter([*word, *_pairs(word)])
        sharing = dict.fromkeys(other for pair in _pairs(word) for other in holding[pair])
        scored = [(_cosine(own, grams[other]), other) for other in sharing]
        best = max(scored, default=(0.0, ""), key=lambda pair: pair[0])
        if best[0] >= NEAR:
            yield word, (best[1], best[0])
            continue
        grams[word] = own
        for pair in dict.fromkeys(_pairs(word)):
            holding[pair].append(word)


def _pairs(word: str) -> list[str]:
    return [word[at : at + 2] for at in range(len(word) - 1)]


def _cosine(one: Counter[str], other: Counter[str]) -> float:
    shared = sum(count * other[gram] for gram, count in one.items())
    return shared / sqrt(sum(n * n for n in one.values()) * sum(n * n for n in other.values()))
