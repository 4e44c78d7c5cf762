from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemine.discover import NewWordDiscoverer, cutting
from casemine.discover.candidates import HELD
from casemine.discover.cutting import Cutting
from casemine.discover.tokens import cut_texts, tokenise
from casemine.segment import Segmenter

TEXTS = ["防贫预警，动态监测。", "县里建立防贫预警机制。\n", "扶贫车间吸纳就业。", ""]


def later(function: Callable[..., Any], *given: object) -> Callable[[], Any]:
    return lambda: function(*given)


def words(texts: list[str], cut: Cutting) -> list[str]:
    tokens, vocabulary = cut.begin(texts)()
    return [vocabulary[number] for number in tokens.starting.tolist() if number >= 0]


@given(st.lists(st.sampled_from(TEXTS)), st.lists(st.sampled_from(TEXTS)), st.booleans())
def test_what_was_begun_with_plays_no_part(expected: list[str], texts: list[str], at_once: bool) -> None:
    segmenter = Segmenter()
    cut = Cutting(segmenter, *([] if at_once else [later]))
    for text in expected:
        cut.add(text)
    tokens, vocabulary = tokenise(texts, segmenter)
    assert words(texts, cut) == [vocabulary[at] for at in tokens.starting.tolist() if at >= 0]


def test_what_memory_does_not_hold_is_not_begun_with() -> None:
    handed: list[object] = []

    def counting(function: Callable[..., Any], *given: Any) -> Callable[[], Any]:
        if function is cut_texts:
            handed.extend(given[0])
        return later(function, *given)

    told = NewWordDiscoverer(beside=counting, memory=1000 * HELD)
    for text in ("预" * 600, "警" * 600, "防" * 300):
        told.expect(text)
    told.fit(["预" * 600, "防" * 300])
    assert handed == ["预" * 600, "防" * 300]


def test_an_error_leaves_nothing_behind() -> None:
    told = NewWordDiscoverer()
    with pytest.raises(UnicodeEncodeError):
        told.expect("\ud800防贫预警中心，" * 30_000)
    texts = ["防贫预警中心办车间，防贫预警中心有人。"] * 3
    assert "防贫预警中心" in told.fit(texts).columns_["word"]
    told.expect(texts[0])
    told.segmenter = Segmenter({"防贫预警中心": "n"})
    assert "防贫预警中心" not in told.fit(texts).columns_["word"]


def test_texts_are_handed_over_when_they_are_enough() -> None:
    handed: list[int] = []

    def counting(function: Callable[..., Any], *given: Any) -> Callable[[], Any]:
        handed.append(len(given[0]))
        return later(function, *given)

    cut = Cutting(Segmenter(), counting)
    long = "防贫预警。" * (cutting._AT_A_TIME // 10)
    for text in ["短文", long, "又一篇" + long, "最后一篇"]:
        cut.add(text)
    assert handed == [3]
    cut.begin(["最后一篇"])
    assert handed == [3, 1]


def test_new_words_are_the_same_whatever_was_expected() -> None:
    texts = [f"{at}号村的防贫预警中心办扶贫车间，防贫预警中心有{at}人。" for at in range(6)]
    alone, told = NewWordDiscoverer(), NewWordDiscoverer(beside=later)
    for text in [*texts[::-1], "没有人问起的一篇"]:
        told.expect(text)
    assert told.fit(texts).columns_ == alone.fit(texts).columns_
    assert "防贫预警中心" in told.columns_["word"]
