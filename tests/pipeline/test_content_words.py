from pathlib import Path

from casemine.pipeline.content_words import ContentWords
from casemine.pipeline.context import ExtractContext
from casemine.study import Study


def test_words_of_content_are_cut_whole_and_others_pass(coded: Path) -> None:
    cut = ContentWords(ExtractContext.of(Study(coded)))
    text = "要建立防贫预警机制，2020年在云南的3个县。"
    assert any("防贫预警" in word for word in cut(text))
    assert all(text[start:].startswith(word) for start, word in cut.spans(text))
    assert "云南" not in list(cut(text))
    assert "云南" in list(ContentWords(ExtractContext.of(Study(coded)), names=True)(text))
