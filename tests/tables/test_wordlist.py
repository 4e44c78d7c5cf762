"""Word lists and keyness: published worked examples, then what must hold of any counts."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from casemine.tables.wordlist import chi2, corrected, count, g2, keyness, log_ratio, trend, word_list


def of(value: float) -> np.ndarray:
    return np.array([float(value)])


# Dunning (1993), Accurate methods for the statistics of surprise and coincidence, Computational Linguistics
# 19(1), table 1: -2 log lambda, the four cells, of bigrams.
DUNNING = [
    (270.72, 110, 2442, 111, 29114),
    (263.90, 29, 13, 123, 31612),
    (256.84, 31, 23, 139, 31584),
    (167.23, 10, 0, 3, 31764),
]


@pytest.mark.parametrize(("published", "both", "first", "second", "neither"), DUNNING)
def test_g2_equals_dunnings_table(published: float, both: int, first: int, second: int, neither: int) -> None:
    found = g2(of(both), of(second), of(both + first), of(second + neither))
    assert round(float(found[0]), 2) == published


def test_chi2_equals_manning_and_schuetze() -> None:
    # Manning & Schütze (1999), Foundations of Statistical NLP, table 5.8: "new companies", 1.55.
    found = chi2(of(8), of(15820), of(8 + 4667), of(15820 + 14287181))
    assert round(float(found[0]), 2) == 1.55


def test_g2_is_that_of_the_log_likelihood_calculator_for_rare_words() -> None:
    # Rayson & Garside (2000): 2 * (a ln(a/E1) + b ln(b/E2)); they leave out the cells of all other words.
    own, others, size, rest = 50.0, 20.0, 1e6, 1e6
    expected = size * (own + others) / (size + rest)
    two_cells = 2 * (own * np.log(own / expected) + others * np.log(others / expected))
    assert float(g2(of(own), of(others), of(size), of(rest))[0]) == pytest.approx(two_cells, rel=1e-3)


# The two documents of quanteda's own tests of textstat_keyness (quanteda.textstats, test-textstat_keyness.R).
QUANTEDA = [Counter("aaabbccccccdefghh"), Counter("aabccddddefh")]


def test_features_stand_in_the_order_that_quanteda_documents() -> None:
    counts = count(QUANTEDA, [17, 12], dict.fromkeys("abcdefgh", "n"))
    own, others = counts.matrix.toarray().astype(float)
    # measure = "lr", correction = "none"; ties as quanteda's stable sort leaves them.
    for target, size, rest, order in ((own, 17, 12, "cgbhaefd"), (others, 12, 17, "defabhgc")):
        found = g2(target, own + others - target, np.array(float(size)), np.array(float(rest)))
        assert "".join(counts.words[at] for at in np.argsort(-found.round(9), kind="stable")) == order


def test_g2_and_chi2_are_those_that_quanteda_is_held_to() -> None:
    # "b b b b b b b a a a" and "a a a a a a a b b": there compared, uncorrected, with R's chisq.test and a
    # G test; here with scipy's.
    from scipy.stats import chi2_contingency

    table = [[7, 3], [2, 7]]
    cells = of(7), of(2), of(10), of(9)
    plain = chi2_contingency(table, correction=False)
    ratio = chi2_contingency(table, correction=False, lambda_="log-likelihood")
    assert float(chi2(*cells)[0]) == pytest.approx(plain.statistic)
    assert float(g2(*cells)[0]) == pytest.approx(ratio.statistic)
    assert (round(plain.statistic, 3), round(ratio.statistic, 3)) == (4.337, 4.535)


def test_signs_follow_what_is_expected() -> None:
    assert g2(of(1), of(50), of(100), of(100))[0] < 0
    assert chi2(of(50), of(1), of(100), of(100))[0] > 0
    assert g2(of(5), of(5), of(100), of(100))[0] == pytest.approx(0)
    assert log_ratio(of(4), of(1), of(100), of(100))[0] == 2


def test_benjamini_and_hochberg_equal_scipys() -> None:
    from scipy.stats import false_discovery_control

    p = np.array([0.001, 0.2, 0.03, 0.04, 0.9, 0.04])
    assert corrected(p) == pytest.approx(false_discovery_control(p))


@given(arrays.arrays(np.float64, st.integers(1, 30), elements=st.floats(0, 1)))
def test_corrected_values_are_no_smaller_and_keep_the_order(p: np.ndarray) -> None:
    found = corrected(p)
    assert (found >= p - 1e-12).all() and (found <= 1).all()
    order = np.argsort(p, kind="stable")
    assert (np.diff(found[order]) >= -1e-12).all()


DOCUMENTS = [{"脱贫": 8, "产业": 2}, {"脱贫": 7}, {"科技": 9, "产业": 2}]
TAGS = {"脱贫": "v", "产业": "n", "科技": "n"}


def test_the_list_counts_occurrences_and_documents() -> None:
    listed = word_list(count(DOCUMENTS, [20, 10, 20], TAGS))
    assert listed["word"].tolist() == ["脱贫", "科技", "产业"]
    assert listed["occurrences"].tolist() == [15, 9, 4]
    assert listed["documents"].tolist() == [2, 1, 2]
    assert listed["per_10k"].tolist() == [3000.0, 1800.0, 800.0]
    assert len(word_list(count(DOCUMENTS, [20, 10, 20], TAGS), 1)) == 1


def test_keyness_names_what_marks_each_group() -> None:
    counts = count(DOCUMENTS, [20, 10, 20], TAGS)
    table = keyness(counts, ["2015", "2015", "2022"])
    # 产业 occurs less than five times; what is rarer in a group does not mark it.
    assert table[["group", "word"]].to_numpy().tolist() == [["2015", "脱贫"], ["2022", "科技"]]
    first = table.iloc[0]
    assert (first["occurrences"], first["documents"], first["others"], first["expected"]) == (15, 2, 0, 9.0)
    assert (table["p_corrected"] >= table["p"]).all()
    assert keyness(counts, ["2015"] * 3).empty


def test_trend_follows_the_groups_in_order() -> None:
    table = trend(count(DOCUMENTS, [20, 10, 20], TAGS), ["2022", "2015", "2022"], ["产业", "脱贫"])
    assert table[["word", "group", "occurrences"]].to_numpy().tolist() == [
        ["产业", "2015", 0], ["产业", "2022", 4], ["脱贫", "2015", 7], ["脱贫", "2022", 8],
    ]  # fmt: skip
