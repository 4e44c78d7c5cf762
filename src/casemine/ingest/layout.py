"""Layout repair: each fault of a printed page undone by one small function.

Repairs of lines take blocks and give blocks (`drop_running_lines`, `join_lines`); repairs of characters
take the text of a paragraph and give the text (`clean_characters`, `drop_citations`, `close_spaces`).
Lines are joined first, because full-width digits and indents tell how wide a line was set.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from casemine.ingest.source import Block

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f\u2e80-\u2fdf〇"
_NUMERAL = "一二三四五六七八九十百零〇\\d"

# ---------------------------------------------------------------------------------------------- characters

# The CJK radicals supplement has no compatibility mapping in Unicode; these stand for characters in PDF text.
_RADICALS = dict(
    zip(
        "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳⺫⺮⻅",
        "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟目竹见",
        strict=True,
    )
)
_SPACES = "\t\v\f\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_REMOVED = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
_REMOVED += "\ufe00-\ufe0f\ue000-\uf8ff\U000f0000-\U0010ffff"
_UNCLEAN = re.compile(
    f"[{_SPACES}{_REMOVED}«»\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06\u0300-\u036f\uff01-\uff5e\u0340-\u037e\u1e00-\u1eff]"
)
_NOTHING = re.compile(f"[{_REMOVED}]")
_ANY_SPACE = re.compile(f"[{_SPACES}]")
_MAPPED = re.compile("[０-９Ａ-Ｚａ-ｚ％＋＝／＆＃＠＊＄＜＞｜＼＾＿｛｝ﬀ-ﬆ\u2e80-\u2fdf«»]")
_DOTTED = re.compile(r"(?<=[0-9A-Za-z])[．－](?=[0-9A-Za-z])|(?<=[0-9])．")


def _unified(match: re.Match[str]) -> str:
    character = match[0]
    if character in "«»":
        return "《" if character == "«" else "》"
    return _RADICALS.get(character) or unicodedata.normalize("NFKC", character)


def clean_characters(text: str) -> str:
    """Return `text` in plain characters: NFC, half-width letters and digits, no invisible ones.

    Chinese punctuation stays; every kind of space becomes an ordinary one. Radicals that PDF fonts
    put for characters (U+2E80 to U+2FDF) become the characters; private use and controls go.
    """
    if not _UNCLEAN.search(text):
        return text
    text = _ANY_SPACE.sub(" ", text)
    text = _MAPPED.sub(_unified, _NOTHING.sub("", text))
    text = _DOTTED.sub(lambda match: "." if match[0] == "．" else "-", text)
    return unicodedata.normalize("NFC", text)


# A number or a list of numbers in brackets; three digits at most, so that a year stays.
_CITATION = re.compile(
    rf"(?<=[{HAN}”’）)》」』，。；：、,.;:?？！%0-9])[ ]?[\[［](?!0)\d{{1,3}}(?:[ ]?[,，、;；\-－—–~～][ ]?\d{{1,3}})*[\]］]"
    rf"|(?<=[A-Za-z]{{3}})[\[［](?!0)\d{{1,3}}(?:[ ]?[,，、;；\-－—–~～][ ]?\d{{1,3}})*[\]］]"
)


def drop_citations(text: str) -> str:
    """Return `text` without citation marks such as [12], [2,3] or ［5-7］.

    The number that opens an entry of a reference list stays, as do years and document numbers 〔2021〕7号.
    """
    return _CITATION.sub("", text) if "[" in text or "［" in text else text


_LETTERSPACED = re.compile(rf"(?<![{HAN}])[{HAN}](?: +[{HAN}])+(?![{HAN}])")
_THOUSANDS = re.compile(rf"(?<![\d.,])\d{{1,3}}(?: \d{{3}})+(?= ?[{HAN}%])(?!\d)")
_ENUMERATOR = (
    rf"第[{_NUMERAL}]{{1,6}}(?:章|节|条|编|篇|部分|款)|[{_NUMERAL}]{{1,4}}(?:\.\d+)*[、.．]?|附件\d*|[（(][{_NUMERAL}]{{1,3}}[）)]"
)
_OPENING = re.compile(rf" *(?:{_ENUMERATOR}|(?:摘要|关键词|作者|来源|图|表) ?\d*) +")
_NUMBER_GAP = re.compile(rf"(?<=[{HAN}（）“”《》，。、；：]) +(?=\d)|(?<=[\d%]) +(?=[{HAN}（）“”《》，。、；：])")
_PUNCTUATION_GAP = re.compile(r" +(?=[，。、；：？！）”’》」』】%])|(?<=[（“‘《「『【，、；：？！]) +")
_HAN_GAP = re.compile(rf"(?<=[{HAN}]) +(?=[{HAN}])")
_QUOTED = re.compile("(“[^“”]*”|【[^【】]*】)")
_SENTENCE = re.compile("[。，；]")


def _close_han(text: str) -> str:
    """Close the gaps between Han outside quotations, where a space parts two slogans."""
    if not _HAN_GAP.search(text):
        return text
    parts = _QUOTED.split(text)
    parts[::2] = [_HAN_GAP.sub("", part) for part in parts[::2]]
    return "".join(parts)


def close_spaces(text: str) -> str:
    """Return `text` without the spaces that justification left between Han and digits.

    A space stays between Latin words, after a number that opens the line, and between the halves of a
    heading or title (a line without sentence punctuation), where it parts two phrases.
    """
    text = text.strip()
    if " " not in text:
        return text
    text = _LETTERSPACED.sub(lambda match: match[0].replace(" ", ""), text)
    text = _THOUSANDS.sub(lambda match: match[0].replace(" ", ""), text)
    opening = _OPENING.match(text)
    head, rest = (opening[0], text[opening.end() :]) if opening else ("", text)
    rest = _PUNCTUATION_GAP.sub("", _NUMBER_GAP.sub("", rest))
    if _SENTENCE.search(rest):
        rest = _close_han(rest)
    return head + rest


_LATIN_STOP = re.compile(rf"(?<=[{HAN}”’)）\]％%])\.(?=[{HAN}“‘(（《]|$)")


def restore_full_stops(paragraphs: Sequence[str]) -> list[str]:
    """Return the paragraphs with 。 where the printer set `.` after Han, if that is their habit."""
    latin = sum(len(_LATIN_STOP.findall(text)) for text in paragraphs)
    if latin < 3 or latin < sum(text.count("。") for text in paragraphs):
        return list(paragraphs)
    return [_LATIN_STOP.sub("。", text) for text in paragraphs]


# --------------------------------------------------------------------------------- running heads and numbers

_PAGE_NUMBER = re.compile(
    r"\s*(?:[-–—－─·•]+\s*\d{1,4}\s*[-–—－─·•]+|第\s*\d{1,4}\s*页(?:\s*[/，,]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}"
    r"|Page\s+\d+(?:\s+of\s+\d+)?)\s*",
    re.I,
)
_BARE_NUMBER = re.compile(r"\s*\d{1,4}\s*")
_DIGITS = re.compile(r"\d+")
# The head of a journal's page: a page number at one end and the journal or its issue.
_JOURNAL_HEAD = re.compile(r"\s*(?:\d{1,4}(?!\d)(?=\D*(?:第\s*\d+\s*[期卷]|学报|院刊|总\s*\d+\s*期)).*|.*(?:学报|院刊|第\s*\d+\s*期)\s+\d{1,4}\s*)")
_EXPORT_MARK = re.compile(r"\s*(?:【?法宝引证码】?.*|原文链接[:：]\s*https?://\S*|©?\s*北大法宝.*)")
_END = re.compile(r"[。！？!?；;：:…][”’」』）)】》\]]*\s*$|[.][”’)）]?\s*$|^\s*[（(][^（()）]*[）)]\s*$")
_EDGE = 3


def _skeleton(text: str) -> str:
    return _DIGITS.sub("#", "".join(text.split()))


def drop_running_lines(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks without running heads, feet, page numbers and watermark lines.

    With pages in `place`, a line goes when it recurs, but for its number, at the edge of at least three
    pages and of a third of them, or anywhere on four fifths. Without pages, a line goes when its number
    rises from one occurrence to the next at the distance of a page. A sentence or a label stays.
    """
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
            anywhere[_skeleton(blocks[index].text)].add(place)
        for index in lines[:_EDGE] + lines[-_EDGE:]:
            edges[_skeleton(blocks[index].text)].add(place)
    dropped: set[int] = set()
    for lines in pages.values():
        for index in lines:
            text, mark = blocks[index].text, _skeleton(blocks[index].text)
            edge = index in lines[:_EDGE] or index in lines[-_EDGE:]
            running = edge and len(edges[mark]) >= max(3, len(pages) / 3)
            watermark = len(mark) >= 6 and len(anywhere[mark]) >= max(3, 0.8 * len(pages))
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
        if _PAGE_NUMBER.fullmatch(texts[0]) and "页" in mark + ("页" if len(texts) > 1 else ""):
            dropped.update(lines[position] for position in positions)
        elif mark == "#" or (len(mark) >= 5 and (mark[0] == "#" or mark[-1] == "#")):
            dropped.update(lines[position] for position in _rising(positions, texts))
    return dropped


