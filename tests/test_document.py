from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from casemine.document import Document, Passage, sentences


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
