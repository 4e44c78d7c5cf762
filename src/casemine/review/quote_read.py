"""Reads a filled sheet of quotations back and checks every row, all that is wrong named together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from casemine.document import Document
from casemine.review.check import did_you_mean
from casemine.review.columns import (
    ADD,
    CHECK,
    CODE,
    NONE,
    QUOTE_DECISION_WORDS,
    RECODE,
    UNDO,
    decision_meant,
    mark,
)
from casemine.review.quote_columns import (
    CODE_JOIN,
    NEW_CODE,
    NO_CODE,
    QUOTE,
    QuoteDecisions,
    QuoteKey,
    QuoteState,
    columns,
)
from casemine.review.read import Form, Line, Problem, SheetError, is_sheet, read_lines
from casemine.terms import RESEARCHER

_COLUMNS = tuple({column.name: column for column in columns(blind=False)}.values())
_READ = tuple(column for column in _COLUMNS if column.name not in ("status", "context", "method", "score"))
FORM = Form(_COLUMNS, _READ, (QUOTE, NEW_CODE))
_BETWEEN = re.compile("[；;，,、\n]+")

# Codebook -> each name and alias in it -> the open code it means, or "" where it is a category.
Codes = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class QuoteRow:
    """A row of a sheet of quotations: which one, and what was decided; start is -1 for a new one."""

    number: int
    key: QuoteKey
    mark: str
    state: QuoteState
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class QuoteSheet:
    """A sheet of quotations read back; a blind one has no column for decisions."""

    place: str
    rows: tuple[QuoteRow, ...]
    letters: Mapping[str, str]

    @property
    def blind(self) -> bool:
        """Whether it was written for a blind coder."""
        return "decision" not in self.letters

    def problem(self, row: int, column: str, cause: str) -> Problem:
        """Say what is wrong with a cell; `column` is a machine name."""
        header = next(known.header for known in _COLUMNS if known.name == column)
        return Problem(row, self.letters.get(column, ""), header, cause)


@dataclass(frozen=True)
class QuotesTaken:
    """A sheet taken over: every coder's decisions about quotations with it, and what to know of it."""

    coder: str
    decisions: dict[QuoteKey, QuoteState]
    undecided: int
    codebooks: tuple[str, ...]
    notes: tuple[str, ...] = ()


def is_quote_sheet(path: Path) -> bool:
    """Whether a file is a sheet of quotations."""
    return is_sheet(path, FORM)


def read_quote_sheet(path: Path) -> QuoteSheet:
    """Read a sheet of quotations. Raises `SheetError` when it cannot be read or is no such sheet."""
    lines, letters = read_lines(path, FORM)
    sheet = QuoteSheet(str(path), (), letters)
    problems: list[Problem] = []
    rows = [_row(line, sheet, problems) for line in lines]
    if problems:
        raise SheetError.of(problems, str(path))
    return QuoteSheet(str(path), tuple(row for row in rows if row), letters)


def _row(line: Line, sheet: QuoteSheet, problems: list[Problem]) -> QuoteRow | None:
    cells = line.cells
    spans: list[int] = []
    for name in ("start", "end"):
        text = cells[name]
        if text and not text.isdecimal():
            problems.append(sheet.problem(line.number, name, f"{text!r} is no place in a text."))
        spans.append(int(text) if text.isdecimal() else -1)
    state = QuoteState(decision_meant(cells["decision"]), cells["new_code"], cells["quote"], cells["note"])
    if not (any(state) or line.extra):
        return None
    key = QuoteKey(
        cells["coder"],
        cells["codebook"],
        cells["doc_id"],
        spans[0],
        spans[1],
        cells["code"],
        cells["keyword"],
    )
    return QuoteRow(line.number, key, cells[CHECK.name], state, line.extra)


