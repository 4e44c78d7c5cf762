"""The example sentence of a keyword: real, readable, and the same whatever the order of work."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from casemine.document import Document, sentences, window
from casemine.lexicon.matching import occurrences

# Lengths, in characters, that read well beside a keyword in a table.
READABLE = range(15, 81)


class Context(NamedTuple):
    """An occurrence `[start, end)` of a word in `Document.text`, and the sentence around it."""

    sentence: str
    start: int
    end: int


class Contexts:
    """Finds example sentences in one document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._counted = document.counted
        self._sentences = list(sentences(self._counted))
        self._starts = [start for start, _ in self._sentences]
        self._passages = sorted(document.passages)
        self._found: dict[str, list[tuple[int, int]]] = {}

    def count(self, word: str) -> int:
        """Return how often `word` stands in the counted text."""
        return len(self._spans(word))

    def of(self, word: str) -> Context:
        """Return the first occurrence in a body sentence of readable length, else the next best."""
        spans = self._spans(word)
        fitting = (span for span in spans if not any(self._unfit(span)[:2]))
        best = next(fitting, None) or min(spans, key=self._unfit)
        start, end = window(self._sentence(best[0]), *best)
        return Context(self._document.text[start:end], *best)

    def _spans(self, word: str) -> list[tuple[int, int]]:
        if word not in self._found:
            # Discovery reads characters: it may find a word that stands only inside a longer Latin one.
            whole = list(occurrences(self._counted, word))
            self._found[word] = whole or [
                match.span() for match in re.finditer(re.escape(word), self._counted)
            ]
        return self._found[word]

    def _sentence(self, at: int) -> tuple[int, int]:
        return self._sentences[bisect_right(self._starts, at) - 1]

    def _unfit(self, span: tuple[int, int]) -> tuple[bool, bool, int]:
        start, end = self._sentence(span[0])
        return self._kind(span[0]) != "body", end - start not in READABLE, span[0]

    def _kind(self, at: int) -> str:
        index = bisect_right(self._passages, at, key=lambda passage: passage.start) - 1
        if index >= 0 and at < self._passages[index].end:
            return self._passages[index].kind
        return "body"
