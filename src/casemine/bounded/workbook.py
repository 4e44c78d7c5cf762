"""Workbooks (xlsx): opened, and their rows taken, within bounds that no sheet of Excel passes.

openpyxl alone fills the rows that a file leaves out (a row numbered 2,000,000,000 has no end) and builds each
cell that holds only a style. Here the parts are copied piece by piece without those, counted on the way, and
rows are taken as they stand in the file.
"""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from casemine.bounded.archive import Archive, refuse_doctype
from casemine.errors import UnreadableError

if TYPE_CHECKING:
    from openpyxl.cell.read_only import ReadOnlyCell

TALLEST, WIDEST = 1_048_576, 16_384  # rows and columns of a sheet of Excel
MOST_CELLS = 20_000_000  # of a sheet, to the last filled one of each row
# Cells left out before the last of each row; where they are so many times the others, no table is meant.
_MOST_GAPS, _GAPS_A_CELL = 5_000_000, 20
MOST_STRINGS = 2_000_000  # texts that a workbook shares between its cells
_MOST_TAGS = 5_000_000  # cells of a sheet that hold something
_TAGS_A_CELL = 12  # a cell with a formula and formatted text inside has fewer
# A part that is neither a sheet nor the shared texts: styles, names, relations.
_MOST_ELSE, _MOST_TAGS_ELSE = 16 << 20, 400_000
_IN_MEMORY = 16 << 20
_LONGEST_TAG = 1 << 16

