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
    """A stretch `[start, end)` of code points of a text, of one kind, and its place in the source."""

    start: int
    end: int
    kind: str
    place: str = ""


@dataclass(frozen=True)
class Document:
    """One document: its identifier, its metadata, its text and the passages that divide it.

    `text` is UTF-8 clean Unicode with LF line ends, one paragraph a line. Every later finding is a
    span of code points `[start, end)` in it.
    """

    doc_id: str
    text: str
    title: str = ""
    region: str = ""
    year: str = ""
    passages: tuple[Passage, ...] = ()

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
