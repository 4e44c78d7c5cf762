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


@given(
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=25), min_size=3, max_size=30), st.data()
)
def test_it_equals_gensims_coherence_model(texts: list[list[str]], data: st.DataObject) -> None:
    models = pytest.importorskip("gensim.models")
    corpora = pytest.importorskip("gensim.corpora")
    there = sorted({word for text in texts for word in text})
    if len(there) < 3:
        return
    topic = data.draw(st.permutations(there))[:5]
    gensims = models.CoherenceModel(
        topics=[list(topic)],
        texts=texts,
        dictionary=corpora.Dictionary(texts),
        coherence="c_npmi",
        processes=1,
    )
    ours = windows(texts, topic).coherence(topic)
    (theirs,) = gensims.get_coherence_per_topic()
    if np.isfinite(theirs):
        assert ours == pytest.approx(theirs, abs=1e-9)
