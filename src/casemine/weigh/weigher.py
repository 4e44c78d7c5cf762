"""KeywordWeigher: the leading keywords of every document of a corpus."""

from __future__ import annotations

import pickle
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from heapq import heappop, heappush
from numbers import Real
from tempfile import SpooledTemporaryFile
from typing import IO, Any, NamedTuple

import numpy as np
import pandas as pd

from casemine import schema
from casemine.arguments import called, instance, several, whole_number, words_of
from casemine.document import Document
from casemine.errors import ParameterError, UsageError
from casemine.kinds.clauses import clauses
from casemine.parallel import Mapper, in_process
from casemine.segment import CUTTABLE, Segmenter
from casemine.weigh.background import says_nothing
from casemine.weigh.candidates import Batch, Candidates, Numbers, candidates_of, title_pieces
from casemine.weigh.context import Contexts
from casemine.weigh.counting import Counting
from casemine.weigh.evidence import Facts
from casemine.weigh.factors import CUES, Cue
from casemine.weigh.kinds import KINDS, TERM, Judged, Kinds
from casemine.weigh.lexicon import Settings, kept_whole
from casemine.weigh.scores import inverse_document_frequency, log_likelihood, rate, tfidf

METHODS = ("tfidf", "textrank", "contrast")
# Characters of text handed to a worker at a time: its Segmenter is built once for them.
BATCH = 400_000
# Bytes of collected candidates that memory may hold until all documents are counted.
HELD = 16_000_000
# A piece of title shared by this many documents names a series (a column of the news), not its subject.
SERIES = 4
# What stands between quotation marks, with marks of its own that end no clause.
_QUOTED = re.compile(r"[“「《]([\w+·]+(?:[、·+-][\w+·]+)+)[”」》]")
_QUOTED_LONGEST = 16


