import numpy as np
import pytest

from casemine.discover.grammar import (
    UNIT,
    Lexicon,
    compound_parts,
    function_words,
    in_units,
    lexicon,
    phrase_weight,
)
from casemine.resources import action_words, plain_words
from casemine.segment import Segmenter

WORDS = ["产业", "的", "推进", "，", "K-means", "村", "重要", "2021"]


@pytest.fixture(scope="module")
def words() -> Lexicon:
    return lexicon(WORDS, Segmenter())


def of(words: Lexicon, field: str) -> dict[str, object]:
    return dict(zip(WORDS, getattr(words, field).tolist(), strict=True))


def test_function_words_and_marks_neither_begin_nor_end_a_term(words: Lexicon) -> None:
    begins, ends = of(words, "begins"), of(words, "ends")
    assert [word for word in WORDS if begins[word] == ends[word] == 0] == ["的", "，", "2021"]
    assert begins["产业"] == ends["产业"] == 1


@pytest.mark.parametrize(
    ("field", "flagged"),
    [
        ("function", {"的"}),
        ("outside", {"，", "K-means", "2021"}),
        ("single", {"的", "，", "村"}),
        ("verb", {"推进"}),
    ],
)
def test_flags_say_what_a_word_is(words: Lexicon, field: str, flagged: set[str]) -> None:
    assert {word for word, flag in of(words, field).items() if flag} == flagged


def test_words_of_the_lists_are_flagged(words: Lexicon) -> None:
    for field, listed in (("action", action_words()), ("plain", plain_words())):
        assert {word for word, flag in of(words, field).items() if flag} == listed & set(WORDS)
    assert "的" in function_words() and "推进" in action_words() and "重要" in plain_words()


def test_commoner_words_and_those_of_more_compounds_have_more(words: Lexicon) -> None:
    common = words.common * UNIT
    assert common[WORDS.index("的")] > common[WORDS.index("产业")] > common[WORDS.index("K-means")] == 0
    begun, ended = compound_parts()["村"]
    assert words.opening[WORDS.index("村")] * UNIT == pytest.approx(np.log2(1 + begun), abs=UNIT)
    assert words.closing[WORDS.index("村")] * UNIT == pytest.approx(np.log2(1 + ended), abs=UNIT)


def test_a_vocabulary_after_another_is_looked_up_alike(words: Lexicon) -> None:
    parts = lexicon(WORDS[:3], Segmenter()).extended(lexicon(WORDS[3:], Segmenter()))
    for field in vars(words):
        assert np.array_equal(getattr(parts, field), getattr(words, field)), field


def test_whole_numbers_of_units_are_exact_sums() -> None:
    values = np.array([0.1, 0.2, 1.0])
    assert in_units(values).dtype == np.int32
    assert in_units(values) * UNIT == pytest.approx(values, abs=UNIT)


def test_two_verbs_and_a_function_word_inside_make_no_term(words: Lexicon) -> None:
    at = WORDS.index

    def weight(first: str, last: str, tokens: int, functions: int) -> float:
        ends = (np.array([at(word)]) for word in (first, last))
        return float(phrase_weight(words, *ends, np.array([tokens]), np.array([functions]))[0] * UNIT)

    whole = weight("产业", "产业", 2, 0)
    assert whole == 1
    assert weight("产业", "产业", 3, 1) == pytest.approx(0.2, abs=UNIT)
    apart, together = weight("推进", "推进", 3, 0), weight("推进", "推进", 2, 0)
    assert together == pytest.approx(0.3 * apart, abs=2 * UNIT)
    assert weight("的", "产业", 2, 0) == 0
