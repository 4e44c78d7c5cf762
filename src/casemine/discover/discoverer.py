"""NewWordDiscoverer: the new words of a corpus, as a scikit-learn style estimator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import pandas as pd

from casemine.discover.absorb import absorbed_by
from casemine.discover.candidates import MEMORY, Means, candidates
from casemine.discover.scores import reweigh, weigh
from casemine.mapping import Mapper, in_process
from casemine.schema import DECIMALS, NEW_WORDS
from casemine.segment import Segmenter


@dataclass(frozen=True)
class Index:
    """Words to look for: all of them, and the lengths of those that begin with each two characters."""

    words: frozenset[str]
    lengths: Mapping[str, tuple[int, ...]]

    @classmethod
    def of(cls, words: Collection[str]) -> Self:
        """Index `words`, each of two characters or more."""
        lengths: dict[str, set[int]] = {}
        for word in words:
            lengths.setdefault(word[:2], set()).add(len(word))
        return cls(frozenset(words), {head: tuple(sorted(sizes)) for head, sizes in lengths.items()})


class NewWordDiscoverer:
    """Finds the words of a corpus that the dictionary lacks.

    `segmenter`: the dictionary (default: jieba's); `max_len`: longest word in characters; `min_count`:
    least occurrences (None: see `least_count`); `generic`: words to flag as without content for the study;
    `mapper`: how work is spread; `memory`: bytes that each process may take for it; `spill`: folder (or
    fsspec URL) for what memory does not hold, one that all workers reach when there are any, "" for the
    system's own. No result depends on these three. Learned by `fit`: `new_words_` (schema.NEW_WORDS, by
    falling weight, frequency, then word) and `min_count_`.

    A corpus and one short document go the same way. What a short text cannot tell by counting comes from
    the dictionary: the token borders, what its words may do in a term, how frequent they are in general
    Chinese and in how many compounds they stand.
    """

    def __init__(
        self,
        *,
        segmenter: Segmenter | None = None,
        max_len: int = 10,
        min_count: int | None = None,
        generic: Collection[str] = frozenset(),
        mapper: Mapper = in_process,
        memory: int = MEMORY,
        spill: str | Path = "",
    ) -> None:
        self.segmenter = segmenter
        self.max_len = max_len
        self.min_count = min_count
        self.generic = generic
        self.mapper = mapper
        self.memory = memory
        self.spill = spill

    def fit(self, texts: Sequence[str]) -> Self:
        """Learn the new words of `texts`, one string a document (`Document.counted`)."""
        segmenter = self.segmenter or Segmenter()
        self.min_count_ = self.min_count or least_count(sum(map(len, texts)))
        using = Means(self.mapper, self.memory, self.spill)
        found = candidates(texts, segmenter, self.min_count_, self.max_len, using)
        if len(found):
            found = found.assign(weight=weigh(found))
        self.new_words_ = self._table(found)
        self._index = Index.of(self.new_words_["word"].tolist())
        return self

    def transform(self, texts: Sequence[str]) -> pd.DataFrame:
        """Return the new words that stand in `texts` (a case, a province), weighted for them.

        Cohesion, entropies and all other evidence are those of the corpus; frequency and documents are
        those of `texts`, and the weight changes with the frequency as it would in `fit`. A word must occur
        as often as `least_count` asks of a corpus as large as `texts`; one too rare in the whole corpus to be
        a candidate there (the coinage of one case) is weighed by these texts alone.
        """
        least = min(self.min_count_, least_count(sum(map(len, texts))))
        total, documents = count_words(texts, self._index)
        here = self.new_words_[self.new_words_["word"].map(total).fillna(0) >= least].copy()
        frequency = here["word"].map(total).astype("int64")
        here["weight"] = reweigh(here["weight"], here["frequency"], frequency)
        here["frequency"], here["documents"] = frequency, here["word"].map(documents).astype("int64")
        return self._table(pd.concat([here, self._rare(texts, least)]))

    def _rare(self, texts: Sequence[str], least: int) -> pd.DataFrame:
        """Return the new words of `texts` alone that occur less often than the corpus asks of a word."""
        if least >= self.min_count_:
            return self.new_words_.head(0)
        alone = NewWordDiscoverer(segmenter=self.segmenter, max_len=self.max_len, min_count=least).fit(texts)
        words = alone.new_words_
        return words[(words["frequency"] < self.min_count_) & ~words["word"].isin(self._index.words)]

    def fit_transform(self, texts: Sequence[str]) -> pd.DataFrame:
        """Learn from `texts` and return their new words."""
        return self.fit(texts).new_words_

    def _table(self, found: pd.DataFrame) -> pd.DataFrame:
        if not len(found):
            return NEW_WORDS.frame({})
        # Sorted as it will be written: the last places of a float differ between machines.
        found = found.assign(weight=found["weight"].round(DECIMALS))
        found = found.sort_values(
            ["weight", "frequency", "word"], ascending=[False, False, True], kind="stable", ignore_index=True
        )
        words = found["word"].tolist()
        into = absorbed_by(words, found["frequency"].tolist(), found["weight"].tolist())
        generic = frozenset(self.generic)
        return NEW_WORDS.frame(
            found[[name for name in NEW_WORDS.names if name in found]].assign(
                generic=[word in generic for word in words], absorbed_by=into
            )
        )


def least_count(characters: int) -> int:
    """Return the occurrences a string must have to be a candidate, for a corpus of so many characters.

    5; 3 under 100,000 characters; 2 under 10,000 (one document, where the terms of a page are said two or
    three times). Strings that recur by chance grow with the square of the text, terms in proportion to it.
    """
    return 2 if characters < 10_000 else 3 if characters < 100_000 else 5


def count_words(texts: Sequence[str], index: Index) -> tuple[Counter[str], Counter[str]]:
    """Count the occurrences of the words of `index`, overlapping ones too, and the texts that hold them."""
    total: Counter[str] = Counter()
    documents: Counter[str] = Counter()
    for text in texts:
        here = Counter(
            text[at : at + length]
            for at in range(len(text) - 1)
            for length in index.lengths.get(text[at : at + 2], ())
            if text[at : at + length] in index.words
        )
        total.update(here)
        documents.update(here.keys())
    return total, documents
