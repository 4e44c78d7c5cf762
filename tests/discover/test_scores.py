"""The scores of n-grams, on counts small enough to work out by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemine.discover.scores import branching_entropy, cohesion, reweigh


def test_cohesion_is_the_log_of_how_much_oftener_than_by_chance() -> None:
    # 4 times together, parts 4 and 8 times, 64 symbols: 4 * 64 / 32 = 8, three bits.
    assert cohesion(np.array([4, 1]), np.array([32.0, 64.0]), 64).tolist() == [3.0, 0.0]


def test_entropy_counts_each_border_as_a_neighbour_of_its_own() -> None:
    # The first word has two symbols twice each; the second one symbol always; the third borders alone.
    frequency, words, times = np.array([4, 4, 4]), np.array([0, 0, 1]), np.array([2, 2, 4])
    assert branching_entropy(frequency, words, times).tolist() == [1.0, 0.0, 2.0]


def test_a_weight_moves_with_the_frequency_alone() -> None:
    # Twice as often adds 0.561 to odds of 0.
    expected = 100 / (1 + np.exp(-0.561))
    assert reweigh(np.array([50.0]), np.array([3]), np.array([6]))[0] == pytest.approx(expected)


@given(st.floats(0.1, 99.9), st.integers(1, 1000), st.integers(1, 1000))
def test_a_weight_comes_back_when_the_frequency_does(weight: float, old: int, new: int) -> None:
    there = reweigh(np.array([weight]), np.array([old]), np.array([new]))
    back = reweigh(there, np.array([new]), np.array([old]))
    assert back[0] == pytest.approx(weight, abs=1e-3) and (there[0] >= weight - 1e-9) == (new >= old)
