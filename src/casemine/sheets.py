"""The one reader and writer of xlsx, and of CSV as Excel wants it: UTF-8 with BOM, nothing a formula.

A text cell that begins with = + - @ tab CR or ' is written with one ' in front, and `read_csv` takes
exactly one away, so that every text comes back as it was. Numbers are never escaped.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "'")
# Characters XML 1.0, and so xlsx, cannot hold.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FIXED_DATE = (1980, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_WIDEST = 60
_LONGEST_CELL = 32767
# As much as a C long holds on every system; the csv module's own limit is 131,072.
_LONGEST_FIELD = 2**31 - 1


def to_csv_text(frame: pd.DataFrame) -> str:
    """Return `frame` as CSV text with LF line ends, text cells escaped, without BOM and index."""
    escaped = {name: _escape_column(frame[name]) for name in frame.columns}
    named = pd.DataFrame(escaped, index=frame.index).rename(columns=_escape)
    text: str = named.to_csv(index=False, lineterminator="\n")
    return text


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write `frame` as CSV that Excel opens: UTF-8 with BOM, LF, no index."""
    path.write_text(to_csv_text(frame), encoding="utf-8-sig", newline="")


def read_csv(path: Path) -> pd.DataFrame:
    """Read a CSV of ours back, every cell a text, one leading ' taken away; LF or CRLF, BOM or none."""
    frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    return frame.rename(columns=_unescape).map(_unescape)


def _escape(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_DANGEROUS) else cell


def _unescape(cell: str) -> str:
    return cell.removeprefix("'")


def _escape_column(column: pd.Series) -> pd.Series:
    return column if pd.api.types.is_numeric_dtype(column) else column.astype(object).map(_escape)


def read_csv_rows(text: str, delimiter: str = ",") -> list[list[str]]:
    """Return the rows of anyone's CSV text as they stand, blank lines as empty rows, fields of any length.

    Raises `csv.Error` when the text is no CSV.
    """
    limit = csv.field_size_limit(_LONGEST_FIELD)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    finally:
        csv.field_size_limit(limit)


def read_xlsx_rows(source: Path | io.BytesIO) -> Iterator[tuple[str, Iterator[tuple[int, list[str]]]]]:
    """Yield each visible sheet of a workbook: its name, and its rows that are not blank.

    A row is its number as Excel shows it and its cells as text (dates as ISO, whole numbers without
    a point). Take the rows of a sheet before going on to the next.
    """
    import openpyxl

    book = openpyxl.load_workbook(source, read_only=True, data_only=True)
    try:
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                # The extent a file declares may be wrong: short, or millions of rows of mere style.
                sheet.reset_dimensions()
                yield sheet.title, _rows(sheet.iter_rows(values_only=True))
    finally:
        book.close()


def _rows(rows: Iterator[tuple[object, ...]]) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(rows, start=1):
        if any(cell is not None for cell in row):
            cells = [_cell_text(cell) for cell in row]
            if any(cell.strip() for cell in cells):
                yield number, cells


def _cell_text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).removesuffix(" 00:00:00")


def write_xlsx(sheets: Mapping[str, pd.DataFrame], path: Path) -> None:
    """Write frames as the sheets of a workbook: header frozen and bold, columns as wide as their cells.

    No text becomes a formula, and the same frames give the same bytes.
    """
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    for title, frame in sheets.items():
        _add_sheet(book.create_sheet(title), frame)
    written = io.BytesIO()
    book.save(written)
    path.write_bytes(_with_fixed_dates(written))


def _add_sheet(sheet: Any, frame: pd.DataFrame) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    def cell(value: Any, *, bold: bool = False) -> Any:
        text = isinstance(value, str)
        shown = _NOT_XML.sub("", value)[:_LONGEST_CELL] if text else None if pd.isna(value) else value
        made = WriteOnlyCell(sheet, value=shown)
        if text:
            made.data_type = "s"  # also where it begins with =
        if bold:
            made.font = Font(bold=True)
        return made

    sheet.freeze_panes = "A2"
    for number, name in enumerate(frame.columns, start=1):
        longest = max([_width(str(name)), *(_width(str(value)) for value in frame[name].head(200))])
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = min(longest + 2, _WIDEST)
    sheet.append([cell(str(name), bold=True) for name in frame.columns])
    for row in frame.itertuples(index=False):
        sheet.append([cell(value) for value in row])


def _width(text: str) -> int:
    """Return the width of `text` in half-width columns, Han characters counting two."""
    return sum(2 if char > "\u2e7f" else 1 for char in text)


def _with_fixed_dates(written: io.BytesIO) -> bytes:
    fixed = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z", content)
            entry = zipfile.ZipInfo(name, _FIXED_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content)
    return fixed.getvalue()
