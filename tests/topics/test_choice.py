"""Agreement of topics, and the number that coherence and stability favour."""

import pytest

from casemine.topics.choice import agreement, choose, coherences, measured
from casemine.topics.model import corpus

from .samples import paragraphs

pytest.importorskip("gensim")


def test_agreement_does_not_depend_on_the_order_of_topics() -> None:
    first = [["甲", "乙"], ["丙", "丁"]]
    assert agreement(first, first[::-1]) == 1.0
    assert agreement(first, [["甲", "戊"], ["己", "庚"]]) == pytest.approx(1 / 6)


def test_planted_subjects_are_stable_and_coherent_and_chosen() -> None:
    texts = paragraphs()
    of = corpus(texts, above=0.5)
    calls: list[None] = []
    found = [
        measured(of, count, engine="nmf", seed=0, seeds=2, done=lambda: calls.append(None))
        for count in (3, 6)
    ]
    assert len(calls) == 6
    coherence = [sum(row) / len(row) for row in coherences(texts, [one.topics for one in found])]
    assert found[0].stability > 0.6
    assert coherence[0] > 0.3
    curve = choose(of, [3, 6], coherence, [one.stability for one in found])
    assert curve["chosen"].tolist() == [True, False]
    assert curve["paragraphs"].tolist() == [180, 180]


def test_of_equals_fewer_topics_win() -> None:
    of = corpus(paragraphs(), above=0.5)
    assert choose(of, [4, 8], [0.1, 0.1], [0.5, 0.5])["chosen"].tolist() == [True, False]
