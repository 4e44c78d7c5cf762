"""The files of sheets to fill in: written as xlsx and CSV, read back in whatever way Excel saved them."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from casemine import sheets, study
from casemine.review.form import (
    CellProblem,
    FilledSheet,
    Form,
    FormColumn,
    FormLine,
    KeyT,
    SheetError,
    SheetRow,
    StateT,
    cell_text,
)

# A person may write a title above the header.
_HEADER_WITHIN = 10


def read_filled(
    path: Path, form: Form, as_row: Callable[[FormLine], SheetRow[KeyT, StateT] | None]
) -> FilledSheet[KeyT, StateT]:
    """Read a filled sheet: columns in any order, foreign ones kept aside, headers Chinese or English.

    `as_row` makes a row of each line below the header, None of one that says nothing. Raises `SheetError`
    when the file cannot be read, or has no row with the headers needed.
    """
    lines, letters = read_lines(path, form)
    rows = tuple(row for row in map(as_row, lines) if row)
    return FilledSheet(str(path), form, rows, letters)


def read_lines(path: Path, form: Form) -> tuple[list[FormLine], dict[str, str]]:
    """Return the rows below the header of a sheet, and the letters of its columns.

    Raises `SheetError` when the file cannot be read, or has no row with the headers needed.
    """
    rows = _table(path, form)
    for at, (number, cells) in enumerate(rows[:_HEADER_WITHIN]):
        if form.is_header(cells):
            places = _places(cells, number, path, form)
            letters = {name: column_letter(place) for name, place in places.items()}
            extra = {cell.strip(): place for place, cell in enumerate(cells)
                     if cell.strip() and not form.column(cell)}  # fmt: skip
            return [_line(number, line, places, extra, form) for number, line in rows[at + 1 :]], letters
    headers = " and ".join(column.header for column in form.needed)
    raise SheetError(
        f"no row has the headers {headers}.",
        place=str(path),
        advice="Take a sheet that `casemine review STUDY` wrote, and leave its headers.",
    )


def is_sheet(path: Path, form: Form) -> bool:
    """Whether a file is a sheet of this form."""
    return any(form.is_header(cells) for _, cells in _table(path, form)[:_HEADER_WITHIN])


def _places(cells: list[str], number: int, path: Path, form: Form) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, cell in enumerate(cells):
        column = form.column(cell)
        if column is None:
            continue
        if column.name in places and column in form.read:
            cause = "a second column has this header."
            twice = CellProblem(number, column_letter(place), column.header, cause)
            raise SheetError.of([twice], str(path))
        places[column.name] = place
    return places


def _line(
    number: int, line: list[str], places: dict[str, int], extra: dict[str, int], form: Form
) -> FormLine:
    def cell(place: int | None) -> str:
        return cell_text(line[place]) if place is not None and place < len(line) else ""

    others = {header: text for header, place in extra.items() if (text := cell(place))}
    return FormLine(number, {column.name: cell(places.get(column.name)) for column in form.read}, others)


def column_letter(place: int) -> str:
    """Return the letters by which Excel names the column `place`, counted from 0.

    >>> column_letter(0), column_letter(26)
    ('A', 'AA')
    """
    letters = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def _table(path: Path, form: Form) -> list[tuple[int, list[str]]]:
    """Return the rows that are not blank, numbered as Excel shows them."""
    try:
        data = path.read_bytes()
        if data.startswith(b"PK"):
            return _workbook(path, form)
        return csv_rows(data)
    except OSError as error:
        raise SheetError(f"cannot be read ({error.strerror}).", place=str(path)) from error
    except (UnicodeDecodeError, csv.Error, zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise SheetError(
            f"is neither a workbook nor CSV in UTF-8 or GB18030 ({error}).",
            place=str(path),
            advice="Save it as xlsx, or as CSV.",
        ) from error


def _workbook(path: Path, form: Form) -> list[tuple[int, list[str]]]:
    """Return the first visible sheet that has the headers, else the first one."""
    first: list[tuple[int, list[str]]] = []
    for _, rows in sheets.read_xlsx_rows(path):
        table = list(rows)
        if any(form.is_header(cells) for _, cells in table[:_HEADER_WITHIN]):
            return table
        first = first or table
    return first


def csv_rows(data: bytes) -> list[tuple[int, list[str]]]:
    """Return the rows of a CSV that are not blank, numbered, one ' in front of a cell taken away."""
    text = _decoded(data)
    heading = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(",\t;", key=heading.count)
    rows = enumerate(sheets.read_csv_rows(text, delimiter), start=1)
    return [
        (number, [cell.removeprefix("'") for cell in cells])
        for number, cells in rows
        if any(cell.strip() for cell in cells)
    ]


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):  # Excel's "Unicode text"
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def write_form(
    sheet: pd.DataFrame,
    path: Path,
    columns: Sequence[FormColumn],
    *,
    open_columns: Sequence[str],
    choices: Mapping[str, list[str]],
    hidden: Sequence[str],
    csv: bool = False,
) -> list[Path]:
    """Write a sheet to fill in, all columns by machine name, and a page that explains them; return the files.

    `open_columns` are tinted, `choices` (column -> texts) become lists to choose from, `hidden` columns are
    folded away; `csv` writes the rows as CSV too. The same sheet gives the same bytes.
    """
    headers = {column.name: column.header for column in columns}
    shown = sheet.rename(columns=headers)
    guide = pd.DataFrame([(column.header, column.meaning) for column in columns], columns=["栏目", "说明"])
    files = [path, path.with_suffix(".csv")] if csv else [path]
    with study.transaction(path.parent) as staging:
        sheets.write_form(
            {"审阅": shown, "说明": guide},
            staging / path.name,
            open_columns=[headers[name] for name in open_columns],
            choices={headers[name]: texts for name, texts in choices.items() if name in headers},
            hidden=[headers[name] for name in hidden],
        )
        if csv:
            sheets.write_csv(shown, staging / files[1].name)
    return files
