"""The one reader and writer of xlsx, and of CSV as Excel wants it: UTF-8 with BOM, nothing a formula.

A text cell that begins with = + - @ tab CR or ' is written with one ' in front, and `read_csv` takes
exactly one away, so that every text comes back as it was. Numbers are never escaped.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

if TYPE_CHECKING:
    import pandas as pd

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "'")
# Characters XML 1.0, and so xlsx and docx, cannot hold.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FIXED_DATE = (1980, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_WIDEST = 60
_LONGEST_CELL = 32767
# As much as a C long holds on every system; the csv module's own limit is 131,072.
_LONGEST_FIELD = 2**31 - 1


def to_csv_text(frame: pd.DataFrame) -> str:
    """Return `frame` as CSV text with LF line ends, text cells escaped, without BOM and index."""
    return csv_text({str(name): _cells(column) for name, column in frame.items()})


def csv_text(columns: Mapping[str, Sequence[object]]) -> str:
    """Return columns of one length as CSV text, as `to_csv_text` does a frame of them."""
    header = _escaped(list(columns))
    cells = [_escaped(column) for column in columns.values()]
    # Python before 3.13 leaves a carriage return unquoted, and readers take it for a line end.
    returns = any("\r" in "".join(_texts(column)) for column in (header, *cells))
    written = io.StringIO()
    writer = csv.writer(
        written, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC if returns else csv.QUOTE_MINIMAL
    )
    writer.writerow(header)
    writer.writerows(zip(*cells, strict=True))
    return written.getvalue()


def _cells(column: pd.Series) -> list[object]:
    """Return the cells of a column, None for those that are empty."""
    cells: list[object] = column.astype(object).where(column.notna(), None).tolist()
    return cells


def _texts(cells: Sequence[object]) -> list[str]:
    return [cell for cell in cells if isinstance(cell, str)]


def _escaped(cells: Sequence[object]) -> Sequence[object]:
    # Hardly a column has any such cell: a look at the first characters decides.
    if {text[:1] for text in _texts(cells)}.isdisjoint(_DANGEROUS):
        return cells
    return [f"'{cell}" if isinstance(cell, str) and cell.startswith(_DANGEROUS) else cell for cell in cells]


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write `frame` as CSV that Excel opens: UTF-8 with BOM, LF, no index."""
    path.write_text(to_csv_text(frame), encoding="utf-8-sig", newline="")


def read_csv(path: Path) -> pd.DataFrame:
    """Read a CSV of ours back, every cell a text, one leading ' taken away; LF or CRLF, BOM or none."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")  # saved again by Excel on Chinese Windows
    import pandas as pd

    frame = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)
    return frame.rename(columns=_unescape).map(_unescape)


def _unescape(cell: str) -> str:
    return cell.removeprefix("'")


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

    # By its content: of a path openpyxl looks at the ending first, and raises an error of its own.
    data = io.BytesIO(source.read_bytes()) if isinstance(source, Path) else source
    book = openpyxl.load_workbook(data, read_only=True, data_only=True)
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
    """Write frames as the sheets of a workbook: header frozen, bold and with filters, columns wide enough.

    No text becomes a formula, and the same frames give the same bytes.
    """
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    for title, frame in sheets.items():
        _add_sheet(book.create_sheet(title), frame)
    written = io.BytesIO()
    book.save(written)
    path.write_bytes(with_fixed_dates(written))


def _add_sheet(sheet: Any, frame: pd.DataFrame) -> None:
    import pandas as pd
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    def cell(value: Any, *, bold: bool = False) -> Any:
        text = isinstance(value, str)
        shown = printable(value)[:_LONGEST_CELL] if text else None if pd.isna(value) else value
        made = WriteOnlyCell(sheet, value=shown)
        if text:
            made.data_type = "s"  # also where it begins with =
        if bold:
            made.font = Font(bold=True)
        return made

    sheet.freeze_panes = "A2"
    for number, name in enumerate(frame.columns, start=1):
        longest = max([width(str(name)) + 2, *(width(str(value)) for value in frame[name].head(200))])
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = min(longest + 2, _WIDEST)
    sheet.append([cell(str(name), bold=True) for name in frame.columns])
    for row in frame.itertuples(index=False):
        sheet.append([cell(value) for value in row])
    _add_filters(sheet, frame)


def _add_filters(sheet: Any, frame: pd.DataFrame) -> None:
    from openpyxl.utils import get_column_letter

    sheet.auto_filter.ref = f"A1:{get_column_letter(max(1, len(frame.columns)))}{len(frame) + 1}"


def percent(share: float) -> str:
    """Return a share as per cent with one decimal, 6.25 % as 6.3: halves go up, as readers round."""
    return f"{100 * share + 1e-9:.1f}"


def width(text: str) -> int:
    """Return the columns that `text` takes on a terminal or in a cell, a Han character counting two."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


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


