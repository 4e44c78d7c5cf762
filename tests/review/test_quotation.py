import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemine.review.quotation import find_quotations, same_words

TEXT = "村里走访，\n核对账本。村里走访，核对账本。"


def test_a_quotation_is_found_where_it_stands_as_it_is() -> None:
    assert find_quotations(TEXT, "村里走访，核对账本。") == [(11, 21)]


def test_white_space_makes_no_difference_where_it_does_not() -> None:
    assert find_quotations(TEXT, "村里走访， 核对账本。") == [(0, 11), (11, 21)]
    assert find_quotations(TEXT, "走访，\t核对") == [(2, 8), (13, 18)]


@pytest.mark.parametrize("quote", ["", " \n", "村外走访", "村里走访。"])
def test_what_does_not_stand_there_is_not_found(quote: str) -> None:
    assert find_quotations(TEXT, quote) == []


def test_signs_of_patterns_are_signs_of_the_text() -> None:
    assert find_quotations("一(二)*[三]+四", "(二)*[三] +") == [(1, 9)]


@given(st.text("村里走访 \n，", max_size=30), st.data())
def test_every_stretch_is_found_in_its_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    quote = text[start:end]
    places = find_quotations(text, quote)
    assert bool(places) == bool(quote.strip())
    assert all(same_words(text[a:b], quote) for a, b in places)
    if quote.strip() == quote and quote:
        assert any(a <= start < b or a == start for a, b in places)


def test_the_same_words_but_for_white_space() -> None:
    assert same_words("每月 走访。", "每月走访。\n") and not same_words("每月走访", "每周走访")
