"""Characters of one text in another: places go up, and hold the same character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemine.exchange.alignment import aligned

texts = st.text("甲乙丙丁，。[1]", max_size=60)


@pytest.mark.parametrize(
    ("source", "target", "places"),
    [
        ("", "", []),
        ("甲", "", [-1]),
        ("甲乙丙", "甲乙丙", [0, 1, 2]),
        ("甲[1]乙", "甲乙", [0, -1, -1, -1, 1]),
        ("甲乙", "甲丙乙", [0, 2]),
    ],
)
def test_small_texts(source: str, target: str, places: list[int]) -> None:
    assert aligned(source, target) == places


@given(source=texts, target=texts)
def test_places_rise_and_hold_the_same_character(source: str, target: str) -> None:
    places = aligned(source, target)
    assert len(places) == len(source)
    there = [place for place in places if place >= 0]
    assert there == sorted(set(there))
    assert all(target[place] == source[at] for at, place in enumerate(places) if place >= 0)


@given(source=texts, gone=st.sets(st.integers(0, 59)))
def test_what_is_left_of_a_text_is_found_whole(source: str, gone: set[int]) -> None:
    left = "".join(char for at, char in enumerate(source) if at not in gone)
    places = [place for place in aligned(source, left) if place >= 0]
    assert "".join(left[place] for place in places) == left


def test_what_is_left_of_a_text_that_repeats_itself_is_found_whole() -> None:
    places = aligned("1111111111[11[1", "111111[1[")
    assert [place for place in places if place >= 0] == list(range(9))


def test_pieces_that_stand_once_hold_long_texts_together() -> None:
    lines = [f"第{number}户的入户记录写在第{number * 7}页。" for number in range(3000)]
    source = "".join(f"{line}[{number % 90 + 1}]" for number, line in enumerate(lines))
    target = "".join(lines)
    places = [place for place in aligned(source, target) if place >= 0]
    assert places == list(range(len(target)))
