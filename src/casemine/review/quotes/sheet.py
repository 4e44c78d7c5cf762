"""Builds the sheet of quotations: a row a coding, or for a blind coder a row a sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from casemine.document import Document, sentences
from casemine.errors import UsageError
from casemine.review.decision_words import ADD, CODE, QUOTE_DECISION_WORDS
from casemine.review.form import mark
from casemine.review.form_file import write_form
from casemine.review.plan import BY_HAND, DECIDED, UNSEEN, CarryOver, Cells, SheetPlan, sampled
from casemine.review.quotation import same_words
from casemine.review.quotes.check import resolved
from casemine.review.quotes.columns import CODE_JOIN, QuoteKey, QuoteState, columns
from casemine.review.quotes.decisions import QuoteDecisions
from casemine.review.quotes.read import QuoteRow, QuoteSheet, is_blind
from casemine.terms import MODEL

_OPEN = ("decision", "new_code", "note")
_NAMED = ("codebook", "doc_id", "start", "end", "code", "keyword")


def quote_file_name(plan: SheetPlan) -> str:
    """Return review-quotes.xlsx, or review-quotes-NAME.xlsx for any coder but the main one."""
    return plan.file_name.replace("review", "review-quotes", 1)


def build_quote_sheet(
    codings: pd.DataFrame,
    decisions: QuoteDecisions,
    documents: Sequence[Document],
    codebook: str,
    plan: SheetPlan,
    *,
    earlier: Sequence[QuoteSheet] = (),
) -> pd.DataFrame:
    """Return the sheet of a codebook's quotations, columns by machine name.

    `codings` is the table `schema.CODINGS` of what the program found. What was dropped or recoded keeps its
    row, what a person added has one. Of a blind coder's sheet a row is a sentence. `earlier` are the
    sheets this one takes the place of: what was typed there and not applied yet stands in the new one.
    """
    rows = _listed(codings, decisions, codebook, plan)
    if plan.blind:
        rows = list({_place(row): {**row, "code": "", "keyword": ""} for row in rows}.values())
    rows = sampled(rows, plan, ("doc_id", "start", "end", "code", "keyword"))
    around = _Contexts(documents)
    shown = [_shown(row, decisions, plan, around) for row in rows]
    for sheet in earlier:
        if is_blind(sheet) != plan.blind:
            advice = "Give another file with -o."
            raise UsageError("this sheet is of another kind.", place=sheet.place, advice=advice)
    extra = _carry_over(plan, decisions).into(shown, earlier, plan)
    names = [*(column.name for column in columns(blind=plan.blind)), *extra]
    return pd.DataFrame(shown, columns=names, dtype=object)


def _place(row: Cells) -> tuple[str, int, int]:
    return row["doc_id"], int(row["start"]), int(row["end"])


def _listed(codings: pd.DataFrame, decisions: QuoteDecisions, codebook: str, plan: SheetPlan) -> list[Cells]:
    rows: dict[QuoteKey, Cells] = {}
    for row in codings.to_dict("records"):
        cells = {str(name): value for name, value in row.items()} | {"codebook": codebook}
        rows[QuoteKey("", *(cells[name] for name in _NAMED))] = cells
    for key, state in decisions.items():
        if key.codebook == codebook and key.coder == plan.coder and key.code and not plan.blind:
            cells = {**key._asdict(), "quote": state.quote, "method": "", "score": ""}
            rows.setdefault(key._replace(coder=""), cells)
    if not plan.blind:
        _add_suggestions(rows, decisions, codebook)
    ordered = sorted(rows, key=lambda key: (key.doc_id, key.start, key.end, key.code, key.keyword))
    return [rows[key] for key in ordered]


def _add_suggestions(rows: dict[QuoteKey, Cells], decisions: QuoteDecisions, codebook: str) -> None:
    """Add what language models suggest and nobody coded so far; 新增 takes it over."""
    given = {(key.doc_id, key.start, key.end, key.code) for key in rows}
    for key, state in decisions.items():
        if key.codebook != codebook or not key.coder.startswith(MODEL) or state.decision != CODE:
            continue
        for code in state.new_code.split(CODE_JOIN):
            if (key.doc_id, key.start, key.end, code) not in given:
                named = key._replace(coder="", code=code)
                cells = {**named._asdict(), "quote": state.quote, "method": key.coder, "score": ""}
                rows.setdefault(named, cells)


def _shown(row: Cells, decisions: QuoteDecisions, plan: SheetPlan, around: _Contexts) -> Cells:
    key = QuoteKey(plan.coder, *(row[name] for name in _NAMED))
    now = QuoteState() if plan.blind else decisions.get(key, QuoteState())
    status = BY_HAND if now.decision == ADD else DECIDED if now.decision else UNSEEN
    cells = {name: row.get(name, "") for name in (*_NAMED, "quote", "method", "score")}
    cells["score"] = cells["score"] if cells["method"] else ""  # of what is decided away nothing is known
    cells |= {"context": around.of(*_place(row)), "status": status, "coder": plan.coder}
    return cells | {"check": mark(now.marked), **now.cells}


class _Contexts:
    """Gives a sentence with the one before and the one after."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._texts = {document.doc_id: document.counted for document in documents}
        self._spans: dict[str, list[tuple[int, int]]] = {}

    def of(self, doc_id: str, start: int, end: int) -> str:
        text = self._texts.get(doc_id, "")
        spans = self._spans.setdefault(doc_id, list(sentences(text)))
        if not spans:
            return ""
        first = max(0, bisect_right(spans, (start, end)) - 2)
        after = [after for _, after in spans if after > end][:1]
        return text[min(spans[first][0], start) : max([end, *after])]


