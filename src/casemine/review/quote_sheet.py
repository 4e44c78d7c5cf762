"""Builds the sheet of quotations: a row a coding, or for a blind coder a row a sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from casemine.document import Document, sentences
from casemine.errors import UsageError
from casemine.review.columns import ADD, QUOTE_DECISION_WORDS, mark
from casemine.review.quote_columns import QuoteDecisions, QuoteKey, QuoteState, columns
from casemine.review.quote_read import QuoteRow, QuoteSheet, resolved
from casemine.review.sheet import BY_HAND, DECIDED, PENDING, UNSEEN, Plan, sampled, write_form

_OPEN = ("decision", "new_code", "note")
_NAMED = ("codebook", "doc_id", "start", "end", "code", "keyword")

_Row = dict[str, Any]


def quote_file_name(plan: Plan) -> str:
    """Return review-quotes.xlsx, or review-quotes-NAME.xlsx for any coder but the main one."""
    return plan.file_name.replace("review", "review-quotes", 1)


def build_quote_sheet(
    found: pd.DataFrame,
    decisions: QuoteDecisions,
    documents: Sequence[Document],
    codebook: str,
    plan: Plan,
    *,
    earlier: Sequence[QuoteSheet] = (),
) -> pd.DataFrame:
    """Return the sheet of a codebook's quotations, columns by machine name.

    `found` is the table `schema.CODINGS` of what the program found. What was dropped or recoded keeps its
    row, what a person added has one. Of a blind coder's sheet a row is a sentence. `earlier` are the
    sheets this one takes the place of: what was typed there and not applied yet stands in the new one.
    """
    rows = _listed(found, decisions, codebook, plan)
    if plan.blind:
        rows = list({_place(row): {**row, "code": "", "keyword": ""} for row in rows}.values())
    rows = sampled(rows, plan.sample, plan.seed, ("doc_id", "start", "end", "code", "keyword"))
    around = _Contexts(documents)
    shown = [_shown(row, decisions, plan, around) for row in rows]
    extra = _take_over(shown, earlier, plan, decisions)
    names = [*(column.name for column in columns(blind=plan.blind)), *extra]
    return pd.DataFrame(shown, columns=names, dtype=object)


def _place(row: _Row) -> tuple[str, int, int]:
    return row["doc_id"], int(row["start"]), int(row["end"])


def _listed(found: pd.DataFrame, decisions: QuoteDecisions, codebook: str, plan: Plan) -> list[_Row]:
    rows: dict[QuoteKey, _Row] = {}
    for row in found.to_dict("records"):
        made = {str(name): value for name, value in row.items()} | {"codebook": codebook}
        rows[QuoteKey("", *(made[name] for name in _NAMED))] = made
    for key, state in decisions.items():
        if key.codebook == codebook and key.coder == plan.coder and key.code and not plan.blind:
            made = {**key._asdict(), "quote": state.quote, "method": "", "score": ""}
            rows.setdefault(key._replace(coder=""), made)
    ordered = sorted(rows, key=lambda key: (key.doc_id, key.start, key.end, key.code, key.keyword))
    return [rows[key] for key in ordered]


def _shown(row: _Row, decisions: QuoteDecisions, plan: Plan, around: _Contexts) -> _Row:
    key = QuoteKey(plan.coder, *(row[name] for name in _NAMED))
    now = QuoteState() if plan.blind else decisions.get(key, QuoteState())
    status = BY_HAND if now.decision == ADD else DECIDED if now.decision else UNSEEN
    made = {name: row.get(name, "") for name in (*_NAMED, "quote", "method", "score")}
    made["score"] = made["score"] if made["method"] else ""  # of what is decided away nothing is known
    made |= {"context": around.of(*_place(row)), "status": status, "coder": plan.coder}
    return made | {"check": mark(now.marked), **now.cells}


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


def _take_over(
    rows: list[_Row], earlier: Sequence[QuoteSheet], plan: Plan, decisions: QuoteDecisions
) -> list[str]:
    """Put into `rows` what was typed into earlier sheets and not applied; return their foreign headers."""
    places = {QuoteKey(plan.coder, *(row[name] for name in _NAMED)): row for row in rows}
    extra: dict[str, None] = {}
    for sheet in earlier:
        others = sorted({row.key.coder for row in sheet.rows if row.key.coder} - {plan.coder})
        if others or sheet.blind != plan.blind:
            cause = f"this sheet is of {', '.join(others)}." if others else "this sheet is of another kind."
            raise UsageError(cause, place=sheet.place, advice="Give another file with -o.")
        for line in sheet.rows:
            extra |= dict.fromkeys(line.extra)
            _take_line(rows, places, line, plan, decisions)
    return list(extra)


def _take_line(
    rows: list[_Row], places: Mapping[QuoteKey, _Row], line: QuoteRow, plan: Plan, decisions: QuoteDecisions
) -> None:
    key = line.key._replace(coder=plan.coder)
    now = decisions.get(key, QuoteState())
    state = resolved(line, now, blind=plan.blind)
    row = places.get(key)
    if row is not None:
        row.update(line.extra)
    if state._replace(quote="") == now._replace(quote="") or _applied(line, key, state, decisions):
        return
    if row is None:
        blank = dict.fromkeys((column.name for column in columns(blind=plan.blind)), "")
        span = {"start": "", "end": ""} if key.start < 0 else {}
        row = (
            blank
            | key._asdict()
            | span
            | {"quote": line.state.quote, "check": mark(now.marked), **line.extra}
        )
        rows.append(row)
    row.update({**line.state._asdict(), "quote": row["quote"], "status": PENDING})
    row["decision"] = QUOTE_DECISION_WORDS.get(line.state.decision, line.state.decision)


def _applied(line: QuoteRow, key: QuoteKey, state: QuoteState, decisions: QuoteDecisions) -> bool:
    """Whether an added row of an earlier sheet is among the decisions: the sheet did not know its place."""
    return key.start < 0 and any(
        known.decision == ADD
        and at.coder == key.coder
        and (at.doc_id, known.quote, known.new_code) == (key.doc_id, state.quote, state.new_code)
        for at, known in decisions.items()
    )


def write_quote_sheet(
    sheet: pd.DataFrame, path: Path, plan: Plan, *, codes: Sequence[str], csv: bool = False
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
