from __future__ import annotations

import numpy as np

from casemine.weigh.meanings import Vectors, known, mean, size, vectors


def meaning(words: list[str]) -> Vectors:
    return mean(words, vectors())


def test_a_word_means_its_vector_and_several_words_the_mean_of_theirs() -> None:
    one, two = meaning(["扶贫"]), meaning(["车间"])
    assert one.shape == (size(),)
    assert np.isclose(one @ one, 1)
    assert np.allclose(meaning(["扶贫", "车间"]), (one + two) / 2)


def test_a_word_without_a_vector_says_nothing() -> None:
    assert known("扶贫") and not known("齾齾")
    assert not meaning(["齾齾"]).any() and not meaning([]).any()
    assert np.allclose(meaning(["扶贫", "齾齾"]), meaning(["扶贫"]))


def test_words_of_one_subject_are_nearer_than_others() -> None:
    def likeness(one: str, two: str) -> float:
        first, second = meaning([one]), meaning([two])
        return float(first @ second)

    assert likeness("养老", "医疗") > likeness("养老", "高速公路")
