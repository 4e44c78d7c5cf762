from __future__ import annotations

from casemine.document import Document
from casemine.segment import Segmenter
from casemine.weigh.evidence import Evidence, Facts, in_document, of_facts

FACTS = Facts(2.0, 8.0, 12.0, 4.0, 1.0, True, False, True, 1.0, 1.0, 0.0, 0.0)


def evidence_of(word: str, tag: str) -> dict[str, float]:
    evidence = Evidence(Segmenter())
    return evidence.of(word, tag, evidence.pieces(word))


def test_what_is_not_so_is_no_evidence() -> None:
    values = evidence_of("扶贫车间", "n_new")
    assert 0.0 not in values.values()
    assert values["pieces"] == 1.0
    assert "timed" not in values


def test_a_clause_shows_its_verb_and_its_subject() -> None:
    values = evidence_of("网格员每月走访", "n_new")
    assert values["subject_verb"] == 1.0
    assert values["particle"] == 1.0


def test_words_of_most_reports_and_most_papers_are_known() -> None:
    assert evidence_of("机制", "n")["reports"] > evidence_of("生计资本", "n_new").get("reports", 0.0)
    assert evidence_of("研究", "vn")["papers"] > 6


def test_a_county_is_known_and_a_word_that_is_its_name_too_is_not_named() -> None:
    assert evidence_of("七星关", "ns")["county"] == evidence_of("织金", "n")["county"] == 1.0
    assert "county" not in evidence_of("和平", "n")


def test_a_document_shows_a_name() -> None:
    text = "村支书王青山说，今年收成好。王青山的合作社有三十户。"
    assert in_document("王青山", Document("a", text))["shown"] == 1.0
    assert in_document("收成", Document("a", text))["shown"] == 0.0


def test_facts_are_bounded() -> None:
    high = of_facts("扶贫车间", FACTS._replace(termhood=99.0, surprisal=99.0))
    assert (high["termhood"], high["surprisal"]) == (3.0, 3.0)
    assert of_facts("扶贫车间", FACTS)["nested"] == 0.25
    assert of_facts("工作", FACTS)["common_two"] > of_facts("扶贫车间", FACTS)["common_two"]
