"""Blocks to text and passages: the repairs in their order, then what each paragraph is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from casemine.document import Passage
from casemine.ingest.characters import (
    HAN,
    clean_characters,
    close_spaces,
    count_han,
    count_latin,
    drop_citations,
    has_han,
    restore_full_stops,
)
from casemine.ingest.clauses import clauses
from casemine.ingest.layout import drop_running_lines, join_lines
from casemine.ingest.source import Block
from casemine.ingest.title import TitleLines, find_title, is_bare, is_title

_HAN = re.compile(f"[{HAN}]")
_LATIN = re.compile("[A-Za-z]")
_DIGIT = re.compile("[0-9]")
_NUMERAL = "[一二三四五六七八九十百零〇0-9]"
_HEADING = re.compile(
    rf"第{_NUMERAL}{{1,6}}(?:章|节|编|篇|部分)|[一二三四五六七八九十]{{1,3}}、|[（(]{_NUMERAL}{{1,3}}[）)]"
    r"|\d{1,2}(?:\.\d{1,2})*[.、 ]?(?=[^\d.,、%])|#{1,6} "
)
_REFERENCES = re.compile(
    r"[\[【]?(?:参\s*考\s*文\s*献|参考资料|References?|REFERENCES?|注\s*释)[\]】]?\s*[:：]?"
)
_ENTRY = re.compile(
    r"\[(?:J|M|N|D|C|R|S|P|Z|A|G|EB|DB|EB/OL|DB/OL|J/OL|N/OL|C/OL|OL)\]|\[\d{1,3}\]|[①-⑳]|\d{1,3}[.、 ]|https?://|doi|出版社|,\s*\d{4}"
)
_CITED = re.compile(r"(?:\[\d{1,3}\]|\d{1,3}[.、]).*\[(?:J|M|N|D|C|R|S|P|Z|G|EB/OL|DB/OL|J/OL|N/OL)\]")
_GLUED = re.compile(rf"(?<=[。；]) +(?=第{_NUMERAL}{{1,6}}条 )")
_HEADING_LENGTH = 50


def compose(blocks: Sequence[Block]) -> tuple[str, tuple[Passage, ...]]:
    """Repair the layout of `blocks` and return the text, one paragraph a line, and its passages.

    Passages are ordered, do not overlap, are not blank and cover every character but the line feeds
    between them. Offsets are code points of the text. A passage lies in one place of the source, and in
    one article, paragraph or item where the document is divided into such.
    """
    paragraphs = _paragraphs(join_lines(drop_running_lines(_single_lines(blocks))))
    kinds = _kinds(paragraphs)
    title = _mark_title(paragraphs, kinds)
    _mark_headings(paragraphs, kinds)
    _mark_references(paragraphs, kinds)
    texts = [block.text for block in paragraphs]
    structure = clauses(texts, [kind in ("body", "heading") for kind in kinds])
    passages: list[Passage] = []
    at = 0
    for index, (block, kind, clause) in enumerate(zip(paragraphs, kinds, structure, strict=True)):
        end = at + len(block.text)
        if title and title.first <= index <= title.last:
            passages += _around_title(block, at, title, index)
        elif _continues(passages, kind, block.place, clause):
            passages[-1] = passages[-1]._replace(end=end)
        else:
            passages.append(Passage(at, end, kind, block.place, clause))
        at = end + 1
    return "\n".join(texts), tuple(_one_title(passages))


def _continues(passages: Sequence[Passage], kind: str, place: str, clause: str) -> bool:
    """Tell whether a paragraph goes on with the passage before it."""
    if not passages or kind in ("title", "heading"):
        return False
    last = passages[-1]
    return (last.kind, last.place, last.clause) == (kind, place, clause)


def _around_title(block: Block, at: int, title: TitleLines, index: int) -> list[Passage]:
    """Part a line of the title from the mark before it and from the dateline or site after it."""
    start = title.skip if index == title.first else 0
    stop = title.stop if index == title.last else len(block.text)
    parts = (("body", 0, start), ("title", start, stop), ("body", stop, len(block.text)))
    return [
        Passage(at + left, at + right, kind, block.place)
        for kind, left, right in parts
        if block.text[left:right].strip()
    ]


def _one_title(passages: Sequence[Passage]) -> Iterator[Passage]:
    """Make one passage of a title that goes over several lines."""
    current: Passage | None = None
    for passage in passages:
        if current and current.kind == passage.kind == "title" and current.end + 1 >= passage.start:
            current = current._replace(end=passage.end)
            continue
        if current:
            yield current
        current = passage
    if current:
        yield current


def _single_lines(blocks: Sequence[Block]) -> list[Block]:
    """Split blocks that hold line ends."""
    single: list[Block] = []
    for block in blocks:
        if "\n" in block.text or "\r" in block.text:
            single += [Block(line, block.kind, block.place) for line in block.text.splitlines()]
        else:
            single.append(block)
    return single


def _paragraphs(blocks: Sequence[Block]) -> list[Block]:
    """Clean the text of each block; drop blocks that are left blank."""
    repaired: list[Block] = []
    for block in blocks:
        if block.kind == "row":
            tab = "\t" if "\t" in block.text else " "
            cells = block.text.split(tab if tab == "\t" else None)
            text = tab.join(close_spaces(clean_characters(cell)) for cell in cells)
            repaired.append(Block(text.strip(), block.kind, block.place))
            continue
        text = drop_citations(clean_characters(block.text))
        pieces = _GLUED.split(text) if "条 " in text else [text]
        repaired += [Block(close_spaces(piece), block.kind, block.place) for piece in pieces]
    repaired = [block for block in repaired if block.text]
    texts = [block.text for block in repaired]
    stopped = restore_full_stops(texts)
    if stopped == texts:
        return repaired
    return [block._replace(text=text) for block, text in zip(repaired, stopped, strict=True)]


def _kinds(blocks: Sequence[Block]) -> list[str]:
    """Return the kind of passage of each block, but for titles, headings and references."""
    kinds = [_kind(block) for block in blocks]
    _mark_tables(blocks, kinds)
    return kinds


def _kind(block: Block) -> str:
    if block.kind in ("title", "heading"):
        return block.kind
    text = block.text
    if block.kind == "row":
        return "row"
    if _CITED.match(text):
        return "references"
    latin, han = count_latin(text), has_han(text)
    if latin and (not han or (latin >= 20 and latin > 4 * count_han(text))):
        return "abstract_en"
    if not han and _DIGIT.search(text):
        return "number_table"
    return "body"


def _mark_tables(blocks: Sequence[Block], kinds: list[str]) -> None:
    """Call each run of rows a table of words or, with few Han in it, a table of numbers."""
    start = 0
    while start < len(kinds):
        if kinds[start] != "row":
            start += 1
            continue
        end = start
        while end < len(kinds) and kinds[end] == "row":
            end += 1
        run = "".join(block.text for block in blocks[start:end])
        solid = len("".join(run.split()))
        few = count_han(run) < 0.3 * solid and bool(_DIGIT.search(run) or _LATIN.search(run))
        kinds[start:end] = ["number_table" if few else "table"] * (end - start)
        start = end


def _mark_title(blocks: Sequence[Block], kinds: list[str]) -> TitleLines | None:
    """Return where the title stands; one that the format names is taken, unless it is no title."""
    given = [index for index, kind in enumerate(kinds) if kind == "title"]
    for index in given:
        if not is_title(blocks[index].text):
            kinds[index] = "body"
    if any(kinds[index] == "title" for index in given):
        return None
    title = find_title([block.text for block in blocks], [kind in ("body", "heading") for kind in kinds])
    if title:
        kinds[title.first : title.last + 1] = ["title"] * (title.last + 1 - title.first)
    return title


def _mark_headings(blocks: Sequence[Block], kinds: list[str]) -> None:
    """A numbered line that is no sentence is a heading; so is a short line alone before a paragraph."""
    for index, block in enumerate(blocks):
        text = block.text
        if kinds[index] != "body" or block.kind not in ("line", "paragraph"):
            continue
        if _HEADING.match(text):
            numbered = is_bare(text, _HEADING_LENGTH) and count_han(text) >= 2
            kinds[index] = "heading" if numbered and not text.endswith(("：", ":")) else "body"
            continue
        alone = index > 0 and not is_bare(blocks[index - 1].text, 30)
        before_text = (
            index + 1 < len(blocks) and len(blocks[index + 1].text) > 40 and kinds[index + 1] == "body"
        )
        if (
            alone
            and before_text
            and is_bare(text, 30)
            and not text.endswith(("：", ":"))
            and _HAN.search(text)
        ):
            kinds[index] = "heading"


def _mark_references(blocks: Sequence[Block], kinds: list[str]) -> None:
    """Mark what follows 参考文献 until a section heading or a paragraph of plain sentences."""
    inside = False
    for index, block in enumerate(blocks):
        if _REFERENCES.fullmatch(block.text):
            inside = True
        elif inside:
            entry = bool(_ENTRY.search(block.text))
            section = kinds[index] in ("heading", "title") and not entry
            prose = len(block.text) > 80 and not entry and block.text.count("。") >= 2
            inside = not (
                section or prose or (kinds[index] == "abstract_en" and block.text.startswith("Abstract"))
            )
        if inside:
            kinds[index] = "references"
