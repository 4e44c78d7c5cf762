"""The rows of codings.csv as `casemine code` makes them: document by document, merged, counted, written.

Memory holds a share of the documents and a part of the table at a time, whatever the size of the corpus.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from heapq import merge
from itertools import chain, count, groupby, islice
from pathlib import Path
from typing import Any

import pandas as pd

from casemine import parallel, review, schema, sheets
from casemine.coding import evidence
from casemine.document import Document
from casemine.review.quotes.columns import QuoteKey, QuoteState
from casemine.terms import FROM, KEYWORD

Row = dict[str, Any]
Decisions = Mapping[QuoteKey, QuoteState]

# Rows of a table that are read or written together.
_PART = 20_000
# Shares that are handed to the workers together: more would all be held at once.
_WAVE = 8


@dataclass
class CodedCounts:
    """What was coded: by code documents, documents with it among their keywords and quotations; by source."""

    documents: Counter[str] = field(default_factory=Counter)
    keyword_documents: Counter[str] = field(default_factory=Counter)
    quotations: Counter[str] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)

    def add(self, rows: Collection[Row]) -> None:
        """Take in the rows of one document."""
        self.documents.update({row["code"] for row in rows})
        self.keyword_documents.update({row["code"] for row in rows if row[FROM] == KEYWORD})
        # A sentence counts once for a code, however many of its keywords stand there.
        once = {(row["start"], row["code"]): row[FROM] for row in reversed(list(rows))}
        self.quotations.update(code for _, code in once)
        self.sources.update(once.values())


@dataclass
class SettledRows:
    """The rows of documents with what a person decided about quotations, and what was lost of it."""

    judged: Decisions
    codes: Mapping[str, str]
    label: str
    coder: str
    counts: CodedCounts = field(default_factory=CodedCounts)
    lost: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._by_document: dict[str, dict[QuoteKey, QuoteState]] = defaultdict(dict)
        for key, state in self.judged.items():
            self._by_document[key.doc_id][key] = state

    def of(self, document: Document, rows: list[Row]) -> list[Row]:
        """Return the rows that the decisions about one document leave; each document comes once."""
        if own := self._by_document.pop(document.doc_id, None):
            settled = self._settled(rows, own, [document])
            rows = [{str(name): value for name, value in row.items()} for row in settled.to_dict("records")]
        self.counts.add(rows)
        return rows

    def rest(self) -> None:
        """Take note of decisions about documents that are not there."""
        for own in self._by_document.values():
            self._settled([], own, [])

    def _settled(self, rows: list[Row], own: Decisions, documents: list[Document]) -> pd.DataFrame:
        made = schema.CODINGS.frame(rows)
        settled, lost = review.settle(made, own, documents, self.codes, label=self.label, coder=self.coder)
        self.lost += lost
        return settled


def mapped(
    coder: evidence.DocumentCoder, shares: Iterable[evidence.Share], mapper: parallel.Mapper
) -> Iterator[tuple[Document, list[Row]]]:
    """Yield each document with its rows, in order: documents in, rows out, over any mapper."""
    waiting = iter(shares)
    while wave := list(islice(waiting, 1 if mapper is parallel.in_process else _WAVE)):
        for share, rows in zip(wave, mapper(coder, wave), strict=True):
            own = {doc_id: list(part) for doc_id, part in groupby(rows, key=lambda row: row["doc_id"])}
            for document in share.documents:
                yield document, own.get(document.doc_id, [])


def others(path: Path, kept: Callable[[pd.DataFrame], pd.DataFrame]) -> Iterator[Row]:
    """Yield the rows that stay of a codings.csv that is there already, a part of it in memory at a time."""
    if path.is_file():
        for part in sheets.read_csv_parts(path, _PART):
            yield from _records(kept(schema.CODINGS.parse(part)))


def _records(frame: pd.DataFrame) -> Iterator[Row]:
    names = frame.columns.tolist()
    return (dict(zip(names, values, strict=True)) for values in frame.itertuples(index=False, name=None))


def key(row: Row) -> tuple[Any, ...]:
    """Return what the rows of the table are sorted by."""
    return tuple(row[name] for name in schema.CODINGS.key)


def write(path: Path, *streams: Iterable[Row]) -> int:
    """Write sorted streams of rows as one table; of rows with one key that of the first stream holds.

    Returns how many rows it has.
    """
    merged = merge(*streams, key=key)
    number = count()
    rows = (next(same) for (_, same), _ in zip(groupby(merged, key=key), number, strict=False))
    parts = iter(lambda: list(islice(rows, _PART)), [])
    frames = (schema.CODINGS.frame(part) for part in parts)
    sheets.write_csv_parts(chain([schema.CODINGS.frame([])], frames), path)
    return next(number)
