from collections import Counter
from math import log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemine.discover.measured import Candidates, Neighbours, merged, neighbours

NOTHING = Neighbours(np.zeros(0, np.int64), np.zeros(0, np.uint32), np.zeros(0, np.int64))


def beside(*rows: tuple[int, str, int]) -> Neighbours:
    return Neighbours(
        np.array([row for row, _, _ in rows], np.int64),
        np.array([ord(point) for _, point, _ in rows], np.uint32),
        np.array([times for _, _, times in rows], np.int64),
    )


def piece(*words: tuple[int, str, int, int], left: Neighbours = NOTHING) -> Candidates:
    """Candidates of a shard: key, word, frequency in the corpus, texts of the shard that hold it."""
    return Candidates(
        np.array([key for key, *_ in words], np.uint64),
        np.array([word for _, word, *_ in words], object),
        np.array([frequency for *_, frequency, _ in words], np.int64),
        np.array([frequency * 10.0 for *_, frequency, _ in words]),
        {"documents": np.array([documents for *_, documents in words], np.int64)},
        left,
        NOTHING,
    )


def test_symbols_beside_candidates_are_counted_and_borders_are_not() -> None:
    points = np.array([ord(char) for char in "在茶在，"], np.uint32)
    codes = np.array([1, 2, 1, 0])
    counted = neighbours(codes, points, np.array([0, 2, 1, 3]), np.array([0, 0, 1, 1]))
    assert list(zip(counted.row.tolist(), map(chr, counted.point), counted.times.tolist(), strict=True)) == [
        (0, "在", 2),
        (1, "茶", 1),
    ]


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from("茶园村")), max_size=30))
def test_counts_of_symbols_are_those_of_a_plain_count(pairs: list[tuple[int, str]]) -> None:
    pairs = sorted(pairs, key=lambda pair: pair[0])
    points = np.array([ord(char) for _, char in pairs], np.uint32)
    row = np.array([number for number, _ in pairs], np.int64)
    counted = neighbours(np.ones(len(pairs), np.int64), points, np.arange(len(pairs)), row)
    keys = zip(counted.row.tolist(), map(chr, counted.point.tolist()), strict=True)
    assert dict(zip(keys, counted.times.tolist(), strict=True)) == Counter(pairs)


def test_candidates_of_all_shards_are_one_table_with_their_sums() -> None:
    first = piece((7, "茶园", 4, 2), (9, "村民", 3, 1), left=beside((0, "在", 2), (1, "在", 3)))
    second = piece((7, "茶园", 4, 1), left=beside((0, "到", 2)))
    table = merged([first, second])
    rows = {word: at for at, word in enumerate(table["word"])}
    assert set(rows) == {"茶园", "村民"}
    garden, people = rows["茶园"], rows["村民"]
    assert table["documents"][[garden, people]].tolist() == [3, 1]
    assert table["frequency"][[garden, people]].tolist() == [4, 3]
    # 在 twice and 到 twice are one bit; 在 alone is none, and the only neighbour.
    assert table["left_entropy"][[garden, people]].tolist() == pytest.approx([log2(2), 0])
    assert table["left_only"][[garden, people]].tolist() == ["", "在"]


def test_some_of_the_rows_keep_their_neighbours() -> None:
    table = piece((1, "甲", 2, 1), (2, "乙", 2, 1), left=beside((0, "在", 1), (1, "到", 2)))
    kept = table.only(np.array([False, True]))
    assert kept.words.tolist() == ["乙"] and kept.keys.tolist() == [2]
    assert (kept.left.row.tolist(), kept.left.times.tolist()) == ([0], [2])
