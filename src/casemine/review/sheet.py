"""Builds the review sheet: a row a candidate, what is known of it, what was decided."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from casemine import sheets, study
from casemine.document import Document
from casemine.errors import UsageError
from casemine.review.check import resolved
from casemine.review.columns import (
    ADD,
    CELLS,
    CHECK,
    CODER,
    DECISION_WORDS,
    DOC_ID,
    INFORMATION,
    STATUS,
    SUGGESTION,
    UNDECIDED,
    WORD,
    Column,
    State,
    mark,
)
from casemine.review.decisions import Key, as_states
from casemine.review.final import no_evidence
from casemine.review.read import Sheet, SheetRow
from casemine.review.suggest import Suggestion, as_suggestions
from casemine.terms import CORPUS, RESEARCHER, safe_name

UNSEEN, DECIDED, BY_HAND, UNFOUNDED, GONE, PENDING = (
    "待定",
    "已决定",
    "手工新增",
    "无出处",
    "已消失",
    "未应用",
)

_INFORMED = [column.name for column in INFORMATION]
# A blind coder sees the word and where it stands, not what anyone or the program makes of it.
_BLIND = ("documents", "containing", "occurrences", "context", "context_doc")

_Row = dict[str, Any]


@dataclass(frozen=True)
class Plan:
    """Which sheet to write: whose, of what, and how much of it.

    `sample` is the share of candidates, drawn by `seed`: the same for the same words, and a larger
    share holds the smaller one. A `blind` sheet shows neither suggestions nor anybody's answers.
    """

    coder: str = RESEARCHER
    by_document: bool = False
    sample: float = 1.0
    seed: int = 0
    blind: bool = False

    def __post_init__(self) -> None:
        if self.blind and self.coder == RESEARCHER:
            raise UsageError("a blind sheet is for a second coder.", advice="Name them: --coder NAME.")
        if not 0 < self.sample <= 1:
            raise UsageError(f"a sample is a share over 0 and up to 1, not {self.sample}.")

    @property
    def file_name(self) -> str:
        """review.xlsx, or review-NAME.xlsx for any coder but the main one."""
        name = "" if self.coder == RESEARCHER else "-" + safe_name(self.coder)
        return f"review{name}.xlsx"

    @property
    def columns(self) -> list[Column]:
        """The columns of the sheet in order."""
        if self.blind:
            informed = [column for column in INFORMATION if column.name in _BLIND]
            return [DOC_ID, WORD, *CELLS, *informed, CODER, CHECK]
        return [DOC_ID, WORD, STATUS, *SUGGESTION, *CELLS, *INFORMATION, CODER, CHECK]


def candidates(keywords: pd.DataFrame, frequency: pd.DataFrame, *, by_document: bool = False) -> list[_Row]:
    """Return the rows of the candidates, without decisions: one a keyword, or one a document and keyword."""
    counts = {row["keyword"]: row for row in frequency.to_dict("records")}
    rows = keywords.to_dict("records")
    if not by_document:
        heaviest: dict[str, Any] = {}
        for row in sorted(rows, key=lambda row: (-row["weight"], row["doc_id"])):
            heaviest.setdefault(row["word"], row)
        rows = [heaviest[word] for word in counts if word in heaviest]
    made = []
    for row in rows:
        count = counts.get(row["word"], {"documents": 0, "containing": 0, "occurrences": 0})
        made.append(
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
    return made


def sampled(
    rows: Sequence[_Row], share: float, seed: int, names: Sequence[str] = ("doc_id", "word")
) -> list[_Row]:
    """Return a share of `rows`, rounded up, in their order; drawn by a hash of seed and what names a row."""
    many = math.ceil(share * len(rows))
    drawn = sorted(range(len(rows)), key=lambda at: _lot(rows[at], seed, names))[:many]
    return [rows[at] for at in sorted(drawn)]


def _lot(row: _Row, seed: int, names: Sequence[str]) -> str:
    return hashlib.sha256("\x1f".join([str(seed), *(str(row[name]) for name in names)]).encode()).hexdigest()


def build_sheet(
    keywords: pd.DataFrame,
    frequency: pd.DataFrame,
    decisions: pd.DataFrame,
    documents: Sequence[Document],
    plan: Plan | None = None,
    *,
    suggestions: pd.DataFrame | None = None,
    earlier: Sequence[Sheet] = (),
) -> pd.DataFrame:
    """Return the sheet, columns by machine name: candidates first, then what else was decided or typed.

    `suggestions` (word, suggestion, standard, code, reason) come from `suggest` or a later stage.
    `earlier` are the sheets this one takes the place of: what was typed there and not applied yet
    stands in the new one, and so do columns that a person added. Raises `UsageError` when one is
    another coder's.
    """
    plan = plan or Plan()
    states = {key: state for key, state in as_states(decisions).items() if key.coder == plan.coder}
    rows = sampled(candidates(keywords, frequency, by_document=plan.by_document), plan.sample, plan.seed)
    if not plan.blind and plan.sample == 1:
        listed = {(row["doc_id"], row["word"]) for row in rows}
        rows += [
            {"doc_id": key.doc_id, "word": key.word} for key in states if (key.doc_id, key.word) not in listed
        ]
    advised = as_suggestions(suggestions) if suggestions is not None and not plan.blind else {}
    statuses = _Statuses(keywords, states, documents)
    filled = [_filled(row, plan, states, statuses, advised) for row in rows]
    extra = _take_over(filled, earlier, plan, states)
    names = [*(column.name for column in plan.columns), *extra]
    return pd.DataFrame(filled, columns=names, dtype=object)


def _filled(
    row: _Row,
    plan: Plan,
    states: Mapping[Key, State],
    statuses: _Statuses,
    advised: Mapping[str, Suggestion],
) -> _Row:
    now = UNDECIDED if plan.blind else states.get(Key(plan.coder, row["doc_id"], row["word"]), UNDECIDED)
    made = {name: row.get(name, "") for name in ("doc_id", "word", *_INFORMED)}
    made |= {"coder": plan.coder, "check": mark(now), **now.shown._asdict()}
    if not plan.blind:
        made["status"] = statuses.of(Key(plan.coder, row["doc_id"], row["word"]))
        advice = advised.get(row["word"], Suggestion(""))
        made["suggestion"] = DECISION_WORDS.get(advice.suggestion, advice.suggestion)
        made |= {
            "suggested_standard": advice.standard,
            "suggested_code": advice.code,
            "reason": advice.reason,
        }
    return made


class _Statuses:
    """Says where each word stands: undecided, decided, added, without evidence, gone."""

    def __init__(
        self, keywords: pd.DataFrame, states: Mapping[Key, State], documents: Sequence[Document]
    ) -> None:
        words = keywords["word"].tolist()
        self._pairs = {
            *zip(keywords["doc_id"].tolist(), words, strict=True),
            *((CORPUS, word) for word in words),
        }
        self._states = states
        self._documents = {CORPUS, *(document.doc_id for document in documents)}
        self._unfounded = set(no_evidence(states, documents))

    def of(self, key: Key) -> str:
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


def _take_over(
    rows: list[_Row], earlier: Sequence[Sheet], plan: Plan, states: Mapping[Key, State]
) -> list[str]:
    """Put into `rows` what was typed into earlier sheets and not applied; return their foreign headers."""
    places = {(row["doc_id"], row["word"]): row for row in rows}
    typed: dict[tuple[str, str], list[State]] = {}
    extra: dict[str, None] = {}
    for line in _lines(earlier, plan):
        extra |= dict.fromkeys(line.extra)
        now = states.get(Key(plan.coder, line.doc_id, line.word), UNDECIDED)
        key = (line.doc_id, line.word)
        before = typed.setdefault(key, [])
        pending = resolved(line, now) != now and line.state not in before
        if pending or line.extra:
            # What was typed twice, in two ways, stands in two rows: the person sees and settles it.
            if key not in places or (pending and before):
                places[key] = {**_bare(line, plan, now), "status": GONE}
                rows.append(places[key])
            places[key].update(line.extra)
        if pending:
            before.append(line.state)
            places[key].update({**line.state.shown._asdict(), "status": PENDING})
    return list(extra)


def _lines(earlier: Sequence[Sheet], plan: Plan) -> Iterator[SheetRow]:
    for sheet in earlier:
        others = sorted({row.coder for row in sheet.rows if row.coder} - {plan.coder})
        if others:
            cause = f"this sheet is of {', '.join(others)}."
            raise UsageError(cause, place=sheet.place, advice="Give another file with -o.")
        yield from sheet.rows


def _bare(line: SheetRow, plan: Plan, now: State) -> _Row:
    blank = dict.fromkeys((column.name for column in plan.columns), "")
    shown = UNDECIDED if plan.blind else now
    key = {"doc_id": line.doc_id, "word": line.word, "coder": plan.coder}
    return blank | key | {"check": mark(shown), **shown.shown._asdict()}


def write_sheet(
    sheet: pd.DataFrame,
    path: Path,
    plan: Plan | None = None,
    *,
    csv: bool = False,
    codes: Sequence[str] = (),
) -> list[Path]:
    """Write a sheet of `build_sheet` as xlsx, and as CSV beside it when asked; return the files.

    Chinese headers; header and word frozen, filters, lists to choose decisions, terms and `codes`
    from, a second page that explains the columns. The same sheet gives the same bytes.
    """
    plan = plan or Plan()
    words = list(dict.fromkeys(word for word in sheet["word"] if word))
    choices = {"decision": list(DECISION_WORDS.values()), "standard": words, "code": list(codes)}
    names = [column.name for column in CELLS]
    return write_form(
        sheet, path, plan.columns, open_columns=names, choices=choices, hidden=["check"], csv=csv
    )


def write_form(
    sheet: pd.DataFrame,
    path: Path,
    columns: Sequence[Column],
    *,
    open_columns: Sequence[str],
    choices: Mapping[str, list[str]],
    hidden: Sequence[str],
    csv: bool = False,
) -> list[Path]:
    """Write a sheet to fill in, all columns by machine name, and a page that explains them."""
    headers = {column.name: column.header for column in columns}
    shown = sheet.rename(columns=headers)
    guide = pd.DataFrame([(column.header, column.meaning) for column in columns], columns=["栏目", "说明"])
    files = [path, path.with_suffix(".csv")] if csv else [path]
    with study.transaction(path.parent) as staging:
        sheets.write_form(
            {"审阅": shown, "说明": guide},
            staging / path.name,
            open_columns=[headers[name] for name in open_columns],
            choices={headers[name]: texts for name, texts in choices.items() if name in headers},
            hidden=[headers[name] for name in hidden],
        )
        if csv:
            sheets.write_csv(shown, staging / files[1].name)
    return files
