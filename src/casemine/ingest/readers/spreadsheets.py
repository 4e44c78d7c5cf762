"""Workbooks that are not xlsx: old Excel (BIFF, also .et), HTML tables and SpreadsheetML named .xls, .ods.

Databases such as CNKI export the second and third kind.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

from casemine.errors import DocumentError
from casemine.ingest.readers.html import html_text, page_of
from casemine.ingest.readers.options import Item, ReadOptions
from casemine.ingest.readers.package import attribute, children, named
from casemine.ingest.readers.table import Source, read_cells
from casemine.ingest.readers.xml import parse_xml
from casemine.ingest.source import EMPTY

if TYPE_CHECKING:
    from lxml import etree

# Rows with their numbers as Excel shows them.
Rows: TypeAlias = list[tuple[int, list[str]]]
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_MOST_CELLS = 20_000_000
_ADVICE = "Open it in Excel or WPS and save it as .xlsx."


def read_sheets(sheets: Iterable[tuple[str, Rows]], source: Source, options: ReadOptions) -> Iterator[Item]:
    """Read the filled sheets of a workbook; with several, the name of its sheet stands in a record's id."""
    filled = [(name, rows) for name, rows in sheets if rows]
    if not filled:
        raise DocumentError("the workbook is empty.", advice=EMPTY)
    for name, rows in filled:
        sheet = f"{name}!" if len(filled) > 1 else ""
        try:
            yield from read_cells(rows, source._replace(sheet=sheet), options)
        except DocumentError as error:
            yield DocumentError(error.cause, place=f"#{name}" if sheet else "", advice=error.advice)


def read_xls(data: bytes, options: ReadOptions, kind: str = "xls") -> Iterator[Item]:
    """Read a workbook in an old format: one document a row. `kind` is its ending, for the table."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [(name, _rows(book.get_sheet_by_name(name))) for name in book.sheet_names]
    except PasswordError as error:
        raise DocumentError(
            "is protected by a password.", advice="Save a copy without the password."
        ) from error
    except CalamineError as error:
        raise DocumentError("the workbook is damaged, or in a format of its own.", advice=_ADVICE) from error
    yield from read_sheets(sheets, Source(kind), options)


def _rows(sheet: Any) -> Rows:
    if sheet.height * sheet.width > _MOST_CELLS:
        raise DocumentError(f"a sheet holds over {_MOST_CELLS:,} cells; it was not read.", advice=_ADVICE)
    rows = enumerate(sheet.to_python(skip_empty_area=False), start=1)
    merged = sheet.merged_cell_ranges or []
    numbered = [(number, [_cell(value) for value in row]) for number, row in rows]
    for (top, left), (bottom, _) in merged:
        for row in numbered[top : bottom + 1]:
            row[1][left] = numbered[top][1][left]  # what runs across stands in its first column alone
    return [(number, cells) for number, cells in numbered if any(map(str.strip, cells))]


def _cell(value: object) -> str:
    """Return a cell as a person reads it: 2021 rather than 2021.0, a date without midnight."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    return "" if value is None else str(value)


# ------------------------------------------------------------------------------------------- HTML and XML


def read_html_sheets(data: bytes, options: ReadOptions) -> Iterator[Item]:
    """Read the tables of a page that calls itself a workbook: one document a row."""
    page, encoding, damaged = html_text(data, options)
    tables = [(f"table {number}", rows) for number, rows in enumerate(_tables(page_of(page)), start=1)]
    filled = [(name, rows) for name, rows in tables if len(rows) > 1]
    yield from read_sheets(filled or tables[:1], Source("xls", encoding, damaged), options)


def _tables(page: Any) -> Iterator[Rows]:
    """Yield the outermost tables of a page; a cell over several rows holds for each."""
    for table in _inside(page.body, ("table",)):
        yield _spanned(
            [(cell, cell.attributes) for cell in _inside(row, ("td", "th"))]
            for row in _inside(table, ("tr",))
        )


def _inside(element: Any, tags: tuple[str, ...]) -> Iterator[Any]:
    """Yield the outermost elements of some kinds below an element, in document order."""
    waiting = [None if element is None else element.child]
    while waiting:
        node = waiting.pop()
        if node is None:
            continue
        waiting.append(node.next)
        if node.tag in tags:
            yield node
        else:
            waiting.append(node.child)


def _spanned(rows: Iterable[list[tuple[Any, dict[str, str | None]]]]) -> Rows:
    numbered: Rows = []
    # By column, the last row that a cell above reaches down to, and its text.
    reaching: dict[int, tuple[int, str]] = {}
    for number, row in enumerate(rows, start=1):
        cells: list[str] = []
        for cell, attributes in row:
            while reaching.get(len(cells), (0, ""))[0] >= number:
                cells.append(reaching[len(cells)][1])
            text = " ".join((cell.text(separator=" ") or "").split())
            reaching[len(cells)] = (number + _span(attributes.get("rowspan")) - 1, text)
            cells += [text, *[""] * (_span(attributes.get("colspan")) - 1)]
        while reaching.get(len(cells), (0, ""))[0] >= number:
            cells.append(reaching[len(cells)][1])
        if any(cells):
            numbered.append((number, cells))
    return numbered


def _span(text: str | None) -> int:
    return max(1, min(int(text), 1000)) if text and text.strip().isdigit() else 1


def read_spreadsheet_ml(data: bytes, options: ReadOptions) -> Iterator[Item]:
    """Read an XML spreadsheet of Excel 2003: one document a row."""
    root, decoded = parse_xml(data, options)
    sheets = [(attribute(sheet, "Name") or "", _ml_rows(sheet)) for sheet in named(root, "Worksheet")]
    yield from read_sheets(sheets, Source("xls", decoded.encoding, decoded.damaged), options)


def _ml_rows(sheet: etree._Element) -> Rows:
    """Return the rows of a sheet, with the places that ss:Index skips and the cells that are merged."""
    rows: Rows = []
    reaching: dict[int, tuple[int, str]] = {}
    number = 0
    for row in (row for table in children(sheet, "Table") for row in children(table, "Row")):
        number = _index(row, number, _MOST_ROWS)
        cells: dict[int, str] = {}
        column = 0
        below = dict(reaching)
        for cell in children(row, "Cell"):
            column = _index(cell, column, _MOST_COLUMNS)
            text = "".join("".join(map(str, part.itertext())) for part in children(cell, "Data")).strip()
            cells[column] = text
            if down := _span_of(cell, "MergeDown"):
                reaching[column] = (number + down, text)
            column += _span_of(cell, "MergeAcross")
        cells |= {at: text for at, (last, text) in below.items() if number <= last and not cells.get(at)}
        if cells and any(cells.values()):
            rows.append((number, [cells.get(at, "") for at in range(1, max(cells) + 1)]))
    return rows


def _index(element: etree._Element, before: int, most: int) -> int:
    """Return the number of a row or cell: what it states, else one more than the one before."""
    stated = attribute(element, "Index") or ""
    number = (int(stated) if len(stated) < 9 else most + 1) if stated.isdigit() else before + 1
    if number > most:
        raise DocumentError(
            "a cell lies outside any sheet of Excel; the workbook was not read.", advice=_ADVICE
        )
    return number


def _span_of(element: etree._Element, name: str) -> int:
    stated = attribute(element, name) or "0"
    return min(int(stated), _MOST_ROWS) if stated.isdigit() and len(stated) < 9 else 0
