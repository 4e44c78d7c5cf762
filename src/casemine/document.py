"""A document as every stage after ingest sees it: a text that never changes, and its passages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

# Kinds of passage that stay in the text and are passed over when words are counted.
UNCOUNTED = frozenset({"abstract_en", "references", "number_table"})

_SENTENCE_END = re.compile(r"[。！？!?…]+[”’」』）)》]*|[；;]|\n+")


class Passage(NamedTuple):
    """A stretch `[start, end)` of code points of a text, of one kind, and its place in the source.

    `clause` is the article, paragraph or item of a regulation that it is (第二章 第十条 第一款), if any.
    """

    start: int
    end: int
    kind: str
    place: str = ""
    clause: str = ""


@dataclass(frozen=True)
class Document:
    """One document: its identifier, its metadata, its text and the passages that divide it.

    Parameters
    ----------
    doc_id : str
        What names it among the others.
    text : str
        Unicode with LF line ends, one paragraph a line. It never changes: every later finding is a span of
        code points `[start, end)` in it.
    title, region, year : str
        What is known of it; "" where nothing is.
    passages : tuple of Passage
        Stretches of the text by kind; those of `UNCOUNTED` kinds are passed over when words are counted.

    Examples
    --------
    >>> from casemine import Document
    >>> Document("山村.txt", "村里办起扶贫车间。", title="山村纪事", year="2020")
    Document('山村.txt', 9 characters, title='山村纪事', year='2020')
    """

    doc_id: str
    text: str
    title: str = ""
    region: str = ""
    year: str = ""
    passages: tuple[Passage, ...] = ()

    def __repr__(self) -> str:
        known = {"title": self.title, "region": self.region, "year": self.year}
        shown = "".join(f", {name}={value!r}" for name, value in known.items() if value)
        return f"Document({self.doc_id!r}, {len(self.text)} characters{shown})"

    @property
    def counted(self) -> str:
        """The text with every uncounted passage blanked by line feeds: same length, same offsets."""
        pieces: list[str] = []
        at = 0
        for passage in self.passages:
            if passage.kind in UNCOUNTED:
                pieces += [self.text[at : passage.start], "\n" * (passage.end - passage.start)]
                at = passage.end
        return "".join([*pieces, self.text[at:]])


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield the spans `(start, end)` of the sentences of `text[start:end]`, stripped, none empty.

    A sentence ends after 。！？… or a semicolon (with the closing quotes that follow) or at a line end.
    """
    end = len(text) if end is None else end
    cuts = [start, *(match.end() for match in _SENTENCE_END.finditer(text, start, end)), end]
    for left, right in pairwise(cuts):
        piece = text[left:right]
        stripped = piece.strip()
        if stripped:
            begin = left + piece.index(stripped)
            yield begin, begin + len(stripped)
