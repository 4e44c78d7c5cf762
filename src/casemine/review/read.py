"""Reads a filled review sheet back: xlsx, or CSV in whatever encoding Excel saved it."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from casemine import sheets
from casemine.errors import CasemineError
from casemine.review.columns import (
    CELLS,
    CHECK,
    CODER,
    DOC_ID,
    INFORMATION,
    STATUS,
    SUGGESTION,
    WORD,
    Column,
    State,
    cell_text,
    decision_meant,
)
from casemine.terms import CORPUS

_READ = (DOC_ID, WORD, CODER, CHECK, *CELLS)
_WRITTEN = (*_READ, STATUS, *INFORMATION, *SUGGESTION)
_NEEDED = (WORD, CELLS[0])
# A person may write a title above the header.
_HEADER_WITHIN = 10


class Problem(NamedTuple):
    """Something wrong in a sheet: row (0: none) and column as Excel shows them, its header, what."""

    row: int
    letter: str
    header: str
    cause: str

    def __str__(self) -> str:
        if not self.row:
            return f"decided earlier: {self.cause}"
        at = f", column {self.letter} ({self.header})" if self.letter else ""
        return f"row {self.row}{at}: {self.cause}"


class SheetError(CasemineError):
    """A review sheet that cannot be taken over: nothing was changed."""

    @classmethod
    def of(cls, problems: Iterable[Problem], place: str) -> SheetError:
        """Name every problem, by row."""
        found = sorted(problems)
        many = f"{len(found)} problem{'s' * (len(found) != 1)}; nothing was changed."
        return cls("\n  ".join([many, *map(str, found)]), place=place)


@dataclass(frozen=True)
class SheetRow:
    """A row of a sheet: its number as Excel shows it, what was decided, and the columns of others."""

    number: int
    doc_id: str
    word: str
    coder: str
    mark: str
    state: State
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """A sheet read back: where it came from, its rows, and the letters of its columns."""

    place: str
    rows: tuple[SheetRow, ...]
    letters: Mapping[str, str]

    def problem(self, row: int, column: str, cause: str) -> Problem:
        """Say what is wrong with a cell; `column` is a machine name."""
        header = next(known.header for known in _WRITTEN if known.name == column)
        return Problem(row, self.letters.get(column, ""), header, cause)


@dataclass(frozen=True)
class Form:
    """A kind of sheet: all its columns, those that are read, those without which it is no such sheet."""

    written: tuple[Column, ...]
    read: tuple[Column, ...]
    needed: tuple[Column, ...]

    def column(self, cell: str) -> Column | None:
        """Return the column that a header means, Chinese or English."""
        header = cell.strip().casefold()
        return next((known for known in self.written if header in (known.header, known.name)), None)

    def is_header(self, cells: Iterable[str]) -> bool:
        """Whether a row has the headers that are needed."""
        names = {column.name for column in map(self.column, cells) if column}
        return all(column.name in names for column in self.needed)


@dataclass(frozen=True)
class Line:
    """A row as it stands: its number, the cells of the columns that are read, those of other columns."""

    number: int
    cells: Mapping[str, str]
    extra: Mapping[str, str]


WORD_FORM = Form(_WRITTEN, _READ, _NEEDED)


def read_sheet(path: Path) -> Sheet:
    """Read a review sheet: columns in any order, foreign ones kept aside, headers Chinese or English.

    Raises `SheetError` when the file cannot be read, or has no header with 词语 and 决定.
    """
    lines, letters = read_lines(path, WORD_FORM)
    rows = (_row(line) for line in lines)
    return Sheet(str(path), tuple(row for row in rows if row), letters)


def read_lines(path: Path, form: Form) -> tuple[list[Line], dict[str, str]]:
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
            twice = Problem(number, column_letter(place), column.header, "a second column has this header.")
            raise SheetError.of([twice], str(path))
        places[column.name] = place
    return places


def _line(number: int, line: list[str], places: dict[str, int], extra: dict[str, int], form: Form) -> Line:
    def cell(place: int | None) -> str:
        return cell_text(line[place]) if place is not None and place < len(line) else ""

    others = {header: text for header, place in extra.items() if (text := cell(place))}
    return Line(number, {column.name: cell(places.get(column.name)) for column in form.read}, others)


def _row(line: Line) -> SheetRow | None:
    read = line.cells
    state = State(*(read[column.name] for column in CELLS))
    state = state._replace(decision=decision_meant(state.decision))
    if not (read["word"] or any(state) or line.extra):
        return None
    doc_id = CORPUS if read["doc_id"] in ("", "＊") else read["doc_id"]
    return SheetRow(line.number, doc_id, read["word"], read["coder"], read["check"], state, line.extra)


def column_letter(place: int) -> str:
    """Return A for 0, B for 1, AA for 26, as Excel names columns."""
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
    """Return the rows of a CSV that are not blank, one ' in front of a cell taken away."""
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
