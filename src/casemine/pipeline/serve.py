"""`casemine serve`: decisions taken one by one, by the same applying as a filled sheet.

A decision is written at once; what follows from it (the final tables, the codings) is stale until it is asked
for, as the engine says of every product.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import pandas as pd

from casemine import review, schema
from casemine.pipeline import engine
from casemine.pipeline.code import coded_books, known_codes
from casemine.pipeline.context import ExtractContext
from casemine.pipeline.extract import FINALISE, RESERVE
from casemine.pipeline.review import record
from casemine.pipeline.run import FOLLOWING
from casemine.review.decision_log import Known
from casemine.study import Study
from casemine.terms import PROGRAM, codebook_name

# What the history names as the place of a decision.
SOURCE = "casemine serve"

KeyT = TypeVar("KeyT", bound=tuple[Any, ...])
StateT = TypeVar("StateT", bound=tuple[str, ...])


@dataclass(frozen=True)
class Applied(Generic[KeyT, StateT]):
    """What an action changed: each key with its state before and after, and what a person should know."""

    before: Mapping[KeyT, StateT]
    after: Mapping[KeyT, StateT]
    notes: tuple[str, ...] = ()


WordsApplied = Applied[review.WordKey, review.WordState]
QuotesApplied = Applied[review.QuoteKey, review.QuoteState]


@dataclass
class Keeper:
    """Remembers what it wrote of one kind of decisions, and reads again only what somebody else changed."""

    log: Any
    _stamp: tuple[Any, ...] = ()
    _known: Known[Any, Any] | None = None

    def known(self, study: Study) -> Known[Any, Any]:
        """Return the decisions as they stand in the files of a study."""
        stamp = self._stamped(study)
        if self._known is None or stamp != self._stamp:
            self._known, self._stamp = self.log.standing(study.folder), stamp
        return self._known

    def write(self, study: Study, known: Known[Any, Any], decisions: Mapping[Any, Any]) -> None:
        """Write decisions and their history in one transaction, and remember both."""
        with study.transaction():
            changed = record(study, self.log, decisions, SOURCE, known)
        self._known = Known(decisions, known.last + len(changed) + len(known.by_hand), [])
        self._stamp = self._stamped(study)

    def _stamped(self, study: Study) -> tuple[Any, ...]:
        files = (study.folder / name for name in (self.log.file, self.log.history_file))
        stats = [file.stat() if file.is_file() else None for file in files]
        return tuple((it.st_ino, it.st_mtime_ns, it.st_size) if it else () for it in stats)


def decide_words(
    study: Study,
    answers: Iterable[tuple[review.WordKey, review.WordState]],
    *,
    suggested: Mapping[str, review.WordState] | None = None,
    group: str = "",
    keeper: Keeper | None = None,
) -> WordsApplied:
    """Take decisions about keywords over, as a filled sheet with these rows would.

    `suggested` says what the program suggests for a word, which an answer `accept` takes. `group` names the
    choice of words that one decision is for: those decided already keep theirs. Raises
    `review.SheetError` with all that is wrong, and then changes nothing.
    """
    advice = suggested or {}
    rows = tuple(
        review.accepted(
            review.SheetRow(number, key, "", state, group=group), advice.get(key.word, review.WordState())
        )
        for number, (key, state) in enumerate(answers, start=1)
    )
    coder = rows[0].key.coder if rows else ""
    sheet = review.FilledSheet(SOURCE, review.WORD_FORM, rows)
    keeper = keeper or Keeper(review.WORDS)
    with study.locked():
        known = keeper.known(study)
        codes = sorted({name for names in known_codes(study).values() for name in names})
        taken = review.take(sheet, known.states, _keywords(study), study.texts, coder=coder, codes=codes)
        keeper.write(study, known, taken.decisions)
    return _applied(known.states, taken.decisions, taken.notes, review.WORDS.undecided)


def _keywords(study: Study) -> pd.DataFrame:
    """Return the keywords found with all in reserve: whatever a review may be about."""
    reserve = study.table_or_empty(schema.KEYWORDS, RESERVE)
    return pd.concat([study.extracted_keywords, reserve]) if len(reserve) else study.extracted_keywords


def decide_quotes(
    study: Study,
    answers: Iterable[tuple[review.QuoteKey, review.QuoteState]],
    *,
    blind: bool = False,
    keeper: Keeper | None = None,
) -> QuotesApplied:
    """Take decisions about quotations over, as a filled sheet with these rows would.

    `blind` answers are a blind coder's: codes of a sentence, joined by ；. Raises `review.SheetError` with
    all that is wrong, and then changes nothing.
    """
    rows = tuple(
        review.SheetRow(number, key, "", state) for number, (key, state) in enumerate(answers, start=1)
    )
    coder = rows[0].key.coder if rows else ""
    # A sheet without the column of decisions is a blind coder's.
    letters = {} if blind else {"decision": ""}
    sheet = review.FilledSheet(SOURCE, review.QUOTE_FORM, rows, letters)
    keeper = keeper or Keeper(review.QUOTATIONS)
    with study.locked():
        known = keeper.known(study)
        taken = review.take_quotes(sheet, known.states, study.texts, known_codes(study), coder=coder)
        keeper.write(study, known, taken.decisions)
    return _applied(known.states, taken.decisions, taken.notes, review.QUOTATIONS.undecided)


def _applied(
    before: Mapping[KeyT, StateT], after: Mapping[KeyT, StateT], notes: tuple[str, ...], undecided: StateT
) -> Applied[KeyT, StateT]:
    changed = [key for key in {**before, **after} if before.get(key, undecided) != after.get(key, undecided)]
    return Applied(
        {key: before.get(key, undecided) for key in changed},
        {key: after.get(key, undecided) for key in changed},
        notes,
    )


@dataclass(frozen=True)
class Mark:
    """A stretch of a text that has a code: whose key, which code now, and what was decided about it.

    `status` is open, keep, drop, recode, add, or "code" for a blind coder's own answer.
    """

    key: review.QuoteKey
    code: str
    status: str
    keyword: str = ""
    method: str = ""
    note: str = ""


def marks(
    codings: pd.DataFrame,
    states: Mapping[review.QuoteKey, review.QuoteState],
    doc_id: str,
    codebook: str,
    coder: str,
    *,
    blind: bool = False,
) -> list[Mark]:
    """Return the codes of a document as a coder sees them now, whether or not the study was coded since.

    `codings` are its rows of `schema.CODINGS` by the codebook, `states` what everybody decided.
    """
    decisions = {
        key: state for key, state in states.items() if (key.doc_id, key.codebook) == (doc_id, codebook)
    }
    own = {key: state for key, state in decisions.items() if key.coder == coder}
    if blind:
        shown = [
            Mark(key, code, "code", note=state.note)
            for key, state in own.items()
            for code in state.new_code.split("；")
            if state.decision in ("code", "none")
        ]
        return sorted(shown, key=lambda mark: mark.key[3:])
    found = [_mark(key, own.get(key), method) for key, method in _found(codings, decisions, codebook, coder)]
    known = {mark.key for mark in found}
    added = [
        Mark(key, state.new_code, state.decision, key.keyword, "decision", state.note)
        for key, state in own.items()
        if key not in known and state.decision in ("add", "recode")
    ]
    return sorted([*found, *added], key=lambda mark: mark.key[3:])


def _mark(key: review.QuoteKey, state: review.QuoteState | None, method: str) -> Mark:
    if state is None:
        return Mark(key, key.code, "open", key.keyword, method)
    code = state.new_code if state.decision == "recode" else key.code
    return Mark(key, code, state.decision or "open", key.keyword, method, state.note)


def _found(
    codings: pd.DataFrame, decisions: Mapping[Any, Any], codebook: str, coder: str
) -> Iterable[tuple[review.QuoteKey, str]]:
    """Yield what the program found in a document, before what anybody decided: key and method."""
    seen: dict[review.QuoteKey, str] = {}
    for row in codings.to_dict("records"):
        if row["coder"] == PROGRAM:
            key = review.QuoteKey(
                coder, codebook, row["doc_id"], row["start"], row["end"], row["code"], row["keyword"]
            )
            seen[key] = row["method"]
    for key, state in decisions.items():
        if state.decision in ("keep", "drop", "recode"):  # the study's codings lack what was decided away
            seen.setdefault(key._replace(coder=coder), "")
    return seen.items()


def codings_by_document(study: Study, codebook: str) -> dict[str, pd.DataFrame]:
    """Return document -> its rows of `schema.CODINGS` by one codebook, of whatever version."""
    codings = study.table_or_empty(schema.CODINGS)
    own = codings[codings["codebook"].map(codebook_name) == codebook]
    return {str(doc_id): rows for doc_id, rows in own.groupby("doc_id", sort=False)}


def book_names(study: Study) -> list[str]:
    """Name the codebooks a study was coded with."""
    return [book.name for book in coded_books(study)]


def following(study: Study) -> dict[str, str]:
    """Return product -> why it is stale, of the tables and codings that follow from decisions."""
    return engine.stale(ExtractContext.of(study), (FINALISE, *FOLLOWING))
