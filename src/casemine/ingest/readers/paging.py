"""What pages have in common: running heads and feet by their place, notes at the foot by their size."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from casemine.ingest.readers.page import Line
from casemine.ingest.source import Block

_DIGITS = re.compile(r"\d+")
_SENTENCE_END = re.compile(r"[。！？；：，、!?;:,]\s*$")
_NOTE = re.compile(
    r"\s*(?:[①-⑳⓪]|\[\d{1,3}\]|［\d{1,3}］|〔\d{1,3}〕|[*＊※†‡]|注\s*[:：]|\d{1,2} ?(?=[\u4e00-\u9fff《“])"
    r"|收稿日期|基金项目|作者简介|作者单位|通[讯信]作者|本文系)"
)
_PAGE_NUMBER = re.compile(r"\s*[-–—－·第]*\s*\d{1,4}\s*[-–—－·页]*\s*(?:[/共]\s*\d{1,4}\s*页?)?\s*")
_REFERENCES = re.compile(r"\s*[\[【]?(?:参\s*考\s*文\s*献|References|REFERENCES)[\]】]?\s*[:：]?\s*")
# Notes are set this much smaller than the text, at least.
_SMALLER = 0.93
# A running line is not set larger than the text; larger ones are titles.
_LARGER = 1.15
_OUTER = 2
_MOST_NOTES = 0.6


@dataclass(frozen=True)
class Page:
    """The lines of a page in reading order, and the notes at its foot."""

    number: int
    lines: tuple[Line, ...]
    notes: tuple[Line, ...] = ()


def body_size(pages: Sequence[Page]) -> float:
    """Return the size in which most characters are set, 0 when there are none."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(2 * line.size) / 2] += len(line.text)
    return min(sizes, key=lambda size: (-sizes[size], size)) if sizes else 0.0


def without_running(pages: Sequence[Page]) -> list[Page]:
    """Leave out the outermost lines that stand in the same place on several pages, but for their numbers.

    A line larger than the text stays (a title), and so does one that ends a sentence.
    """
    size = body_size(pages)
    at: dict[tuple[str, int], set[int]] = defaultdict(set)
    for page in pages:
        for line in _outermost(page.lines):
            at[_mark(line)].add(page.number)
    fewest = max(2, 0.3 * len(pages))

    def runs(line: Line) -> bool:
        small = line.size <= _LARGER * size and not _SENTENCE_END.search(line.text)
        return small and len(at[_mark(line)] | at[_mark(line, 1)] | at[_mark(line, -1)]) >= fewest

    kept = []
    for page in pages:
        outer = {id(line) for line in _outermost(page.lines) if runs(line)}
        kept.append(replace(page, lines=tuple(line for line in page.lines if id(line) not in outer)))
    return kept


def _outermost(lines: Sequence[Line]) -> list[Line]:
    ordered = sorted(lines, key=lambda line: line.base)
    return ordered if len(ordered) <= 2 * _OUTER else [*ordered[:_OUTER], *ordered[-_OUTER:]]


def _mark(line: Line, step: int = 0) -> tuple[str, int]:
    """Return what a line says but for its numbers, and about how far down it stands, in half ems."""
    skeleton = _DIGITS.sub("#", "".join(line.text.split()))
    return skeleton, round(2 * line.base / max(line.size, 1e-6)) + step


def with_notes_apart(pages: Sequence[Page]) -> list[Page]:
    """Move the notes at the foot of each column into `notes`: smaller lines from the first with a mark on."""
    size = body_size(pages)
    parted: list[Page] = []
    referring = False
    for page in pages:
        # The list of references has the look of notes and stays where it is.
        referring = referring or any(_REFERENCES.fullmatch(line.text) for line in page.lines)
        notes = [] if referring else _notes(page, size)
        apart = {id(line) for line in notes}
        lines = tuple(line for line in page.lines if id(line) not in apart)
        parted.append(replace(page, lines=lines, notes=tuple(notes)) if notes else page)
    return parted


def _notes(page: Page, size: float) -> list[Line]:
    columns: dict[int, list[Line]] = defaultdict(list)
    for line in page.lines:
        columns[line.column].append(line)
    notes: list[Line] = []
    for lines in columns.values():
        foot: list[Line] = []
        for line in sorted(lines, key=lambda line: -line.base):
            if _PAGE_NUMBER.fullmatch(line.text) and not foot:
                continue
            if line.size > _SMALLER * size:
                break
            foot.append(line)
        foot.reverse()
        first = next((at for at, line in enumerate(foot) if _NOTE.match(line.text)), None)
        if first is not None and len(foot) < len(lines):
            notes += foot[first:]
    order = {id(line): at for at, line in enumerate(page.lines)}
    notes.sort(key=lambda line: order[id(line)])
    return notes if len(notes) <= _MOST_NOTES * len(page.lines) else []


def blocks_of(pages: Sequence[Page]) -> list[Block]:
    """Return the lines of pages as blocks, each with its page; notes stand at the end."""
    pages = with_notes_apart(without_running(pages))
    blocks = [Block(line.text, "line", f"p. {page.number}") for page in pages for line in page.lines]
    return blocks + [
        Block(line.text, "line", f"note p. {page.number}") for page in pages for line in page.notes
    ]
