"""NewWordDiscoverer: the new words of a corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from casemine.arguments import called, instance, texts_of, whole_number, words_of
from casemine.discover.absorb import absorbed_by, bound
from casemine.discover.candidates import HELD, MEMORY, Means, by_word, candidates, rows
from casemine.discover.cutting import Cutting
from casemine.discover.kinds import kinds, named
from casemine.discover.scores import Columns, listing, moved, reweigh, weigh
from casemine.document import Document
from casemine.errors import UsageError
from casemine.kinds.clauses import clauses
from casemine.kinds.dates import is_date
from casemine.parallel import Mapper, Submit, at_once, in_process
from casemine.schema import DECIMALS, NEW_WORDS
from casemine.segment import Segmenter

if TYPE_CHECKING:
    import pandas as pd


# What the weight of a clause, a slogan or the name of a column is worth beside that of a term with the same
# evidence: a corpus of news repeats them as it repeats its terms.
_CLAUSE = 0.1
_SERIES = 0.1


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

    What `casemine.NewWordDiscoverer` does, without scikit-learn, which takes longer to load than a small
    corpus to read. The parameters are described there.
    """

    _cutting: Cutting | None = None

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
        beside: Submit = at_once,
    ) -> None:
        self.segmenter = segmenter
        self.max_len = max_len
        self.min_count = min_count
        self.generic = generic
        self.mapper = mapper
        self.memory = memory
        self.spill = spill
        self.beside = beside

    def expect(self, text: str) -> None:
        """Begin to cut a text that `fit` will be given into words, as long as memory holds all of them."""
        cutting, self._cutting = self._cutting, None
        cutting = cutting or Cutting(self.segmenter or Segmenter(), self.beside)
        if (cutting.characters + len(text)) * HELD <= self.memory:
            cutting.add(text)
        self._cutting = cutting

    def check(self) -> None:
        """Raise `ParameterError` for a parameter that has no possible value."""
        if self.segmenter is not None:
            advice = "Give a Segmenter, or None for jieba's dictionary."
            instance(self.segmenter, Segmenter, name="segmenter", advice=advice)
        whole_number(self.max_len, name="max_len", least=2)
        if self.min_count is not None:
            advice = "Give 1 or more, or None to choose it by the size of the corpus."
            whole_number(self.min_count, name="min_count", least=1, advice=advice)
        words_of(self.generic, name="generic")
        whole_number(self.memory, name="memory", least=1, advice="Give bytes, as in 2_000_000_000.")
        instance(self.spill, (str, PathLike), name="spill", advice="Give a folder or an fsspec URL.")
        called(self.mapper, name="mapper", advice="Give what casemine.parallel.workers opens.")
        called(self.beside, name="beside", advice="Give what casemine.parallel.beside opens.")

    def fit(self, texts: Iterable[str | Document], y: object = None) -> Self:
        """Learn the new words of `texts`, one string (or `Document`) a document."""
        self.check()
        corpus = texts_of(texts)
        return self._fit(corpus, sum(map(len, corpus)))

    def fit_streamed(self, texts: Iterable[str], characters: int) -> Self:
        """Learn the new words of texts of so many characters together, read one by one; none is kept."""
        self.check()
        return self._fit(texts, characters)

    def _fit(self, corpus: Iterable[str], characters: int) -> Self:
        segmenter = self.segmenter or Segmenter()
        self.min_count_ = self.min_count or least_count(characters)
        cutting, self._cutting = self._cutting, None
        if cutting is None or cutting.segmenter.words != segmenter.words:
            cutting = Cutting(segmenter, self.beside)
        using = Means(self.mapper, self.memory, self.spill, cutting=cutting)
        table = candidates(corpus, segmenter, self.min_count_, self.max_len, using, characters, _told)
        self._bound: dict[str, str] = {}
        self._clauses: frozenset[str] = frozenset()
        words = np.array(
            [not is_date(word) for word in table["word"].tolist()] if table else [], dtype=np.bool_
        )
        table = rows(table, words) if words.any() else {}
        if table:
            self._clauses = clauses(table["word"].tolist(), segmenter)
            beside = list(zip(table["left_only"].tolist(), table["right_only"].tolist(), strict=True))
            self._bound = bound(table["word"].tolist(), table["frequency"].tolist(), beside)
            clause = np.array([word in self._clauses for word in table["word"].tolist()], dtype=np.bool_)
            kind = np.where(clause, "clause", table["kind"])
            worth = np.where(clause, _CLAUSE, np.where(kind == "series", _SERIES, 1.0))
            weight = worth * table["weight"]
            table = named({**table, "weight": weight, "kind": kind, "listing": listing(table)})
        self.columns_ = self._columns(table)
        for learned in ("new_words_", "_index"):
            self.__dict__.pop(learned, None)
        return self

    @cached_property
    def new_words_(self) -> pd.DataFrame:
        """The new words as a table."""
        return NEW_WORDS.frame(self.columns_)

    def transform(self, texts: Iterable[str | Document]) -> pd.DataFrame:
        """Return the new words that stand in `texts` (a case, a province), weighted for them.

        Cohesion, entropies and all other evidence are those of the corpus; frequency and documents are
        those of `texts`, and the weight changes with them as it would in `fit`. A word must occur
        as often as `least_count` asks of a corpus as large as `texts`; one too rare in the whole corpus to be
        a candidate there (the coinage of one case) is weighed by these texts alone.
        """
        if not hasattr(self, "columns_"):
            raise UsageError("no corpus was seen yet.", place=type(self).__name__, advice="Call fit first.")
        group = texts_of(texts)
        least = min(self.min_count_, least_count(sum(map(len, group))))
        total, documents = count_words(group, self._index)
        words = self.columns_["word"]
        here = rows(
            _arrays(self.columns_), np.array([total[word] >= least for word in words], dtype=np.bool_)
        )
        frequency = np.array([total[word] for word in here["word"]], dtype=np.int64)
        here["weight"] = reweigh(here["weight"], here["frequency"], frequency)
        here["frequency"] = frequency
        here["documents"] = np.array([documents[word] for word in here["word"]], dtype=np.int64)
        # What one text says of its own is not asked whether others say it too.
        there, here["listing"] = here["listing"], listing(here)
        here["weight"] = moved(here["weight"], here["listing"] - there)
        rare = self._rare(group, least)
        both = {name: np.concatenate((here[name], rare[name])) for name in here}
        return NEW_WORDS.frame(self._columns(by_word(both)))

    def _rare(self, texts: Sequence[str], least: int) -> Columns:
        """Return the new words of `texts` alone that occur less often than the corpus asks of a word."""
        if least >= self.min_count_:
            return rows(_arrays(self.columns_), np.zeros(len(self.columns_["word"]), dtype=np.bool_))
        alone = NewWordDiscoverer(segmenter=self.segmenter, max_len=self.max_len, min_count=least).fit(texts)
        table = _arrays(alone.columns_)
        foreign = [word not in self._index.words for word in alone.columns_["word"]]
        return rows(table, (table["frequency"] < self.min_count_) & np.array(foreign, dtype=np.bool_))

    def fit_transform(self, texts: Iterable[str | Document], y: object = None) -> pd.DataFrame:
        """Learn from `texts` and return their new words."""
        return self.fit(texts).new_words_

    @cached_property
    def _index(self) -> Index:
        return Index.of(self.columns_["word"])

    def _columns(self, table: Columns) -> dict[str, list[Any]]:
        """Return the columns of schema.NEW_WORDS, of a table in the order of its words; it is empty then.

        Its `listing` is taken off the weights where they decide which word is a fragment of which.
        """
        if not table:
            return {name: [] for name in NEW_WORDS.names}
        # Sorted as it will be written: the last places of a float differ between machines.
        weight = table["weight"].round(DECIMALS)
        first = np.lexsort((-table["frequency"], -weight))
        table["weight"] = weight
        table = {name: table.pop(name)[first] for name in list(table)}
        words = table["word"].tolist()
        # No term is a fragment of a clause that it stands in, however often the clause is copied; of a slogan
        # it is one as it would be of a term.
        holding = moved(
            np.where(table["kind"] == "series", table["weight"] / _SERIES, table["weight"]), -table["listing"]
        )
        holding[[word in self._clauses for word in words]] = 0.0
        into = absorbed_by(words, table["frequency"].tolist(), holding.tolist())
        # A term that a clause begins or ends with has the same neighbour wherever the clause is copied.
        sides = {
            side
            for word in self._clauses
            for at in range(2, len(word) - 1)
            for side in (word[:at], word[at:])
        }
        into = [
            longer or ("" if word in sides else self._bound.get(word, ""))
            for word, longer in zip(words, into, strict=True)
        ]
        # Those that are part of another word come after all that stand by themselves.
        order = np.argsort(np.array(into) != "", kind="stable")
        table, into = (
            {name: table.pop(name)[order] for name in list(table)},
            [into[at] for at in order.tolist()],
        )
        words = table["word"].tolist()
        generic = frozenset(self.generic)
        return NEW_WORDS.columns_of(
            {**table, "generic": [word in generic for word in words], "absorbed_by": into}
        )


def _told(table: Columns) -> Columns:
    """Leave of candidates what is told of new words, and their only neighbours, in place of the evidence."""
    own = {column.name for column in NEW_WORDS.columns} | {"left_only", "right_only"}
    told = {name: values for name, values in table.items() if name in own}
    return {**told, "weight": weigh(table), "kind": np.array(kinds(table), dtype=object)}


def _arrays(columns: dict[str, list[Any]]) -> Columns:
    """Return columns of schema.NEW_WORDS as arrays, with what is in the weights of `listing`."""
    texts = {column.name for column in NEW_WORDS.columns if column.kind == "text"}
    table = {
        name: np.array(values, dtype=object if name in texts else None) for name, values in columns.items()
    }
    return {**table, "listing": listing(table)}


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
