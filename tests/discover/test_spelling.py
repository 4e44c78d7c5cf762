from __future__ import annotations

import numpy as np
import pytest

from casemine.discover import NewWordDiscoverer
from casemine.discover.ngrams import code_points
from casemine.discover.spelling import inner_marks, latin_terms, quoted, slogans


@pytest.mark.parametrize("term", ["1+X证书", "互联网+", "K-means聚类", "PM2.5浓度", "5G基站", "互联网+政务"])
def test_a_term_is_found_as_it_is_written(term: str) -> None:
    text = f"县里推广“{term}”，老师说好。学校有{term}，村里也要{term}；谁都知道{term}。"
    assert term in set(NewWordDiscoverer(min_count=2).fit([text]).columns_["word"])


@pytest.mark.parametrize("slogan", ["双随机、一公开", "一网·一门·一次"])
def test_a_slogan_between_quotation_marks_is_a_term(slogan: str) -> None:
    text = f"市里推行“{slogan}”，县里也推行“{slogan}”。有了{slogan}，办事快。"
    columns = NewWordDiscoverer(min_count=2).fit([text]).columns_
    assert dict(zip(columns["word"], columns["frequency"], strict=True))[slogan] == 3


def test_what_is_quoted_once_is_an_enumeration() -> None:
    counts = quoted(["“苹果、梨”", "“两不愁、三保障”和“两不愁、三保障”", "“一。二、三”"])
    assert slogans([counts]) == ["两不愁、三保障"]


def test_years_sums_and_dashes_are_no_words() -> None:
    text = "2015-2019年，A+，A-，甲-乙，3.5倍"
    points = code_points([text])
    assert not inner_marks(points, [text], []).any()


def test_latin_terms() -> None:
    text = "用K-means和1+X，互联网+5G，PM2.5。"
    points = code_points([text])
    begins, ends = latin_terms(points, inner_marks(points, [text], []))
    assert [text[a:b] for a, b in zip(begins.tolist(), ends.tolist(), strict=True)] == [
        "K-means",
        "1+X",
        "PM2.5",
    ]
    assert latin_terms(points, np.zeros(len(points), dtype=np.bool_))[0].tolist() == []
