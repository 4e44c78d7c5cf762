import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemine.ingest.characters import (
    clean_characters,
    close_letterspacing,
    close_spaces,
    count_han,
    count_latin,
    drop_citations,
    has_han,
    restore_full_stops,
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("２０２１年ＧＤＰ增长８％", "2021年GDP增长8%"),
        ("ＰＭ２．５", "PM2.5"),
        ("村\u3000里\u200b有\u00a0人", "村 里有 人"),
        ("⺠⻓", "民长"),
        ("«种茶»", "《种茶》"),
        ("e\u0301", "é"),
        ("，。！？（）", "，。！？（）"),
        ("\ue001村\x07", "村"),
    ],
)
def test_characters_become_plain(before: str, after: str) -> None:
    assert clean_characters(before) == after


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    cleaned = clean_characters(text)
    assert clean_characters(cleaned) == cleaned


def test_han_and_latin_are_counted() -> None:
    assert (count_han("种茶ab，〇"), count_latin("种茶ab，〇1é")) == (3, 2)
    assert has_han("a种") and not has_han("a，1")


@given(st.text("村里aZ1， é"))
def test_counts_are_those_of_a_plain_count(text: str) -> None:
    assert count_han(text) == sum(character in "村里" for character in text)
    assert count_latin(text) == sum(character in "aZ" for character in text)
    assert has_han(text) == (count_han(text) > 0)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("种茶增收[12]。", "种茶增收。"),
        ("种茶增收。［2，5-7］", "种茶增收。"),
        ("[1] 石某. 种茶记", "[1] 石某. 种茶记"),
        ("云政发[2021]3号", "云政发[2021]3号"),
    ],
)
def test_marks_of_citations_go_and_other_numbers_stay(before: str, after: str) -> None:
    assert drop_citations(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("目  录", "目录"),
        ("共 12 个村，收入 3 000 元。", "共12个村，收入3000元。"),
        ("种茶 增收，分红 。", "种茶增收，分红。"),
        ("一、 总体要求", "一、 总体要求"),
        ("种茶增收路 户户有新居", "种茶增收路 户户有新居"),
        ("use K means", "use K means"),
    ],
)
def test_spaces_of_justification_go(before: str, after: str) -> None:
    assert close_spaces(before) == after


def test_a_word_set_letter_by_letter_is_closed_alone() -> None:
    assert close_letterspacing("目 录\n种茶 增收") == "目录\n种茶 增收"


def test_full_stops_are_restored_where_the_printer_had_none() -> None:
    latin = ["种茶增收.", "户户分红.", "村里修路.", "[1]石某.种茶记"]
    assert restore_full_stops(latin) == ["种茶增收。", "户户分红。", "村里修路。", "[1]石某.种茶记"]
    chinese = ["种茶增收。" * 5, *latin[:3]]
    assert restore_full_stops(chinese) == chinese