# Rows below the last one that a person may fill in, with the same lists to choose from.
_SPARE_ROWS = 300
# Excel holds no longer list inside a validation; a longer one stands on a hidden sheet.
_LONGEST_LIST = 250
_LISTS = "lists"
_OPEN_FILL = "FFF7E0"


def write_form(
    sheets: Mapping[str, pd.DataFrame],
    path: Path,
    *,
    open_columns: list[str],
    choices: Mapping[str, list[str]],
    hidden: list[str],
) -> None:
    """Write a workbook whose first sheet is to be filled in: `write_xlsx`, and more on that sheet.

    Filters on every column; the first two columns frozen with the header; `open_columns` tinted;
    `choices` (column -> texts) as lists to choose from, which warn of other texts only when short;
    `hidden` columns folded away. The same frames give the same bytes.
    """
    import openpyxl
    import pandas as pd

    book = openpyxl.Workbook(write_only=True)
    titles = list(sheets)
    form = book.create_sheet(titles[0])
    _add_form(form, sheets[titles[0]], open_columns, hidden)
    for title in titles[1:]:
        _add_sheet(book.create_sheet(title), sheets[title])
    long = {name: texts for name, texts in choices.items() if not _fits_inline(texts)}
    if long:
        lists = book.create_sheet(_LISTS)
        _add_sheet(
            lists, pd.DataFrame({name: pd.Series(texts, dtype=object) for name, texts in long.items()})
        )
        lists.sheet_state = "hidden"
    _add_choices(form, sheets[titles[0]], choices, list(long))
    written = io.BytesIO()
    book.save(written)
    path.write_bytes(with_fixed_dates(written))


def _fits_inline(texts: list[str]) -> bool:
    return len(",".join(texts)) <= _LONGEST_LIST and not any(set(',"') & set(text) for text in texts)


def _add_form(sheet: Any, frame: pd.DataFrame, open_columns: list[str], hidden: list[str]) -> None:
    import pandas as pd
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    names = [str(name) for name in frame.columns]
    fill, bold = PatternFill("solid", fgColor=_OPEN_FILL), Font(bold=True)
    wrapped = Alignment(vertical="top", wrap_text=True)

    def cell(value: Any, name: str, *, header: bool = False) -> Any:
        text = isinstance(value, str)
        shown = (printable(value)[:_LONGEST_CELL] or None) if text else None if pd.isna(value) else value
        made = WriteOnlyCell(sheet, value=shown)
        if text and shown:
            made.data_type = "s"  # also where it begins with =
        made.alignment = wrapped
        if header:
            made.font = bold
        if name in open_columns:
            made.fill = fill
        return made

    sheet.freeze_panes = "C2"
    for number, name in enumerate(names, start=1):
        longest = max([width(name) + 4, *(width(str(value)) for value in frame.iloc[:200, number - 1])])
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width = min(longest + 2, _WIDEST)
        dimension.hidden = name in hidden
    sheet.append([cell(name, name, header=True) for name in names])
    for row in frame.itertuples(index=False):
        sheet.append([cell(value, name) for value, name in zip(row, names, strict=True)])
    _add_filters(sheet, frame)


def _add_choices(
    sheet: Any, frame: pd.DataFrame, choices: Mapping[str, list[str]], listed: list[str]
) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for name, texts in choices.items():
        if name not in frame.columns or not texts:
            continue
        formula = '"' + ",".join(texts) + '"'
        if name in listed:
            letter = get_column_letter(listed.index(name) + 1)
            formula = f"{_LISTS}!${letter}$2:${letter}${len(texts) + 1}"
        made = DataValidation(type="list", formula1=formula, allow_blank=True)
        made.errorStyle = "warning"
        made.showErrorMessage = name not in listed
        column = get_column_letter(list(frame.columns).index(name) + 1)
        made.add(f"{column}2:{column}{len(frame) + 1 + _SPARE_ROWS}")
        sheet.data_validations.append(made)
