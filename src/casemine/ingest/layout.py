"""Layout repair: running heads out, hard-wrapped lines joined into paragraphs; blocks in, blocks out.

Lines are joined before their characters are cleaned (`characters.py`), because full-width digits and
indents tell how wide a line was set.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from casemine.ingest.characters import HAN, close_letterspacing, count_latin
from casemine.ingest.source import Block

_NUMERAL = "一二三四五六七八九十百零〇\\d"

# --------------------------------------------------------------------------------- running heads and numbers

_PAGE_NUMBER = re.compile(
    r"\s*(?:[-–—－─·•]+\s*\d{1,4}\s*[-–—－─·•]+|第\s*\d{1,4}\s*页(?:\s*[/，,]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}"
    r"|Page\s+\d+(?:\s+of\s+\d+)?)\s*",
    re.I,
)
_BARE_NUMBER = re.compile(r"\s*\d{1,4}\s*")
_DIGITS = re.compile(r"\d+")
# The head of a journal's page: a page number at one end and the journal or its issue.
_JOURNAL_HEAD = re.compile(
    r"\s*(?:\d{1,4}(?!\d)(?=\D*(?:第\s*\d+\s*[期卷]|学报|院刊|总\s*\d+\s*期)).*|.*(?:学报|院刊|第\s*\d+\s*期)\s+\d{1,4}\s*)"
)
_EXPORT_MARK = re.compile(r"\s*(?:【?法宝引证码】?.*|原文链接[:：]\s*https?://\S*|©?\s*北大法宝.*)")
_END = re.compile(r"[。！？!?；;：:…][”’」』）)】》\]]*\s*$|[.][”’)）]?\s*$|^\s*[（(][^（()）]*[）)]\s*$")
_EDGE = 3
# No one sets words this far apart, and looking for what ends a gap takes the square of its length.
_LONG_GAP = re.compile(r"[^\S\n]{64,}")


def _skeleton(text: str) -> str:
    return _DIGITS.sub("#", "".join(text.split()))


def drop_running_lines(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks without running heads, feet, page numbers and watermark lines.

    With pages in `place`, a line goes when it recurs, but for its number, at the edge of at least three
    pages and of a third of them, or anywhere on four fifths. Without pages, a line goes when its number
    rises from one occurrence to the next at the distance of a page. A sentence or a label stays, and so
    does the title below the running head that repeats it.
    """
    blocks = [
        block._replace(text=_LONG_GAP.sub(" " * 63, block.text)) if _LONG_GAP.search(block.text) else block
        for block in blocks
    ]
    kept = [block for block in blocks if not (block.kind == "line" and _EXPORT_MARK.fullmatch(block.text))]
    lines = [index for index, block in enumerate(kept) if block.kind == "line" and block.text.strip()]
    if not lines:
        return kept
    pages: dict[str, list[int]] = defaultdict(list)
    for index in lines:
        pages[kept[index].place].append(index)
    paged = len(pages) > 1 and all(place.startswith("p.") for place in pages)
    dropped = _dropped_on_pages(kept, pages) if paged else _dropped_by_number(kept, lines)
    dropped.update(_journal_heads(kept, lines))
    return [block for index, block in enumerate(kept) if index not in dropped]


