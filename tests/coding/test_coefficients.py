"""Coefficients against worked examples of the literature, and tables made into comparable units."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casemine.coding.coefficients import (
    alpha_interval,
    cohen_kappa,
    fleiss_kappa,
    holsti,
    krippendorff_alpha,
    percent_agreement,
)

NAN = np.nan

# Fleiss (1971), Table 1: 30 patients, 6 psychiatrists, how many gave each of five diagnoses.
FLEISS_1971 = """
00060 03003 01401 00006 03030 20400 00402 20310 20040 00006
10050 11040 03300 10050 02031 00501 30012 51000 02040 10203
00006 01050 02013 20040 10041 05010 40002 02040 10500 00006
"""

# Krippendorff (2011), section C: four observers, twelve units, some values missing.
KRIPPENDORFF_2011 = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
    [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
]

# Cohen (1960), Table 2: two judges, 200 cases, three categories.
COHEN_1960 = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]


def from_counts(text: str) -> np.ndarray:
    rows = [np.repeat(np.arange(len(line)), [int(count) for count in line]) for line in text.split()]
    return np.array(rows, dtype=float)


def from_table(table: list[list[int]]) -> np.ndarray:
    cells = [
        (row, column) for row, line in enumerate(table) for column, n in enumerate(line) for _ in range(n)
    ]
    return np.array(cells, dtype=float)


def test_fleiss_kappa_of_psychiatric_diagnoses() -> None:
    assert fleiss_kappa(from_counts(FLEISS_1971)) == pytest.approx(0.430, abs=5e-4)


def test_fleiss_kappa_asks_for_units_that_everyone_coded() -> None:
    ratings = from_counts(FLEISS_1971)
    more = np.vstack([ratings, [[0, 1, NAN, NAN, NAN, NAN]]])
    assert fleiss_kappa(more) == fleiss_kappa(ratings)
    assert percent_agreement(more) != percent_agreement(ratings)


def test_krippendorff_alpha_with_missing_values() -> None:
    assert krippendorff_alpha(np.array(KRIPPENDORFF_2011).T) == pytest.approx(0.743, abs=5e-4)


def test_krippendorff_alpha_of_two_observers_and_binary_values() -> None:
    # Krippendorff (2011), section A: two observers, ten units, alpha 0.095.
    first = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    second = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert krippendorff_alpha(np.array([first, second], dtype=float).T) == pytest.approx(0.095, abs=5e-4)


def test_cohen_kappa_of_1960() -> None:
    ratings = from_table(COHEN_1960)
    assert percent_agreement(ratings) == pytest.approx(0.70)
    assert cohen_kappa(ratings) == pytest.approx(0.492, abs=5e-4)


def test_cohen_kappa_of_three_coders_is_the_mean_of_pairs() -> None:
    ratings = np.array([[0, 0, 1], [1, 1, 1], [0, 1, 0], [1, 1, 0]], dtype=float)
    pairs = [cohen_kappa(ratings[:, pair]) for pair in ([0, 1], [0, 2], [1, 2])]
    assert cohen_kappa(ratings) == pytest.approx(np.mean(pairs))


def test_holsti_is_twice_the_agreements_by_all_codings() -> None:
    # 2M / (N1 + N2): fifty codings each, thirty-five of them the same: 0.70.
    ratings = np.array([[1, 1]] * 35 + [[1, 0]] * 15 + [[0, 1]] * 15 + [[0, 0]] * 900, dtype=float)
    assert holsti(ratings) == pytest.approx(0.70)


@pytest.mark.parametrize("coefficient", [cohen_kappa, fleiss_kappa, krippendorff_alpha])
@pytest.mark.parametrize("ratings", [[[1, 1], [1, 1]], [[0, 0]], [[1, NAN], [NAN, 0]], np.empty((0, 2))])
def test_without_variation_or_shared_units_nothing_is_defined(coefficient, ratings) -> None:
    assert coefficient(np.array(ratings, dtype=float)) is None


def test_nothing_given_leaves_holsti_undefined() -> None:
    assert holsti(np.zeros((4, 2))) is None
    assert percent_agreement(np.zeros((4, 2))) == 1
    assert percent_agreement(np.array([[1, NAN]])) is None


def test_interval_holds_alpha_and_is_the_same_for_the_same_seed() -> None:
    ratings = np.array(KRIPPENDORFF_2011).T
    groups = np.arange(len(ratings))
    interval = alpha_interval(ratings, groups, seed=3)
    assert interval is not None
    assert interval[0] < 0.743 < interval[1]
    assert interval == alpha_interval(ratings, groups, seed=3)
    assert interval != alpha_interval(ratings, groups, seed=4)


def test_interval_draws_groups_not_units() -> None:
    # The same values twice in the same group say no more than once.
    ratings = from_table([[9, 2], [3, 6]])
    groups = np.arange(len(ratings))
    single = alpha_interval(ratings, groups)
    doubled = alpha_interval(np.vstack([ratings, ratings]), np.concatenate([groups, groups]))
    apart = alpha_interval(np.vstack([ratings, ratings]), np.arange(2 * len(ratings)))
    assert single is not None
    assert doubled is not None
    assert apart is not None
    assert doubled == pytest.approx(single, abs=0.03)
    assert apart[1] - apart[0] < doubled[1] - doubled[0]
    assert alpha_interval(ratings, np.zeros(len(ratings), dtype=int)) is None


matrices = st.integers(2, 4).flatmap(
    lambda coders: st.lists(
        st.lists(st.sampled_from([0.0, 1.0, 2.0, NAN]), min_size=coders, max_size=coders),
        min_size=1, max_size=12,
    )
).map(lambda rows: np.array(rows, dtype=float))  # fmt: skip


@settings(deadline=None)
@given(matrices, st.randoms(use_true_random=False))
def test_neither_the_order_of_coders_nor_of_units_matters(ratings: np.ndarray, random) -> None:
    units, coders = list(range(len(ratings))), list(range(ratings.shape[1]))
    random.shuffle(units)
    random.shuffle(coders)
    shuffled = ratings[units][:, coders]
    for coefficient in (percent_agreement, holsti, cohen_kappa, fleiss_kappa, krippendorff_alpha):
        assert coefficient(shuffled) == pytest.approx(coefficient(ratings))


@settings(deadline=None)
@given(st.lists(st.sampled_from([0.0, 1.0, 2.0]), min_size=2, max_size=20), st.integers(2, 4))
def test_identical_coders_agree_wholly(values: list[float], coders: int) -> None:
    ratings = np.array([values] * coders).T
    whole = 1 if len(set(values)) > 1 else None
    assert percent_agreement(ratings) == 1
    for coefficient in (cohen_kappa, fleiss_kappa, krippendorff_alpha):
        assert coefficient(ratings) == (whole and pytest.approx(whole))


@settings(deadline=None)
@given(matrices)
def test_a_unit_that_one_coder_coded_does_not_count(ratings: np.ndarray) -> None:
    alone = np.full((1, ratings.shape[1]), NAN)
    alone[0, 0] = 2
    for coefficient in (percent_agreement, holsti, cohen_kappa, fleiss_kappa, krippendorff_alpha):
        assert coefficient(np.vstack([ratings, alone])) == pytest.approx(coefficient(ratings))
