"""What shards tell each other: sums over all of them, the same whatever the parts."""

import numpy as np
import pytest

from casemine.discover.exchange import part_of, receive, reduce, send, summed
from casemine.discover.store import Memory

FIRST, SECOND = np.array([7, 9], dtype=np.uint64), np.array([9, 11], dtype=np.uint64)


def test_the_same_key_of_two_shards_is_one_row_of_sums() -> None:
    back, sums = summed([FIRST, SECOND], [np.array([[1, 5], [2, 6]]), np.array([[3, 7], [4, 8]])])
    assert back.tolist() == [0, 1, 1, 2]
    assert sums.tolist() == [[1, 5], [5, 13], [4, 8]]


@pytest.mark.parametrize("parts", [1, 2, 5])
def test_each_shard_is_told_the_sums_and_what_is_rare_has_no_number(parts: int) -> None:
    store = Memory()
    for shard, (keys, values) in enumerate([(FIRST, [[1], [2]]), (SECOND, [[3], [4]])]):
        send(store, "q", shard, parts, keys, np.array(values))
    for part in range(parts):
        reduce(store, "q", part, parts, 2, least=4)
    numbers, sums = receive(store, "q", 0, parts, FIRST)
    others, more = receive(store, "q", 1, parts, SECOND)
    assert (sums.tolist(), more.tolist()) == ([[1], [5]], [[5], [4]])
    assert numbers[0] == -1 and numbers[1] == others[0] >= 0 and others[1] not in (-1, others[0])


def test_every_key_belongs_to_one_part() -> None:
    keys = np.arange(1000, dtype=np.uint64)
    assert part_of(keys, 1).max() == 0
    assert np.bincount(part_of(keys, 4).astype(int)).min() > 150
