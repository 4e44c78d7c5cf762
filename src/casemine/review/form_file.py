"""The files of sheets to fill in: written as xlsx and CSV, read back in whatever way Excel saved them."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path

import pandas as pd

from casemine import sheets, study
from casemine.bounded import MOST_A_MEMBER, read_file
from casemine.errors import UnreadableError
from casemine.review.form import (
    CHECK,
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
# What Excel in Chinese and in English shows for a date that it made of 4-1 or 2026/4.
_DATE = re.compile(r"\d{4}[-/年]\d{1,2}([-/月]\d{1,2}日?|月)|\d{1,2}月\d{1,2}日|\d{1,2}-[A-Z][a-z]{2}")


class _DateCell(str):
    """The text of a cell that holds a date or a time."""


@dataclass(frozen=True)
class _Grid:
    """The rows of a sheet that are not blank, numbered as Excel shows them, and its merged cells."""

    rows: list[tuple[int, list[str]]]
    merged: Sequence[sheets.MergedCells] = ()


@dataclass(frozen=True)
class _Header:
    """Where the header of a sheet stands, and which column is where."""

    form: Form
    number: int
    places: Mapping[str, int]
    extra: Mapping[str, int]

    @property
    def letters(self) -> dict[str, str]:
        """The letters by which Excel names the columns."""
        return {name: column_letter(place) for name, place in self.places.items()}

    def problem(self, row: int, column: FormColumn, cause: str) -> CellProblem:
        """Say what is wrong with a cell."""
        return CellProblem(row, self.letters.get(column.name, ""), column.header, cause)


def read_filled(
    path: Path, form: Form, as_row: Callable[[FormLine], SheetRow[KeyT, StateT] | None]
) -> FilledSheet[KeyT, StateT]:
    """Read a filled sheet: columns in any order, foreign ones kept aside, headers Chinese or English.

    A cell merged over several rows holds for each of them, and the notes of the sheet say so. `as_row` makes
    a row of each line below the header, None of one that says nothing. Raises `SheetError` when the file
    cannot be read or has no row with the headers needed, and for dates where a term is asked.
    """
    grid = _grid(path, form)
    header = _header(grid, path, form)
    problems, notes = _fill_merged(grid, header)
    below = [(number, cells) for number, cells in grid.rows if number > header.number]
    problems += _dates(below, header)
    if problems:
        raise SheetError.of(problems, str(path))
    rows = tuple(row for number, cells in below if (row := as_row(_line(number, cells, header))))
    return FilledSheet(str(path), form, rows, header.letters, tuple(notes))


def is_sheet(path: Path, form: Form) -> bool:
    """Whether a file is a sheet of this form."""
    return any(form.is_header(cells) for _, cells in _grid(path, form).rows[:_HEADER_WITHIN])


def _header(grid: _Grid, path: Path, form: Form) -> _Header:
    for number, cells in grid.rows[:_HEADER_WITHIN]:
        if form.is_header(cells):
            places = _places(cells, number, path, form)
            own = {cell.strip(): place for place, cell in enumerate(cells)
                   if cell.strip() and not form.column(cell)}  # fmt: skip
            return _Header(form, number, places, own)
    headers = "、".join(column.header for column in form.needed)
    raise SheetError(
        f"no row has the headers {headers}.",
        place=str(path),
        advice="Take a sheet that `casemine review STUDY` wrote, and leave its headers.",
    )


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


def _fill_merged(grid: _Grid, header: _Header) -> tuple[list[CellProblem], list[str]]:
    """Write what a merged cell holds into each of its rows; return what cannot be so read, and what was."""
    rows = dict(grid.rows)
    read = {header.places[column.name]: column for column in header.form.read if column.name in header.places}
    problems, notes = [], []
    for cells in sorted(grid.merged):
        column = read.get(cells.first_column - 1)
        if column is None or column == CHECK or cells.first_row <= header.number:
            continue
        if cells.first_row == cells.last_row:
            continue
        said = f"rows {cells.first_row} to {cells.last_row}"
        if column == header.form.needed[0]:
            cause = f"{said} are one merged cell: which row is which? Take the merge away."
            problems.append(header.problem(cells.first_row, column, cause))
            continue
        place = cells.first_column - 1
        first = rows.get(cells.first_row, [])
        text = first[place] if place < len(first) else ""
        if not text.strip():
            continue
        for number in range(cells.first_row + 1, cells.last_row + 1):
            if number in rows:
                rows[number] += [""] * (place + 1 - len(rows[number]))
                rows[number][place] = text
        notes.append(f"{said}: the merged cell {column.header} ({text.strip()}) was taken for each of them.")
    return problems, notes


def _dates(rows: Sequence[tuple[int, list[str]]], header: _Header) -> Iterator[CellProblem]:
    """Yield the cells in which Excel made a date of a term that a person typed."""
    form = header.form
    read = [(column, header.places[column.name]) for column in form.read if column.name in header.places]
    for number, cells in rows:
        for column, place in read:
            cell = cells[place] if place < len(cells) else ""
            dated = column in form.terms and _DATE.fullmatch(cell.strip())
            if column not in form.free and (isinstance(cell, _DateCell) or dated):
                cause = (
                    f"{cell.strip()} is a date: Excel makes one of 4-1. Type it into a cell of format text."
                )
                yield header.problem(number, column, cause)


def _line(number: int, line: list[str], header: _Header) -> FormLine:
    def cell(place: int | None) -> str:
        return cell_text(line[place]) if place is not None and place < len(line) else ""

    others = {name: text for name, place in header.extra.items() if (text := cell(place))}
    cells = {column.name: cell(header.places.get(column.name)) for column in header.form.read}
    return FormLine(number, cells, others)


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


def _grid(path: Path, form: Form) -> _Grid:
    try:
        data = read_file(path, MOST_A_MEMBER)
        if data.startswith(b"PK"):
            return _workbook(path, form)
        return _Grid(csv_rows(data))
    except UnreadableError as error:
        raise SheetError(f"cannot be read: {error.cause}", place=str(path), advice=error.advice) from error
    except OSError as error:
        raise SheetError(f"cannot be read ({error.strerror}).", place=str(path)) from error
    except (ValueError, csv.Error) as error:
        raise SheetError(
            f"is neither a workbook nor CSV in UTF-8 or GB18030 ({error}).",
            place=str(path),
            advice="Save it as xlsx, or as CSV.",
        ) from error


def _workbook(path: Path, form: Form) -> _Grid:
    """Return the first visible sheet that has the headers, else the first one."""
    first: _Grid | None = None
    for title, rows in sheets.read_xlsx_rows(path, _as_text):
        table = list(rows)
        if any(form.is_header(cells) for _, cells in table[:_HEADER_WITHIN]):
            return _Grid(table, sheets.read_merged_cells(path).get(title, ()))
        first = first or _Grid(table)
    return first or _Grid([])


def _as_text(cell: object) -> str:
    text = sheets.cell_text(cell)
    return _DateCell(text) if isinstance(cell, date | time | timedelta) else text


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
    widths: Mapping[str, int] | None = None,
    csv: bool = False,
) -> list[Path]:
    """Write a sheet to fill in, all columns by machine name, and a page that explains them; return the files.

    `open_columns` are tinted, `choices` (column -> texts) become lists to choose from, `hidden` columns are
    folded away, `widths` are in characters; `csv` writes the rows as CSV too. The same sheet gives the same
    bytes.
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
            widths={headers[name]: width for name, width in (widths or {}).items() if name in headers},
        )
        if csv:
            sheets.write_csv(shown, staging / files[1].name)
    return files
