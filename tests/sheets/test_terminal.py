"""Widths in columns and rounding, as a reader counts and rounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemine.sheets import percent, width


@pytest.mark.parametrize(
    ("share", "text"), [(0.0625, "6.3"), (0.0, "0.0"), (1.0, "100.0"), (1 / 3, "33.3"), (0.0005, "0.1")]
)
def test_halves_go_up(share: float, text: str) -> None:
    assert percent(share) == text


@pytest.mark.parametrize(("text", "columns"), [("", 0), ("ab", 2), ("防贫", 4), ("５g，", 5), ("𠮷", 2)])
def test_a_han_character_takes_two_columns(text: str, columns: int) -> None:
    assert width(text) == columns


@given(st.text(), st.text())
def test_widths_add_up(first: str, second: str) -> None:
    assert width(first + second) == width(first) + width(second)