def _dropped_on_pages(blocks: Sequence[Block], pages: dict[str, list[int]]) -> set[int]:
    edges: dict[str, set[str]] = defaultdict(set)
    anywhere: dict[str, set[str]] = defaultdict(set)
    for place, lines in pages.items():
        for index in lines:
            anywhere[blocks[index].text.strip()].add(place)
        for index in lines[:_EDGE] + lines[-_EDGE:]:
            edges[_skeleton(blocks[index].text)].add(place)
    dropped: set[int] = set()
    titles: set[str] = set()
    for lines in pages.values():
        heads: set[str] = set()
        for index in lines:
            text, mark = blocks[index].text, _skeleton(blocks[index].text)
            edge = index in lines[:_EDGE] or index in lines[-_EDGE:]
            running = edge and not _END.search(text) and len(edges[mark]) >= max(3, len(pages) / 3)
            if running and index in lines[:_EDGE] and text not in titles and "#" not in mark:
                if text in heads:  # once in a document: the title from which the head above it was taken
                    titles.add(text)
                    continue
                heads.add(text)
            watermark = len(mark) >= 6 and len(anywhere[text.strip()]) >= max(3, 0.8 * len(pages))
            number = edge and len(edges[mark]) >= 2 and bool(_BARE_NUMBER.fullmatch(text))
            if running or watermark or number or (edge and _PAGE_NUMBER.fullmatch(text)):
                dropped.add(index)
    return dropped


def _dropped_by_number(blocks: Sequence[Block], lines: Sequence[int]) -> set[int]:
    """Find lines of one skeleton whose number rises by one or two, fifteen lines or more apart."""
    alike: dict[str, list[int]] = defaultdict(list)
    for position, index in enumerate(lines):
        text = blocks[index].text
        if len(text) < 60 and _DIGITS.search(text) and not _END.search(text):
            alike[_skeleton(text)].append(position)
    dropped: set[int] = set()
    for mark, positions in alike.items():
        texts = [blocks[lines[position]].text for position in positions]
        if len(texts) > 1 and _PAGE_NUMBER.fullmatch(texts[0]):
            dropped.update(lines[position] for position in positions)
        elif mark == "#" or (len(mark) >= 5 and (mark[0] == "#" or mark[-1] == "#")):
            dropped.update(lines[position] for position in _rising(positions, texts))
    return dropped


def _rising(positions: Sequence[int], texts: Sequence[str]) -> Iterator[int]:
    """Yield the positions of the longest runs, three at least, that number pages one after the other."""
    numbers = [[int(digits) for digits in _DIGITS.findall("".join(text.split()))] for text in texts]
    run = list(positions[:1])
    for (before, here), (old, new) in zip(pairwise(positions), pairwise(numbers), strict=True):
        steps = [after - first for first, after in zip(old, new, strict=False)]
        one_rises = sum(step in (1, 2) for step in steps) == 1 and sum(step != 0 for step in steps) == 1
        if one_rises and here - before >= 15:
            run.append(here)
            continue
        if len(run) >= 3:
            yield from run
        run = [here]
    if len(run) >= 3:
        yield from run


def _journal_heads(blocks: Sequence[Block], lines: Sequence[int]) -> Iterator[int]:
    """Yield journal heads that stand first or last or break into an unfinished line."""
    for position, index in enumerate(lines):
        text = blocks[index].text
        if len(text) < 90 and _JOURNAL_HEAD.fullmatch(text) and not _END.search(text):
            before = blocks[lines[position - 1]].text if position else ""
            if not before or not _END.search(before) or position == len(lines) - 1:
                yield index


# -------------------------------------------------------------------------------------------- wrapped lines

