"""Dates and ordinals are told from words with digits."""

import pytest

from casemine import NewWordDiscoverer
from casemine.kinds.dates import is_date


@pytest.mark.parametrize(
    "word", ["年12月", "月30日", "今年9月", "2020年", "年第2期", "第2期", "1月份", "年3月底", "2020年3月5日"]
)
def test_dates_and_ordinals(word: str) -> None:
    assert is_date(word)


@pytest.mark.parametrize(
    "word", ["5G基站", "12345热线", "1+X证书", "三月三", "年轻人", "2020", "T3航站楼", "九年义务教育"]
)
def test_words(word: str) -> None:
    assert not is_date(word)


def test_no_new_word_is_a_date() -> None:
    text = "2020年12月村里建了5G基站。2021年12月县里又建5G基站。2019年12月没有5G基站。" * 3
    words = NewWordDiscoverer(min_count=2).fit([text]).new_words_["word"].tolist()
    assert "5G基站" in words and not [word for word in words if is_date(word)]