def _carry_over(plan: SheetPlan, decisions: QuoteDecisions) -> CarryOver[QuoteKey, QuoteState]:
    def pending(line: QuoteRow, key: QuoteKey) -> bool:
        now = decisions.get(key, QuoteState())
        state = resolved(line, now, blind=plan.blind)
        return state._replace(quote="") != now._replace(quote="") and not _applied(key, state, decisions)

    def bare(line: QuoteRow, key: QuoteKey) -> Cells:
        blank = dict.fromkeys((column.name for column in columns(blind=plan.blind)), "")
        span = {"start": "", "end": ""} if key.start < 0 else {}
        now = decisions.get(key, QuoteState())
        return blank | key._asdict() | span | {"quote": line.state.quote, "check": mark(now.marked)}

    def typed(line: QuoteRow) -> Cells:
        decision = QUOTE_DECISION_WORDS.get(line.state.decision, line.state.decision)
        return {"decision": decision, "new_code": line.state.new_code, "note": line.state.note}

    return CarryOver(
        key_of=lambda row: QuoteKey(plan.coder, *(row[name] for name in _NAMED)),
        pending=pending,
        bare=bare,
        typed=typed,
    )


def _applied(key: QuoteKey, state: QuoteState, decisions: QuoteDecisions) -> bool:
    """Whether an added row of an earlier sheet is among the decisions: the sheet did not know its place."""
    return key.start < 0 and any(
        known.decision == ADD
        and at.coder == key.coder
        and (at.doc_id, known.new_code) == (key.doc_id, state.new_code)
        and same_words(known.quote, state.quote)
        for at, known in decisions.items()
    )


def write_quote_sheet(
    sheet: pd.DataFrame, path: Path, plan: SheetPlan, *, codes: Sequence[str], csv: bool = False
) -> list[Path]:
    """Write a sheet of `build_quote_sheet` as xlsx, and as CSV beside it when asked; return the files."""
    return write_form(
        sheet,
        path,
        columns(blind=plan.blind),
        open_columns=_OPEN[1:] if plan.blind else _OPEN,
        choices={"decision": list(QUOTE_DECISION_WORDS.values()), "new_code": list(codes)},
        hidden=["check"],
        csv=csv,
    )
