"""Reads a filled sheet of keywords back."""

from __future__ import annotations

from pathlib import Path

from casemine.review.decision_words import decision_meant
from casemine.review.form import CHECK, FilledSheet, FormLine, SheetRow
from casemine.review.form_file import read_filled
from casemine.review.words.columns import CELLS, FORM, WordKey, WordState
from casemine.terms import CORPUS

WordRow = SheetRow[WordKey, WordState]
WordSheet = FilledSheet[WordKey, WordState]


def read_sheet(path: Path) -> WordSheet:
    """Read a sheet of keywords, as xlsx or as CSV in whatever encoding Excel saved it.

    Raises `SheetError` when the file cannot be read, or has no header with 词语 and 决定.
    """
    return read_filled(path, FORM, _row)


def _row(line: FormLine) -> WordRow | None:
    cells = line.cells
    state = WordState(*(cells[column.name] for column in CELLS))
    state = state._replace(decision=decision_meant(state.decision))
    if not (cells["word"] or any(state) or line.extra):
        return None
    doc_id = CORPUS if cells["doc_id"] in ("", "＊") else cells["doc_id"]
    key = WordKey(cells["coder"], doc_id, cells["word"])
    return SheetRow(line.number, key, cells[CHECK.name], state, line.extra)
