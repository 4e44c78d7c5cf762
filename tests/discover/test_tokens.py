"""Tokens as arrays, on eight places: 防贫 | 预警 | 机 | 制 | 到户."""

import numpy as np

from casemine.discover.tokens import join, tokens_of

WORDS = ["防贫", "预警", "机", "制", "到户"]
TOKENS = tokens_of(np.arange(5, dtype=np.int32), WORDS)


def test_words_start_and_end_where_they_stand() -> None:
    assert TOKENS.starting.tolist() == [0, -1, 1, -1, 2, 3, 4, -1, -1]
    assert TOKENS.ending.tolist()[:8] == [-1, 0, -1, 1, 2, 3, -1, 4]
    assert TOKENS.before.tolist() == [0, 1, 1, 2, 2, 3, 4, 5, 5]
    assert tokens_of(np.zeros(0, dtype=np.int32), []).starting.tolist() == [-1]


def test_borders_are_at_both_ends() -> None:
    assert np.flatnonzero(TOKENS.bordered(2)).tolist() == [0, 2, 4, 6]  # 防贫, 预警, 机制, 到户
    assert np.flatnonzero(TOKENS.bordered(8)).tolist() == [0]
    assert TOKENS.bordered(9).tolist() == []


def test_flagged_words_are_counted_before_each_place() -> None:
    assert TOKENS.sums(np.array([True, False, False, True, False])).tolist() == [0, 1, 1, 1, 1, 1, 2, 2, 2]


def test_one_word_takes_the_place_of_those_between_two_borders() -> None:
    joined = TOKENS.joined(np.array([0, 4]), np.array([4, 6]), np.array([5, 6], dtype=np.int32))
    assert joined.starting.tolist() == [5, -1, -1, -1, 6, -1, 4, -1, -1]


def test_single_characters_become_one_word_and_others_stay() -> None:
    # 机制 stands in single characters at 4; 防贫 at 0 is a token already.
    joined = join(TOKENS, {5: (2, np.array([4])), 6: (2, np.array([0]))})
    assert joined.starting.tolist() == [0, -1, 1, -1, 5, -1, 4, -1, -1]
