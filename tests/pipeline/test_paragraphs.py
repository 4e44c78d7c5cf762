"""Paragraphs and words as a study knows them, and which of these are of content."""

from pathlib import Path

from casemine.document import Document, Passage
from casemine.pipeline.context import ExtractContext
from casemine.pipeline.paragraphs import Content, Reader, is_content
from casemine.segment import Segmenter
from casemine.study import Study


def test_paragraphs_are_counted_lines_with_exact_spans() -> None:
    text = "防贫预警到户。\n参考文献\n村民增收，3人。"
    document = Document("甲", text, passages=(Passage(8, 12, "references"),))
    found = list(Reader(Segmenter({"防贫预警": "n_new"})).paragraphs(document))
    assert [text[paragraph.start : paragraph.end] for paragraph in found] == [
        "防贫预警到户。",
        "村民增收，3人。",
    ]
    assert found[0].words[0] == "防贫预警" and "3" not in found[1].words and "，" not in found[1].words


def test_a_study_knows_its_new_words(coded: Path) -> None:
    context = ExtractContext.of(Study(coded))
    reader = Reader.of(context)
    words = [word for text in context.study.texts for part in reader.paragraphs(text) for word in part.words]
    content = Content.of(context, reader)
    assert "防贫预警" in words and content.holds("防贫预警")
    assert not any(content.holds(word) for word in words if len(word) == 1)


def test_names_and_adverbs_are_not_of_content() -> None:
    assert not any(map(is_content, ("nr", "nrt", "ns_new", "vd", "ad", "vshi", "d", "m", "p")))
    assert all(map(is_content, ("n", "nz", "v", "vn", "a", "an", "j", "i", "l", "v_new", "nt")))
