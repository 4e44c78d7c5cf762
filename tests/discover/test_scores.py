"""The scores of n-grams, on counts small enough to work out by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemine.discover.scores import (
    LISTING,
    branching_entropy,
    cohesion,
    listing,
    moved,
    reweigh,
)


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


def test_pairs_and_words_that_return_in_no_other_document_are_seldom_terms() -> None:
    words = np.array(["扶志", "扶志", *["防贫预警"] * 4], dtype=object)
    documents, frequency = np.array([1, 2, 2, 3, 300, 300]), np.array([5, 5, 3, 5, 450, 449])
    added = listing({"word": words, "documents": documents, "frequency": frequency})
    plain = LISTING[""]
    assert added[0] == pytest.approx(plain + LISTING["pair"])
    assert added[1] == pytest.approx(added[0] + LISTING["shared"])
    assert added[2] == pytest.approx(plain + LISTING["shared"])
    assert added[3] == added[4] == pytest.approx(plain + LISTING["shared"] * np.log2(3))
    assert added[5] == pytest.approx(plain)  # a slogan: hardly ever twice in a text


def test_what_is_added_to_a_weight_can_be_taken_off() -> None:
    weight, by = np.array([0.01, 12.5, 99.0]), np.array([-1.7, 0.6, 0.2])
    assert moved(moved(weight, by), -by) == pytest.approx(weight)


@given(st.floats(0.1, 99.9), st.integers(1, 1000), st.integers(1, 1000))
def test_a_weight_comes_back_when_the_frequency_does(weight: float, old: int, new: int) -> None:
    there = reweigh(np.array([weight]), np.array([old]), np.array([new]))
    back = reweigh(there, np.array([new]), np.array([old]))
    assert back[0] == pytest.approx(weight, abs=1e-3) and (there[0] >= weight - 1e-9) == (new >= old)