class KeywordWeigher:
    """Weighs the words and phrases of documents and keeps the leading ones of each.

    weight = statistic x the cues (`casemine.weigh.factors`), and the statistic is, by `method`,
    "tfidf": (occurrences per thousand characters)^0.7 x inverse document frequency; "textrank": the
    same rate^0.7 x the summed TextRank of its words; "contrast": log-likelihood against the
    frequencies of jieba's dictionary, per thousand characters. It is multiplied by the third
    power of the chance that the word is of no kind `left_out` (`casemine.weigh.kinds`). Being rates, weights
    compare between documents of one run: 10 and more is what a text is about, 1 a passing word.

    `new_words` maps a discovered word to its tag, or to (tag, weight); they are added to `segmenter`.
    `stopwords` break phrases. `generic` words, and phrases of nothing else that were not discovered as words,
    are no keywords but may be part of one; so are `places`. In research papers, whose authors give such,
    places and phrases of generic words may be keywords. `left_out` are the kinds of words
    (`casemine.weigh.kinds`) that are no keywords, but for places and generic words of research papers; words
    of the segmenter's own are terms whatever they look like. The order of the documents plays no part.
    """

    def __init__(
        self,
        *,
        segmenter: Segmenter | None = None,
        method: str = "tfidf",
        top: int = 10,
        new_words: Mapping[str, str | tuple[str, float]] | None = None,
        stopwords: Collection[str] = frozenset(),
        generic: Collection[str] = frozenset(),
        places: Collection[str] = frozenset(),
        left_out: Collection[str] = KINDS,
        cues: Sequence[Cue] = CUES,
        mapper: Mapper = in_process,
    ) -> None:
        self.segmenter = segmenter
        self.method = method
        self.top = top
        self.new_words = new_words
        self.stopwords = stopwords
        self.generic = generic
        self.places = places
        self.left_out = left_out
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
        words_of(self.places, name="places")
        _check_new_words(self.new_words)
        advice = "Give kinds of words in a list: ['person', 'place']."
        for kind in several(self.left_out, name="left_out", advice=advice):
            if kind not in (*KINDS, "none"):
                raise ParameterError(f"is {kind!r:.60}.", place="left_out", advice=advice)
        advice = "Give factors in a list, as casemine.weigh.factors.CUES."
        for cue in several(self.cues, name="cues", advice=advice):
            called(cue, name="cues", advice=advice)
        called(self.mapper, name="mapper", advice="Give what casemine.parallel.workers opens.")

    def fit(self, documents: Collection[Document]) -> KeywordWeigher:
        """Learn the document frequencies of the candidates: `containing_` and `documents_`."""
        self.check()
        self._learn_series(documents)
        self._count(documents)
        return self

    def transform(self, documents: Collection[Document]) -> pd.DataFrame:
        """Return the table `schema.KEYWORDS` of `documents`, by doc_id and rank."""
        if not hasattr(self, "containing_"):
            raise UsageError("the weigher has seen no corpus.", advice="Call fit or fit_transform first.")
        return self._table(documents, self._collected(documents))

    def fit_transform(self, documents: Collection[Document]) -> pd.DataFrame:
        """Fit on `documents` and return their keywords, cutting each text once."""
        self.check()
        self._learn_series(documents)
        # What is collected must wait until every document is counted: on disk when it is much.
        with SpooledTemporaryFile(max_size=HELD) as waiting:
            self._count(documents, waiting)
            waiting.seek(0)
            return self._table(documents, _loaded(waiting))

    def _learn_series(self, documents: Collection[Document]) -> None:
        sharing: Counter[str] = Counter()
        quoted: Counter[str] = Counter()
        for document in documents:
            sharing.update(set(title_pieces(document)))
            quoted.update(match[1] for match in _QUOTED.finditer(document.text))
        self.series_ = frozenset(piece for piece, count in sharing.items() if count >= SERIES)
        self.quoted_ = frozenset(
            term
            for term, count in quoted.items()
            if count > 1 and len(term) <= _QUOTED_LONGEST and not CUTTABLE.fullmatch(term)
        )

    def _collected(self, documents: Collection[Document]) -> Iterator[Batch]:
        segmenter = self.segmenter or Segmenter()
        new = {
            word: entry if isinstance(entry, str) else entry[0]
            for word, entry in (self.new_words or {}).items()
        }
        if new:  # a clause is no word, however often it is copied
            whole_clauses = clauses(list(new), segmenter)
            new = {word: tag for word, tag in new.items() if word not in whole_clauses}
        # What stands between quotation marks again and again is a term, marks and all: 双随机、一公开.
        quoted = sorted(self.quoted_ - new.keys())
        lacking = zip(quoted, segmenter.lacking(quoted), strict=True)
        new |= {term: "n_new" for term, lacks in lacking if lacks}
        stopwords, generic, places = map(frozenset, (self.stopwords, self.generic, self.places))
        listed = frozenset(segmenter.words) - generic - places - stopwords
        settings = Settings(segmenter, new, stopwords, generic, self.series_, listed, places)
        if kept := kept_whole(new, settings):
            settings = replace(settings, segmenter=segmenter.with_words(kept))
        collect = partial(candidates_of, settings=settings, with_textrank=self.method == "textrank")
        yield from self.mapper(collect, _batches(documents))

    def _count(self, documents: Collection[Document], waiting: IO[bytes] | None = None) -> None:
        counting = Counting()
        for batch in self._collected(documents):
            counting.add(batch.names)
            if waiting:
                pickle.dump(batch, waiting, pickle.HIGHEST_PROTOCOL)
        self.containing_ = counting.frequencies()
        self.documents_ = len(documents)

    def _statistic(self, candidates: Candidates) -> Numbers:
        if self.method == "tfidf":
            idf = inverse_document_frequency(candidates.containing, self.documents_, candidates.surprisal)
            return tfidf(candidates.frequency, idf, candidates.characters)
        if self.method == "textrank":
            return np.asarray(
                rate(candidates.frequency, candidates.characters) ** 0.7 * candidates.centrality
            )
        total = float((self.segmenter or Segmenter()).total)
        # The dictionary counts words, of 1.6 characters on average in running text.
        size = max(1.0, candidates.characters / 1.6)
        background = total * np.exp(-candidates.surprisal)
        return rate(log_likelihood(candidates.frequency, size, background, total), candidates.characters)

    def _weights(self, candidates: Candidates) -> Numbers:
        containing = np.maximum(1.0, self.containing_.of(candidates.names))
        candidates = replace(candidates, containing=containing)
        weights = self._statistic(candidates)
        for cue in self.cues:
            weights = weights * cue(candidates)
        # Rounded before they are compared, so that the last bit of a logarithm decides nothing.
        return np.round(weights, 4)

    def weighed(self, documents: Collection[Document]) -> Iterator[Weighed]:
        """Yield the candidates of each document with their weights, as `transform` ranks them."""
        return self._weighed(documents, self._collected(documents))

    def _weighed(self, documents: Collection[Document], collected: Iterator[Batch]) -> Iterator[Weighed]:
        batches = ((candidates, batch.tags) for batch in collected for candidates in batch)
        for document, (candidates, tags) in zip(documents, batches, strict=True):
            yield Weighed(document, candidates, tags, self._weights(candidates))

    def _table(self, documents: Collection[Document], collected: Iterator[Batch]) -> pd.DataFrame:
        segmenter = self.segmenter or Segmenter()
        kinds = Kinds(segmenter, frozenset(segmenter.words), self.left_out)
        rows = [row for each in self._weighed(documents, collected) for row in _rows(each, kinds, self.top)]
        lacking = segmenter.lacking([str(row["word"]) for row in rows])
        rows = [{**row, "new": new} for row, new in zip(rows, lacking, strict=True)]
        rows.sort(key=lambda row: (row["doc_id"], row["rank"]))
        return schema.KEYWORDS.frame(rows)


