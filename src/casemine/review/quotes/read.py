"""Reads a filled sheet of quotations back."""

from __future__ import annotations

from pathlib import Path

from casemine.review.decision_words import decision_meant
from casemine.review.form import CHECK, FilledSheet, FormLine, SheetError, SheetRow
from casemine.review.form_file import is_sheet, read_filled
from casemine.review.quotes.columns import FORM, QuoteKey, QuoteState

QuoteRow = SheetRow[QuoteKey, QuoteState]
QuoteSheet = FilledSheet[QuoteKey, QuoteState]


def is_quote_sheet(path: Path) -> bool:
    """Whether a file is a sheet of quotations."""
    return is_sheet(path, FORM)


def is_blind(sheet: QuoteSheet) -> bool:
    """Whether a sheet was written for a blind coder: it has no column for decisions."""
    return "decision" not in sheet.letters


def read_quote_sheet(path: Path) -> QuoteSheet:
    """Read a sheet of quotations, as xlsx or as CSV in whatever encoding Excel saved it.

    A row that the sheet did not have when it was written has -1 for start and end. Raises `SheetError`
    when the file cannot be read or is no such sheet, and where a place is no number.
    """
    wrong: list[tuple[int, str, str]] = []
    sheet = read_filled(path, FORM, lambda line: _row(line, wrong))
    if wrong:
        raise SheetError.of((sheet.problem(*cell) for cell in wrong), sheet.place)
    return sheet


def _row(line: FormLine, wrong: list[tuple[int, str, str]]) -> QuoteRow | None:
    cells = line.cells
    places: dict[str, int] = {}
    for name in ("start", "end"):
        text = cells[name]
        if text and not text.isdecimal():
            wrong.append((line.number, name, f"{text!r} is no place in a text."))
        places[name] = int(text) if text.isdecimal() else -1
    state = QuoteState(decision_meant(cells["decision"]), cells["new_code"], cells["quote"], cells["note"])
    if not (any(state) or line.extra):
        return None
    whose, about = (cells["coder"], cells["codebook"], cells["doc_id"]), (cells["code"], cells["keyword"])
    key = QuoteKey(*whose, places["start"], places["end"], *about)
    return SheetRow(line.number, key, cells[CHECK.name], state, line.extra)
