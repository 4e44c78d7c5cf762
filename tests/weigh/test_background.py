from __future__ import annotations

from casemine.weigh.background import background, common_in_papers, is_paper, says_nothing, scholarly
from casemine.weigh.spans import names_of, places_in


def test_papers_are_told_from_official_texts() -> None:
    words = ["显著性", "样本", "文献", "回归", "变量", "假设", "系数", "均值"]
    assert scholarly(names_of(words)) == 1.0
    # Few words prove less.
    assert scholarly(names_of(words[:1])) < scholarly(names_of(words[:4])) < 1.0
    assert is_paper(scholarly(names_of(words[:4])))
    assert scholarly(names_of(["市委", "攻坚", "深入实施", "脱贫攻坚"])) == 0.0
    assert scholarly(names_of([])) == scholarly(names_of(["齾齾"])) == 0.0


def test_words_of_the_lists_say_nothing() -> None:
    assert says_nothing("推进") and says_nothing("重要")
    assert not says_nothing("扶贫车间")


def test_more_work_reports_than_papers_hold_the_words_of_office() -> None:
    reports, papers = background()["市委"]
    assert reports > papers


def test_what_many_papers_have_and_few_authors_give_says_nothing_of_a_paper() -> None:
    known = places_in(names_of(["研究", "影响", "特征", "新疆", "生计资本"]), common_in_papers())
    assert (known >= 0).tolist() == [True, True, True, False, False]
