"""Builds the sheet of keywords: a row a candidate, what is known of it, what was decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from casemine.document import Document
from casemine.review.decision_words import ADD, DECISION_WORDS, KEEP, MERGE, OUT
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
from casemine.review.words.columns import (
    CELLS,
    GROUP_MARK,
    INFORMATION,
    UNDECIDED,
    WIDTHS,
    WordKey,
    WordState,
    columns,
)
from casemine.review.words.decisions import WordDecisions, as_states
from casemine.review.words.read import WordRow, WordSheet
from casemine.review.words.suggest import Suggestion, as_suggestions
from casemine.terms import CORPUS

_INFORMED = [column.name for column in INFORMATION]
SEVERAL = "多案例"
# From so many open words of one document on, they stand in groups for which one decision may be made.
_GROUPED_FROM = 20
# The longest sentence that a row shows whole, and how much of a longer one.
_LONGEST_CONTEXT = 120


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
    if not plan.blind and not plan.by_document:
        filled = _grouped(filled, earlier, states)
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
    cells["context"] = _window(str(cells["context"]), row["word"])
    cells |= {"coder": plan.coder, "check": mark(now), **now.shown._asdict()}
    if not plan.blind:
        cells["status"] = statuses.of(WordKey(plan.coder, row["doc_id"], row["word"]))
        advice = advised.get(row["word"], Suggestion(""))
        cells["suggestion"] = DECISION_WORDS.get(advice.suggestion, advice.suggestion)
        cells |= {
            "suggested_standard": advice.standard,
            "suggested_code": advice.code,
            "reason": advice.reason,
            "category": advice.category,
            "alternatives": advice.alternatives,
        }
    return cells


def _grouped(rows: list[Cells], earlier: Sequence[WordSheet], states: WordDecisions) -> list[Cells]:
    """Return the rows with those last that are of one document, under a row that may decide for all of them.

    A decision for a group that an earlier sheet has, and that was not applied, stands in the new one.
    """
    singles = [row for row in rows if row["documents"] == 1]
    if sum(not row["decision"] for row in singles) < _GROUPED_FROM:
        return rows
    suggested = (DECISION_WORDS[name] for name in (MERGE, *OUT, KEEP))
    grouped: dict[str, list[Cells]] = {f"单案例·建议{shown}": [] for shown in suggested}
    for row in singles:
        row["group"] = f"单案例·建议{row['suggestion']}" if row["suggestion"] else "单案例"
        grouped.setdefault(row["group"], []).append(row)
    several = [row for row in rows if row["documents"] != 1]
    for row in several:
        row["group"] = SEVERAL if row["documents"] else ""
    pending = {
        line.group: line.state.decision
        for sheet in earlier
        for line in sheet.rows
        if line.group and not any(states.get(line.key, UNDECIDED))
    }
    ordered = several
    for group, members in grouped.items():
        count = sum(not row["decision"] for row in members)
        if count > 1:
            ordered.append(_group_row(group, count, members[0], pending.get(group, "")))
        ordered += members
    return ordered


def _group_row(group: str, count: int, first: Cells, decision: str) -> Cells:
    return dict.fromkeys(first, "") | {
        "word": f"{GROUP_MARK}{group}",
        "context": f"以下{count}词各只是一个案例的关键词。此行的决定适用于本组所有留空的行，也可逐行另填。",
        "suggestion": first["suggestion"],
        "decision": DECISION_WORDS.get(decision, ""),
        "doc_id": CORPUS,
        "coder": first["coder"],
        "group": group,
        "documents": 1,
    }


def _window(sentence: str, word: str) -> str:
    """Return a sentence, of a long one what stands around `word`."""
    if len(sentence) <= _LONGEST_CONTEXT:
        return sentence
    at = max(sentence.find(word), 0)
    start = max(0, min(at - (_LONGEST_CONTEXT - len(word)) // 2, len(sentence) - _LONGEST_CONTEXT))
    end = start + _LONGEST_CONTEXT
    return "…" * (start > 0) + sentence[start:end] + "…" * (end < len(sentence))


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
    words = list(dict.fromkeys(word for word in sheet["word"] if word and not word.startswith(GROUP_MARK)))
    choices = {"decision": list(DECISION_WORDS.values()), "standard": words, "code": list(codes)}
    names = [column.name for column in CELLS]
    return write_form(
        sheet,
        path,
        columns(blind=plan.blind),
        open_columns=names,
        choices=choices,
        hidden=["check"],
        widths=WIDTHS,
        csv=csv,
    )
