"""The sheets of a workbook as a person reads them: merged cells hold for their range, numbers as shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from casemine.bounded import WorkbookSheet, open_workbook
from casemine.sheets import MergedCells, merged_cells

Rows = list[tuple[int, list[str]]]

_EXCEL_ESCAPE = re.compile("_x([0-9A-F]{4})_")
# A code with leading zeros, which the format alone shows: 000000.
_ZEROS = re.compile(r"^0{2,}$")
_PERCENT = re.compile(r"^0(?:\.(0+))?%$")
_DIGITS_SHOWN = 15  # significant digits that Excel shows of a number


def read_workbook(data: bytes) -> list[tuple[str, Rows]]:
    """Return each visible sheet of a workbook that is filled: its name, and its numbered rows of texts.

    Numbers are those that Excel shows. Raises `UnreadableError` for a workbook that is damaged, or a bomb.
    """
    with open_workbook(data) as (opened, copied):
        merged = merged_cells(copied)
        sheets = [(sheet.title, _filled(_rows(sheet), merged.get(sheet.title, ()))) for sheet in opened]
    return [(name, rows) for name, rows in sheets if rows]


def _rows(sheet: WorkbookSheet) -> Iterator[tuple[int, list[str]]]:
    for number, row in sheet.rows():
        cells = ["" if cell is None else _shown(cell) for cell in row]
        if any(map(str.strip, cells)):
            yield number, cells


def _shown(cell: Any) -> str:
    """Return the text of a cell as a person reads it: 85%, 00012, 2021-03-05; nothing for an error."""
    value = cell.value
    if value is None or cell.data_type == "e":
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number_shown(value, str(cell.number_format))
    if isinstance(value, datetime | date | time):
        return str(value).removesuffix(" 00:00:00")
    return _EXCEL_ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), str(value))


def _number_shown(value: float, shown_as: str) -> str:
    whole = isinstance(value, int) or value.is_integer()
    if whole and _ZEROS.match(shown_as):
        return str(int(value)).zfill(len(shown_as))
    if percent := _PERCENT.match(shown_as):
        return f"{100 * value:.{len(percent[1] or '')}f}%"
    return str(int(value)) if whole else f"{value:.{_DIGITS_SHOWN}g}"


def _filled(rows: Iterable[tuple[int, list[str]]], ranges: Sequence[MergedCells]) -> Rows:
    """Return the rows with the text of a merged range in each of its cells that is blank.

    A row that only such a text would fill stays left out.
    """
    read = list(rows)
    if not ranges:
        return read
    by_number = dict(read)
    width = max((len(cells) for cells in by_number.values()), default=0)
    left = width * len(by_number)  # merged ranges do not overlap, so no more cells can be theirs
    for merged in ranges:
        top = by_number.get(merged.first_row, [])
        text = top[merged.first_column - 1] if merged.first_column <= len(top) else ""
        if not text.strip():
            continue
        columns = range(merged.first_column - 1, min(merged.last_column, width))
        for number in _numbers(by_number, merged):
            left -= len(columns)
            if left < 0:
                return read
            _fill(by_number[number], columns, text)
    return read


def _numbers(by_number: Mapping[int, list[str]], merged: MergedCells) -> Iterable[int]:
    """Return the numbers of the rows there are in a merged range."""
    if merged.last_row - merged.first_row < len(by_number):
        return [number for number in range(merged.first_row, merged.last_row + 1) if number in by_number]
    return [number for number in by_number if merged.first_row <= number <= merged.last_row]


def _fill(cells: list[str], columns: range, text: str) -> None:
    if len(cells) < columns.stop:
        cells += [""] * (columns.stop - len(cells))
    for column in columns:
        if not cells[column].strip():
            cells[column] = text
