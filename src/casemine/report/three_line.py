"""Three-line tables (三线表) in Word: two heavy rules, a light one below the header, no vertical line."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from xml.sax.saxutils import escape

from casemine import sheets

# Eighths of a point, as Word counts rules: 1.5 pt and 0.75 pt.
_HEAVY, _LIGHT = 12, 6
# Twentieths of a point: half a Han character of 9 pt, the space beside a cell's text, and some slack.
_HALF, _MARGIN, _SLACK = 90, 60, 60
# Half characters: where a header may wrap if there is no room for it whole; a short column's longest cell.
_WRAPPED, _SHORT = (8, 4), 24
# Lines: a table of no more stays on one page; a row of more may break, as it might fit on no page.
_TOGETHER, _UNBROKEN = 22, 30
_SIDES = {"l": "left", "c": "center", "r": "right"}
_RULE = '<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>'
_TABLE = (
    '<w:tbl xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:tblPr><w:tblW w:w="{total}" w:type="dxa"/><w:jc w:val="center"/>'
    f"<w:tblBorders>{_RULE.format(side='top', size=_HEAVY)}{_RULE.format(side='bottom', size=_HEAVY)}"
    '</w:tblBorders><w:tblLayout w:type="fixed"/>'
    f'<w:tblCellMar><w:left w:w="{_MARGIN}" w:type="dxa"/><w:right w:w="{_MARGIN}" w:type="dxa"/>'
    "</w:tblCellMar>"
    '<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
    'w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val="{caption}"/></w:tblPr>'
    "<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
)
_ROW = "<w:tr><w:trPr>{flags}</w:trPr>{cells}</w:tr>"
_CELL = (
    '<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merge}{rule}<w:vAlign w:val="center"/></w:tcPr>'
    '<w:p><w:pPr><w:pStyle w:val="{style}"/>{kept}<w:ind w:left="{left}" w:right="{right}"/>'
    '<w:jc w:val="{side}"/></w:pPr>'
    '<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p></w:tc>'
)
_HEADER_RULE = f"<w:tcBorders>{_RULE.format(side='bottom', size=_LIGHT)}</w:tcBorders>"
_MERGED = {"": "", "first": '<w:vMerge w:val="restart"/>', "further": "<w:vMerge/>"}


@dataclass(frozen=True)
class ThreeLine:
    """A table of texts: caption, headers, rows, and a letter l, c or r of alignment for each column.

    Equal cells that follow one another in the first `merged` columns become one; `note` stands below.
    The cells of a column are aligned with one another and stand centred below its header.
    """

    caption: str
    headers: Sequence[str]
    rows: Sequence[Sequence[str]]
    align: str
    merged: int = 0
    note: str = ""


def side_by_side(table: ThreeLine, least: int = 10) -> ThreeLine:
    """Set the lower half of a long table beside the upper one, so that narrow columns fill the page."""
    if len(table.rows) <= least:
        return table
    half = -(-len(table.rows) // 2)
    blank = [""] * len(table.headers)
    right = [*table.rows[half:], *([blank] if len(table.rows) % 2 else [])]
    rows = [[*left_row, *right_row] for left_row, right_row in zip(table.rows[:half], right, strict=True)]
    return ThreeLine(table.caption, [*table.headers] * 2, rows, table.align * 2, note=table.note)


def widths(table: ThreeLine, total: int) -> list[int]:
    """Divide `total` among the columns: short ones get what they like, long ones share what is left.

    They share it by the square roots of their lengths, so that a longer text gets more width and more
    lines; what nobody needs goes to all alike. The widths sum to `total`.
    """
    longest = [_longest([row[at] for row in table.rows]) for at in range(len(table.headers))]
    short = [length <= _SHORT for length in longest]
    like = _likes(table.headers, longest, _WRAPPED[0])
    if all(short):
        tried = (_likes(table.headers, longest, at) for at in (_SHORT, *_WRAPPED))
        like = next((given for given in tried if sum(given) <= total), like)
    kept = sum(width for width, fixed in zip(like, short, strict=True) if fixed)
    if sum(like) > total > 1.5 * kept:
        roots = [0 if fixed else math.sqrt(width) for width, fixed in zip(like, short, strict=True)]
        share = (total - kept) / sum(roots)
        given = [int(share * root) if root else width for width, root in zip(like, roots, strict=True)]
    else:
        given = [min(width, width * total // sum(like)) for width in like]
    more, rest = divmod(total - sum(given), len(given))
    return [width + more + (at < rest) for at, width in enumerate(given)]


def _likes(headers: Sequence[str], longest: Sequence[int], wrapped: int) -> list[int]:
    """Return the width that each column would like, its header wrapped after `wrapped` half characters."""
    # A word in Latin letters does not wrap.
    words = [max(map(len, re.findall(r"[!-~]+", header)), default=0) for header in headers]
    least = [
        min(sheets.width(header), max(wrapped, word)) for header, word in zip(headers, words, strict=True)
    ]
    return [max(pair) * _HALF + 2 * _MARGIN + _SLACK for pair in zip(least, longest, strict=True)]


def _longest(cells: Sequence[str]) -> int:
    return max(map(sheets.width, cells), default=0)


def _lines(texts: Sequence[str], columns: Sequence[int]) -> int:
    """Estimate the lines that a row takes, one at least."""
    return max(
        1,
        *(
            math.ceil(sheets.width(text) * _HALF / max(width - 2 * _MARGIN, _HALF))
            for text, width in zip(texts, columns, strict=True)
        ),
    )


def markup(table: ThreeLine, total: int, style: str) -> str:
    """Return `table` as WordprocessingML, `total` twentieths of a point wide, paragraphs of `style`."""
    columns = widths(table, total)
    rows = [table.headers, *table.rows]
    heights = [_lines(texts, columns) for texts in rows]
    merges = [[""] * len(columns), *_merges(table)]
    above, sides = _balanced(table.headers, columns), _sides(table, columns)
    drawn = []
    for at, (texts, kept) in enumerate(zip(rows, _kept(heights, noted=bool(table.note)), strict=True)):
        header = at == 0
        cells = [
            _CELL.format(width=width, merge=_MERGED[merge], rule=_HEADER_RULE if header else "", style=style,
                         kept="<w:keepNext/>" if kept else "", left=left, right=right, side=side,
                         text="" if merge == "further" else escape(sheets.printable(text)))
            for text, width, merge, (side, left, right) in zip(
                texts, columns, merges[at], above if header else sides, strict=True
            )
        ]  # fmt: skip
        whole = "<w:cantSplit/>" if header or heights[at] <= _UNBROKEN else ""
        drawn.append(_ROW.format(flags=whole + "<w:tblHeader/>" * header, cells="".join(cells)))
    return _TABLE.format(
        total=total,
        caption=escape(sheets.printable(table.caption), {'"': "&quot;"}),
        grid="".join(f'<w:gridCol w:w="{width}"/>' for width in columns),
        rows="".join(drawn),
    )


def _kept(heights: Sequence[int], *, noted: bool) -> list[bool]:
    """Say which rows stay on the page of what follows: the first ones, and all of a short table."""
    short = sum(heights) <= _TOGETHER
    first = [short or (at < 3 and height <= _UNBROKEN) for at, height in enumerate(heights[:-1])]
    return [*first, noted]


def _sides(table: ThreeLine, columns: Sequence[int]) -> list[tuple[str, int, int]]:
    """Return the alignment of the cells of each column, and their indents from left and right."""
    sides = []
    for at, (letter, width) in enumerate(zip(table.align, columns, strict=True)):
        free = width - 2 * _MARGIN - _SLACK - _longest([row[at] for row in table.rows]) * _HALF
        indent = max(0, free // 2)
        sides.append((_SIDES[letter], indent * (letter == "l"), indent * (letter == "r")))
    return sides


def _balanced(headers: Sequence[str], columns: Sequence[int]) -> list[tuple[str, int, int]]:
    """Indent the headers from both sides so that no wrapped one leaves a single character on a line."""
    sides = []
    for header, width in zip(headers, columns, strict=True):
        room = width - 2 * _MARGIN
        characters = math.ceil(sheets.width(header) / 2)
        lines = max(1, math.ceil(characters / max(1, room // (2 * _HALF))))
        free = room - math.ceil(characters / lines) * 2 * _HALF - _SLACK
        indent = max(0, free // 2) if lines > 1 else 0
        sides.append(("center", indent, indent))
    return sides


def _merges(table: ThreeLine) -> list[list[str]]:
    """Say of each cell whether it is the first or a further one of equal cells, or stands alone."""
    merges = [[""] * len(table.headers) for _ in table.rows]
    for at, (above, row) in enumerate(pairwise(table.rows), 1):
        for column in range(table.merged):
            # A cell goes with the one above only where all to its left do.
            if list(above[: column + 1]) != list(row[: column + 1]):
                break
            merges[at - 1][column] = merges[at - 1][column] or "first"
            merges[at][column] = "further"
    return merges
