"""A document as every stage after ingest sees it: a text that never changes, and its passages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from casemine.errors import ParameterError, UsageError

# Kinds of passage that stay in the text and are passed over when words are counted.
UNCOUNTED = frozenset({"abstract_en", "references", "number_table"})

# The longest a sentence may be, in characters: what has no marks would be a quotation of pages.
LONGEST = 200

# What a text can be divided into for coding.
UNITS = ("sentence", "clause", "paragraph", "article")

_SENTENCE_END = re.compile(r"[。！？!?…]+[”’」』）)》]*|[；;]|\n+")
_CLAUSE_END = re.compile(_SENTENCE_END.pattern + r"|[，,]+")
_PARAGRAPH_END = re.compile(r"\n+")
_WHOLE = re.compile(r"(?!)")
# An article begins a line (第三条); a chapter, or a stretch that does not count, ends the one before it.
_NUMERAL = r"[0-9０-９零〇一二三四五六七八九十百千两]+"
_ARTICLE_START = re.compile(
    rf"(?m)^(?=[ \t\u3000]*第[ \u3000]*{_NUMERAL}[ \u3000]*[条编章节](?![款项例约件]))|\n{{2,}}"
)
_ARTICLE = re.compile(rf"第[ \u3000]*{_NUMERAL}[ \u3000]*条")
# Where a sentence that is too long is cut, the first of these that stands in reach.
_CUTS = (re.compile(r"[，,；;：:]"), re.compile(r"[、\s]"))


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

    def __post_init__(self) -> None:
        for name, value in (("doc_id", self.doc_id), ("text", self.text), ("title", self.title)):
            if not isinstance(value, str):
                advice = "Give a string; read bytes with .decode(), give '' for what is not known."
                raise ParameterError(f"is {value!r:.60}.", place=name, advice=advice)

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
    One of more than `LONGEST` characters is cut at its commas and colons, else at its blanks; what has
    none of these, as the transcript of a recording, stays whole: `window` shortens it round a word.
    """
    return _bounded(text, _divided(text, _SENTENCE_END, start, len(text) if end is None else end))


def units(text: str, unit: str = "sentence") -> Iterator[tuple[int, int]]:
    """Yield the spans of the units of `text`, stripped, none empty: what one quotation may be.

    `unit` is one of `UNITS`: a "sentence" (as `sentences` cuts them), a "clause" (，； end one too), a
    "paragraph" (a line), or an "article" (第三条 with all its paragraphs; what stands outside of articles
    by paragraph). Sentences and clauses are bounded, as `sentences` says; the others are what they are.

    >>> list(units("第一条 总则。\\n（一）略。\\n第二条 附则。", "article"))
    [(0, 13), (14, 21)]
    """
    if unit == "sentence":
        return sentences(text)
    if unit == "clause":
        return _bounded(text, _divided(text, _CLAUSE_END, 0, len(text)))
    if unit == "paragraph":
        return _divided(text, _PARAGRAPH_END, 0, len(text))
    if unit == "article":
        return _articles(text)
    raise UsageError(f"there is no unit {unit!r}.", advice=f"Use one of {', '.join(UNITS)}.")


def window(span: tuple[int, int], start: int, end: int) -> tuple[int, int]:
    """Return `span`, or the part of it of `LONGEST` characters that has `[start, end)` in its middle.

    >>> window((0, 1000), 500, 504)
    (402, 602)
    """
    first, last = span
    if last - first <= LONGEST:
        return span
    begin = min(max(first, start - (LONGEST - (end - start)) // 2), max(first, last - LONGEST))
    return begin, max(end, begin + LONGEST)


def _divided(text: str, ends: re.Pattern[str], start: int, end: int) -> Iterator[tuple[int, int]]:
    cuts = [start, *(match.end() for match in ends.finditer(text, start, end)), end]
    for left, right in pairwise(cuts):
        piece = text[left:right].rstrip()
        if kept := len(piece.lstrip()):
            end = left + len(piece)
            yield end - kept, end


def _bounded(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for start, end in spans:
        while end - start > LONGEST and (cut := _cut(text, start, end)):
            yield from _divided(text, _PARAGRAPH_END, start, cut)
            start = cut
            while text[start].isspace():
                start += 1
        yield start, end


def _cut(text: str, start: int, end: int) -> int:
    """Return where a sentence that is too long is cut: after the last mark in reach, else the next; or 0."""
    for marks in _CUTS:
        places = [match.end() for match in marks.finditer(text, start, start + LONGEST)]
        # A cut at the very end leaves nothing.
        if places and places[-1] < end:
            return places[-1]
    beyond = (marks.search(text, start + LONGEST, end - 1) for marks in _CUTS)
    return min((match.end() for match in beyond if match), default=0)


def _articles(text: str) -> Iterator[tuple[int, int]]:
    cuts = [0, *(match.end() for match in _ARTICLE_START.finditer(text)), len(text)]
    for left, right in pairwise(cuts):
        for start, end in _divided(text, _WHOLE, left, right):
            if _ARTICLE.match(text, start):
                yield start, end
            else:
                yield from _divided(text, _PARAGRAPH_END, start, end)
