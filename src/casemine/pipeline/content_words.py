"""The words of a study's texts that say something: cut with its new words and keywords, others out."""

from __future__ import annotations

from collections.abc import Iterator

from casemine.pipeline.context import ExtractContext
from casemine.pipeline.paragraphs import Content, Reader, new_terms

# What `ContentWords` cuts by, beside the word lists of `paragraphs.depends`.
READS = ("documents.csv", "passages.csv", "new_words.csv", "keywords_final.csv")


class ContentWords:
    """Cuts texts into the content words of a study, its keywords among them.

    `nouns` takes nouns, abbreviations and the study's own terms alone.
    """

    def __init__(self, context: ExtractContext, *, nouns: bool = False) -> None:
        keywords = context.study.keywords.drop_duplicates("word")
        own = new_terms(context) | dict(zip(keywords["word"], keywords["pos"], strict=True))
        self._reader = Reader(context.segmenter.with_words(own))
        self._content = Content.of(context, self._reader)
        self._own = frozenset(own)
        self._nouns = nouns

    def __call__(self, text: str) -> Iterator[str]:
        """Yield the content words of a text in order."""
        content = filter(self._content.holds, self._reader.words(text))
        return filter(self._is_noun, content) if self._nouns else content

    def _is_noun(self, word: str) -> bool:
        tag = self._reader.tags[word]
        return tag == "eng" or tag[:1] in ("n", "j") or word in self._own