# Only those that state their place (r): a later cell without one is counted from those before it.
# What was once taken is not given back (++, *+): the time is linear whatever stands there.
_PLACED = rb"(?=\s(?:[^<>]*\s)?r=)[^<>]*+"
_BLANK_CELL = re.compile(rb"<(?:\w++:)?c" + _PLACED + rb"(?:(?<=/)>|></(?:\w++:)?c>)")
_BLANK_ROW = re.compile(rb"<(?:\w++:)?row" + _PLACED + rb"(?:(?<=/)>|>\s*+</(?:\w++:)?row>)")
_STRING = re.compile(rb"<(?:\w++:)?si[\s/>]")
_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w-]+)""")
_OPENED = re.compile(rb"<(?:\w++:)?(?:(row)|c)[\s/>]")
_ADVICE = "Take out what is not asked for and save it in Excel again."


@dataclass(frozen=True)
class WorkbookSheet:
    """A visible sheet of an open workbook."""

    title: str
    _sheet: Any

    def rows(self) -> Iterator[tuple[int, list[ReadOnlyCell | None]]]:
        """Yield the rows that hold a cell: the number Excel shows, the cells to the last, None for gaps.

        Raises `UnreadableError` for what is damaged, or lies outside any sheet of Excel.
        """
        from openpyxl.cell.read_only import ReadOnlyCell

        last = taken = filled = 0
        for stated, cells in _guarded(self._parsed()):
            last = max(stated, last + 1)
            widest = max((cell["column"] for cell in cells), default=0)
            taken += widest
            filled += len(cells)
            if last > TALLEST or widest > WIDEST:
                raise UnreadableError("the workbook names rows or columns that no sheet has.", advice=_ADVICE)
            if taken > MOST_CELLS:
                raise UnreadableError(f"a sheet is over {MOST_CELLS:,} cells large.", advice=_ADVICE)
            if taken - filled > max(_MOST_GAPS, _GAPS_A_CELL * filled):
                raise UnreadableError("a sheet is wide and all but blank.", advice=_ADVICE)
            row: list[ReadOnlyCell | None] = [None] * widest
            for cell in cells:
                row[cell["column"] - 1] = ReadOnlyCell(self._sheet, **cell)
            if row:
                yield last, row

    def _parsed(self) -> Iterator[tuple[int, list[dict[str, Any]]]]:
        from openpyxl.worksheet._reader import WorkSheetParser

        book = self._sheet.parent
        with self._sheet._get_source() as source:
            parser = WorkSheetParser(
                source,
                self._sheet._shared_strings,
                data_only=True,
                epoch=book.epoch,
                date_formats=book._date_formats,
                timedelta_formats=book._timedelta_formats,
            )
            yield from parser.parse()


def _guarded(items: Iterator[Any]) -> Iterator[Any]:
    """Pass on what comes; whatever openpyxl raises for a broken part is one error."""
    import warnings

    while True:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of openpyxl, for what it does not know
                item = next(items, None)
        except UnreadableError:
            raise
        except Exception as error:
            raise _damaged() from error
        if item is None:
            return
        yield item


def _damaged() -> UnreadableError:
    return UnreadableError("the workbook is damaged.", advice="Open it in Excel and save it as .xlsx again.")


@contextmanager
def open_workbook(data: bytes) -> Iterator[tuple[list[WorkbookSheet], IO[bytes]]]:
    """Open a workbook: its visible sheets, and a copy of its file without cells that hold only a style.

    Raises `UnreadableError` when it is damaged, a bomb, or larger than a workbook can be.
    """
    archive = Archive(data)
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as copied:
        _copy(archive, copied)
        copied.seek(0)
        book = _loaded(copied)
        try:
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            yield [WorkbookSheet(sheet.title, sheet) for sheet in sheets], copied
        finally:
            book.close()


def _loaded(copied: IO[bytes]) -> Any:
    import warnings

    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(copied, read_only=True, data_only=True, keep_links=False)
    except Exception as error:  # openpyxl raises whatever the broken part makes it raise
        raise _damaged() from error


def _copy(archive: Archive, target: IO[bytes]) -> None:
    with zipfile.ZipFile(target, "w") as copy:
        taken: set[str] = set()
        for member in archive.members:
            name = member.filename
            if name in taken or not name.lower().endswith((".xml", ".rels")):
                continue
            taken.add(name)
            with copy.open(zipfile.ZipInfo(name), "w", force_zip64=True) as part:
                for piece in _light(archive.pieces(member), name):
                    part.write(piece)


def _light(pieces: Iterator[bytes], name: str) -> Iterator[bytes]:
    """Yield an XML part without its blank cells and rows; raise `UnreadableError` where it is too much."""
    counted = _Counted(name)
    rest = b""
    for number, piece in enumerate(pieces):
        if number == 0:
            _check_encoding(piece)
        text = rest + piece
        refuse_doctype(text)
        # No tag is cut in two; a cell that is, is merely not taken out.
        cut = max(text.rfind(b"<"), 0)
        cut = cut if len(text) - cut < _LONGEST_TAG else len(text)
        done, rest = text[:cut], text[cut:]
        yield counted.add(_BLANK_ROW.sub(b"", _BLANK_CELL.sub(b"", done)))
    yield counted.add(rest)


def _check_encoding(beginning: bytes) -> None:
    """Raise `UnreadableError` unless a part is in UTF-8, as programs write it."""
    stated = _ENCODING.match(beginning.removeprefix(b"\xef\xbb\xbf"))
    named = stated[1].lower() if stated else b"utf-8"
    plain = beginning.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"<", b"")
    if b"\0" in beginning[:4] or not plain or named not in (b"utf-8", b"us-ascii", b"ascii"):
        raise UnreadableError("a part of the workbook is not in UTF-8.", advice=_ADVICE)


class _Counted:
    """Counts what a part holds, and refuses what no sheet of Excel holds."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.size = self.tags = self.cells = self.in_row = self.strings = 0

    def add(self, text: bytes) -> bytes:
        """Count a piece and return it."""
        self.size += len(text)
        self.tags += text.count(b"<")
        self.strings += len(_STRING.findall(text))
        for row in _OPENED.findall(text):
            if row:
                self.in_row = 0
            else:
                self.cells += 1
                self.in_row += 1
                if self.in_row > WIDEST:
                    raise UnreadableError("a row has more cells than a sheet has columns.", advice=_ADVICE)
        plain = not self.cells and not self.strings
        if (
            # Merged cells, links, rules: openpyxl makes an object of each.
            (self.cells and self.tags > _MOST_TAGS_ELSE + _TAGS_A_CELL * self.cells)
            or self.cells > _MOST_TAGS
            or self.strings > MOST_STRINGS
            or (plain and (self.size > _MOST_ELSE or self.tags > _MOST_TAGS_ELSE))
        ):
            raise UnreadableError(f"{self.name} in it is larger than is safe to read.", advice=_ADVICE)
        return text
