from __future__ import annotations

import pytest

from casemine.document import Document
from casemine.segment import Segmenter
from casemine.weigh import KeywordWeigher
from casemine.weigh.evidence import Facts
from casemine.weigh.kinds import KINDS, TERM, Kinds, coefficients

FACTS = Facts(0.0, 9.0, 14.0, 3.0, 0.0, False, False, False, 1.0, 1.0, 0.0)
TEXT = "青溪村办起扶贫车间。扶贫车间里有三十名妇女上班，青溪村的扶贫车间还会扩大。"


def kind(word: str, tag: str = "n_new", **facts: float) -> str:
    return Kinds(Segmenter()).of(word, tag, Document("a", TEXT), FACTS._replace(**facts))


@pytest.mark.parametrize("word", ["扶贫车间", "防贫预警机制", "易地扶贫搬迁"])
def test_terms_are_terms(word: str) -> None:
    assert kind(word, termhood=2.0) == TERM


def test_a_village_is_a_place() -> None:
    assert kind("青溪村", termhood=-4.0) == "place"


def test_the_commonest_dictionary_words_are_generic() -> None:
    assert kind("做法", "v", termhood=-1.0, least=9.8) == "generic"
    assert kind("红薯", "n", termhood=1.0, least=11.8) == TERM


def test_what_is_listed_is_a_term_whatever_it_looks_like() -> None:
    kinds = Kinds(Segmenter({"青溪村": "ns"}), frozenset({"青溪村"}))
    assert kinds.of("青溪村", "ns", Document("a", TEXT), FACTS) == TERM


def test_every_kind_has_coefficients() -> None:
    intercept, values = coefficients()
    assert len(intercept) == 1 + len(KINDS)
    assert {len(each) for each in values.values()} == {1 + len(KINDS)}


def test_each_kind_is_left_out_or_kept_as_asked() -> None:
    documents = [Document(str(number), TEXT) for number in range(3)]
    every = KeywordWeigher(left_out=()).fit_transform(documents)
    assert set(every.loc[every["word"] == "青溪", "kind"]) == {"place"}
    without = KeywordWeigher(left_out=("place",)).fit_transform(documents)
    assert "青溪" not in set(without["word"])
    assert "place" not in set(without["kind"])