def resolved(row: QuoteRow, now: QuoteState, *, blind: bool) -> QuoteState:
    """Return the state a row leads to, `now` being the one decided so far.

    An untouched row and a blank one keep `now`. A code alone means recode, or add in a new row; in the
    sheet of a blind coder it is their coding.
    """
    state = row.state
    if row.mark == mark(state.marked) or row.mark == mark(_as_read(state, blind=blind).marked):
        return now
    if not (state.decision or state.new_code or state.note):
        return now
    if state.decision == UNDO or state.new_code == QUOTE_DECISION_WORDS[UNDO]:
        return QuoteState()
    state = _as_read(state, blind=blind)
    if not blind and not state.decision and state.new_code:
        state = state._replace(decision=RECODE if row.key.start >= 0 else ADD)
    if not state.decision and now.decision:
        state = state._replace(decision=now.decision, new_code=state.new_code or now.new_code)
    return state


def _as_read(state: QuoteState, *, blind: bool) -> QuoteState:
    if not blind or not state.new_code:
        return state
    if state.new_code == NO_CODE:
        return state._replace(decision=NONE, new_code="")
    return state._replace(decision=CODE, new_code=CODE_JOIN.join(_codes_in(state.new_code)))


def _codes_in(text: str) -> list[str]:
    return list(dict.fromkeys(part.strip() for part in _BETWEEN.split(text) if part.strip()))


def take_quotes(
    sheet: QuoteSheet,
    decisions: QuoteDecisions,
    documents: Sequence[Document],
    codes: Codes,
    *,
    coder: str = "",
) -> QuotesTaken:
    """Return the decisions about quotations of a study with those of `sheet`.

    Raises `SheetError` that names every row that is wrong.
    """
    named = dict.fromkeys(row.key.coder for row in sheet.rows if row.key.coder)
    who = coder or next(iter(named), RESEARCHER)
    checked = _Checked(sheet, {document.doc_id: document.text for document in documents}, codes, who)
    held = dict(decisions)
    problems: list[Problem] = []
    notes: list[str] = []
    first: dict[QuoteKey, tuple[int, QuoteState]] = {}
    undecided = 0
    for row in sheet.rows:
        key = checked.key(row)
        now = decisions.get(key, QuoteState())
        state = resolved(row, now, blind=sheet.blind)
        if coder and row.key.coder not in ("", coder):
            problems.append(
                sheet.problem(row.number, "coder", f"the row is of {row.key.coder}, not of {coder}.")
            )
        if state == now or state._replace(quote=now.quote) == now:
            undecided += not now.decision
            continue
        if not any(state):
            held.pop(key, None)
            continue
        found = list(checked.problems(row, key, state))
        problems += found
        if found:
            continue
        placed, settled = checked.settled(key, state, notes, row.number)
        earlier = first.setdefault(placed, (row.number, settled))
        if earlier[1] != settled:
            problems.append(
                sheet.problem(
                    row.number, "quote", f"this quotation is decided otherwise in row {earlier[0]}."
                )
            )
        if placed != key:  # an added quotation that gets another code
            held.pop(key, None)
        held[placed] = settled
    if problems:
        raise SheetError.of(dict.fromkeys(problems), sheet.place)
    books = dict.fromkeys([*(key.codebook for key in held), *(row.key.codebook for row in sheet.rows)])
    return QuotesTaken(who, held, undecided, tuple(name for name in books if name in codes), tuple(notes))