def _rising(positions: Sequence[int], texts: Sequence[str]) -> Iterator[int]:
    """Yield the positions of the longest runs, three at least, that number pages one after the other."""
    numbers = [[int(digits) for digits in _DIGITS.findall(text)] for text in texts]
    run: list[int] = positions[:1] and [positions[0]]
    for (before, here), (old, new) in zip(pairwise(positions), pairwise(numbers), strict=True):
        steps = [after - first for first, after in zip(old, new, strict=True)]
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
_WEAK_STARTS = re.compile(r"\s*(?:[（(]\d{1,2}[）)]|[①-⑳]|[一二三四五六七八九十]是|其[一二三四五六]|\d{1,2}[.．、]|注[:：1-9])")
_HEADING = re.compile(
    rf"\s*(?:(第[{_NUMERAL}]{{1,6}}[章节编篇])|([一二三四五六七八九十]{{1,3}}、)|([（(][一二三四五六七八九十]{{1,3}}[）)])"
    r"|(\d{1,2}(?:[.．]\d{1,2})+)|(\d{1,2}[.．、]|\d{1,2}\s+))"
)
_ASIDE = re.compile(r"\s*(?:[①-⑳].*[。；.]\s*$|[图表]\s*\d+\s+\S.{0,40}$)")
_CELL_GAP = re.compile(rf"(?<=[{HAN}％%）)])\s+(?=[{HAN}])|(?<=[\d%％])\s+(?=\d)|\s{{2,}}|\t|(?<=[A-Za-z_{HAN}])\s+(?=\d)|(?<=[\d%％年])\s+(?=[\d{HAN}])")
_HAN_PAIR = re.compile(rf"[{HAN}]{{2}}\s+[{HAN}]{{2}}")
_PROSE = re.compile("[，。；！？,;!]")
_LATIN = re.compile("[A-Za-z]")
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
    cells = text.split()
    if len(cells) < 3 or all(len(cell) == 1 for cell in cells) or _is_latin(text):
        return False
    # Justified prose has gaps next to digits, and between thousands; a table has others too.
    return len(_CELL_GAP.findall(text)) >= 2 and bool(_CELL_GAP.search(_SPACED_DIGITS.sub("", text)))


