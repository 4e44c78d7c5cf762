"""The sheets of a workbook as a person reads them: merged cells hold for their range, numbers as shown."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from casemine.errors import DocumentError
from casemine.ingest.readers.archive import Archive

Rows = list[tuple[int, list[str]]]

# Only those that state their place (r): a later cell without one is counted from those before it.
_BLANK_CELL = re.compile(rb"<(?:\w+:)?c\s(?:[^<>]*\s)?r=[^<>]*(?:/>|></(?:\w+:)?c>)")
_BLANK_ROW = re.compile(rb"<(?:\w+:)?row\s(?:[^<>]*\s)?r=[^<>]*(?:/>|>\s*</(?:\w+:)?row>)")
_EXCEL_ESCAPE = re.compile("_x([0-9A-F]{4})_")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^<>]*?ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^<>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^<>]*>")
_ATTRIBUTE = re.compile(rb'(?<=\s)([\w:]+)="([^"]*)"')
# A code with leading zeros, which the format alone shows: 000000.
_ZEROS = re.compile(r"^0{2,}$")
_PERCENT = re.compile(r"^0(?:\.(0+))?%$")
_DIGITS_SHOWN = 15  # significant digits that Excel shows of a number
_TALLEST = 1 << 20  # rows of a sheet
_MOST_CELLS = 20_000_000  # to the last filled column of each row, the blank ones too
_SAVE_AGAIN_ADVICE = "Take out what is not asked for and save it in Excel again."


class Range(NamedTuple):
    """A merged range: first and last row, first and last column, counted from 1."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


def read_workbook(data: bytes) -> list[tuple[str, Rows]]:
    """Return each visible sheet of a workbook that is filled: its name, and its numbered rows of texts.

    Numbers are those that Excel shows. Raises `DocumentError` for a workbook that is damaged, or a bomb.
    """
    book, merged = _light_copy(Archive(data))
    try:
        sheets = list(_sheets(book, merged))
    except DocumentError:
        raise
    except Exception as error:  # openpyxl raises whatever the broken part makes it raise
        raise DocumentError(
            "the workbook is damaged.", advice="Open it in Excel and save it as .xlsx again."
        ) from error
    return [(name, rows) for name, rows in sheets if rows]


def _light_copy(archive: Archive) -> tuple[io.BytesIO, dict[str, list[Range]]]:
    """Return a workbook without the rows and cells that hold only a style, and the merged ranges by sheet."""
    written = io.BytesIO()
    merged: dict[str, list[Range]] = {}
    titles: dict[str, str] = {}
    relations: dict[str, str] = {}
    with zipfile.ZipFile(written, "w") as copy:
        for name, content in archive.xml_parts():
            part = content
            if "/worksheets/" in name:
                merged[name] = [_range(match) for match in _MERGED.finditer(content)]
                part = _BLANK_ROW.sub(b"", _BLANK_CELL.sub(b"", content))
            elif name == "xl/workbook.xml":
                titles = dict(_named(_SHEET.findall(content), "r:id", "name"))
            elif name == "xl/_rels/workbook.xml.rels":
                relations = dict(_named(_RELATION.findall(content), "Id", "Target"))
            copy.writestr(name, part)
    written.seek(0)
    parts = {_part(relations.get(relation, "")): title for relation, title in titles.items()}
    return written, {parts[part]: ranges for part, ranges in merged.items() if ranges and part in parts}


def _named(tags: Iterable[bytes], key: str, value: str) -> Iterator[tuple[str, str]]:
    from html import unescape

    for tag in tags:
        attributes = {
            name.decode(): unescape(text.decode("utf-8", "replace")) for name, text in _ATTRIBUTE.findall(tag)
        }
        yield attributes.get(key, ""), attributes.get(value, "")


def _part(target: str) -> str:
    """Return the name in the archive of a part named from the workbook's folder or from the root."""
    return target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)


def _range(match: re.Match[bytes]) -> Range:
    left, top, right, bottom = (group.decode() for group in match.groups())
    return Range(int(top), int(bottom), _column(left), _column(right))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def _sheets(book: io.BytesIO, merged: Mapping[str, Sequence[Range]]) -> Iterator[tuple[str, Rows]]:
    import openpyxl

    opened = openpyxl.load_workbook(book, read_only=True, data_only=True)
    try:
        for sheet in opened.worksheets:
            if sheet.sheet_state == "visible":
                # The extent a file declares may be wrong: short, or millions of rows of mere style.
                sheet.reset_dimensions()
                yield sheet.title, _filled(_rows(sheet.iter_rows()), merged.get(sheet.title, ()))
    finally:
        opened.close()


def _rows(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, list[str]]]:
    from openpyxl.cell.read_only import EMPTY_CELL

    cells_read = 0
    for number, row in enumerate(rows, start=1):
        cells_read += len(row)
        if number > _TALLEST:
            raise DocumentError("the workbook names rows that no sheet has.", advice=_SAVE_AGAIN_ADVICE)
        if cells_read > _MOST_CELLS:
            raise DocumentError(f"a sheet is over {_MOST_CELLS:,} cells large.", advice=_SAVE_AGAIN_ADVICE)
        cells = ["" if cell is EMPTY_CELL else _shown(cell) for cell in row]
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


def _filled(rows: Iterable[tuple[int, list[str]]], ranges: Sequence[Range]) -> Rows:
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


def _numbers(by_number: Mapping[int, list[str]], merged: Range) -> Iterable[int]:
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
