"""How shards learn of each other: each asks about its keys, and is told the sums over all shards.

The keys are dealt out to parts by a hash, so that no process holds all of them. Values are whole numbers:
a sum is exact, and the same whatever the cut into shards and parts.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from casemine.discover.ngrams import Ints, slim
from casemine.discover.store import Store

Keys = NDArray[np.uint64]
# 2^64 divided by the golden ratio (Knuth, The Art of Computer Programming 3, 6.4): spreads neighbours.
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
# A number has to fit into half a key.
_NUMBERS = 1 << 32


def part_of(keys: Keys, parts: int) -> NDArray[np.uint64]:
    """Return the part that each key belongs to."""
    return ((keys * _SPREAD) >> np.uint64(32)) % np.uint64(parts)


def send(store: Store, question: str, shard: int, parts: int, keys: Keys, values: Ints) -> None:
    """Ask about `keys`, all distinct, and give what this shard adds: a row of `values` each, from 0 up."""
    part = part_of(keys, parts)
    for number in range(parts):
        here = slice(None) if parts == 1 else part == number
        store.put(f"{question}.sent/{number}.{shard}", (keys[here], slim(values[here])))


def reduce(store: Store, question: str, part: int, parts: int, shards: int, least: int) -> None:
    """Tell every shard the number and the sums of each of its keys that belong to `part`.

    A key whose first sum is below `least` has number -1; the others are numbered across all parts.
    """
    asked = [store.get(f"{question}.sent/{part}.{shard}") for shard in range(shards)]
    back, sums = summed([keys for keys, _ in asked], [values for _, values in asked])
    frequent = sums[:, 0] >= least
    numbers = np.where(frequent, (np.cumsum(frequent) - 1) * parts + part, -1)
    if numbers.max(initial=0) >= _NUMBERS:
        raise OverflowError("more than 2^32 n-grams of one length are frequent; ask for a higher min_count")
    end = 0
    for shard, (keys, _) in enumerate(asked):
        begin, end = end, end + len(keys)
        mine = back[begin:end]
        store.put(f"{question}.reduced/{part}.{shard}", (slim(numbers[mine] + 1), slim(sums[mine])))


def receive(store: Store, question: str, shard: int, parts: int, keys: Keys) -> tuple[Ints, Ints]:
    """Return the numbers and the sums of `keys`, those that were asked about, in their order."""
    part = part_of(keys, parts)
    numbers = np.empty(len(keys), dtype=np.int64)
    sums: Ints | None = None
    for number in range(parts):
        here = slice(None) if parts == 1 else part == number
        numbers[here], values = store.get(f"{question}.reduced/{number}.{shard}")
        if sums is None:
            sums = np.empty((len(keys), values.shape[1]), dtype=np.int64)
        sums[here] = values
    assert sums is not None
    return numbers - 1, sums


def summed(keys: list[Keys], values: list[NDArray[Any]]) -> tuple[Ints, Ints]:
    """Return, for each key of all lists, its row in the table of sums by distinct key, and that table."""
    if len(keys) == 1:  # distinct as they are
        return np.arange(len(keys[0])), values[0].astype(np.int64)
    distinct, back = np.unique(np.concatenate(keys), return_inverse=True)
    rows = np.concatenate(values)
    columns = [np.bincount(back, column, len(distinct)) for column in rows.T]
    return back, np.stack(columns, axis=1).astype(np.int64)
