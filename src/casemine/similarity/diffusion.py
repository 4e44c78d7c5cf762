"""Who wrote what first: shared passages put in the order of time, and what passed from whom to whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from casemine.similarity.passages import Shared

EARLIER, SAME, UNKNOWN = "earlier", "same", "unknown"
# A passage is news to a document when at most half of it had come from an earlier one.
_NEW = 0.5


def date_of(row: Mapping[str, object]) -> str:
    """Return the day a document was signed, else made public, else its year; "" when nobody knows."""
    return next((str(row[name]) for name in ("issued", "published", "year") if row.get(name)), "")


def in_time(dates: Sequence[str]) -> list[int]:
    """Return the documents from the first to the last; those without a date last, ties as they stood.

    A year alone counts as its first day.
    """
    return sorted(range(len(dates)), key=lambda at: (not dates[at], dates[at], at))


def order(first: str, second: str) -> str:
    """Say whether the first date is before the second, as far as both are known.

    >>> order("2019", "2020-03-01"), order("2020", "2020-03-01"), order("", "2020")
    ('earlier', 'same', 'unknown')
    """
    if not first or not second:
        return UNKNOWN
    common = min(len(first), len(second))
    return EARLIER if first[:common] < second[:common] else SAME


@dataclass(frozen=True)
class Flow:
    """What passed from an earlier document to a later one: passages and letters, each told once."""

    source: int
    target: int
    passages: int
    letters: int


def origins(
    passages: Sequence[Shared], lengths: Sequence[int], order: Sequence[str]
) -> tuple[list[bool], list[float]]:
    """Tell of each passage whether its first document is the earliest that the second can have it from.

    Documents are numbered in the order of time, `passages` go from one to a later one; `order` says of each
    what is known of their dates; `lengths` are the letters of each document. Also returns of each document
    the share of its letters that one of an earlier date has.
    """
    by_target: dict[int, list[int]] = {}
    for at, passage in enumerate(passages):
        by_target.setdefault(passage.second, []).append(at)
    first = [False] * len(passages)
    taken = [0.0] * len(lengths)
    for target, rows in by_target.items():
        covered, earlier = np.zeros((2, lengths[target]), dtype=np.bool_)
        for at in sorted(rows, key=lambda at: (passages[at].first, passages[at].second_start)):
            own = slice(passages[at].second_start, passages[at].second_end)
            first[at] = bool(covered[own].mean() <= _NEW)
            covered[own] = True
            earlier[own] |= order[at] == EARLIER
        taken[target] = float(earlier.mean())
    return first, taken


def flows(passages: Iterable[Shared]) -> list[Flow]:
    """Return what passed between documents, the most letters first."""
    sums: dict[tuple[int, int], tuple[int, int]] = {}
    for passage in passages:
        count, letters = sums.get((passage.first, passage.second), (0, 0))
        own = passage.second_end - passage.second_start
        sums[passage.first, passage.second] = (count + 1, letters + own)
    found = [Flow(*pair, *of) for pair, of in sums.items()]
    return sorted(found, key=lambda flow: (-flow.letters, flow.source, flow.target))
