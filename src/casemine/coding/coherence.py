"""Coherence: whether the codes of a category stand together in the text more than codes drawn by chance.

C_NPMI of Röder, Both & Hinneburg (2015), Exploring the space of topic coherence measures, WSDM, by gensim's
`CoherenceModel`: the normalised pointwise mutual information of every two codes of a category, each
paragraph being one window, averaged within and over categories.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from casemine.coding.codebook import Codebook
from casemine.errors import StudyError
from casemine.lexicon.matching import WordMatcher
from casemine.needs_gensim import gensim_module

# Stands for whatever else a paragraph says; no code is called so.
_OTHER = "\n"
_SHUFFLES = 20


@dataclass(frozen=True)
class Coherence:
    """How coherent the categories of a level are, and how coherent the same sizes filled by chance.

    `value` is the mean C_NPMI over categories, -1 to 1; `by_chance` and `spread` are mean and standard
    deviation of the same for shuffled membership; `categories` has columns category, codes (those that
    stand in the text) and c_npmi, the least coherent first.
    """

    level: str
    value: float
    by_chance: float
    spread: float
    categories: pd.DataFrame

    @property
    def better_than_chance(self) -> bool:
        """Whether the codebook lies two standard deviations or more above shuffled ones."""
        return self.value - self.by_chance >= 2 * self.spread


def coherence(
    book: Codebook,
    paragraphs: Iterable[str],
    *,
    level: str = "axial",
    shuffles: int = _SHUFFLES,
    seed: int = 0,
) -> Coherence:
    """Return the coherence of the categories of a level over `paragraphs`, against shuffled membership.

    A code stands in a paragraph that holds its name or an alias, the longest match first. Codes that stand
    nowhere, and categories with fewer than two that do, are left out. `seed` draws the shuffles.

    Raises `StudyError` when fewer than two categories are left, `UsageError` without gensim.
    """
    texts = _codes_in(book, paragraphs)
    present = {code for text in texts for code in text}
    members = {
        category.name: [
            code.name
            for code in book.at("open")
            if code.name in present and category.name in book.chain(code.name)
        ]
        for category in book.at(level)
    }
    groups = {name: codes for name, codes in members.items() if len(codes) > 1}
    if len(groups) < 2:
        raise StudyError(
            f"fewer than two {level} categories have two codes in the text: nothing to compare.",
            advice="Give more texts, or another level.",
        )
    measure = _Measure(texts)
    each = measure(list(groups.values()))
    drawn = [
        float(np.mean(measure(_shuffled(groups, np.random.default_rng((seed, number))))))
        for number in range(shuffles)
    ]
    table = pd.DataFrame(
        {"category": list(groups), "codes": [len(codes) for codes in groups.values()], "c_npmi": each}
    ).sort_values(["c_npmi", "category"], ignore_index=True)
    return Coherence(level, float(np.mean(each)), float(np.mean(drawn)), float(np.std(drawn)), table)


class _Measure:
    """C_NPMI of groups of codes over the same texts, which are counted once for all groupings."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        filled = [[*text, _OTHER] for text in texts]
        dictionary = gensim_module("corpora").Dictionary(filled)
        codes = sorted(dictionary.token2id)
        self._model: Any = gensim_module("models.coherencemodel").CoherenceModel(
            topics=[codes],
            texts=filled,
            dictionary=dictionary,
            coherence="c_npmi",
            window_size=max(map(len, filled), default=1) + 1,
            topn=len(codes),
            processes=1,
        )
        self._model.estimate_probabilities()

    def __call__(self, groups: Sequence[Sequence[str]]) -> list[float]:
        # A group of codes already counted is not counted again.
        self._model.topics = [list(codes) for codes in groups]
        return [float(value) for value in self._model.get_coherence_per_topic()]


def _codes_in(book: Codebook, paragraphs: Iterable[str]) -> list[list[str]]:
    """Return the open codes of each paragraph, each once, in the order of the codebook's names."""
    wordings = {code.name: code.name for code in book.at("open")}
    for code in book.at("open"):
        wordings |= {alias: code.name for alias in code.aliases if alias not in wordings}
    matcher = WordMatcher(wordings)
    return [sorted({wordings[word] for _, word in matcher.distinct(text)}) for text in paragraphs]


def _shuffled(groups: Mapping[str, Sequence[str]], generator: np.random.Generator) -> list[list[str]]:
    """Return groups of the same sizes with the codes of all dealt out anew."""
    codes = sorted({code for own in groups.values() for code in own})
    dealt = [codes[at] for at in generator.permutation(len(codes))]
    ends = np.cumsum([len(own) for own in groups.values()]).tolist()
    return [dealt[start:end] for start, end in zip([0, *ends], ends, strict=False)]
