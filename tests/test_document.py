from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemine.document import LONGEST, UNITS, Document, Passage, sentences, units, window
from casemine.errors import ParameterError, UsageError


def spans(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def test_sentences_end_at_stops_semicolons_and_lines() -> None:
    text = "他说：“好！”大家笑了。产业兴旺；生态宜居\n 一、背景 \n\n"
    assert spans(text) == ["他说：“好！”", "大家笑了。", "产业兴旺；", "生态宜居", "一、背景"]


def test_sentences_of_a_part_keep_the_offsets_of_the_whole() -> None:
    assert list(sentences("甲。乙。丙。", 2, 4)) == [(2, 4)]


@given(st.text("甲乙。；！” \n", max_size=40))
def test_sentences_are_stripped_ordered_and_cover_all_that_is_not_space(text: str) -> None:
    found = list(sentences(text))
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in found)
    assert all(left[1] <= right[0] for left, right in pairwise(found))
    assert "".join("".join(spans(text)).split()) == "".join(text.split())


def test_counted_blanks_what_does_not_count_and_keeps_every_offset() -> None:
    text = "扶贫产业\nABSTRACT\n利益联结"
    passages = (Passage(0, 4, "body"), Passage(5, 13, "abstract_en"), Passage(14, 18, "body"))
    counted = Document("a", text, passages=passages).counted
    assert counted == "扶贫产业\n" + "\n" * 8 + "\n利益联结"
    assert counted[14:18] == text[14:18]


def test_a_long_sentence_is_cut_at_commas_and_stays_the_text() -> None:
    text = "这里说的是很长的一段话，" * 30 + "完。"
    found = spans(text)
    assert "".join(found) == text
    assert max(map(len, found)) <= LONGEST
    assert all(piece.endswith(("，", "。")) for piece in found)


def test_a_transcript_without_marks_is_cut_at_blanks_and_line_ends() -> None:
    text = "那个时候路不好走 " * 60 + "\n" + "后来修了路" * 10
    found = spans(text)
    assert max(map(len, found)) <= LONGEST
    assert "".join("".join(found).split()) == "".join(text.split())


def test_what_has_no_mark_at_all_stays_whole_and_a_window_bounds_it() -> None:
    text = "说" * 900
    assert spans(text) == [text]
    assert window((0, 900), 450, 454) == (352, 552)
    assert window((0, 900), 0, 4) == (0, 200)
    assert window((0, 900), 896, 900) == (700, 900)
    assert window((0, 90), 3, 5) == (0, 90)


def test_a_sentence_with_one_late_mark_is_cut_there() -> None:
    text = "说" * 250 + "，" + "做" * 20
    assert [len(piece) for piece in spans(text)] == [251, 20]


@pytest.mark.parametrize(
    ("unit", "pieces"),
    [
        ("sentence", "第一条 村里修路，户户出工。/（一）先修主路；/第二条 照此办理。/附则/另行公布。"),
        ("clause", "第一条 村里修路，/户户出工。/（一）先修主路；/第二条 照此办理。/附则/另行公布。"),
        ("paragraph", "第一条 村里修路，户户出工。/（一）先修主路；/第二条 照此办理。/附则/另行公布。"),
        ("article", "第一条 村里修路，户户出工。|（一）先修主路；/第二条 照此办理。|附则|另行公布。"),
    ],
)
def test_units_of_a_text(unit: str, pieces: str) -> None:
    text = "第一条 村里修路，户户出工。\n（一）先修主路；\n第二条 照此办理。\n附则\n另行公布。"
    cut = [text[start:end] for start, end in units(text, unit)]
    assert cut == pieces.replace("|", "\n").split("/")


def test_articles_end_at_chapters_and_at_what_does_not_count() -> None:
    text = "总则说明\n第一章 总则\n第一条 甲。\n第二章 分则\n  第二条 乙。\n\n\n后附名单"
    found = [text[start:end] for start, end in units(text, "article")]
    assert found == ["总则说明", "第一章 总则", "第一条 甲。", "第二章 分则", "第二条 乙。", "后附名单"]


def test_an_unknown_unit_is_named() -> None:
    with pytest.raises(UsageError, match="no unit 'word'"):
        units("甲", "word")


@given(st.text("甲乙丙丁戊，、 。\n", max_size=900), st.sampled_from(UNITS))
def test_units_are_spans_in_order_that_lose_nothing(text: str, unit: str) -> None:
    found = list(units(text, unit))
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in found)
    assert all(left[1] <= right[0] for left, right in pairwise(found))
    kept = "".join("".join(text[start:end] for start, end in found).split())
    assert kept == "".join(text.split())


@pytest.mark.parametrize(
    ("name", "value"), [("text", b"a"), ("text", None), ("title", None), ("doc_id", None)]
)
def test_what_a_document_is_made_of_is_text(name: str, value: Any) -> None:
    with pytest.raises(ParameterError) as caught:
        Document(**{"doc_id": "a", "text": "防贫", name: value})
    assert caught.value.place == name
