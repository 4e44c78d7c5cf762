"""The paragraphs of a study as lists of words: what topics and word lists are counted in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from casemine import ingest, resources
from casemine.document import Document, units
from casemine.pipeline.context import ExtractContext
from casemine.segment import Segmenter
from casemine.study import fingerprint

# What a study's words rest on, and the lists that say which of them carry no content.
READS = ("documents.csv", "new_words.csv", "passages.csv")
FUNCTION_WORDS = "function-words.txt"
# Persons, places; adverbs that verbs and adjectives make, 是 and 有.
_NAMES_AND_ADVERBS = ("nr", "ns", "vd", "ad", "vshi", "vyou")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph `text[start:end]` of a document and its words, each with its tag."""

    doc_id: str
    start: int
    end: int
    words: list[str]


@dataclass
class Reader:
    """Cuts documents into paragraphs and words, as a study knows words: dictionary, user's, new words.

    `tags` gives the tag of every word met so far.
    """

    segmenter: Segmenter
    tags: dict[str, str] = field(default_factory=dict)
    _kept: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, context: ExtractContext) -> Reader:
        """Return the reader of a study."""
        return cls(context.segmenter.with_words(new_terms(context)))

    def paragraphs(self, document: Document) -> Iterator[Paragraph]:
        """Yield the counted paragraphs of a document; what has no letter or Han character is no word."""
        text = document.counted
        for start, end in units(text, "paragraph"):
            yield Paragraph(document.doc_id, start, end, list(self.words(text[start:end])))

    def words(self, text: str) -> Iterator[str]:
        """Yield the words of a text; what has no letter or Han character is no word."""
        return filter(None, map(self._word, self.segmenter.cut(text)))

    def _word(self, word: str) -> str:
        """Return the one object for a word, "" for what is no word; note its tag when first met."""
        kept = self._kept.get(word)
        if kept is None:
            kept = self._kept[word] = word if any(char.isalpha() for char in word) else ""
            if kept:
                self.tags[kept] = self.segmenter.tag(kept)
        return kept


@dataclass
class Content:
    """Tells which words say what a text is about.

    Nouns, verbs, adjectives, fixed expressions, abbreviations, Latin words and new words of two characters or
    more count; names of persons and places, stop words, function words and generic words do not.
    """

    reader: Reader
    without: frozenset[str]
    _known: dict[str, bool] = field(default_factory=dict)

    @classmethod
    def of(cls, context: ExtractContext, reader: Reader) -> Content:
        """Return what tells it by the word lists of a study."""
        return cls(reader, without_content(context))

    def holds(self, word: str) -> bool:
        """Tell whether a word that the reader met says what a text is about."""
        known = self._known.get(word)
        if known is None:
            tag = self.reader.tags[word]
            known = len(word) > 1 and word not in self.without and is_content(tag)
            self._known[word] = known
        return known


def new_terms(context: ExtractContext) -> dict[str, str]:
    """Return the new words of a study that are terms and no part of a longer one, with their tags."""
    new = context.study.new_words
    new = new[(new["kind"] == "term") & (new["absorbed_by"] == "")]
    return dict(zip(new["word"], new["pos"], strict=True))


def is_content(tag: str) -> bool:
    """Tell whether words of a tag (ICTCLAS letters) say what a text is about.

    >>> [is_content(tag) for tag in ("n", "vn", "n_new", "ns", "nr_new", "d", "eng")]
    [True, True, True, False, False, False, True]
    """
    return tag == "eng" or (tag[:1] in "nvaijl" and not tag.startswith(_NAMES_AND_ADVERBS))


def without_content(context: ExtractContext) -> frozenset[str]:
    """Return the words that say nothing of a text's content: stop words, function words, generic words.

    So do the names of provinces and prefectures: the dictionary does not know many as such (烟台, 遵义).
    """
    function = resources.word_list(resources.dictionary(FUNCTION_WORDS))
    return context.stopwords | context.generic | function | frozenset(ingest.gazetteer().places)


def depends(context: ExtractContext, parameters: Mapping[str, object]) -> dict[str, str]:
    """Name what else decides which words there are: the lists of words, the user's among them."""
    words = [sorted(without_content(context)), sorted(context.segmenter.words.items())]
    return {"word lists": fingerprint(words)}