def _check_new_words(new_words: Any) -> None:
    """Raise `ParameterError` unless each word has its tag, or its tag and weight."""
    if new_words is None:
        return
    if hasattr(new_words, "columns"):  # the table of a discoverer
        raise ParameterError(
            "a table stands where a mapping is meant.",
            place="new_words",
            advice="Give dict(zip(frame['word'], frame['pos'])).",
        )
    advice = "Give a mapping: {word: tag}, or {word: (tag, weight)}."
    instance(new_words, Mapping, name="new_words", advice=advice)
    for word, entry in new_words.items():
        tag, weight = entry if isinstance(entry, tuple) and len(entry) == 2 else (entry, 0.0)
        known = isinstance(word, str) and word and isinstance(tag, str)
        if not known or not isinstance(weight, Real) or isinstance(weight, bool):
            raise ParameterError(f"is { ({word: entry})!r:.60}.", place="new_words", advice=advice)


@dataclass(frozen=True)
class Weighed:
    """A document, its candidates, the tags by number, and the weight of each candidate."""

    document: Document
    candidates: Candidates
    tags: Sequence[str]
    weights: Numbers

    @cached_property
    def text(self) -> str:
        """What is counted of the document."""
        return self.document.counted

    def word(self, index: int) -> str:
        """Return a candidate as it stands in the text."""
        return self.candidates.word(self.text, index)

    def tag(self, index: int) -> str:
        """Return the part of speech of a candidate."""
        return str(self.tags[self.candidates.tag[index]])

    @cached_property
    def _title_end(self) -> int:
        return max((part.end for part in self.document.passages if part.kind == "title"), default=0)

    def facts(self, index: int) -> Facts:
        """Return what is known of a candidate, whatever its corpus."""
        candidates = self.candidates
        return Facts(
            float(candidates.termhood[index]),
            float(candidates.least[index]),
            float(candidates.surprisal[index]),
            float(candidates.frequency[index]),
            float(candidates.nested[index]),
            bool(candidates.titled[index]),
            bool(candidates.last[index] < self._title_end),
            bool(candidates.discovered[index]),
            float(candidates.begins[index]),
            float(candidates.ends[index]),
            float(candidates.first[index]),
            candidates.scholarly,
        )


