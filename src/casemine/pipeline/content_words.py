"""The words of a study's texts that say something: cut with its new words and keywords, others out."""

from __future__ import annotations

from collections.abc import Iterator

from casemine.pipeline.context import ExtractContext
from casemine.pipeline.paragraphs import is_content, without_content
from casemine.segment import Segmenter

# What `ContentWords` cuts by, beside the word lists of `paragraphs.depends`.
READS = ("documents.csv", "passages.csv", "new_words.csv", "keywords_final.csv")


class ContentWords:
    """Cuts texts into the content words of a study; what was cut once is not judged again.

    `nouns` takes nouns, abbreviations and the study's own terms alone.
    """

    def __init__(self, context: ExtractContext, *, nouns: bool = False) -> None:
        study = context.study
        new = study.new_words
        terms = new[new["kind"] == "term"]
        own = dict(zip(terms["word"], terms["pos"], strict=True))
        keywords = study.keywords.drop_duplicates("word")
        own |= dict(zip(keywords["word"], keywords["pos"], strict=True))
        self._segmenter: Segmenter = context.segmenter.with_words(own)
        self._out = without_content(context)
        self._nouns = nouns
        self._own = frozenset(own)
        self._judged: dict[str, bool] = {}

    def __call__(self, text: str) -> Iterator[str]:
        """Yield the content words of a text in order."""
        return (word for word in self._segmenter.cut(text) if self._counts(word))

    def _counts(self, word: str) -> bool:
        judged = self._judged.get(word)
        if judged is None:
            judged = self._judged[word] = self._judge(word)
        return judged

    def _judge(self, word: str) -> bool:
        if len(word) < 2 or word in self._out or not any(map(str.isalpha, word)):
            return False
        tag = self._segmenter.tag(word)
        noun = tag == "eng" or tag[:1] in ("n", "j") or word in self._own
        return is_content(tag) and (noun or not self._nouns)
