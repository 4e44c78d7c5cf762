"""What decisions teach: wordings of codes and what the categories mean; never against a decision."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casemine import coding, resources
from casemine.coding import vectors
from casemine.coding.category_scores import CategoryScores
from casemine.coding.codebook_index import CodebookIndex
from casemine.coding.learning import LEAST, Lessons, correction, taught
from casemine.coding.likeness import Semantics
from casemine.coding.normalise import Terms
from casemine.coding.placement import accept, place
from casemine.segment import Segmenter

BOOK = coding.find("six-in-one")


@cache
def meaning() -> Semantics:
    return Semantics(vectors.load(resources.dictionary("vectors/work-reports.npz")), Segmenter())


def answers(count: int = LEAST) -> dict[str, str]:
    """A researcher for whom whatever is about fish belongs to the long-term mechanisms."""
    places = "东西南北中上下前后里"
    kinds = ("水产养殖", "渔业", "鱼塘", "渔民", "淡水鱼", "海洋捕捞", "水产品")
    words = [f"{place}村{kind}" for kind in kinds for place in places][:count]
    return dict.fromkeys(words, "构建长效机制")


@pytest.mark.parametrize("count", [0, 20, LEAST - 1])
def test_too_few_decisions_teach_nothing(count: int) -> None:
    lessons = Lessons.of(BOOK, answers(count))
    words = ["渔业养殖", "鱼塘承包"]
    assert lessons.hash == ""
    plain = place(words, BOOK, None, meaning())
    assert place(words, BOOK, None, meaning(), lessons=lessons).equals(plain)


def test_enough_of_them_move_words_of_their_kind_to_where_the_researcher_puts_them() -> None:
    ground = CodebookIndex(Terms(BOOK, meaning()))
    scores = CategoryScores.of(["渔业养殖", "职业教育培训"], ground)
    now = correction(Lessons.of(BOOK, answers()), ground)(scores)
    at = ground.categories("selective").index("构建长效机制")
    assert now[0].argmax() == at
    assert scores.selective[0].argmax() != at
    assert now[1].argmax() == scores.selective[1].argmax()


def test_the_order_of_decisions_plays_no_part_and_the_hash_tells_them_apart() -> None:
    one, other = answers(), dict(reversed(answers().items()))
    assert Lessons.of(BOOK, one) == Lessons.of(BOOK, other)
    assert Lessons.of(BOOK, one).hash != Lessons.of(BOOK, {**one, "北村渔业": "推进产业升级"}).hash


def test_decisions_of_this_study_come_before_those_it_was_recoded_from() -> None:
    lessons = Lessons.of(BOOK, {"晒场": "基础设施"}, {"晒场": "现代农业", "粮仓": "现代农业"})
    assert dict(lessons.answers) == {"晒场": "基础设施", "粮仓": "现代农业"}


def test_a_decided_keyword_is_a_wording_of_its_code() -> None:
    lessons = Lessons.of(BOOK, {"晒谷场院": "基础设施", "农家乐": "特色产业", "稳": "构建长效机制"})
    book = taught(BOOK, lessons)
    assert book.by_alias["晒谷场院"] == "基础设施"
    assert book.by_alias["农家乐"] == "乡村旅游"
    assert "稳" not in book.by_alias
    assert taught(BOOK, Lessons()) == BOOK


def test_what_is_learnt_ranks_codes_and_never_renames_the_codebook() -> None:
    wordings = {**answers(), "晒谷场院": "基础设施"}
    made = place(["晒谷场院修缮"], BOOK, None, meaning(), lessons=Lessons.of(BOOK, wordings)).iloc[0]
    assert str(made["alternatives"]).startswith("基础设施")
    assert made["codebook"] == BOOK.label


def test_a_decision_holds_against_what_was_learnt() -> None:
    decided = {**answers(), "渔业养殖": "特色产业"}
    made = place(["渔业养殖"], BOOK, None, meaning(), lessons=Lessons.of(BOOK, decided))
    assert accept(made, decided, BOOK)["open"].tolist() == ["特色产业"]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(["渔业养殖", "扶贫车间", "易地搬迁房", "夜校"]), min_size=1, max_size=4))
def test_a_keyword_is_corrected_for_itself(words: list[str]) -> None:
    ground = CodebookIndex(Terms(BOOK, meaning()))
    corrected = correction(Lessons.of(BOOK, answers()), ground)
    together = corrected(CategoryScores.of(words, ground))
    for row, word in enumerate(words):
        assert np.allclose(together[row], corrected(CategoryScores.of([word], ground))[0])


def test_decisions_that_show_no_gain_teach_nothing() -> None:
    ground = CodebookIndex(Terms(BOOK, meaning()))
    words = list(answers())
    before = CategoryScores.of(words, ground)
    names = ground.categories("selective")
    # Whoever decides as the program would have, teaches it nothing.
    agreeing = {word: names[at] for word, at in zip(words, before.selective.argmax(axis=1), strict=True)}
    scores = CategoryScores.of(["渔业养殖"], ground)
    assert correction(Lessons.of(BOOK, agreeing), ground)(scores) is scores.selective
