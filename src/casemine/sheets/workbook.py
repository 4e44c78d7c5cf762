"""The one reader and writer of xlsx: no text becomes a formula, the same frames give the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casemine.bounded import MOST_A_MEMBER, open_workbook, read_file
from casemine.errors import UnreadableError
from casemine.sheets.terminal import width
from casemine.terms import LONGEST_CELL

if TYPE_CHECKING:
    import pandas as pd

# Characters XML 1.0, and so xlsx and docx, cannot hold.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FIXED_DATE = (1980, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
WIDEST = 60


def read_xlsx_rows(
    source: Path | io.BytesIO, as_text: Callable[[object], str] | None = None
) -> Iterator[tuple[str, Iterator[tuple[int, list[str]]]]]:
    """Yield each visible sheet of a workbook: its name, and its rows that are not blank.

    A row is its number as Excel shows it and its cells as text, by `as_text` (default `cell_text`: dates as
    ISO, whole numbers without a point). Take the rows of a sheet before going on to the next. Raises
    `UnreadableError` for what is damaged, or more than a workbook can hold.
    """
    place = str(source) if isinstance(source, Path) else ""
    try:
        data = read_file(source, MOST_A_MEMBER) if isinstance(source, Path) else source.getvalue()
        with open_workbook(data) as (opened, _):
            for sheet in opened:
                yield sheet.title, _rows(sheet.rows(), as_text or cell_text, place)
    except UnreadableError as error:
        raise _placed(error, place) from error


def _placed(error: UnreadableError, place: str) -> UnreadableError:
    return UnreadableError(error.cause, place=place or error.place, advice=error.advice)


def _rows(
    rows: Iterator[tuple[int, list[Any]]], as_text: Callable[[object], str], place: str
) -> Iterator[tuple[int, list[str]]]:
    try:
        for number, row in rows:
            cells = [as_text(None if cell is None else cell.value) for cell in row]
            if any(cell.strip() for cell in cells):
                yield number, cells
    except UnreadableError as error:
        raise _placed(error, place) from error


def cell_text(cell: object) -> str:
    """Return what a cell holds as text: dates as ISO, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).removesuffix(" 00:00:00")


def write_xlsx(sheets: Mapping[str, pd.DataFrame], path: Path) -> None:
    """Write frames as the sheets of a workbook: header frozen, bold and with filters, columns wide enough.

    No text becomes a formula, and the same frames give the same bytes.
    """
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    for title, frame in sheets.items():
        add_sheet(book.create_sheet(title), frame)
    written = io.BytesIO()
    book.save(written)
    path.write_bytes(with_fixed_dates(written))


def add_sheet(sheet: Any, frame: pd.DataFrame) -> None:
    """Write a frame into an empty sheet of a workbook that is written row by row."""
    import pandas as pd
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    def cell(value: Any, *, bold: bool = False) -> Any:
        text = isinstance(value, str)
        shown = printable(value)[:LONGEST_CELL] if text else None if pd.isna(value) else value
        written = WriteOnlyCell(sheet, value=shown)
        if text:
            written.data_type = "s"  # also where it begins with =
        if bold:
            written.font = Font(bold=True)
        return written

    sheet.freeze_panes = "A2"
    for number, name in enumerate(frame.columns, start=1):
        longest = max([width(str(name)) + 2, *(width(str(value)) for value in frame[name].head(200))])
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = min(longest + 2, WIDEST)
    sheet.append([cell(str(name), bold=True) for name in frame.columns])
    for row in frame.itertuples(index=False):
        sheet.append([cell(value) for value in row])
    add_filters(sheet, frame)


def add_filters(sheet: Any, frame: pd.DataFrame) -> None:
    """Put a filter on every column."""
    from openpyxl.utils import get_column_letter

    sheet.auto_filter.ref = f"A1:{get_column_letter(max(1, len(frame.columns)))}{len(frame) + 1}"


def printable(text: str) -> str:
    """Return `text` without the characters that XML, and so no Office file, can hold."""
    return _NOT_XML.sub("", text)


def with_fixed_dates(written: io.BytesIO) -> bytes:
    """Return an Office file (xlsx, docx) with every date of it the same, so that its bytes repeat."""
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
