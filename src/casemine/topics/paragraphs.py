"""Many paragraphs as lists of words, held in four bytes a word and twenty a paragraph."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from casemine.topics.tables import Span


class Paragraphs(Sequence[list[str]]):
    """Paragraphs in the order they were added, each a list of words; where each stands is in `spans`.

    >>> texts = Paragraphs()
    >>> texts.add(["产业", "扶贫", "产业"], "a.txt", 0, 12)
    >>> texts[0], texts.spans[0]
    (['产业', '扶贫', '产业'], ('a.txt', 0, 12))
    """

    def __init__(self) -> None:
        self._number: dict[str, int] = {}
        self._words: list[str] = []
        self._flat, self._ends = array("i"), array("q", [0])
        self.spans = Spans()

    def add(self, words: Iterable[str], doc_id: str, start: int, end: int) -> None:
        """Add a paragraph and its place in a document."""
        for word in words:
            number = self._number.setdefault(word, len(self._words))
            if number == len(self._words):
                self._words.append(word)
            self._flat.append(number)
        self._ends.append(len(self._flat))
        self.spans.add(doc_id, start, end)

    def __len__(self) -> int:
        return len(self._ends) - 1

    @overload
    def __getitem__(self, at: int) -> list[str]: ...
    @overload
    def __getitem__(self, at: slice) -> list[list[str]]: ...
    def __getitem__(self, at: int | slice) -> list[str] | list[list[str]]:
        if isinstance(at, slice):
            return [self[row] for row in range(*at.indices(len(self)))]
        row = range(len(self))[at]
        return [self._words[number] for number in self._flat[self._ends[row] : self._ends[row + 1]]]


class Spans(Sequence["Span"]):
    """Places of paragraphs: (doc_id, start, end)."""

    def __init__(self, doc_ids: list[str] | None = None, flat: array[int] | None = None) -> None:
        self._doc_ids = [] if doc_ids is None else doc_ids
        self._flat = array("i") if flat is None else flat

    def add(self, doc_id: str, start: int, end: int) -> None:
        """Add a place; those of one document follow one another."""
        if not self._doc_ids or self._doc_ids[-1] != doc_id:
            self._doc_ids.append(doc_id)
        self._flat.extend((len(self._doc_ids) - 1, start, end))

    def of(self, rows: Iterable[int]) -> Spans:
        """Return some of the places."""
        return Spans(
            self._doc_ids,
            array("i", (number for row in rows for number in self._flat[3 * row : 3 * row + 3])),
        )

    def __len__(self) -> int:
        return len(self._flat) // 3

    @overload
    def __getitem__(self, at: int) -> Span: ...
    @overload
    def __getitem__(self, at: slice) -> list[Span]: ...
    def __getitem__(self, at: int | slice) -> Span | list[Span]:
        if isinstance(at, slice):
            return [self[row] for row in range(*at.indices(len(self)))]
        row = 3 * range(len(self))[at]
        document, start, end = self._flat[row : row + 3]
        return self._doc_ids[document], start, end