_WIDEST = 140  # display cells; a wider line was not wrapped by a page
_NARROWEST = 16
_AROUND = 6  # lines on either side among which a line finds others as wide
_STARTS = re.compile(
    rf"\s*(?:第[{_NUMERAL}]{{1,6}}(?:章|节|编|篇|部分)\s|第[{_NUMERAL}]{{1,6}}(?:章|节|编|篇)(?=[{HAN}])|第[{_NUMERAL}]{{1,6}}条(?:之一)?[\s【]"
    rf"|[一二三四五六七八九十]{{1,3}}、|[（(][一二三四五六七八九十]{{1,3}}[）)](?![项款目、和至])"
    rf"|\d{{1,2}}[.．、](?=\s*[{HAN}“《])|\d{{1,2}}(?:[.．]\d{{1,2}}){{1,3}}\s*(?=[{HAN}“])|\d{{1,2}}\s+(?=[{HAN}])(?!\d+\s+[年月日万亿个人])"
    r"|[•●■◆▪➢★]|附件\s*\d*\s*[:：]?|[表图]\s*[A-Z]?\.?\d+|\[\d+\]|［\d+］|参考文献|\[?摘\s*要|关键词|Abstract|ABSTRACT|Key\s?words)"
)
_WEAK_STARTS = re.compile(
    r"\s*(?:[（(]\d{1,2}[）)]|[①-⑳]|[一二三四五六七八九十]是|其[一二三四五六]|\d{1,2}[.．、]|注[:：1-9])"
)
_HEADING = re.compile(
    rf"\s*(?:(第[{_NUMERAL}]{{1,6}}[章节编篇])|([一二三四五六七八九十]{{1,3}}、)|([（(][一二三四五六七八九十]{{1,3}}[）)])"
    r"|(\d{1,2}(?:[.．]\d{1,2})+)|(\d{1,2}[.．、]|\d{1,2}\s+))"
)
_ASIDE = re.compile(r"\s*(?:[①-⑳].*[。；.]\s*$|[图表]\s*\d+\s+\S.{0,40}$)")
_CELL_GAP = re.compile(
    rf"(?<=[{HAN}％%）)])\s+(?=[{HAN}])|(?<=[\d%％])\s+(?=\d)|\s{{2,}}|\t|(?<=[A-Za-z_{HAN}])\s+(?=\d)|(?<=[\d%％年])\s+(?=[\d{HAN}])"
)
_CERTAIN = re.compile(r"\t|\s[\d.]+%?(?=\s|$)")
_HAN_PAIR = re.compile(rf"[{HAN}]{{2}}\s+[{HAN}]{{2}}")
_PROSE = re.compile("[，。；！？,;!]")
_SPACED_DIGITS = re.compile(rf"(?<=[{HAN}])\s+(?=\d)|(?<=\d)\s+(?=[{HAN}])|(?<=\d)\s+(?=\d{{3}}(?!\d))")


class _Line(NamedTuple):
    text: str
    width: int
    indent: int
    ended: bool
    row: bool
    latin: bool
    place: str
    blank_before: bool


def width(text: str) -> int:
    """Return the display cells of `text`: one for ASCII, two for Han and full-width forms.

    GB18030 spends as many bytes on a character as a Chinese terminal spends cells.
    """
    return len(text.encode("gb18030", "replace"))


def is_row(text: str) -> bool:
    """Tell whether a line is by itself a row of a table: three cells or more and no sentence."""
    if _PROSE.search(text):
        return False
    cells = close_letterspacing(text).split()
    if len(cells) < 3 or all(len(cell) == 1 for cell in cells) or _is_latin(text):
        return False
    # Justified prose has gaps next to digits, and between thousands; a table has others too.
    return len(_CELL_GAP.findall(text)) >= 2 and bool(_CELL_GAP.search(_SPACED_DIGITS.sub("", text)))


def _is_latin(text: str) -> bool:
    return count_latin(text) > 0.6 * len(text)


def _rows(texts: Sequence[str]) -> list[bool]:
    """Tell which lines are rows: by tabs or cells of numbers, or by standing next to another row.

    Spaces between words may as well part the halves of a title.
    """
    sure = [is_row(text) and bool(_CERTAIN.search(text)) for text in texts]
    likely = [
        row or ((is_row(text) or _is_pair(text)) and not _STARTS.match(text))
        for row, text in zip(sure, texts, strict=True)
    ]
    beside = [any(likely[max(0, at - 1) : at] + likely[at + 1 : at + 2]) for at in range(len(texts))]
    return [row or (maybe and near) for row, maybe, near in zip(sure, likely, beside, strict=True)]


def _is_pair(text: str) -> bool:
    return len(text.split()) == 2 and bool(_HAN_PAIR.search(text)) and not _PROSE.search(text)


