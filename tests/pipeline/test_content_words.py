from pathlib import Path

from casemine.pipeline.content_words import ContentWords
from casemine.pipeline.context import ExtractContext
from casemine.pipeline.paragraphs import Content, Reader
from casemine.study import Study


def test_words_of_content_are_cut_whole_and_others_pass(coded: Path) -> None:
    cut = ContentWords(ExtractContext.of(Study(coded)))
    found = list(cut("要建立防贫预警机制，2020年在云南的3个县。"))
    assert any("防贫预警" in word for word in found)
    assert not {"云南", "要", "2020"} & set(found)


def test_nouns_are_some_of_the_words_and_the_rule_is_that_of_topics(coded: Path) -> None:
    context = ExtractContext.of(Study(coded))
    every, nouns = ContentWords(context), ContentWords(context, nouns=True)
    reader = Reader.of(context)
    content = Content.of(context, reader)
    for document in context.study.texts:
        words = set(every(document.counted))
        assert set(nouns(document.counted)) <= words
        for paragraph in reader.paragraphs(document):
            own = {word for word in paragraph.words if content.holds(word)}
            assert not {word for word in set(paragraph.words) - own if word in words}
