"""The words of a study's texts that say something: cut with its new words, generic and function words out."""

from __future__ import annotations

from collections.abc import Iterator

from casemine import resources
from casemine.pipeline.context import ExtractContext
from casemine.segment import Segmenter

# Nouns, verbs, adjectives, abbreviations, set phrases and Latin words.
_CONTENT = frozenset("nvaji")
# Names of persons, places and bodies tell documents apart, and say nothing of their themes.
_WITHOUT = ("nr", "ns", "nt")


class ContentWords:
    """Cuts texts into the content words of a study; what was cut once is not judged again.

    `names` keeps names of persons, places and bodies; `nouns` takes nouns and the study's own terms alone.
    """

    def __init__(self, context: ExtractContext, *, names: bool = False, nouns: bool = False) -> None:
        study = context.study
        new = study.new_words
        terms = new[new["kind"] == "term"]
        own = dict(zip(terms["word"], terms["pos"], strict=True))
        keywords = study.keywords.drop_duplicates("word")
        own |= dict(zip(keywords["word"], keywords["pos"], strict=True))
        self._segmenter: Segmenter = context.segmenter.with_words(own)
        functions = resources.word_list(resources.dictionary("function-words.txt"))
        self._out = context.stopwords | context.generic | functions
        self._names, self._nouns = names, nouns
        self._own = frozenset(own)
        self._judged: dict[str, bool] = {}

    def __call__(self, text: str) -> Iterator[str]:
        """Yield the content words of a text in order."""
        return (word for word in self._segmenter.cut(text) if self._counts(word))

    def spans(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield (start, word) of the content words of a text."""
        at = 0
        for word in self._segmenter.cut(text):
            if self._counts(word):
                yield at, word
            at += len(word)

    def _counts(self, word: str) -> bool:
        judged = self._judged.get(word)
        if judged is None:
            judged = self._judged[word] = self._judge(word)
        return judged

    def _judge(self, word: str) -> bool:
        if len(word) < 2 or word in self._out or not any(map(str.isalpha, word)):
            return False
        tag = self._segmenter.tag(word)
        if not self._names and tag.startswith(_WITHOUT):
            return False
        if self._nouns:
            return tag == "eng" or tag[0] in "nj" or word in self._own
        return tag == "eng" or tag[0] in _CONTENT