def _measured(blocks: Sequence[Block]) -> list[_Line]:
    rows = iter(_rows([block.text.strip() for block in blocks if block.text.strip()]))
    lines: list[_Line] = []
    blank = True
    for block in blocks:
        body = block.text.strip()
        if not body:
            blank = True
            continue
        lead = width(block.text[: len(block.text) - len(block.text.lstrip())].replace("\t", "    "))
        ended = bool(_END.search(body))
        lines.append(_Line(body, width(body), lead, ended, next(rows), _is_latin(body), block.place, blank))
        blank = False
    return lines


def _full(lines: Sequence[_Line]) -> list[int]:
    """Return for each line the width of the column it fills, 0 when it fills none.

    A line fills a column when two unfinished lines nearby are as wide within a tenth.
    """
    sizes = [
        (
            0 if line.ended or line.row or not _NARROWEST <= line.width <= _WIDEST else line.width,
            len(line.text),
        )
        for line in lines
    ]
    columns: list[int] = []
    for index, line in enumerate(lines):
        reach = line.width + (line.indent if line.indent <= 8 else 0)
        near = sizes[max(0, index - _AROUND) : index] + sizes[index + 1 : index + 1 + _AROUND]
        alike = [other for other, _ in near if other and abs(other - reach) <= max(3, reach // 10)]
        # Some programs cut by the number of characters, whatever their width.
        length = len(line.text)
        alike = (
            alike if len(alike) >= 2 else [other for other, size in near if other and abs(size - length) <= 1]
        )
        filled = not line.row and _NARROWEST <= line.width <= _WIDEST and len(alike) >= 2
        columns.append(max(alike) if filled else 0)
    return columns


def is_wrapped(lines: Sequence[_Line], columns: Sequence[int]) -> bool:
    """Tell whether the lines are cut at a width: many fill a column unfinished, with prose in them."""
    unfinished = [line for line, column in zip(lines, columns, strict=True) if column and not line.ended]
    prose = sum(bool(_PROSE.search(line.text)) or "、" in line.text for line in unfinished)
    wide = sum(line.width >= _NARROWEST for line in lines)
    return len(unfinished) >= 3 and len(unfinished) >= 0.3 * wide and prose >= 0.5 * len(unfinished)


def join_pair(left: str, right: str) -> str:
    """Join two lines of one paragraph: no space next to Han, one between Latin words, hyphens closed."""
    left, right = left.rstrip(), right.lstrip()
    if not left or not right:
        return left + right
    last, first = left[-1], right[0]
    if last in "-‐⁃\xad" and first.isascii() and first.islower() and left[-2:-1].isalpha():
        return left[:-1] + right
    latin = last.isascii() and first.isascii() and (last.isalpha() or first.isalpha() or last in ",.;:)")
    return f"{left} {right}" if latin and last not in "-(/" else left + right


class _Page(NamedTuple):
    """What the lines of a document have in common."""

    columns: list[int]
    indent: int
    doubled: bool
    indented: bool
    heads: frozenset[int]


def _habits(lines: Sequence[_Line], columns: list[int]) -> _Page:
    unfinished = [i for i, line in enumerate(lines[:-1]) if columns[i] and not line.ended]
    doubled = sum(lines[i + 1].blank_before for i in unfinished) >= 0.5 * len(unfinished)
    indent = Counter(line.indent for line in lines).most_common(1)[0][0]
    closed = [i for i, line in enumerate(lines[:-1]) if line.ended and not columns[i]]
    opened = sum(lines[i + 1].indent - indent >= 2 for i in closed)
    styles: dict[int, list[bool]] = defaultdict(list)
    for line, column in zip(lines, columns, strict=True):
        match = _HEADING.match(line.text)
        if match and not column:
            styles[match.lastindex or 0].append(not line.ended)
    heads = frozenset(style for style, bare in styles.items() if sum(bare) >= 0.8 * len(bare))
    return _Page(columns, indent, doubled, len(closed) >= 3 and opened >= 0.8 * len(closed), heads)


def _begins(line: _Line, before: _Line, page: _Page, filled: bool) -> bool:
    """Tell whether `line` opens a paragraph, whatever the width of the line before."""
    if line.row or line.indent - page.indent >= 2 or line.latin != before.latin:
        return True
    if filled and page.indented:
        return False
    if not filled or before.ended:
        return bool(_STARTS.match(line.text) or _WEAK_STARTS.match(line.text))
    return bool(_STARTS.match(line.text)) and before.text[-1] not in "第、，,和及至（(“《"


def _goes_on(lines: Sequence[_Line], index: int, page: _Page) -> bool:
    """Tell whether line `index` and the next belong to one paragraph."""
    line, after = lines[index], lines[index + 1]
    near = page.columns[max(0, index - 2) : index] + page.columns[index + 1 : index + 4]
    column = page.columns[index] or max(near, default=0)
    if line.row or not column or line.width > _WIDEST:
        return False
    reach = line.width + max(0, line.indent - page.indent)
    filled = bool(page.columns[index]) or reach >= 0.75 * column
    if _begins(after, line, page, filled):
        return False
    if line.ended:
        share = 0.7 if page.indented else 0.92
        reaches = bool(page.columns[index]) and reach >= share * max([column, *near])
        return reaches and (not after.blank_before or page.doubled)
    heading = _HEADING.match(line.text)
    if heading and heading.lastindex in page.heads:
        wraps = after.width < 0.5 * column
        return bool(page.columns[index]) and (wraps or bool(re.search("[。；：]", line.text)))
    return filled or line.text[-1] in "，、,"


def join_lines(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with each run of hard-wrapped lines joined into paragraphs.

    Lines that are not cut at a width are paragraphs already and stay as they are. Blank lines go. A
    footnote or caption that breaks into a paragraph at the foot of a page comes after it.
    """
    joined: list[Block] = []
    run: list[Block] = []
    for block in blocks:
        if block.kind in ("line", "blank"):
            run.append(block)
        else:
            if run:
                joined += _joined_run(run)
                run = []
            joined.append(block)
    return [*joined, *_joined_run(run)]


def _joined_run(blocks: Sequence[Block]) -> Iterable[Block]:
    lines = _measured(blocks)
    columns = _full(lines)
    if not is_wrapped(lines, columns):
        return [Block(line.text, "row" if line.row else "line", line.place) for line in lines]
    return _paragraphs(lines, _habits(lines, columns))


def _paragraphs(lines: list[_Line], page: _Page) -> Iterator[Block]:
    lines, columns, asides = _asides_moved(lines, page)
    page = page._replace(columns=columns)
    text, place = "", ""
    for index, line in enumerate(lines):
        text, place = (join_pair(text, line.text), place) if text else (line.text, line.place)
        if index + 1 < len(lines) and _goes_on(lines, index, page):
            continue
        yield Block(text, "row" if line.row and text == line.text else "line", place)
        text = ""
        while asides and asides[0][0] <= index:
            yield Block(asides[0][1].text, "line", asides.pop(0)[1].place)


def _asides_moved(lines: list[_Line], page: _Page) -> tuple[list[_Line], list[int], list[tuple[int, _Line]]]:
    """Take out the asides that break an unfinished full line; give each with the line it now follows."""
    kept: list[_Line] = []
    columns: list[int] = []
    asides: list[tuple[int, _Line]] = []
    for index, line in enumerate(lines):
        inside = 0 < index < len(lines) - 1 and kept and columns[-1] and not kept[-1].ended
        if inside and _ASIDE.match(line.text) and not _begins(lines[index + 1], kept[-1], page, True):
            asides.append((len(kept), line))
            continue
        kept.append(line)
        columns.append(page.columns[index])
    return kept, columns, asides
