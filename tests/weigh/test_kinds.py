from __future__ import annotations

from hashlib import sha256

import pytest

from casemine import resources
from casemine.document import Document
from casemine.segment import Segmenter
from casemine.weigh import KeywordWeigher
from casemine.weigh.evidence import Facts
from casemine.weigh.kinds import KINDS, TERM, Kinds, coefficients
from casemine.weigh.meanings import vectors

FACTS = Facts(0.0, 9.0, 14.0, 3.0, 0.0, False, False, False, 1.0, 1.0, 0.0, 0.0)
TEXT = "青溪村办起扶贫车间。扶贫车间里有三十名妇女上班，青溪村的扶贫车间还会扩大。"


def kind(word: str, tag: str = "n_new", **facts: float) -> str:
    return Kinds(Segmenter()).of(word, tag, Document("a", TEXT), FACTS._replace(**facts)).kind


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
    assert kinds.of("青溪村", "ns", Document("a", TEXT), FACTS) == (TERM, 1.0)


def test_every_kind_has_coefficients() -> None:
    model = coefficients()
    assert model.intercept.shape == (1 + len(KINDS),)
    assert model.evidence.shape == (len(model.places), 1 + len(KINDS))
    assert model.meaning.shape == (len(vectors()), 1 + len(KINDS))
    assert not model.meant(["齾齾"]).any()
    both = model.meant(["扶贫", "车间"])
    assert both == pytest.approx((model.meant(["扶贫"]) + model.meant(["车间"])) / 2)


def test_the_chance_is_that_of_the_kinds_that_are_wanted() -> None:
    def chance(*left_out: str) -> float:
        kinds = Kinds(Segmenter(), left_out=left_out)
        return kinds.of("青溪村", "n_new", Document("a", TEXT), FACTS._replace(termhood=-4.0)).factor

    assert chance() == pytest.approx(1)
    assert 0.5 < chance("clause") < 1 and chance("place") == 0
    assert Kinds(Segmenter()).of("织金", "ns", Document("a", TEXT), FACTS) == ("place", 0.0)


def test_in_a_research_paper_places_stay_and_clauses_do_not() -> None:
    kinds = Kinds(Segmenter())
    village, paper = FACTS._replace(termhood=-4.0), FACTS._replace(termhood=-4.0, scholarly=1.0)
    document = Document("a", TEXT)
    assert kinds.of("青溪村", "n_new", document, village) == ("place", 0.0)
    assert kinds.of("青溪村", "n_new", document, paper) == ("place", 1.0)
    for facts in (village, paper):
        assert kinds.of("实现了脱贫", "n_new", document, facts) == ("clause", 0.0)
    half = kinds.of("青溪村", "n_new", document, paper._replace(scholarly=0.6))
    assert half.kind == "place" and 0 < half.factor < 1


def test_what_is_no_evidence_of_the_model_adds_nothing() -> None:
    model = coefficients()
    assert not model.sum({}).any() and not model.sum({"no such evidence": 1.0}).any()
    assert model.sum({"one": 2.0}).tolist() == (2 * model.evidence[model.places["one"]]).tolist()


def test_each_kind_is_left_out_or_kept_as_asked() -> None:
    documents = [Document(str(number), TEXT) for number in range(3)]
    every = KeywordWeigher(left_out=()).fit_transform(documents)
    assert set(every.loc[every["word"] == "青溪", "kind"]) == {"place"}
    without = KeywordWeigher(left_out=("place",)).fit_transform(documents)
    assert "青溪" not in set(without["word"])
    assert "place" not in set(without["kind"])


def test_the_coefficients_were_fitted_on_the_vectors_that_are_shipped() -> None:
    # Another table has other dimensions: fit dictionaries/keyword-kinds.csv anew, then change this.
    table = resources.dictionary("vectors/work-reports.npz").read_bytes()
    assert sha256(table).hexdigest()[:16] == "044c6c599174705e"
