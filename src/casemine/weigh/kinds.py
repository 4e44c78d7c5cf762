"""What kind of word a keyword is: a term, or a person, place, body, series, clause piece or generic word.

Multinomial logistic regression over the evidence of `casemine.weigh.evidence` and the mean of the vectors of
its words (`casemine.weigh.meanings`); coefficients in dictionaries/keyword-kinds.csv, fitted by
`benchmarks/keyword_kinds.py` on keywords read by eye. A name of the gazetteer, down to counties, is a place
without more, and the commonest dictionary words are generic.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import compress
from math import exp
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from casemine.document import Document
from casemine.resources import dictionary
from casemine.segment import Segmenter
from casemine.weigh.background import is_paper
from casemine.weigh.evidence import NAME_LIKE, Evidence, Facts, in_document, of_facts
from casemine.weigh.meanings import mean, size, vectors

TERM = ""
# What may be left out of keywords.
KINDS = ("person", "place", "body", "series", "clause", "generic")
_PLACES = {kind: place for place, kind in enumerate((TERM, *KINDS))}
# Kinds that authors give as keywords of research papers: where they worked, words that are plain elsewhere.
OF_PAPERS = frozenset({"place", "generic"})
# The chance of being a term under which a word is of another kind.
LEAST = 0.5
# The power to which the chance of being wanted counts, outside research papers: of 1, 1.5, 2, 3 and 4 the one
# by which readers kept most of the seven leading keywords of 93 cases and 12 official documents.
POWER = 3
# Surprisal in nats under which a dictionary word of two characters is too common to say what a text is about,
# and the first letters of tags of words that name nothing.
COMMON = 10.0
_DULL = frozenset("dtsfqmrazbi")

_Odds = NDArray[np.float64]


class Coefficients(NamedTuple):
    """What speaks for each kind, a term first and then `KINDS`: by itself, by evidence, by meaning.

    `places` are the numbers of the rows of `evidence` by name; `meaning` has a row for each word that has a
    vector.
    """

    intercept: _Odds
    places: dict[str, int]
    evidence: _Odds
    meaning: _Odds

    def sum(self, evidence: Mapping[str, float]) -> _Odds:
        """Return what evidence adds to the logarithms of the odds."""
        known = [(self.places[name], value) for name, value in evidence.items() if name in self.places]
        values = np.array([value for _, value in known])
        return np.asarray(values @ self.evidence[[place for place, _ in known]])

    def meant(self, words: Sequence[str]) -> _Odds:
        """Return what the mean of the vectors of words adds."""
        return mean(words, self.meaning)


@cache
def coefficients() -> Coefficients:
    """Return the coefficients of the model."""
    with dictionary("keyword-kinds.csv").open(encoding="utf-8", newline="") as lines:
        rows = {
            row["evidence"]: np.array([float(row[kind]) for kind in ("term", *KINDS)])
            for row in csv.DictReader(lines)
        }
    intercept = rows.pop("")
    meant = np.array([rows.pop(name) for name in dimensions()])
    places = {name: place for place, name in enumerate(rows)}
    return Coefficients(intercept, places, np.array([*rows.values()]), vectors() @ meant)


def dimensions() -> list[str]:
    """Return the names of the evidence that the dimensions of meaning are."""
    return [f"meaning_{at}" for at in range(size())]


class Judged(NamedTuple):
    """The kind of a keyword, and what its weight is multiplied by; 0 where its kind is left out."""

    kind: str
    factor: float


@dataclass(frozen=True)
class Kinds:
    """Tells kinds apart; `listed` words are terms whatever they look like, kinds `left_out` not wanted.

    A weight is multiplied by the third power (`POWER`) of the chance of being wanted. In a research paper
    places and generic words are wanted too, as authors give them (`OF_PAPERS`), and the power is
    1 - scholarly.
    """

    segmenter: Segmenter
    listed: frozenset[str] = frozenset()
    left_out: Collection[str] = KINDS
    _known: dict[tuple[str, str], tuple[_Odds, bool, str]] = field(
        default_factory=dict, repr=False, compare=False
    )

    @cached_property
    def _evidence(self) -> Evidence:
        return Evidence(self.segmenter)

    @cached_property
    def _wanted(self) -> dict[bool, list[bool]]:
        """In a research paper or not -> for a term and each of `KINDS` whether it is wanted there."""
        left_out = {False: {*self.left_out}, True: {*self.left_out} - OF_PAPERS}
        return {paper: [kind not in kinds for kind in (TERM, *KINDS)] for paper, kinds in left_out.items()}

    def of(self, word: str, tag: str, document: Document, facts: Facts) -> Judged:
        """Judge a keyword of a document with a part of speech; its kind is TERM for a term."""
        if word in self.listed:
            return Judged(TERM, 1.0)
        odds, name_like, certain = self._letters(word, tag)
        paper = is_paper(facts.scholarly)
        wanted = self._wanted[paper]
        if certain:
            return Judged(certain, float(wanted[_PLACES[certain]]))
        odds = odds + coefficients().sum(of_facts(word, facts))
        if name_like:
            odds = odds + coefficients().sum(in_document(word, document))
        # Seven numbers: arrays would take longer. Rounded, so that the last bit of a sum decides nothing.
        each = odds.tolist()
        greatest = max(each)
        chances = [exp(round(value - greatest, 6)) for value in each]
        term, others = chances[0], chances[1:]
        kind = TERM if term >= LEAST * sum(chances) else KINDS[others.index(max(others))]
        if kind == TERM and self.is_common(word, tag, facts):
            kind = "generic"
        power = 1 - facts.scholarly if paper else POWER
        chance = sum(compress(chances, wanted)) / sum(chances)
        return Judged(kind, wanted[_PLACES[kind]] * chance**power)

    def is_common(self, word: str, tag: str, facts: Facts) -> bool:
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
            pieces = self._evidence.pieces(word)
            evidence = self._evidence.of(word, tag, pieces)
            model = coefficients()
            meant = model.meant([piece.text for piece in pieces])
            odds = model.intercept + model.sum(evidence) + meant
            name_like = any(name in evidence for name in NAME_LIKE)
            certain = "place" if "county" in evidence else ""
            self._known[word, tag] = odds, name_like, certain
        return self._known[word, tag]
