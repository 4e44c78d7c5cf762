import numpy as np
import pytest

from casemine.segment import Segmenter
from casemine.weigh.lexicon import Settings
from casemine.weigh.reading import BETWEEN, read


def words(text: str, settings: Settings) -> list[str]:
    reading = read([text], settings)
    joined = text + BETWEEN
    return [joined[a:b] for a, b in zip(reading.begins[:-1], reading.begins[1:], strict=True)]


def passing(text: str, settings: Settings) -> list[str]:
    reading = read([text], settings)
    return [word for word, passes in zip(words(text, settings), reading.passes, strict=True) if passes]


def test_texts_are_put_together_and_told_apart(plain: Settings) -> None:
    reading = read(["产业扶贫。", "扶贫产业"], plain)
    assert reading.bounds.tolist() == [0, 6, 11]
    assert reading.begins[-1] == 11
    assert reading.documents.tolist() == sorted(reading.documents.tolist())
    assert set(reading.documents.tolist()) == {0, 1}
    # The same word has the same number in both, and what stands between two texts passes nothing.
    assert set(reading.numbers[reading.documents == 0]) >= set(reading.numbers[reading.documents == 1])
    ends = np.isin(reading.begins[:-1], reading.bounds[1:] - 1)
    assert not reading.passes[ends].any()


@pytest.mark.parametrize("term", ["K-means", "PM2.5", "GIS", "5G"])
def test_a_latin_term_is_one_word(plain: Settings, term: str) -> None:
    assert term in words(f"我们用{term}分析数据", plain)


def test_addresses_and_marks_pass_no_phrase(plain: Settings) -> None:
    assert passing("详见 www.example.com/a 网站，", plain) == ["详见", "网站"]
    assert "a@example.org" not in "".join(passing("写信到a@example.org联系", plain))


def test_a_measure_after_a_number_does_not_pass(plain: Settings) -> None:
    assert passing("种了3亩茶叶", plain) == ["种", "茶叶"]


def test_a_number_is_part_of_a_name_where_the_two_stand_together_twice(plain: Settings) -> None:
    assert "12345" in passing("拨打12345热线，12345热线随时接听", plain)
    assert "12345" not in passing("拨打12345热线", plain)


def test_words_that_no_segmenter_cuts_whole_are_kept_where_listed(plain: Settings) -> None:
    listed = Settings(Segmenter({"双随机、一公开": "n"}), {}, frozenset(), frozenset())
    assert "双随机、一公开" in words("推行双随机、一公开监管", listed)
    assert "双随机、一公开" not in words("推行双随机、一公开监管", plain)


def test_of_no_text_there_is_nothing(plain: Settings) -> None:
    reading = read([], plain)
    assert len(reading.numbers) == 0 and reading.begins.tolist() == [0]
