from __future__ import annotations

from casemine.kinds.clauses import clauses
from casemine.segment import Segmenter

CLAUSES = ["村里建立防贫预警制度", "妇女在家门口上班", "网格员每月走访", "村办起扶贫车间"]
PIECES = ["起扶贫车间", "员每月走访", "村里建立", "村办起"]
TERMS = ["防贫预警制度", "扶贫车间", "家门口上班", "政府购买服务", "海南自贸港", "城乡建设用地", "互利共赢"]
WITH_VERBS = [
    "中部崛起战略",
    "提起公益诉讼",
    "检察机关提起公益诉讼",
    "在岗培训",
    "农民工在岗培训",
    "企业在岗职工",
]


def test_a_subject_and_what_it_does_is_a_clause() -> None:
    assert clauses([*CLAUSES, *TERMS], Segmenter()) == frozenset(CLAUSES)


def test_what_begins_or_ends_inside_a_verb_is_a_piece_of_a_clause() -> None:
    assert clauses([*PIECES, "起沙风", "起征点"], Segmenter()) == frozenset(PIECES)


def test_words_of_the_researcher_do_not_hide_a_clause() -> None:
    own = Segmenter({"建立防贫预警制度": "n"})
    assert clauses(["村里建立防贫预警制度"], own) == {"村里建立防贫预警制度"}


def test_no_words_are_no_clauses() -> None:
    assert clauses([], Segmenter()) == frozenset()


def test_a_verb_of_a_term_makes_no_clause_of_it() -> None:
    assert clauses(WITH_VERBS, Segmenter()) == frozenset()
    done = ["农民工在县城就业", "摘掉了帽子", "办起扶贫车间", "市场在资源配置"]
    assert clauses(done, Segmenter()) == frozenset(done)