def _is_latin(text: str) -> bool:
    return len(_LATIN.findall(text)) > 0.6 * len(text)


def _rows(texts: Sequence[str]) -> list[bool]:
    """Tell which lines are rows; a line of two cells is one when it stands next to another row."""
    rows = [is_row(text) for text in texts]
    pairs = [len(text.split()) == 2 and bool(_HAN_PAIR.search(text)) and not _PROSE.search(text) for text in texts]
    either = [row or pair for row, pair in zip(rows, pairs, strict=True)]
    for index, pair in enumerate(pairs):
        beside = either[max(0, index - 1) : index] + either[index + 1 : index + 2]
        rows[index] = rows[index] or (pair and any(beside) and not _STARTS.match(texts[index]))
    return rows


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
    widths = [
        0 if line.ended or line.row or not _NARROWEST <= line.width <= _WIDEST else line.width for line in lines
    ]
    columns: list[int] = []
    for index, line in enumerate(lines):
        reach = line.width + (line.indent if line.indent <= 8 else 0)
        near = widths[max(0, index - _AROUND) : index] + widths[index + 1 : index + 1 + _AROUND]
        alike = [other for other in near if other and abs(other - reach) <= max(3, reach // 10)]
        filled = not line.row and _NARROWEST <= line.width <= _WIDEST and len(alike) >= 2
        columns.append(max(alike) if filled else 0)
    return columns


def is_wrapped(lines: Sequence[_Line], columns: Sequence[int]) -> bool:
    """Tell whether the lines are cut at a width: many fill a column unfinished, with prose in them."""
    unfinished = [line for line, column in zip(lines, columns, strict=True) if column and not line.ended]
    prose = sum(bool(_PROSE.search(line.text)) or "、" in line.text for line in unfinished)
    wide = sum(_NARROWEST <= line.width for line in lines)
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
    heads: frozenset[int]


def _habits(lines: Sequence[_Line], columns: list[int]) -> _Page:
    unfinished = [i for i, line in enumerate(lines[:-1]) if columns[i] and not line.ended]
    doubled = sum(lines[i + 1].blank_before for i in unfinished) >= 0.5 * len(unfinished)
    indent = Counter(line.indent for line in lines).most_common(1)[0][0]
    styles: dict[int, list[bool]] = defaultdict(list)
    for line, column in zip(lines, columns, strict=True):
        match = _HEADING.match(line.text)
        if match and not column:
            styles[match.lastindex or 0].append(not line.ended)
    heads = frozenset(style for style, bare in styles.items() if sum(bare) > 0.5 * len(bare))
    return _Page(columns, indent, doubled, heads)


def _begins(line: _Line, before: _Line, page: _Page, filled: bool) -> bool:
    """Tell whether `line` opens a paragraph, whatever the width of the line before."""
    if line.row or line.indent - page.indent >= 2 or line.latin != before.latin:
        return True
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
        widest = max([column, *near])
        return (not after.blank_before or page.doubled) and reach >= widest - 3 and bool(page.columns[index])
    heading = _HEADING.match(line.text)
    if heading and heading.lastindex in page.heads:
        wraps = after.width < 0.5 * column and not after.ended
        return bool(page.columns[index]) and (wraps or bool(_PROSE.search(line.text)))
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
            joined += [*_joined_run(run), block]
            run = []
    return joined + list(_joined_run(run))


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