def _rows(weighed: Weighed, kinds: Kinds, top: int) -> Iterator[dict[str, Any]]:
    """Yield the rows of the table of keywords of a document."""
    document = weighed.document

    def judge(index: int, word: str) -> Judged:
        return kinds.of(word, weighed.tag(index), document, weighed.facts(index))

    contexts = Contexts(document)
    kept = leading(weighed, top, judge)
    for rank, (index, word, kind, weight) in enumerate(kept, start=1):
        context = contexts.of(word)
        yield {
            "doc_id": document.doc_id,
            "word": word,
            "rank": rank,
            "pos": weighed.tag(index),
            "kind": kind,
            "weight": weight,
            "frequency": contexts.count(word),
            "context": context.sentence,
            "start": context.start,
            "end": context.end,
        }


class Leading(NamedTuple):
    """A candidate that is kept: its number, word, kind, and its weight multiplied by what `Judged` says."""

    at: int
    word: str
    kind: str
    weight: float


def leading(
    weighed: Weighed,
    top: int,
    judge: Callable[[int, str], Judged] = lambda index, word: Judged(TERM, 1.0),
) -> list[Leading]:
    """Return the `top` heaviest candidates, by weight times factor (`Judged`), place and length.

    Passed over are words that are not wanted at all; a word inside heavier keywords; a word that is a heavier
    keyword with one character more, or with words that say nothing; and a phrase that stands once around a
    heavier keyword, unless it was discovered or stands in the title. Authors of research papers give such
    words: there a word is passed over only when it stands inside two heavier keywords.
    """
    candidates, weights = weighed.candidates, weighed.weights
    order = np.lexsort((candidates.size, candidates.first, -weights))
    order = order[: int((weights > 0).sum())]
    kept: list[Leading] = []
    waiting: list[tuple[float, float, int, Leading]] = []
    # No candidate weighs more than before it was judged: those that wait can be kept once they weigh more
    # than all that follow.
    for index, weight in zip([*order.tolist(), -1], [*weights[order].tolist(), 0.0], strict=True):
        while waiting and -waiting[0][0] > weight and len(kept) < top:
            ready = heappop(waiting)[-1]
            if _apart(weighed, ready.at, ready.word, kept):
                kept.append(ready)
        if len(kept) == top or index < 0:
            return kept
        word = weighed.word(index)
        if not _apart(weighed, index, word, kept):
            continue
        kind, factor = judge(index, word)
        if (judged := round(weight * factor, 4)) > 0:
            place = float(candidates.first[index]), int(candidates.size[index])
            heappush(waiting, (-judged, *place, Leading(index, word, kind, judged)))
    return kept


def _apart(weighed: Weighed, index: int, word: str, kept: Sequence[Leading]) -> bool:
    """Tell whether a candidate is more than a piece of words that were kept, or one of them made longer."""
    candidates = weighed.candidates
    if candidates.listed[index]:
        return True
    holders = sum(word in each.word for each in kept)
    if candidates.in_paper:
        return holders < 2
    if holders:
        return False
    inner = [each.word for each in kept if each.word in word]
    shown = candidates.frequency[index] > 1 or candidates.discovered[index] or candidates.titled[index]
    return not inner or (bool(shown) and not any(adds_nothing(word, each) for each in inner))


def adds_nothing(word: str, inner: str) -> bool:
    """Tell whether a word is another one with a character more, or with words that say nothing."""
    before, _, after = word.partition(inner)
    rest = before + after
    return len(rest) == 1 or all(says_nothing(part) for part in (before, after) if part)


def _loaded(waiting: IO[bytes]) -> Iterator[Batch]:
    while True:
        try:
            yield pickle.load(waiting)  # this process wrote it
        except EOFError:
            return


def _batches(documents: Collection[Document]) -> Iterator[list[Document]]:
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
