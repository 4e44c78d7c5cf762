from __future__ import annotations

import ngram_reference as reference
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemine.discover.ngrams import code_points, levels, run_lengths, symbols
from casemine.discover.scores import branching_entropy, cohesion

TEXTS = st.lists(st.text(alphabet="甲乙丙丁a1，\n", max_size=40), min_size=1, max_size=4)


def strings(texts: list[str], min_count: int, max_len: int) -> dict[str, int]:
    points = code_points(texts)
    return {
        "".join(map(chr, points[first : first + level.length].tolist())): count
        for level in levels(symbols(points), min_count, max_len)
        for first, count in zip(level.first.tolist(), level.frequency.tolist(), strict=True)
    }


def test_counts_by_hand() -> None:
    assert strings(["甲乙甲乙丙，甲乙"], 2, 4) == {"甲": 3, "乙": 3, "甲乙": 3}


def test_no_ngram_crosses_punctuation_or_a_text() -> None:
    assert strings(["甲，乙", "丙\n丁"], 1, 3) == {"甲": 1, "乙": 1, "丙": 1, "丁": 1}


def test_no_text_no_ngrams() -> None:
    assert strings([], 1, 3) == {}
    assert strings(["，。"], 1, 3) == {}


def test_characters_beyond_the_basic_plane() -> None:
    assert strings(["𠮷野𠮷野"], 2, 2) == {"𠮷": 2, "野": 2, "𠮷野": 2}


@given(TEXTS, st.integers(1, 3))
def test_counts_are_those_of_the_definition(texts: list[str], min_count: int) -> None:
    expected = {
        word: count
        for length in range(1, 6)
        for word, count in reference.counts(texts, length).items()
        if count >= min_count
    }
    assert strings(texts, min_count, 5) == expected


def test_cohesion_by_hand() -> None:
    # 9 symbols; 甲乙 three times, 甲 three, 乙 four: log2(3 x 9 / (3 x 4)).
    codes = symbols(code_points(["甲乙丙，甲乙丁，甲乙乙"]))
    below = list(levels(codes, 1, 2))
    pair = np.array([0])
    assert cohesion(below, pair, 9)[0] == pytest.approx(np.log2(27 / 12))


def test_entropy_by_hand() -> None:
    # Neighbours a a b and two borders: shares 2/5, 1/5, 1/5, 1/5.
    found = branching_entropy(np.array([7, 7, 9, 0, 0]), np.zeros(5, dtype=np.int64), 1)
    assert found[0] == pytest.approx(0.4 * np.log2(2.5) + 0.6 * np.log2(5))


@given(TEXTS)
def test_scores_are_those_of_the_definition(texts: list[str]) -> None:
    points = code_points(texts)
    codes = np.append(symbols(points), np.int32(0))
    below = []
    for level in levels(codes, 1, 4):
        below.append(level)
        words = ["".join(map(chr, points[at : at + level.length].tolist())) for at in level.first.tolist()]
        owner = np.repeat(np.arange(len(words)), level.frequency)
        left = branching_entropy(codes[level.positions - 1], owner, len(words))
        right = branching_entropy(codes[level.positions + level.length], owner, len(words))
        for number, word in enumerate(words):
            assert (left[number], right[number]) == pytest.approx(reference.entropies(texts, word))
        if level.length > 1:
            found = cohesion(below, level.first, int(np.count_nonzero(codes)))
            assert found.tolist() == pytest.approx([reference.cohesion(texts, word) for word in words])


def test_run_lengths() -> None:
    assert run_lengths(np.array([3, 3, 5, 7, 7, 7])).tolist() == [2, 1, 3]
    assert run_lengths(np.zeros(0)).tolist() == []
