"""Three-line tables (三线表) in Word: two heavy rules, a light one below the header, no vertical line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from casemine import sheets

TEXT_STYLE = "Table Text"
# Eighths of a point, as Word counts rules: 1.5 pt and 0.75 pt.
_HEAVY, _LIGHT = 12, 6
# Twentieths of a point: half a Han character of 9 pt, the space beside a cell's text, and some slack.
_HALF, _MARGIN, _SLACK = 90, 60, 60
# A header may wrap after four Han characters; beyond so many a column of text is only "long".
_HEADER, _LONG = 8, 72
# Up to so many rows a table stays on one page; a row with a longer cell may break, or it might fit on none.
_TOGETHER, _UNBROKEN = 12, 400
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_PROPERTIES = (
    f'<w:tblPr {_W}><w:tblW w:w="%d" w:type="dxa"/><w:jc w:val="center"/>'
    f'<w:tblBorders><w:top w:val="single" w:sz="{_HEAVY}" w:space="0" w:color="000000"/>'
    f'<w:bottom w:val="single" w:sz="{_HEAVY}" w:space="0" w:color="000000"/></w:tblBorders>'
    f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="{_MARGIN}" w:type="dxa"/>'
    f'<w:right w:w="{_MARGIN}" w:type="dxa"/></w:tblCellMar>'
    '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
    'w:noHBand="1" w:noVBand="1"/><w:tblCaption/></w:tblPr>'
)
_HEADER_RULE = (
    f'<w:tcBorders {_W}><w:bottom w:val="single" w:sz="{_LIGHT}" w:space="0" w:color="000000"/></w:tcBorders>'
)


@dataclass(frozen=True)
class ThreeLine:
    """A table of texts: caption, headers, rows, and a letter l, c or r of alignment for each column.

    Equal cells that follow one another in the first `merged` columns become one; `note` stands below.
    """

    caption: str
    headers: Sequence[str]
    rows: Sequence[Sequence[str]]
    align: str
    merged: int = 0
    note: str = ""
    natural: list[int] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        columns = zip(self.headers, *self.rows, strict=True)
        object.__setattr__(self, "natural", [_natural(column) for column in columns])


def _natural(column: Sequence[str]) -> int:
    """Return the width that a column would like, in twentieths of a point."""
    header, *cells = column
    unbroken = max(map(len, re.findall(r"[!-~]+", header)), default=0)
    least = min(sheets.width(header), max(_HEADER, unbroken))
    longest = max((sheets.width(line) for cell in cells for line in cell.split("\n")), default=0)
    return max(least, min(longest, _LONG)) * _HALF + 2 * _MARGIN + _SLACK


def side_by_side(table: ThreeLine, least: int = 10) -> ThreeLine:
    """Set the lower half of a long table beside the upper one, so that narrow columns fill the page."""
    if len(table.rows) <= least:
        return table
    half = -(-len(table.rows) // 2)
    blank = [""] * len(table.headers)
    right = [*table.rows[half:], *([blank] if len(table.rows) % 2 else [])]
    rows = [[*one, *other] for one, other in zip(table.rows[:half], right, strict=True)]
    return ThreeLine(table.caption, [*table.headers] * 2, rows, table.align * 2, note=table.note)


def widths(natural: Sequence[int], total: int) -> list[int]:
    """Divide `total` among columns: short ones get what they like, long ones share what is left.

    What nobody asked for goes to all alike; the widths sum to `total`.
    """
    given = [0] * len(natural)
    left = total
    for done, at in enumerate(sorted(range(len(natural)), key=lambda at: natural[at])):
        given[at] = min(natural[at], left // (len(natural) - done))
        left -= given[at]
    more, rest = divmod(left, len(natural))
    return [width + more + (at < rest) for at, width in enumerate(given)]


def draw(document: Any, table: ThreeLine, total: int) -> None:
    """Add `table` to a python-docx document, `total` twentieths of a point wide."""
    from docx.oxml import parse_xml
    from docx.shared import Twips

    made = document.add_table(rows=0, cols=len(table.headers))
    made._tbl.replace(made._tbl.tblPr, parse_xml(_PROPERTIES % total))
    _set(made._tbl.tblPr[-1], val=sheets.printable(table.caption))
    for column, width in zip(made.columns, widths(table.natural, total), strict=True):
        column.width = Twips(width)
    last = len(table.rows)
    for number, texts in enumerate([table.headers, *table.rows]):
        row = made.add_row()
        together = number < min(3, last) or (last <= _TOGETHER and number < last)
        _fill(row, texts, "c" * len(texts) if number == 0 else table.align, together=together)
        if number == 0 or max(map(len, texts)) <= _UNBROKEN:
            _append(row._tr.get_or_add_trPr(), "cantSplit")
        if number == 0:
            _append(row._tr.get_or_add_trPr(), "tblHeader")
    for tc in made._tbl.tr_lst[0].tc_lst:
        tc.get_or_add_tcPr().append(parse_xml(_HEADER_RULE))
    _centre(made)
    _merge(made._tbl.tr_lst[1:], table.rows, table.merged)


def _fill(row: Any, texts: Sequence[str], align: str, *, together: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    sides = {
        "l": WD_ALIGN_PARAGRAPH.LEFT,
        "c": WD_ALIGN_PARAGRAPH.CENTER,
        "r": WD_ALIGN_PARAGRAPH.RIGHT,
    }
    for cell, text, side in zip(row.cells, texts, align, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.style = TEXT_STYLE
        paragraph.alignment = sides[side]
        paragraph.add_run(sheets.printable(text))
        if together:
            paragraph.paragraph_format.keep_with_next = True


def _centre(made: Any) -> None:
    for tr in made._tbl.tr_lst:
        for tc in tr.tc_lst:
            _append(tc.get_or_add_tcPr(), "vAlign", val="center")


def _merge(lines: Sequence[Any], rows: Sequence[Sequence[str]], columns: int) -> None:
    """Merge equal cells downwards; a cell goes with the one above only where all to its left do."""
    for number in range(1, len(rows)):
        for column in range(columns):
            if list(rows[number][: column + 1]) != list(rows[number - 1][: column + 1]):
                break
            above, tc = lines[number - 1].tc_lst[column], lines[number].tc_lst[column]
            above.vMerge = above.vMerge or "restart"
            tc.vMerge = "continue"
            for run in tc.p_lst[0].r_lst:
                tc.p_lst[0].remove(run)


def _append(parent: Any, tag: str, **attributes: str) -> None:
    from docx.oxml import OxmlElement

    element = OxmlElement(f"w:{tag}")
    _set(element, **attributes)
    parent.append(element)


def _set(element: Any, **attributes: str) -> None:
    from docx.oxml.ns import qn

    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
