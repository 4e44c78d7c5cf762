from __future__ import annotations

from casemine.weigh.background import background, is_paper, says_nothing, scholarly
from casemine.weigh.spans import names_of


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
