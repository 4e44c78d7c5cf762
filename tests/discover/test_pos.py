from __future__ import annotations

import pytest

from casemine.discover.pos import by_word, word_types
from casemine.segment import Segmenter


def types(words: list[str]) -> list[str]:
    segmenter = Segmenter()
    tokens = by_word(segmenter.cut("\n".join(words)))
    ends = ([segmenter.tag(each[at]) for each in tokens] for at in (0, -1))
    return word_types(words, tokens, *ends)


@pytest.mark.parametrize(
    ("word", "pos"),
    [
        ("乡村振兴", "n_new"),
        ("扶贫车间", "n_new"),
        ("防止返贫", "v_new"),
        ("陈怡斐", "nr_new"),
        ("高值区", "n_new"),
        ("江西赣州", "ns_new"),
        ("湖南大学", "nt_new"),
        ("乡村振兴研究院", "nt_new"),
        ("三百万元", "m_new"),
        ("九十年代", "t_new"),
    ],
)
def test_type(word: str, pos: str) -> None:
    assert types([word]) == [pos]


def test_types_of_many_are_the_types_of_each() -> None:
    words = ["陈怡斐", "乡村振兴", "防止返贫"]
    assert types(words) == ["nr_new", "n_new", "v_new"]


def test_none() -> None:
    assert types([]) == []
