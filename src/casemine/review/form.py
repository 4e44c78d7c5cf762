"""A sheet that a person fills in: its columns, its rows read back, and what is wrong with a cell."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

from casemine.errors import CasemineError

# Both are named tuples: a key begins with its coder, a state holds texts and is empty when undecided.
KeyT = TypeVar("KeyT", bound=tuple[Any, ...])
StateT = TypeVar("StateT", bound=tuple[str, ...])

# Characters that a cell of an xlsx file cannot hold.
_NOT_IN_CELLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class FormColumn(NamedTuple):
    """A column of a sheet: machine name, Chinese header and what the sheet's second page says of it."""

    name: str
    header: str
    meaning: str


CHECK = FormColumn("check", "校验", "程序用来识别改动过的行，请勿改动。")


@dataclass(frozen=True)
class Form:
    """A kind of sheet: all its columns, those that are read, those without which it is no such sheet.

    The first of those needed says what a row is about. `terms` are the columns that take a term or a
    code, `free` those in which any text is right, a date too.
    """

    written: tuple[FormColumn, ...]
    read: tuple[FormColumn, ...]
    needed: tuple[FormColumn, ...]
    terms: tuple[FormColumn, ...] = ()
    free: tuple[FormColumn, ...] = ()

    def column(self, cell: str) -> FormColumn | None:
        """Return the column that a header means, Chinese or English."""
        header = cell.strip().casefold()
        return next((known for known in self.written if header in (known.header, known.name)), None)

    def is_header(self, cells: Iterable[str]) -> bool:
        """Whether a row has the headers that are needed."""
        names = {column.name for column in map(self.column, cells) if column}
        return all(column.name in names for column in self.needed)


class FormLine(NamedTuple):
    """A row as it stands: its number, the cells of the columns that are read, those of other columns."""

    number: int
    cells: Mapping[str, str]
    extra: Mapping[str, str]


class CellProblem(NamedTuple):
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
    """A sheet that cannot be taken over: nothing was changed."""

    @classmethod
    def of(cls, problems: Iterable[CellProblem], place: str) -> SheetError:
        """Name every problem once, by row."""
        named = sorted(set(problems))
        many = f"{len(named)} problem{'s' * (len(named) != 1)}; nothing was changed."
        return cls("\n  ".join([many, *map(str, named)]), place=place)


@dataclass(frozen=True)
class SheetRow(Generic[KeyT, StateT]):
    """A row read back: its number as Excel shows it, what it is about, its mark, what was decided.

    `key` has an empty coder where the cell is empty; `extra` are the cells under headers of the person's own.
    `group` is the group whose one decision the row takes, itself being blank.
    """

    number: int
    key: KeyT
    mark: str
    state: StateT
    extra: Mapping[str, str] = field(default_factory=dict)
    group: str = ""


@dataclass(frozen=True)
class FilledSheet(Generic[KeyT, StateT]):
    """A sheet read back: where it came from, its form, its rows, and the letters of its columns.

    `notes` say what a person should know of how it was read.
    """

    place: str
    form: Form
    rows: tuple[SheetRow[KeyT, StateT], ...]
    letters: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def problem(self, row: int, column: str, cause: str) -> CellProblem:
        """Say what is wrong with a cell; `column` is a machine name."""
        header = next(known.header for known in self.form.written if known.name == column)
        return CellProblem(row, self.letters.get(column, ""), header, cause)


def cell_text(text: str) -> str:
    """Return a cell's text as it is kept: NFC, LF, no border space, nothing a workbook cannot hold."""
    joined = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return _NOT_IN_CELLS.sub("", joined).strip()


def mark(cells: tuple[str, ...]) -> str:
    """Return the short mark of what a row says, by which a row that nobody touched is known."""
    # The letter in front keeps Excel from reading a CSV's 12e34567 as a number.
    return "v" + hashlib.sha256("\x1f".join(cells).encode()).hexdigest()[:8]
