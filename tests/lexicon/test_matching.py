from hypothesis import given
from hypothesis import strategies as st

from casemine.lexicon.matching import WordMatcher, occurrences


def spans(text: str, words: list[str]) -> list[tuple[int, int]]:
    return [(start, start + len(word)) for start, word in WordMatcher(words).distinct(text)]


def test_distinct_spans_are_the_longest_first() -> None:
    assert spans("扶贫产业园和扶贫产业", ["扶贫产业", "扶贫产业园", "产业园和"]) == [(0, 5), (6, 10)]
    assert spans("甲乙丙乙丙", ["甲乙", "乙丙"]) == [(0, 2), (3, 5)]
    assert spans("APP与WAPPS", ["APP", ""]) == [(0, 3)]


def test_every_place_counts_overlapping_ones_too() -> None:
    assert sorted(WordMatcher(["甲乙", "乙", "乙甲"]).all("甲乙甲")) == [(0, "甲乙"), (1, "乙"), (1, "乙甲")]


@given(st.lists(st.text("甲乙A1", min_size=1, max_size=3), max_size=4), st.text("甲乙A1 。", max_size=30))
def test_all_finds_what_one_by_one_finds_and_distinct_is_a_part_of_it(words: list[str], text: str) -> None:
    matcher = WordMatcher(words)
    everywhere = {(start, start + len(word)) for start, word in matcher.all(text)}
    assert {span for word in words for span in occurrences(text, word)} <= everywhere
    assert set(spans(text, words)) <= everywhere
    assert all(text[start:end] in words for start, end in everywhere)


@given(st.lists(st.text("甲乙A1", min_size=1, max_size=5), max_size=6), st.text("甲乙A1 。", max_size=40))
def test_a_long_text_is_read_as_a_short_one(words: list[str], text: str) -> None:
    matcher = WordMatcher(words)
    before = "丙。" * 1_000
    found = sorted(matcher.all(before + text))
    assert found == sorted((start + len(before), word) for start, word in matcher.all(text))
