"""Words that many texts have whatever their subject: lists of them, and shares of reports and papers."""

from __future__ import annotations

from functools import cache
from math import log2

import numpy as np
from numpy.typing import NDArray

from casemine.resources import action_words, dictionary, generic_list, plain_words, word_list
from casemine.weigh.spans import Names, names_of, places_in
from casemine.weigh.termhood import papers

_GENERIC = ("common", "poverty", "news", "plans", "reports")
# What the words of case reports and of half of all papers have more of papers than of work reports, in
# logarithms to the base of 2.
_OFFICIAL, _OF_PAPERS = -2.0, 0.5
# Percent of papers that hold a word, and papers whose authors give it, from and under which it says nothing.
_HELD, _GIVEN = 40, 20
# So many words of an official text are taken as read before a document: a few words prove nothing.
_TAKEN = 5
# From how scholarly on a document is a paper: of 168 official documents and 282 news cases none reaches .3,
# of 2,246 single paragraphs of these cases 3 in a hundred; of 1,000 abstracts 91 in a hundred do, of 150
# papers 98.
_PAPER = 0.3


@cache
def background() -> dict[str, tuple[float, float]]:
    """Return word -> log2(1 + percent of work reports, of papers, that hold it)."""
    rows = (row.split(" ") for row in word_list(dictionary("background.txt")))
    return {word: (log2(1 + int(reports)), log2(1 + int(papers))) for word, reports, papers in rows}


@cache
def dull_words() -> frozenset[str]:
    """Return the words of every shipped list of words that say nothing."""
    return frozenset().union(*(word_list(generic_list(name)) for name in _GENERIC))


def says_nothing(word: str) -> bool:
    """Tell whether a word says nothing of a text: what is done to things, or what every text has."""
    return word in plain_words() or word in action_words() or word in dull_words()


def scholarly(names: Names) -> float:
    """Tell how much a document is written as research papers are and official texts are not, 0 to 1.

    `names` are those of its words (`casemine.weigh.spans`). By how much more papers hold each word than work
    reports do. What is a term in a paper differs from what is one in a case: authors name places, methods and
    materials.
    """
    known, more = _more_in_papers()
    place = places_in(names, known)
    here = more[place[place >= 0]]
    mean = (float(here.sum()) + _TAKEN * _OFFICIAL) / (len(here) + _TAKEN)
    # Rounded, so that the last bit of a sum decides nothing.
    return round(min(max((mean - _OFFICIAL) / (_OF_PAPERS - _OFFICIAL), 0.0), 1.0), 6)


def is_paper(scholarly: float) -> bool:
    """Tell whether a document is a research paper, by what `scholarly` says of it."""
    return scholarly >= _PAPER


@cache
def common_in_papers() -> Names:
    """Return the names, rising, of words that say nothing of a paper: many have them, few authors give them.

    研究 and 影响: `_HELD` papers in a hundred have them, fewer than `_GIVEN` of all have them as keywords.
    """
    held = [word for word, (_, percent) in background().items() if percent >= log2(1 + _HELD)]
    return np.sort(names_of([word for word, given in zip(held, papers(held), strict=True) if given < _GIVEN]))


@cache
def _more_in_papers() -> tuple[Names, NDArray[np.float64]]:
    """Return the names of the words of `background`, rising, and how much more papers hold each."""
    known = background()
    names = names_of([*known])
    order = np.argsort(names)
    return names[order], np.array([papers - reports for reports, papers in known.values()])[order]
