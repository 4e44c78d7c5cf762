"""What kind of word a keyword is: a term, or a person, place, body, series, clause piece or generic word.

Multinomial logistic regression over the evidence of `casemine.weigh.evidence`; coefficients in
dictionaries/keyword-kinds.csv, fitted by `benchmarks/keyword_kinds.py` on keywords read by eye. A name of the
gazetteer, down to counties, is a place without more, and the commonest dictionary words are generic.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from casemine.document import Document
from casemine.resources import dictionary
from casemine.segment import Segmenter
from casemine.weigh.evidence import NAME_LIKE, Evidence, Facts, in_document, of_facts

TERM = ""
# What may be left out of keywords.
KINDS = ("person", "place", "body", "series", "clause", "generic")
# The chance of being a term under which a word is of another kind. At 0.7 no more of the leading keywords of
# case reports are kept, and the names of what a case is about (驻村工作队, 理事会) go.
LEAST = 0.5
# Surprisal in nats under which a dictionary word of two characters is too common to say what a text is about,
# and the first letters of tags of words that name nothing.
COMMON = 10.0
_DULL = frozenset("dtsfqmrazbi")
# Evidence that leaves no doubt.
_CERTAIN = {"county": "place"}

_Odds = NDArray[np.float64]


@cache
def coefficients() -> tuple[_Odds, dict[str, _Odds]]:
    """Return the intercepts, of a term and of each of `KINDS`, and the coefficients by name of evidence."""
    with dictionary("keyword-kinds.csv").open(encoding="utf-8", newline="") as lines:
        rows = {
            row["evidence"]: np.array([float(row[kind]) for kind in ("term", *KINDS)])
            for row in csv.DictReader(lines)
        }
    return rows.pop(""), rows


def _sum(evidence: Mapping[str, float]) -> _Odds:
    """Return what the evidence adds to the logarithms of the odds."""
    intercept, values = coefficients()
    total = np.zeros_like(intercept)
    for name, value in evidence.items():
        if name in values:
            total += value * values[name]
    return total


@dataclass(frozen=True)
class Kinds:
    """Tells kinds apart; `listed` words are terms whatever they look like."""

    segmenter: Segmenter
    listed: frozenset[str] = frozenset()
    _known: dict[tuple[str, str], tuple[_Odds, bool, str]] = field(
        default_factory=dict, repr=False, compare=False
    )

    @cached_property
    def _evidence(self) -> Evidence:
        return Evidence(self.segmenter)

    def of(self, word: str, tag: str, document: Document, facts: Facts) -> str:
        """Return the kind of a keyword of a document with a part of speech, TERM for a term."""
        if word in self.listed:
            return TERM
        odds, name_like, certain = self._letters(word, tag)
        if certain:
            return certain
        odds = odds + _sum(of_facts(word, facts))
        if name_like:
            odds = odds + _sum(in_document(word, document))
        # Rounded, so that the last bit of a sum decides nothing.
        odds = np.round(odds, 6)
        chance = 1 / np.exp(odds - odds[0]).sum()
        if chance < LEAST:
            return KINDS[int(np.argmax(odds[1:]))]
        return "generic" if self._is_common(word, tag, facts) else TERM

    def _is_common(self, word: str, tag: str, facts: Facts) -> bool:
        """Tell whether a dictionary word says too little: 做法, 干部; of those the model knows too few."""
        if facts.termhood >= 0 or facts.discovered or word not in self.segmenter:
            return False
        dull = tag[0] in _DULL or (tag == "v" and len(word) < 4)
        return dull or (len(word) == 2 and facts.least < COMMON and not facts.titled)

    def _letters(self, word: str, tag: str) -> tuple[_Odds, bool, str]:
        """Return what a word alone adds to the odds, whether it may be a name, and its kind where certain.

        Each word is asked about once.
        """
        if (word, tag) not in self._known:
            evidence = self._evidence.of(word, tag)
            odds = coefficients()[0] + _sum(evidence)
            name_like = any(name in evidence for name in NAME_LIKE)
            certain = next((kind for name, kind in _CERTAIN.items() if name in evidence), "")
            self._known[word, tag] = odds, name_like, certain
        return self._known[word, tag]