@dataclass(frozen=True)
class _Checked:
    """What rows are checked against, and how they are named."""

    sheet: QuoteSheet
    texts: Mapping[str, str]
    codes: Codes
    coder: str

    def key(self, row: QuoteRow) -> QuoteKey:
        """The key of a row, with coder and codebook where its cells are blank."""
        named = (one.key.codebook for one in self.sheet.rows if one.key.codebook)
        book = row.key.codebook or next(named, next(iter(self.codes), ""))
        return row.key._replace(coder=row.key.coder or self.coder, codebook=book)

    def problems(self, row: QuoteRow, key: QuoteKey, state: QuoteState) -> Iterator[Problem]:
        """Yield what is wrong with a row that changes something."""
        for column, cause in (*self._of_place(key, state), *self._of_decision(key, state)):
            yield self.sheet.problem(row.number, column, cause)

    def _of_place(self, key: QuoteKey, state: QuoteState) -> Iterator[tuple[str, str]]:
        if key.codebook not in self.codes:
            known = ", ".join(self.codes)
            yield (
                "codebook",
                f"the study was not coded with {key.codebook or 'any codebook'}; known: {known}.",
            )
        if not state.quote:
            yield "quote", "the quotation is missing."
        if not key.doc_id:
            yield "doc_id", "the document is missing."
        elif key.doc_id not in self.texts:
            meant = did_you_mean(key.doc_id, self.texts)
            yield "doc_id", f"no document of this study is called {key.doc_id}.{meant}"
        elif state.quote and key.start < 0 and state.quote not in self.texts[key.doc_id]:
            yield "quote", f"the quotation does not stand in the text of {key.doc_id}, word for word."
        elif state.quote and key.start >= 0 and not _same(self.texts[key.doc_id][key.start : key.end], state):
            yield (
                "quote",
                "is not what stands at this place of the text; leave the quotation as it was, and write "
                f"another one as {QUOTE_DECISION_WORDS[ADD]} in a row of its own.",
            )

    def _of_decision(self, key: QuoteKey, state: QuoteState) -> Iterator[tuple[str, str]]:
        words = ", ".join(QUOTE_DECISION_WORDS.values())
        blind = (CODE, NONE) if self.sheet.blind else ()
        if state.decision not in (*QUOTE_DECISION_WORDS, *blind):
            cause = f"{state.decision!r} is no decision" if state.decision else "the decision is missing"
            yield ("new_code" if self.sheet.blind else "decision"), f"{cause}; write one of {words}."
        needs = state.decision in (RECODE, ADD)
        if needs and not (state.new_code or (state.decision == ADD and key.code)):
            yield "new_code", f"{QUOTE_DECISION_WORDS[state.decision]} needs a code: which one?"
        if not needs and state.decision != CODE and state.new_code:
            yield "new_code", f"a new code goes with {QUOTE_DECISION_WORDS[RECODE]}."
        if state.decision != ADD and key.start < 0:
            yield "decision", f"a quotation that the sheet did not have is {QUOTE_DECISION_WORDS[ADD]}."
        if state.decision == ADD and key.start >= 0 and not key.code:
            yield "decision", "the quotation is in the sheet already."
        known = self.codes.get(key.codebook, {})
        wanted = _codes_in(state.new_code) if state.decision == CODE else [state.new_code]
        for code in (code for code in wanted if (code and needs) or state.decision == CODE):
            if code not in known:
                yield (
                    "new_code",
                    f"the codebook {key.codebook} has no code {code}.{did_you_mean(code, known)}",
                )
            elif not known[code]:
                yield "new_code", f"{code} is a category of the codebook; quotations take open codes."
            elif state.decision == RECODE and known[code] == key.code:
                yield "new_code", f"that is the code it has; write {QUOTE_DECISION_WORDS['keep']}."

    def settled(
        self, key: QuoteKey, state: QuoteState, notes: list[str], number: int
    ) -> tuple[QuoteKey, QuoteState]:
        """Return key and state as they are kept: codes by their names, an added quotation in its place."""
        known = self.codes[key.codebook]
        if state.decision == CODE:
            names = dict.fromkeys(known[code] for code in _codes_in(state.new_code))
            state = state._replace(new_code=CODE_JOIN.join(names))
        elif state.new_code or state.decision == ADD:
            state = state._replace(new_code=known.get(state.new_code or key.code, key.code))
        if state.decision == ADD:
            if key.start < 0:
                text = self.texts[key.doc_id]
                start = text.index(state.quote)
                if text.count(state.quote) > 1:
                    notes.append(
                        f"row {number}: the quotation stands there more than once; the first is taken."
                    )
                key = key._replace(start=start, end=start + len(state.quote))
            key = key._replace(code=state.new_code)
        return key, state._replace(quote=self.texts[key.doc_id][key.start : key.end])


def _same(text: str, state: QuoteState) -> bool:
    """Whether a cell holds a text, whatever the cell made of its white space and control characters."""
    return "".join(text.split()) == "".join(state.quote.split())
