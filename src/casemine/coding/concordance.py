"""A concordance: every place of what is looked for, in its context, sorted by what stands around it.

Key words in context after Luhn (1960), "Key word-in-context index for technical literature", American
Documentation 11(4), with the sorting of the concordance programs: by the text, by what stands to the right,
or by what stands to the left read backwards.
"""

from __future__ import annotations

import pickle
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from heapq import merge
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, NamedTuple

import pandas as pd

from casemine import schema
from casemine.coding.search import Search
from casemine.document import Document, units, window
from casemine.terms import NO_GROUP, groups_in_order

SORTS = ("text", "left", "right")
# The group of all documents, where nobody asked for groups.
ALL = "全部"
# Lines held in memory at a time; the others wait on disk until they are merged.
HELD = 50_000


class Line(NamedTuple):
    """One line of a concordance: the columns of `schema.CONCORDANCE`."""

    doc_id: str
    region: str
    year: str
    group: str
    left: str
    match: str
    right: str
    start: int
    end: int
    sentence: str
    sentence_start: int


@dataclass
class Counts:
    """What was found in each group, and the documents and characters that were looked through."""

    documents: Counter[str] = field(default_factory=Counter)
    characters: Counter[str] = field(default_factory=Counter)
    containing: Counter[str] = field(default_factory=Counter)
    occurrences: Counter[str] = field(default_factory=Counter)

    def table(self) -> pd.DataFrame:
        """Return the table `schema.CONCORDANCE_GROUPS`, groups in order, the unnamed one last."""
        rows = [
            {
                "group": group,
                "documents": self.documents[group],
                "containing": self.containing[group],
                "occurrences": self.occurrences[group],
                "characters": self.characters[group],
                "per_10k": 1e4 * self.occurrences[group] / max(self.characters[group], 1),
            }
            for group in groups_in_order(self.documents)
        ]
        return schema.CONCORDANCE_GROUPS.frame(rows)


def lines(
    documents: Iterable[Document],
    search: Search,
    groups: Mapping[str, str],
    counts: Counts,
    *,
    width: int,
    unit: str = "sentence",
) -> Iterator[Line]:
    """Yield the lines of documents, text by text, and count them in `counts`.

    `groups` names the group of each document (empty: all are one); `width` is how many characters of
    context stand on either side, `unit` what the sentence of a line is (`casemine.document.UNITS`). White
    space in a context, line ends among it, is one blank.
    """
    for document in documents:
        text = document.counted
        group = (groups.get(document.doc_id) or NO_GROUP) if groups else ALL
        counts.documents[group] += 1
        counts.characters[group] += sum(map(len, text.split()))
        cut: list[tuple[int, int]] = []
        for found, (start, end) in enumerate(search(text)):
            cut = cut or list(units(text, unit))
            counts.containing[group] += not found
            counts.occurrences[group] += 1
            first, last = _unit_of(cut, start, end)
            yield Line(
                document.doc_id, document.region, document.year, group,
                _plain(text[max(0, start - width) : start]), _plain(text[start:end]),
                _plain(text[end : end + width]), start, end, text[first:last], first,
            )  # fmt: skip


def _unit_of(cut: list[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """Return the unit a match begins in, a window of one that is very long; outside of any, the match."""
    at = bisect_right(cut, start, key=lambda span: span[0]) - 1
    if at < 0 or start >= cut[at][1]:
        return start, end
    return window(cut[at], start, min(end, cut[at][1]))


def _plain(text: str) -> str:
    return " ".join(text.split())


def in_order(found: Iterable[Line], sort: str, *, held: int = HELD) -> Iterator[Line]:
    """Yield lines in one of the orders of `SORTS`; no more than `held` of them are in memory at a time.

    Han characters go by GB 18030, which has the 3,755 common ones by their sound (pinyin).
    """
    if sort == "text":
        yield from found
        return
    remaining = iter(found)
    runs: list[IO[bytes]] = []
    try:
        while run := sorted(islice(remaining, held), key=_KEYS[sort]):
            if len(run) < held and not runs:
                yield from run
                return
            runs.append(_spilled(run))
        yield from merge(*map(_read, runs), key=_KEYS[sort])
    finally:
        for file in runs:
            file.close()


def _spilled(run: list[Line]) -> IO[bytes]:
    file = TemporaryFile()  # noqa: SIM115 - closed by `in_order`
    for line in run:
        pickle.dump(tuple(line), file)
    file.seek(0)
    return file


def _read(file: IO[bytes]) -> Iterator[Line]:
    while True:
        try:
            yield Line(*pickle.load(file))
        except EOFError:
            return


def _sounds(text: str) -> bytes:
    return "".join(text.split()).encode("gb18030", "replace")


def _by_left(line: Line) -> tuple[object, ...]:
    return (_sounds(line.left[::-1]), _sounds(line.match), _sounds(line.right), line.doc_id, line.start)


def _by_right(line: Line) -> tuple[object, ...]:
    return (_sounds(line.match), _sounds(line.right), _sounds(line.left[::-1]), line.doc_id, line.start)


_KEYS = {"left": _by_left, "right": _by_right}


def quotations(found: Iterable[Line]) -> dict[str, list[tuple[int, int, str]]]:
    """Return doc_id -> the sentences (start, end, text) of lines, each once, in order."""
    seen: dict[str, dict[int, str]] = defaultdict(dict)
    for line in found:
        seen[line.doc_id].setdefault(line.sentence_start, line.sentence)
    return {
        doc_id: [(start, start + len(text), text) for start, text in sorted(spans.items())]
        for doc_id, spans in sorted(seen.items())
    }
