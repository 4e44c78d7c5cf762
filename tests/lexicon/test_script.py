import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemine.errors import UsageError
from casemine.lexicon.script import (
    as_matched,
    as_read,
    forms,
    in_simplified,
    is_common,
    is_traditional,
    matched_form,
    simplified_table,
    simplify,
)

TRADITIONAL = "地方政府應該繼續推動鄉村振興與鄉村旅遊，對於人口外流的問題，我們認為這個計畫需要檢討。"
SIMPLIFIED = (
    "地方政府应该继续推动乡村振兴与乡村旅游，对于人口外流的问题，我们认为这个计划需要检讨，著名学者也这样说。"
)


@given(st.text())
def test_the_map_keeps_every_offset(text):
    assert len(simplify(text)) == len(text)
    assert simplify(simplify(text)) == simplify(text)


def test_a_span_found_in_the_map_is_a_span_of_the_text():
    at = simplify(TRADITIONAL).index("乡村旅游")
    assert TRADITIONAL[at : at + 4] == "鄉村旅遊"


def test_simplified_text_stays_and_whole_texts_are_converted_by_words():
    assert simplify(SIMPLIFIED) == SIMPLIFIED
    assert in_simplified("乾隆年間天氣乾燥") == "乾隆年间天气干燥"
    assert simplified_table()[ord("臺")] == "台"


def test_the_script_of_a_text_is_told():
    assert is_traditional(TRADITIONAL)
    assert not is_traditional(SIMPLIFIED)
    assert not is_traditional("")
    assert not is_traditional("请台湾的老师来讲臺灣鄉村的事，村里的干部群众都来听课，听完了还提问。")


def test_a_text_is_read_in_the_script_asked_for():
    assert as_read(TRADITIONAL, "keep") == TRADITIONAL
    assert as_read(TRADITIONAL, "auto") == as_read(TRADITIONAL, "simplified")
    assert as_read(SIMPLIFIED, "auto") == SIMPLIFIED
    with pytest.raises(UsageError, match="script"):
        as_read("字", "latin")


def test_common_characters_of_either_script():
    assert [is_common(char) for char in "县縣鼀a"] == [True, True, False, False]


@given(st.text(st.sampled_from("計畫划算乾隆燥頭髮發展后後面ab \n")))
def test_what_is_matched_keeps_every_offset(text):
    assert len(matched_form(text)) == len(text)
    assert matched_form(matched_form(text)) == matched_form(text)


def test_a_word_is_matched_as_it_is_in_a_text():
    assert matched_form("計畫") == "计划"
    assert simplify("計畫") == "计画"
    assert matched_form("計畫") in as_matched(TRADITIONAL)
    assert matched_form("乾隆") == "乾隆"
    assert as_matched(SIMPLIFIED) is SIMPLIFIED


def test_words_are_written_as_most_texts_have_them():
    texts = [(text, as_matched(text)) for text in (TRADITIONAL, SIMPLIFIED)]
    assert forms(["计划", "乡村旅游", "茶园"], texts[:1]) == {"计划": "計畫", "乡村旅游": "鄉村旅遊"}
    assert forms(["计划"], [*texts, texts[1]]) == {}
