"""What kind of word a new word is: a term, or a name, a slogan, a cut clause, a word that says nothing.

Multinomial logistic regression over the letters of the word (what characters names are made of, how it ends,
its tokens) and the evidence of its occurrences; coefficients in dictionaries/word-kinds.csv, fitted by
`benchmarks/kinds.py` on words read by eye.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from casemine.discover.pos import BODIES, PLACES
from casemine.discover.scores import Columns
from casemine.kinds.name_characters import given_odds, place_odds
from casemine.lexicon.surnames import ALSO_WORDS, SURNAMES
from casemine.resources import dictionary

KINDS = ("term", "person", "place", "body", "series", "clause", "generic")
# Kinds of place of one character, and what is called so without a name of its own (新农村, 贫困县).
_SETTLEMENTS = frozenset("村镇乡县市区州旗屯庄寨")
_CALLED = frozenset("老小阿")
_NAME_LENGTHS = frozenset({2, 3})
# Documents from which a word can be the head of a series.
_MANY = 4
# Evidence of the occurrences that bears on the kind, as `features.means` has it.
_EVIDENCE = (
    "early", "title", "headline", "first_action", "last_action", "first_plain", "last_plain", "first_single",
    "last_single",
    "functions", "grammar", "closed", "after_of", "after_and", "listed", "first_common", "last_common",
    "first_compounds", "last_compounds",
)  # fmt: skip
_TAGS = ("v", "n", "vn", "a", "d", "f", "m", "ns", "nr", "q")


@cache
def coefficients() -> tuple[tuple[str, ...], NDArray[np.float64], NDArray[np.float64]]:
    """Return the names of the features, the intercepts by kind, and the coefficients (features, kinds)."""
    with dictionary("word-kinds.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    values = np.array([[float(row[kind]) for kind in KINDS] for row in rows])
    return tuple(row["feature"] for row in rows[1:]), values[0], values[1:]


def letters(
    words: Sequence[str],
    types: Sequence[str],
    tokens: Sequence[Sequence[str]],
    firsts: Sequence[str],
    lasts: Sequence[str],
) -> Columns:
    """Return what the letters of each word say, as columns.

    `types` are the parts of speech (`pos.word_types`), `tokens` those of each word, `firsts` and `lasts` the
    tags of the first and the last of them.
    """
    length = np.fromiter(map(len, words), np.int64, len(words))
    count = np.fromiter(map(len, tokens), np.int64, len(tokens))
    named = _flags(len(word) in _NAME_LENGTHS and word[0] in SURNAMES for word in words)
    settled = _flags(len(word) > 2 and word[-1] in _SETTLEMENTS for word in words)
    apart = _flags(len(each[0]) == 1 for each in tokens)
    first, last = np.array(firsts, dtype="<U8"), np.array(lasts, dtype="<U8")
    columns: Columns = {
        "named": named,
        "named_sure": named & _flags(word[0] not in ALSO_WORDS for word in words),
        **{f"is_{tag}": _flags(tag == each[:2] for each in types) for tag in ("nr", "ns", "nt", "v_")},
        "settled_short": settled & (length <= 4),
        "settled_apart": settled & (np.array([sum(map(_single, each)) for each in tokens]) == count),
        "given": _means([word[1:] for word in words], named, given_odds),
        "called": _flags(len(word) == 2 and word[0] in _CALLED and word[1] in SURNAMES for word in words),
        "settled": settled,
        "settled_name": _means([word[:-1] for word in words], settled, place_odds),
        "settled_unknown": settled & (apart | (first == "ns")),
        "of_place": _flags(word.endswith(PLACES) for word in words),
        "of_body": _flags(word.endswith(BODIES) for word in words),
        "singles": np.array([sum(map(_single, each)) for each in tokens], dtype=np.float64) / count,
        "tokens": count,
        "two": length == 2,
        "three": length == 3,
        "long": length > 5,
        "marked": _flags(not word.isalnum() for word in words),
    }
    for side, tags in (("first", first), ("last", last)):
        columns |= {f"{side}_{tag}": tags == tag for tag in _TAGS}
    return {f"letters_{name}": values.astype(np.float64) for name, values in columns.items()}


def _single(token: str) -> bool:
    return len(token) == 1


def _flags(values: Iterable[bool]) -> NDArray[np.bool_]:
    return np.fromiter(values, dtype=np.bool_)


def _means(
    names: Sequence[str], asked: NDArray[np.bool_], odds: Callable[[str], float]
) -> NDArray[np.float64]:
    """Return the odds of each name that is asked about, 0 for the others."""
    values = np.zeros(len(names))
    for at in np.flatnonzero(asked).tolist():
        values[at] = odds(names[at])
    return values


def features(table: Columns) -> dict[str, NDArray[np.float64]]:
    """Return the features of each word of `candidates`, by name."""
    frequency, documents = (table[name].astype(np.float64) for name in ("frequency", "documents"))
    freedom = np.minimum(table["left_entropy"], table["right_entropy"])
    return {
        **{name: values for name, values in table.items() if name.startswith("letters_")},
        **{name: np.asarray(table[name], dtype=np.float64) for name in _EVIDENCE},
        "spread": documents / frequency,
        "documents": np.log2(documents),
        "frequency": np.log2(frequency),
        "freedom": freedom,
        "cohesion": np.asarray(table["cohesion"], dtype=np.float64),
        # A column of the news or a slogan stands at the head of many documents, and hardly anywhere else.
        "headlines": table["headline"] * np.log2(documents),
        "headed": table["early"] * (documents / frequency) * (documents >= _MANY),
    }


_LEAST = 5
# Of these a name has one at least, whatever else speaks for it: 福村宝 begins with no surname, and 网格员
# does not end as a place does.
_MARKS = {
    "person": ("named", "called", "is_nr"),
    "place": ("settled", "of_place", "is_ns", "first_ns", "last_ns"),
    "body": ("of_body", "is_nt"),
}
_NAMES = [KINDS.index(kind) for kind in ("person", "place", "body")]


def named(table: Columns) -> Columns:
    """Return the table with the parts of speech of names that show it by more than their letters (屈玥)."""
    tags = {"person": "nr_new", "place": "ns_new", "body": "nt_new"}
    pairs = zip(table["pos"].tolist(), table["kind"].tolist(), strict=True)
    told = [tags.get(kind, pos) if pos == "n_new" else pos for pos, kind in pairs]
    return {**table, "pos": np.array(told, dtype=object)}


def kinds(table: Columns) -> list[str]:
    """Return the kind of each word, one of `KINDS`."""
    names, intercept, values = coefficients()
    evidence = features(table)
    odds = np.stack([evidence[name] for name in names], axis=1) @ values + intercept
    for kind, marks in _MARKS.items():
        marked = sum(evidence[f"letters_{mark}"] for mark in marks) > 0
        odds[~marked, KINDS.index(kind)] = -np.inf
    chosen = np.argmax(np.round(odds, 6), axis=1)
    # The model read words of five occurrences and more: of rarer ones it knows names by their letters alone.
    rare = table["frequency"] < _LEAST
    chosen[rare & ~np.isin(chosen, _NAMES)] = KINDS.index("term")
    return [KINDS[at] for at in chosen.tolist()]
