"""Builds the sheet of keywords: a row a candidate, what is known of it, what was decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from casemine.document import Document
from casemine.review.decision_words import ADD, DECISION_WORDS
from casemine.review.form import mark
from casemine.review.form_file import write_form
from casemine.review.plan import (
    BY_HAND,
    DECIDED,
    GONE,
    UNFOUNDED,
    UNSEEN,
    CarryOver,
    Cells,
    SheetPlan,
    sampled,
)
from casemine.review.words.apply import no_evidence
from casemine.review.words.check import resolved
from casemine.review.words.columns import CELLS, INFORMATION, UNDECIDED, WordKey, WordState, columns
from casemine.review.words.decisions import WordDecisions, as_states
from casemine.review.words.read import WordRow, WordSheet
from casemine.review.words.suggest import Suggestion, as_suggestions
from casemine.terms import CORPUS

_INFORMED = [column.name for column in INFORMATION]


def candidates(keywords: pd.DataFrame, frequency: pd.DataFrame, *, by_document: bool = False) -> list[Cells]:
    """Return the rows of the candidates, without decisions: one a keyword, or one a document and keyword."""
    counts = {row["keyword"]: row for row in frequency.to_dict("records")}
    rows = keywords.to_dict("records")
    if not by_document:
        heaviest: dict[str, Any] = {}
        for row in sorted(rows, key=lambda row: (-row["weight"], row["doc_id"])):
            heaviest.setdefault(row["word"], row)
        rows = [heaviest[word] for word in counts if word in heaviest]
    listed = []
    for row in rows:
        count = counts.get(row["word"], {"documents": 0, "containing": 0, "occurrences": 0})
        listed.append(
            {
                "doc_id": row["doc_id"] if by_document else CORPUS,
                "word": row["word"],
                "pos": row["pos"],
                "weight": row["weight"],
                "documents": count["documents"],
                "containing": count["containing"],
                "occurrences": row["frequency"] if by_document else count["occurrences"],
                "context": row["context"],
                "context_doc": row["doc_id"],
            }
        )
    return listed


def build_sheet(
    keywords: pd.DataFrame,
    frequency: pd.DataFrame,
    decisions: pd.DataFrame,
    documents: Sequence[Document],
    plan: SheetPlan | None = None,
    *,
    suggestions: pd.DataFrame | None = None,
    earlier: Sequence[WordSheet] = (),
) -> pd.DataFrame:
    """Return the sheet, columns by machine name: candidates first, then what else was decided or typed.

    `suggestions` (word, suggestion, standard, code, reason) come from `suggest` or a later stage.
    `earlier` are the sheets this one takes the place of: what was typed there and not applied yet
    stands in the new one, and so do columns that a person added. Raises `UsageError` when one is
    another coder's.
    """
    plan = plan or SheetPlan()
    states = {key: state for key, state in as_states(decisions).items() if key.coder == plan.coder}
    rows = sampled(candidates(keywords, frequency, by_document=plan.by_document), plan, ("doc_id", "word"))
    if not plan.blind and plan.sample == 1:
        listed = {(row["doc_id"], row["word"]) for row in rows}
        rows += [
            {"doc_id": key.doc_id, "word": key.word} for key in states if (key.doc_id, key.word) not in listed
        ]
    advised = as_suggestions(suggestions) if suggestions is not None and not plan.blind else {}
    statuses = _Statuses(keywords, states, documents)
    filled = [_filled(row, plan, states, statuses, advised) for row in rows]
    extra = _carry_over(plan, states).into(filled, earlier, plan)
    names = [*(column.name for column in columns(blind=plan.blind)), *extra]
    return pd.DataFrame(filled, columns=names, dtype=object)


def _filled(
    row: Cells,
    plan: SheetPlan,
    states: WordDecisions,
    statuses: _Statuses,
    advised: Mapping[str, Suggestion],
) -> Cells:
    now = UNDECIDED if plan.blind else states.get(WordKey(plan.coder, row["doc_id"], row["word"]), UNDECIDED)
    cells = {name: row.get(name, "") for name in ("doc_id", "word", *_INFORMED)}
    cells |= {"coder": plan.coder, "check": mark(now), **now.shown._asdict()}
    if not plan.blind:
        cells["status"] = statuses.of(WordKey(plan.coder, row["doc_id"], row["word"]))
        advice = advised.get(row["word"], Suggestion(""))
        cells["suggestion"] = DECISION_WORDS.get(advice.suggestion, advice.suggestion)
        cells |= {
            "suggested_standard": advice.standard,
            "suggested_code": advice.code,
            "reason": advice.reason,
        }
    return cells


class _Statuses:
    """Says where each word stands: undecided, decided, added, without evidence, gone."""

    def __init__(self, keywords: pd.DataFrame, states: WordDecisions, documents: Sequence[Document]) -> None:
        words = keywords["word"].tolist()
        self._pairs = {
            *zip(keywords["doc_id"].tolist(), words, strict=True),
            *((CORPUS, word) for word in words),
        }
        self._states = states
        self._documents = {CORPUS, *(document.doc_id for document in documents)}
        self._unfounded = set(no_evidence(states, documents))

    def of(self, key: WordKey) -> str:
        state = self._states.get(key, UNDECIDED)
        if key.doc_id not in self._documents:
            return GONE
        if state.decision == ADD:
            return UNFOUNDED if key in self._unfounded else BY_HAND
        if (key.doc_id, key.word) not in self._pairs:
            return GONE
        if not state.decision:
            whole = self._states.get(key._replace(doc_id=CORPUS), UNDECIDED).decision
            return f"全库：{DECISION_WORDS[whole]}" if whole and key.doc_id != CORPUS else UNSEEN
        return DECIDED


def _carry_over(plan: SheetPlan, states: WordDecisions) -> CarryOver[WordKey, WordState]:
    def now(key: WordKey) -> WordState:
        return states.get(key, UNDECIDED)

    def bare(line: WordRow, key: WordKey) -> Cells:
        blank = dict.fromkeys((column.name for column in columns(blind=plan.blind)), "")
        shown = UNDECIDED if plan.blind else now(key)
        return blank | key._asdict() | {"check": mark(shown), **shown.shown._asdict()}

    return CarryOver(
        key_of=lambda row: WordKey(plan.coder, row["doc_id"], row["word"]),
        pending=lambda line, key: resolved(line, now(key)) != now(key),
        bare=bare,
        typed=lambda line: line.state.shown._asdict(),
    )


def write_sheet(
    sheet: pd.DataFrame,
    path: Path,
    plan: SheetPlan | None = None,
    *,
    csv: bool = False,
    codes: Sequence[str] = (),
) -> list[Path]:
    """Write a sheet of `build_sheet` as xlsx, and as CSV beside it when asked; return the files.

    Chinese headers; header and word frozen, filters, lists to choose decisions, terms and `codes`
    from, a second page that explains the columns. The same sheet gives the same bytes.
    """
    plan = plan or SheetPlan()
    words = list(dict.fromkeys(word for word in sheet["word"] if word))
    choices = {"decision": list(DECISION_WORDS.values()), "standard": words, "code": list(codes)}
    names = [column.name for column in CELLS]
    return write_form(
        sheet, path, columns(blind=plan.blind), open_columns=names, choices=choices, hidden=["check"], csv=csv
    )
