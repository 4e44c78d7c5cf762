"""KeywordWeigher: the leading keywords of every document of a corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd

from casemine import schema
from casemine.arguments import instance, whole_number, words_of
from casemine.document import Document
from casemine.errors import ParameterError, UsageError
from casemine.parallel import Mapper, in_process
from casemine.segment import Segmenter
from casemine.weigh.candidates import Candidates, Numbers, candidates_of, title_pieces
from casemine.weigh.context import Contexts
from casemine.weigh.factors import CUES, Cue
from casemine.weigh.lexicon import Settings, kept_whole
from casemine.weigh.scores import inverse_document_frequency, log_likelihood, rate, tfidf

METHODS = ("tfidf", "textrank", "contrast")
# Characters of text handed to a worker at a time: its Segmenter is built once for them.
BATCH = 400_000
# How often a word inside keywords must stand outside them, by the occurrences of the most frequent of them.
STANDS_ALONE = 0.2
# A piece of title shared by this many documents names a series (a column of the news), not its subject.
SERIES = 4


class KeywordWeigher:
    """Weighs the words and phrases of documents and keeps the leading ones of each.

    weight = statistic x the cues (`casemine.weigh.factors`), and the statistic is, by `method`,
    "tfidf": (occurrences per thousand characters)^0.7 x inverse document frequency; "textrank": the
    same rate^0.7 x the summed TextRank of its words; "contrast": log-likelihood against the
    frequencies of jieba's dictionary, per thousand characters. Being rates, weights compare between
    documents of one run: 10 and more is what a text is about, 1 a passing word.

    `new_words` maps a discovered word to its tag, or to (tag, weight); they are added to `segmenter`.
    `stopwords` break phrases. `generic` words, and phrases of nothing else, are no keywords but may be
    part of one. The order of the documents plays no part.
    """

    def __init__(
        self,
        *,
        segmenter: Segmenter | None = None,
        method: str = "tfidf",
        top: int = 10,
        new_words: Mapping[str, str | tuple[str, float]] | None = None,
        stopwords: frozenset[str] = frozenset(),
        generic: frozenset[str] = frozenset(),
        cues: Sequence[Cue] = CUES,
        mapper: Mapper = in_process,
    ) -> None:
        self.segmenter = segmenter
        self.method = method
        self.top = top
        self.new_words = new_words
        self.stopwords = stopwords
        self.generic = generic
        self.cues = cues
        self.mapper = mapper

    def check(self) -> None:
        """Raise `ParameterError` for a parameter that has no possible value."""
        if self.method not in METHODS:
            raise ParameterError(
                f"there is no keyword method {self.method!r}.", advice=f"Use one of {', '.join(METHODS)}."
            )
        if self.segmenter is not None:
            advice = "Give a Segmenter, or None for jieba's dictionary."
            instance(self.segmenter, Segmenter, name="segmenter", advice=advice)
        whole_number(self.top, name="top", least=1)
        words_of(self.stopwords, name="stopwords")
        words_of(self.generic, name="generic")

    def fit(self, documents: Sequence[Document]) -> KeywordWeigher:
        """Learn the document frequencies of the candidates: `containing_` and `documents_`."""
        self.check()
        self._learn_series(documents)
        self._count(self._candidates(documents))
        return self

    def transform(self, documents: Sequence[Document]) -> pd.DataFrame:
        """Return the table `schema.KEYWORDS` of `documents`, by doc_id and rank."""
        if not hasattr(self, "containing_"):
            raise UsageError("the weigher has seen no corpus.", advice="Call fit or fit_transform first.")
        return self._table(documents, self._candidates(documents))

    def fit_transform(self, documents: Sequence[Document]) -> pd.DataFrame:
        """Fit on `documents` and return their keywords, reading each text once."""
        self.check()
        self._learn_series(documents)
        found = list(self._candidates(documents))
        self._count(iter(found))
        return self._table(documents, iter(found))

    def _learn_series(self, documents: Sequence[Document]) -> None:
        sharing = Counter(piece for document in documents for piece in set(title_pieces(document)))
        self.series_ = frozenset(piece for piece, count in sharing.items() if count >= SERIES)

    def _candidates(self, documents: Sequence[Document]) -> Iterator[Candidates]:
        segmenter = self.segmenter or Segmenter()
        new = {
            word: entry if isinstance(entry, str) else entry[0]
            for word, entry in (self.new_words or {}).items()
        }
        settings = Settings(segmenter, new, self.stopwords, self.generic, self.series_)
        if whole := kept_whole(new, settings):
            settings = replace(settings, segmenter=segmenter.with_words(whole))
        collect = partial(candidates_of, settings=settings, with_textrank=self.method == "textrank")
        for batch in self.mapper(collect, _batches(documents)):
            yield from batch

    def _count(self, found: Iterator[Candidates]) -> None:
        self.containing_: Counter[str] = Counter()
        self.documents_ = 0
        for one in found:
            self.containing_.update(one.words)
            self.documents_ += 1

    def _statistic(self, found: Candidates) -> Numbers:
        if self.method == "tfidf":
            idf = inverse_document_frequency(found.containing, self.documents_, found.surprisal)
            return tfidf(found.frequency, idf, found.characters)
        if self.method == "textrank":
            return np.asarray(rate(found.frequency, found.characters) ** 0.7 * found.centrality)
        total = float((self.segmenter or Segmenter()).total)
        # The dictionary counts words, of 1.6 characters on average in running text.
        size = max(1.0, found.characters / 1.6)
        background = total * np.exp(-found.surprisal)
        return rate(log_likelihood(found.frequency, size, background, total), found.characters)

    def _weights(self, found: Candidates) -> Numbers:
        containing = [max(1, self.containing_[word]) for word in found.words]
        found = replace(found, containing=np.array(containing, dtype=np.float64))
        weights = self._statistic(found)
        for cue in self.cues:
            weights = weights * cue(found)
        # Rounded before they are compared, so that the last bit of a logarithm decides nothing.
        return np.round(weights, 4)

    def _table(self, documents: Sequence[Document], found: Iterator[Candidates]) -> pd.DataFrame:
        segmenter = self.segmenter or Segmenter()
        rows: list[dict[str, object]] = []
        for document, one in zip(documents, found, strict=True):
            weights = self._weights(one)
            contexts = Contexts(document)
            for rank, index in enumerate(leading(one, weights, self.top), start=1):
                word = one.words[index]
                context = contexts.of(word)
                rows.append(
                    {
                        "doc_id": document.doc_id,
                        "word": word,
                        "rank": rank,
                        "pos": one.tags[index],
                        "weight": float(weights[index]),
                        "frequency": contexts.count(word),
                        "new": word not in segmenter,
                        "context": context.sentence,
                        "start": context.start,
                        "end": context.end,
                    }
                )
        rows.sort(key=lambda row: (row["doc_id"], row["rank"]))
        return schema.KEYWORDS.frame(rows)


def leading(found: Candidates, weights: Numbers, top: int) -> list[int]:
    """Return the indices of the `top` heaviest candidates, heaviest first, ties by position, then word.

    A word inside heavier keywords is passed over unless it also stands outside them: at least
    `STANDS_ALONE` of the occurrences of the most frequent of them.
    """
    order = sorted(np.flatnonzero(weights > 0), key=lambda i: (-weights[i], found.first[i], found.words[i]))
    kept: list[int] = []
    for index in map(int, order):
        if len(kept) == top:
            break
        if _stands_alone(found, index, kept):
            kept.append(index)
    return kept


def _stands_alone(found: Candidates, index: int, kept: Sequence[int]) -> bool:
    word = found.words[index]
    holders = [found.frequency[held] for held in kept if held != index and word in found.words[held]]
    return not holders or bool(found.frequency[index] - sum(holders) >= STANDS_ALONE * max(holders))


def _batches(documents: Sequence[Document]) -> Iterator[list[Document]]:
    batch: list[Document] = []
    size = 0
    for document in documents:
        batch.append(document)
        size += len(document.text)
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
