"""Words that look alike and mean the opposite."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemine.lexicon.opposites import opposed


@pytest.mark.parametrize(
    ("word", "other", "expected"),
    [
        ("非贫困户", "户贫困户", True),
        ("未脱贫人口", "脱贫人口", True),
        ("脱贫风险", "返贫风险", True),
        ("增收", "减收", True),
        ("四不摘", "四不摘政策", False),
        ("反贫困", "贫困", True),
        ("易地搬迁", "易地扶贫搬迁", False),
        ("公益岗位", "公益性岗位", False),
    ],
)
def test_negations_and_opposites(word: str, other: str, expected: bool) -> None:
    assert opposed(word, other) is expected
    assert opposed(other, word) is expected


@given(st.text("非未不无反脱返增减贫富户", max_size=6))
def test_no_word_is_its_own_opposite(word: str) -> None:
    assert not opposed(word, word)
