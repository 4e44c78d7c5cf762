from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemine.discover import shards
from casemine.discover.candidates import Means, ShardRun, dealt
from casemine.discover.measured import greatest_product, neighbours
from casemine.discover.ngrams import characters, code_points, frequent, longer, run_lengths, symbols
from casemine.discover.scores import branching_entropy, cohesion
from casemine.parallel import in_process
from casemine.segment import Segmenter
from discover import ngram_reference as reference

SEGMENTER = Segmenter()
TEXTS = st.lists(st.text(alphabet="甲乙丙丁a1，\n", max_size=40), min_size=1, max_size=4)


def strings(
    texts: list[str], min_count: int, max_len: int, shard: int = 1000, parts: int = 1
) -> dict[str, int]:
    """Count n-grams over shards; what all shards say of one has to be the same."""
    found: dict[str, set[int]] = {}
    here: dict[str, int] = {}
    with dealt(texts, SEGMENTER, min_count, Means(shard=shard, parts=parts)) as work:
        walk = ShardRun(work, in_process)
        list(walk.shards(shards.read))
        lengths = walk.count(max_len)
        for number in range(work.shards):
            points = work.store.get(f"shard/{number}")
            for length in range(1, lengths + 1):
                level = work.store.get(f"level/{length}.{number}")
                words = points.strings(level.first, length)
                for word, count, frequency in zip(words, level.counts, level.frequency, strict=True):
                    found.setdefault(word, set()).add(int(frequency))
                    here[word] = here.get(word, 0) + int(count)
    assert found == {word: {count} for word, count in here.items()}
    return here


def test_counts_by_hand() -> None:
    assert strings(["甲乙甲乙丙，甲乙"], 2, 4) == {"甲": 3, "乙": 3, "甲乙": 3}


def test_no_ngram_crosses_punctuation_or_a_text() -> None:
    assert strings(["甲，乙", "丙\n丁"], 1, 3) == {"甲": 1, "乙": 1, "丙": 1, "丁": 1}


def test_no_text_no_ngrams() -> None:
    assert strings([], 1, 3) == {}
    assert strings(["，。"], 1, 3) == {}


def test_characters_beyond_the_basic_plane() -> None:
    assert strings(["𠮷野𠮷野"], 2, 2) == {"𠮷": 2, "野": 2, "𠮷野": 2}


def test_rare_in_every_shard_and_frequent_in_all() -> None:
    assert strings(["甲乙", "甲乙", "甲丙", "甲乙"], 3, 3, shard=1, parts=2) == {"甲": 4, "乙": 3, "甲乙": 3}


@given(TEXTS, st.integers(1, 3), st.sampled_from([1, 20, 1000]), st.integers(1, 3))
def test_counts_are_those_of_the_definition(texts: list[str], min_count: int, shard: int, parts: int) -> None:
    expected = {
        word: count
        for length in range(1, 6)
        for word, count in reference.counts(texts, length).items()
        if count >= min_count
    }
    assert strings(texts, min_count, 5, shard, parts) == expected


def test_cohesion_by_hand() -> None:
    # 9 symbols; 甲乙 three times, 甲 three, 乙 four: log2(3 x 9 / (3 x 4)).
    assert cohesion(np.array([3]), np.array([12.0]), 9)[0] == pytest.approx(np.log2(27 / 12))


def test_entropy_by_hand() -> None:
    # Neighbours a a b and two borders: shares 2/5, 1/5, 1/5, 1/5.
    found = branching_entropy(np.array([5]), np.array([0, 0]), np.array([2, 1]))
    assert found[0] == pytest.approx(0.4 * np.log2(2.5) + 0.6 * np.log2(5))


@given(TEXTS)
def test_scores_are_those_of_the_definition(texts: list[str]) -> None:
    points = np.append(code_points(texts), np.uint32(10))
    codes = symbols(points, np.zeros(len(points), dtype=np.bool_))
    levels = []
    groups = characters(codes, points)
    while len(groups.keys) and groups.length <= 4:
        levels.append(frequent(groups, np.arange(len(groups.keys)), groups.counts.astype(np.int64)))
        groups = longer(codes, levels[-1])
    firsts = [level.first for level in levels[1:]]
    if not firsts:
        return
    words = [
        "".join(map(chr, points[at : at + level.length].tolist()))
        for level in levels[1:]
        for at in level.first.tolist()
    ]
    frequency = np.concatenate([level.frequency for level in levels[1:]])
    found = cohesion(frequency, greatest_product(levels, firsts, len(codes)), int(np.count_nonzero(codes)))
    assert found.tolist() == pytest.approx([reference.cohesion(texts, word) for word in words])
    rows = np.repeat(np.arange(len(words)), frequency)
    place = np.concatenate([level.positions for level in levels[1:]])
    length = np.repeat([len(word) for word in words], frequency)
    sides = [neighbours(codes, points, places, rows) for places in (place - 1, place + length)]
    left, right = (branching_entropy(frequency, side.row, side.times) for side in sides)
    for number, word in enumerate(words):
        assert (left[number], right[number]) == pytest.approx(reference.entropies(texts, word))


def test_run_lengths() -> None:
    assert run_lengths(np.array([3, 3, 5, 7, 7, 7])).tolist() == [2, 1, 3]
    assert run_lengths(np.zeros(0)).tolist() == []
