"""What speaks for a candidate besides how often it occurs: plain factors, multiplied into its weight.

Each takes the candidates of one document and returns one factor a candidate. The constants were set on
one half of the benchmark's documents, with an eye on the other; `benchmarks/keywords.py --ablation`
shows what each brings. Some differ in research papers, whose authors give other words than readers of
cases keep.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from casemine.weigh.candidates import Candidates, Numbers

Cue = Callable[[Candidates], Numbers]


def part_of_speech(candidates: Candidates) -> Numbers:
    """Fourth root of how well the first word begins a term x how well the last word ends one; 1 in papers."""
    if candidates.in_paper:
        return np.ones(len(candidates.names))
    return np.asarray((candidates.begins * candidates.ends) ** 0.25)


def length(candidates: Candidates) -> Numbers:
    """(x e^(1-x))^2.65 with x = width / 5: terms of four to six characters say most."""
    relative = candidates.width / 5
    return np.asarray((relative * np.exp(1 - relative)) ** 2.65)


def single(candidates: Candidates) -> Numbers:
    """0.7 for one word of two characters: policy terms are compounds (风险防控, not 风险)."""
    return np.where((candidates.parts == 1) & (candidates.width <= 2), 0.7, 1.0)


def specificity(candidates: Candidates) -> Numbers:
    """Root of (the surprisal of its commonest word - 4 nats) / 6: 工作 or 建设 makes a phrase dull.

    It is 1 for a word that is one of 22,000 in general language.
    """
    return np.asarray(np.sqrt(np.maximum(candidates.least - 4, 0.5) / 6))


def unity(candidates: Candidates) -> Numbers:
    """1 - 0.75 x the share of occurrences inside one longer phrase: 村集体 where it is 村集体经济.

    The nested terms of Frantzi, Ananiadou & Mima, 2000, "Automatic recognition of multi-word terms:
    the C-value/NC-value method", International Journal on Digital Libraries 3.
    """
    return 1 - 0.75 * candidates.nested / candidates.frequency


def attested(candidates: Candidates) -> Numbers:
    """0.3 for a phrase that stands once in the whole corpus, 0.5 for a word that stands once in its text.

    Nothing shows that the one is a term, or that the text is about the other. A word that is
    discovered or in the title is spared.
    """
    once = candidates.frequency == 1
    phrase = once & (candidates.parts > 1) & (candidates.containing <= 1)
    word = once & (candidates.parts == 1) & ~candidates.titled & ~candidates.discovered
    return np.where(phrase, 0.3, np.where(word, 0.5, 1.0))


def discovered(candidates: Candidates) -> Numbers:
    """1.3 for a word that discovery candidates in the corpus."""
    return np.where(candidates.discovered, 1.3, 1.0)


def title(candidates: Candidates) -> Numbers:
    """3 for a word of the title."""
    return np.where(candidates.titled, 3.0, 1.0)


def spread(candidates: Candidates) -> Numbers:
    """1.5 for a word that goes through the whole text, in papers 1.25; 1 for one in a single place."""
    most = 0.25 if candidates.in_paper else 0.5
    share = (candidates.last - candidates.first) / max(1, candidates.last.max(initial=1))
    return np.asarray(1 + most * share)


def early(candidates: Candidates) -> Numbers:
    """1.5 for a word at the beginning, where a text says what it is about, falling to 1; in papers 1.8."""
    most = 0.8 if candidates.in_paper else 0.5
    return np.asarray(1 + most * np.exp(-candidates.first / 600))


def termhood(candidates: Candidates) -> Numbers:
    """The odds of being a term, by what author keywords are made of, to the power 0.15; in papers 0.03.

    `casemine.weigh.termhood`; odds beyond e^4 and under e^-6 count as these.
    """
    power = 0.03 if candidates.in_paper else 0.15
    return np.asarray(np.exp(power * np.clip(candidates.termhood, -6, 4)))


def given(candidates: Candidates) -> Numbers:
    """In papers 1.8 x papers^0.1 for a keyword that authors gave to other papers; 1 otherwise.

    `casemine.weigh.termhood.papers` counts them.
    """
    return np.where(candidates.papers > 0, 1.8 * np.maximum(candidates.papers, 1) ** 0.1, 1.0)


CUES: tuple[Cue, ...] = (
    part_of_speech,
    length,
    single,
    specificity,
    unity,
    attested,
    discovered,
    title,
    spread,
    early,
    termhood,
    given,
)
