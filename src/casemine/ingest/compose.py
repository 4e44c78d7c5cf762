"""Blocks to text and passages: the repairs in their order, then what each paragraph is."""

from __future__ import annotations

import re
from collections.abc import Sequence

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
from casemine.ingest.layout import drop_running_lines, join_lines
from casemine.ingest.source import Block

_HAN = re.compile(f"[{HAN}]")
_LATIN = re.compile("[A-Za-z]")
_DIGIT = re.compile("[0-9]")
_ENDED = re.compile(r"[。！？!?；;，,、…][”’」』）)】》]*$")
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
_MASTHEAD = re.compile(
    r"第?\s*\d+\s*[卷期]|[12]\d{3}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?$|.*(?:学报|院刊)(?:（[^）]*）)?$|ISSN|DOI|doi|中图分类号|收稿日期"
)
_GLUED = re.compile(rf"(?<=[。；]) +(?=第{_NUMERAL}{{1,6}}条 )")
_TITLE_LENGTH = 80
_HEADING_LENGTH = 50


def compose(blocks: Sequence[Block]) -> tuple[str, tuple[Passage, ...]]:
    """Repair the layout of `blocks` and return the text, one paragraph a line, and its passages.

    Passages are ordered, do not overlap, are not blank and cover every character but the line feeds
    between them. Offsets are code points of the text.
    """
    paragraphs = _paragraphs(join_lines(drop_running_lines(_single_lines(blocks))))
    kinds = _kinds(paragraphs)
    text = "\n".join(block.text for block in paragraphs)
    passages: list[Passage] = []
    at = 0
    for block, kind in zip(paragraphs, kinds, strict=True):
        end = at + len(block.text)
        last = passages[-1] if passages else None
        if last and last.kind == kind and last.place == block.place and kind not in ("title", "heading"):
            passages[-1] = last._replace(end=end)
        else:
            passages.append(Passage(at, end, kind, block.place))
        at = end + 1
    return text, tuple(passages)


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
    """Return the kind of passage of each block."""
    kinds = [_kind(block) for block in blocks]
    _mark_tables(blocks, kinds)
    _mark_title(blocks, kinds)
    _mark_headings(blocks, kinds)
    _mark_references(blocks, kinds)
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


def _bare(text: str, length: int) -> bool:
    """Tell whether `text` is short and no sentence."""
    return len(text) <= length and not _ENDED.search(text) and "。" not in text


def _mark_title(blocks: Sequence[Block], kinds: list[str]) -> None:
    if "title" in kinds:
        return
    for index, block in enumerate(blocks[:10]):
        text = block.text
        if kinds[index] not in ("body", "heading") or _MASTHEAD.match(text):
            continue
        if _bare(text, _TITLE_LENGTH) and not text.endswith(("：", ":")):
            kinds[index] = "title"
        return


def _mark_headings(blocks: Sequence[Block], kinds: list[str]) -> None:
    """A numbered line that is no sentence is a heading; so is a short line alone before a paragraph."""
    for index, block in enumerate(blocks):
        text = block.text
        if kinds[index] != "body" or block.kind not in ("line", "paragraph"):
            continue
        if _HEADING.match(text):
            numbered = _bare(text, _HEADING_LENGTH) and count_han(text) >= 2
            kinds[index] = "heading" if numbered and not text.endswith(("：", ":")) else "body"
            continue
        alone = index > 0 and not _bare(blocks[index - 1].text, 30)
        before_text = (
            index + 1 < len(blocks) and len(blocks[index + 1].text) > 40 and kinds[index + 1] == "body"
        )
        if alone and before_text and _bare(text, 30) and not text.endswith(("：", ":")) and _HAN.search(text):
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
