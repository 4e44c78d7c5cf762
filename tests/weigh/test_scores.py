from math import log

import numpy as np
import pytest

from casemine.weigh.scores import inverse_document_frequency, log_likelihood, rate, textrank, tfidf


def test_rate_is_per_thousand_characters_of_the_padded_length():
    assert rate(np.array([3.0]), 1000).tolist() == [2.0]


def test_idf_is_the_corpus_where_it_is_large_and_the_language_where_it_is_one_document():
    surprisal = np.array([9.0, 5.0])
    large = inverse_document_frequency(np.array([1.0, 100.0]), 10**7, surprisal)
    assert large == pytest.approx([log(10**7 + 1), log((10**7 + 1) / 100)], rel=1e-4)
    alone = inverse_document_frequency(np.array([1.0, 1.0]), 1, surprisal)
    assert alone == pytest.approx([(log(2) + 20 * 9) / 21, (log(2) + 20 * 5) / 21])


def test_idf_takes_a_word_the_corpus_lacks_for_one_of_one_document():
    unseen, once = inverse_document_frequency(np.array([0.0, 1.0]), 50, np.array([8.0, 8.0]))
    assert unseen == once


def test_tfidf_damps_the_frequency():
    once, twice = tfidf(np.array([1.0, 2.0]), np.array([4.0, 4.0]), 500)
    assert once == pytest.approx(4.0)
    assert twice == pytest.approx(4.0 * 2**0.7)


def test_log_likelihood_agrees_with_a_table_worked_by_hand():
    # 10 of 100 words here, 10 of 1,000 there: expected 20 x 100 / 1100 and 20 x 1000 / 1100.
    expected = 2 * (10 * log(10 / (2000 / 1100)) + 10 * log(10 / (20000 / 1100)))
    assert log_likelihood(np.array([10.0]), 100, np.array([10.0]), 1000) == pytest.approx([expected])


def test_log_likelihood_is_zero_for_a_word_that_is_rarer_here():
    assert log_likelihood(np.array([1.0]), 100, np.array([100.0]), 1000).tolist() == [0.0]


def test_log_likelihood_takes_a_word_without_background():
    assert log_likelihood(np.array([2.0]), 100, np.array([0.0]), 100) == pytest.approx([4 * log(2)])


def test_textrank_puts_the_word_in_the_middle_first():
    ranks = textrank([["产业", "扶贫"], ["扶贫", "车间"], ["扶贫", "搬迁"]])
    assert max(ranks, key=lambda word: ranks[word]) == "扶贫"
    assert ranks["产业"] == pytest.approx(ranks["车间"])
    assert sum(ranks.values()) == pytest.approx(4.0, abs=1e-3)


def test_textrank_of_two_neighbours_is_one_each():
    assert textrank([["产业", "扶贫"]]) == pytest.approx({"产业": 1.0, "扶贫": 1.0})


def test_textrank_of_nothing():
    assert textrank([]) == {}
    assert textrank([["产业"]]) == pytest.approx({"产业": 0.15})
