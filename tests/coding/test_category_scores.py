import numpy as np
import pytest

from casemine import coding
from casemine.coding.category_scores import CategoryScores, Passages, category_scores
from casemine.coding.codebook_index import CodebookIndex
from casemine.coding.normalise import Terms

GROUND = CodebookIndex(Terms(coding.find("six-in-one"), None))
SENTENCE = "县里办培训班，教脱贫户技能，激发志气和内生动力。"


def best(scores: np.ndarray, level: str) -> list[str]:
    return [GROUND.categories(level)[at] for at in scores.argmax(axis=1)]


def test_passages_are_averaged_over_those_of_each_keyword() -> None:
    passages = Passages.of(["甲", "乙", "丙"], {"甲": ["一", "二"], "丙": ["二"]})
    assert passages.heard.tolist() == [True, False, True]
    assert passages.texts == ("一", "二")
    assert passages.mean(np.array([[2.0], [4.0]])).tolist() == [[3.0], [0.0], [4.0]]
    assert not Passages.of(["甲"], None).heard.any()


def test_a_code_speaks_for_its_own_category() -> None:
    assert best(category_scores(["防贫预警"], GROUND, "selective"), "selective") == ["落实防贫保障"]
    assert best(category_scores(["防贫预警"], GROUND, "axial"), "axial") == ["实施动态监测"]


def test_scores_are_z_scores_of_each_keyword() -> None:
    for level in ("selective", "axial"):
        scores = category_scores(["防贫预警", "科技冬训课"], GROUND, level, {"科技冬训课": [SENTENCE]})
        assert scores.shape == (2, len(GROUND.categories(level)))
        assert scores.mean(axis=1) == pytest.approx([0, 0], abs=1e-9)
        assert scores.std(axis=1) == pytest.approx([1, 1])


def test_sentences_tell_where_the_keyword_does_not() -> None:
    told = category_scores(["科技冬训课"], GROUND, "selective", {"科技冬训课": [SENTENCE]})
    assert best(told, "selective") == ["强化志智双扶"]


def test_a_keyword_is_near_the_codebook_as_far_as_its_sentences_are() -> None:
    contexts = {"冬训": [SENTENCE], "天气": ["今天下雨，明天放晴。"]}
    near = CategoryScores.of(["冬训", "天气", "无"], GROUND, contexts).nearness
    assert near[0] > near[1] >= near[2] == 0


def test_there_are_two_levels() -> None:
    with pytest.raises(KeyError):
        category_scores(["防贫预警"], GROUND, "open")
