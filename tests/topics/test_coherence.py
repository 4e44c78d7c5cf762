"""Coherence is counted as gensim counts it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemine.topics.coherence import windows

WORDS = ("村民", "脱贫", "产业", "教育", "就业", "文化", "医疗")


def test_windows_of_small_texts_are_counted_by_hand() -> None:
    counted = windows([["甲", "乙", "丙", "甲"], [], ["乙"]], ["甲", "乙", "丁"], size=3)
    # 甲乙丙, 乙丙甲; 乙 alone
    assert counted.total == 3
    assert counted.alone.tolist() == [2.0, 3.0, 0.0]
    assert counted.together[0, 1] == 2.0


def test_words_always_together_are_coherent_and_words_never_together_are_not() -> None:
    counted = windows([["甲", "乙"]] * 3 + [["丙", "丁"]] * 3, ["甲", "乙", "丙"])
    assert counted.coherence(["甲", "乙"]) == pytest.approx(1.0)
    assert counted.coherence(["甲", "丙"]) < -0.9
    assert np.isnan(counted.coherence(["甲"]))


TEXTS = st.lists(st.permutations(WORDS), min_size=3, max_size=20)


@given(TEXTS, st.permutations(WORDS))
def test_it_equals_gensims_coherence_model(texts: list[list[str]], words: list[str]) -> None:
    """Where no word comes twice in a window: gensim forgets the second as the first leaves the window."""
    models = pytest.importorskip("gensim.models")
    corpora = pytest.importorskip("gensim.corpora")
    topic, texts = list(words[:5]), [list(text) for text in texts]
    gensims = models.CoherenceModel(
        topics=[topic],
        texts=texts,
        dictionary=corpora.Dictionary(texts),
        coherence="c_npmi",
        window_size=4,
        processes=1,
    )
    (theirs,) = gensims.get_coherence_per_topic()
    assert windows(texts, topic, size=4).coherence(topic) == pytest.approx(theirs, abs=1e-9)


def test_a_word_that_comes_twice_stays_in_the_window() -> None:
    counted = windows([["甲", "甲", "乙"]], ["甲", "乙"], size=2)
    assert counted.alone.tolist() == [2.0, 1.0]
