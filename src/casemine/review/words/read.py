"""Reads a filled sheet of keywords back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from casemine.review.decision_words import ACCEPT, DECISION_WORDS, KEEP, MERGE, OUT, UNDO, decision_meant
from casemine.review.form import CHECK, FilledSheet, FormLine, SheetError, SheetRow
from casemine.review.form_file import read_filled
from casemine.review.words.columns import CELLS, FORM, GROUP_MARK, WordKey, WordState
from casemine.terms import CORPUS

WordRow = SheetRow[WordKey, WordState]
WordSheet = FilledSheet[WordKey, WordState]

# What one decision may say of a whole group.
_OF_GROUP = (KEEP, *OUT, ACCEPT, UNDO)


def read_sheet(path: Path) -> WordSheet:
    """Read a sheet of keywords, as xlsx or as CSV in whatever encoding Excel saved it.

    A row that takes the program's suggestion says what that is; the one decision of a group stands in every
    row of it that is blank. Raises `SheetError` when the file cannot be read, has no header with 词语 and
    决定, or decides for a group what cannot be decided for many words at once.
    """
    suggested: dict[int, WordState] = {}
    groups: dict[int, str] = {}

    def as_row(line: FormLine) -> WordRow | None:
        suggested[line.number] = _suggested(line)
        groups[line.number] = line.cells["group"]
        return _row(line)

    sheet = read_filled(path, FORM, as_row)
    decided = {groups[row.number]: row for row in sheet.rows if row.key.word.startswith(GROUP_MARK)}
    _check_groups(sheet, decided)
    rows = [
        accepted(_of_group(row, groups[row.number], decided), suggested[row.number])
        for row in sheet.rows
        if not row.key.word.startswith(GROUP_MARK)
    ]
    return replace(sheet, rows=tuple(rows))


def _check_groups(sheet: WordSheet, decided: Mapping[str, WordRow]) -> None:
    shown = ", ".join(DECISION_WORDS[name] for name in _OF_GROUP)
    problems = [
        sheet.problem(row.number, "decision", f"a whole group takes one of {shown}.")
        for row in decided.values()
        if row.state.decision and row.state.decision not in _OF_GROUP
    ]
    if problems:
        raise SheetError.of(problems, sheet.place)


def _of_group(row: WordRow, group: str, decided: Mapping[str, WordRow]) -> WordRow:
    """Return a blank row with the decision of its group, where there is one."""
    if any(row.state) or not group or group not in decided or not decided[group].state.decision:
        return row
    state = WordState(decision=decided[group].state.decision, note=decided[group].state.note)
    return replace(row, state=state, group=group)


def accepted(row: WordRow, suggested: WordState) -> WordRow:
    """Return a row that takes the suggestion with what is suggested there; what a person typed stays."""
    if row.state.decision != ACCEPT or not suggested.decision:
        return row
    if suggested.decision != MERGE:
        suggested = suggested._replace(standard="")
    if suggested.decision in OUT:
        suggested = suggested._replace(code="")
    if row.group:  # nobody looked at the codes of a whole group
        suggested = suggested._replace(code="")
    typed = row.state._replace(decision="")
    state = WordState(*(cell or was for cell, was in zip(typed, suggested, strict=True)))
    return replace(row, state=state)


def _suggested(line: FormLine) -> WordState:
    cells = line.cells
    decision = decision_meant(cells["suggestion"])
    return WordState(decision, cells["suggested_standard"], cells["suggested_code"])


def _row(line: FormLine) -> WordRow | None:
    cells = line.cells
    state = WordState(*(cells[column.name] for column in CELLS))
    state = state._replace(decision=decision_meant(state.decision))
    if not (cells["word"] or any(state) or line.extra):
        return None
    doc_id = CORPUS if cells["doc_id"] in ("", "＊") else cells["doc_id"]
    key = WordKey(cells["coder"], doc_id, cells["word"])
    return SheetRow(line.number, key, cells[CHECK.name], state, line.extra)
