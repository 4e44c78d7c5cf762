"""Takes a filled sheet over: every row checked against the study, all that is wrong named together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

import pandas as pd

from casemine.document import Document
from casemine.review.columns import (
    ADD,
    DECISION_WORDS,
    DROP,
    KEEP,
    MERGE,
    UNDECIDED,
    UNDO,
    State,
    mark,
)
from casemine.review.decisions import Decisions, Key, as_states
from casemine.review.final import no_evidence
from casemine.review.read import Problem, Sheet, SheetError, SheetRow
from casemine.review.scope import circle, scopes
from casemine.terms import CORPUS, LONGEST_CELL, RESEARCHER


@dataclass(frozen=True)
class Taken:
    """A sheet taken over: every coder's decisions with it, and what a person should know of it."""

    coder: str
    decisions: dict[Key, State]
    undecided: int
    notes: tuple[str, ...]


@dataclass
class _Study:
    """What rows are checked against."""

    documents: Sequence[Document]
    keywords: pd.DataFrame
    codes: Collection[str] = ()
    texts: dict[str, str] = field(init=False)
    pairs: set[tuple[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        self.texts = {document.doc_id: document.text for document in self.documents}
        words = self.keywords["word"].tolist()
        self.pairs = {
            *zip(self.keywords["doc_id"].tolist(), words, strict=True),
            *((CORPUS, w) for w in words),
        }

    def stands(self, text: str, doc_id: str) -> bool:
        """Whether `text` stands in the document, or in any document of the corpus."""
        texts = self.texts.values() if doc_id == CORPUS else (self.texts.get(doc_id, ""),)
        return any(text in one for one in texts)


def take(
    sheet: Sheet,
    decisions: pd.DataFrame,
    keywords: pd.DataFrame,
    documents: Sequence[Document],
    *,
    coder: str = "",
    codes: Collection[str] = (),
) -> Taken:
    """Return the decisions of a study with those of `sheet`.

    A row nobody touched since it was written, or without a decision, changes nothing. `coder` is
    the name given by the person, if any; the rows' own names must agree with it. `codes` are all names
    and aliases that an accepted code may have; with none, any. Raises `SheetError` that names every row
    that is wrong.
    """
    before = as_states(decisions)
    held = dict(before)
    known = _Study(documents, keywords, codes)
    who = _coder(sheet, coder)
    problems = [*_wrong_coders(sheet, coder), *_doubled(sheet, who)]
    notes: list[str] = []
    for row in sheet.rows:
        key = Key(row.coder or who, row.doc_id, row.word)
        now = before.get(key, UNDECIDED)
        state = resolved(row, now)
        if state == now:
            notes += _passed_over(row, now)
            continue
        # What is withdrawn may be of a word or document that is gone.
        found = list(_checked(sheet, row, state, known)) if any(state) else []
        problems += found
        if not found:
            held[key] = state
            notes += _without_effect(key, row.number, state, known)
    held = {key: state for key, state in held.items() if any(state)}
    for one in dict.fromkeys([who, *(row.coder for row in sheet.rows if row.coder)]):
        problems += _contradictions(sheet, held, one, who)
    if problems:
        raise SheetError.of(dict.fromkeys(problems), sheet.place)
    keys = {Key(row.coder or who, row.doc_id, row.word) for row in sheet.rows if row.word}
    return Taken(who, held, len(keys - held.keys()), tuple(notes))


def _coder(sheet: Sheet, coder: str) -> str:
    named = dict.fromkeys(row.coder for row in sheet.rows if row.coder)
    return coder or next(iter(named), RESEARCHER)


def resolved(row: SheetRow, now: State) -> State:
    """Return the state a row leads to, `now` being the one decided so far.

    An untouched row and a blank one keep `now`. A blank decision beside other cells keeps the decision
    and takes the cells; with nothing decided so far, an accepted code means keep.
    """
    state = row.state
    if state == now or row.mark == mark(state) or not any(state):
        return now
    if state.decision == UNDO:
        return UNDECIDED
    if state.decision:
        return state
    if any(now):
        return State(*(cell or was for cell, was in zip(state, now, strict=True)))
    return state._replace(decision=KEEP) if state.code and not state.standard else state


def _passed_over(row: SheetRow, now: State) -> list[str]:
    if any(row.state) and row.state.decision != UNDO and row.mark == mark(row.state) and row.state != now:
        shown = DECISION_WORDS.get(now.decision, "nothing")
        return [
            f"row {row.number}: {row.word} is as the sheet was written, but since then it was decided "
            f"otherwise ({shown}): that stays."
        ]
    return []


def _without_effect(key: Key, number: int, state: State, known: _Study) -> list[str]:
    if any(no_evidence({key: state}, known.documents)):
        return [f"row {number}: {key.word} stands nowhere in the text and has no quotation: no evidence."]
    if state.decision in (KEEP, DROP) and (key.doc_id, key.word) not in known.pairs:
        return [f"row {number}: {key.word} is no keyword there (any more): kept, without effect."]
    return []


def _wrong_coders(sheet: Sheet, coder: str) -> Iterator[Problem]:
    for row in sheet.rows:
        if coder and row.coder and row.coder != coder:
            yield sheet.problem(row.number, "coder", f"the row is of {row.coder}, not of {coder}.")


def _doubled(sheet: Sheet, who: str) -> Iterator[Problem]:
    first: dict[Key, SheetRow] = {}
    for row in sheet.rows:
        if not row.word or not any(row.state):
            continue
        earlier = first.setdefault(Key(row.coder or who, row.doc_id, row.word), row)
        if earlier.state != row.state:
            yield sheet.problem(
                row.number, "word", f"{row.word} is decided otherwise in row {earlier.number}."
            )


def _checked(sheet: Sheet, row: SheetRow, state: State, known: _Study) -> Iterator[Problem]:
    """Yield what is wrong with one row that changes something."""
    for column, cause in (
        *_of_key(row, known),
        *_of_decision(row, state, known),
        *_of_quote(row, state, known),
        *_of_code(state.code, known.codes),
    ):
        yield sheet.problem(row.number, column, cause)


def _of_key(row: SheetRow, known: _Study) -> Iterator[tuple[str, str]]:
    if not row.word:
        yield "word", "the word is missing."
    if row.doc_id != CORPUS and row.doc_id not in known.texts:
        meant = did_you_mean(row.doc_id, known.texts)
        yield "doc_id", f"no document of this study is called {row.doc_id}.{meant} * means the whole corpus."


def _of_decision(row: SheetRow, state: State, known: _Study) -> Iterator[tuple[str, str]]:
    words = ", ".join(DECISION_WORDS.values())
    if state.decision and state.decision not in DECISION_WORDS:
        yield "decision", f"{state.decision!r} is no decision; write one of {words}."
    if not state.decision and (state.standard or state.quote):
        yield "decision", f"the decision is missing beside the other cells; write one of {words}."
    if state.decision == MERGE and not state.standard:
        yield "standard", f"{row.word} is to be merged, but into what? Write the standard term."
    if state.decision == MERGE and state.standard == row.word and row.word:
        yield "standard", f"{row.word} cannot be merged into itself."
    if state.decision in (KEEP, DROP, ADD) and state.standard:
        yield (
            "standard",
            f"a standard term goes with {DECISION_WORDS[MERGE]}, not {DECISION_WORDS[state.decision]}.",
        )
    if (
        state.decision in (KEEP, DROP, MERGE)
        and row.word
        and (row.doc_id, row.word) not in known.pairs
        and not known.stands(row.word, row.doc_id)
    ):
        yield (
            "word",
            f"{row.word} is no keyword and stands in no text; to add it write {DECISION_WORDS[ADD]}.",
        )


def _of_quote(row: SheetRow, state: State, known: _Study) -> Iterator[tuple[str, str]]:
    if state.quote and not known.stands(state.quote, row.doc_id):
        where = "any text of the corpus" if row.doc_id == CORPUS else f"the text of {row.doc_id}"
        yield "quote", f"the quotation does not stand in {where}, word for word."
    for column, text in zip(State._fields, state, strict=True):
        if len(text) > LONGEST_CELL:
            yield column, f"longer than the {LONGEST_CELL:,} characters a cell holds."


def _of_code(code: str, codes: Collection[str]) -> Iterator[tuple[str, str]]:
    if code and codes and code not in codes:
        yield "code", f"the codebook has no code {code}.{did_you_mean(code, codes)}"


def did_you_mean(text: str, known: Collection[str]) -> str:
    """Return a question that names what is nearest to `text`, if anything is."""
    close = get_close_matches(text, list(known), n=1)
    return f" Is it {close[0]}?" if close else ""


def _contradictions(sheet: Sheet, held: Decisions, coder: str, who: str) -> Iterator[Problem]:
    """Yield merges that go in a circle or into a word that is dropped; each circle once."""
    rows = {(row.coder or who, row.doc_id, row.word): row.number for row in reversed(sheet.rows)}
    told: set[frozenset[str]] = set()
    for doc_id, scope in scopes(held, coder).items():
        own = (key.word for key in held if key.coder == coder and key.doc_id == doc_id)
        for word in own:
            if scope.get(word, UNDECIDED).decision != MERGE:
                continue
            at = _row_of(rows, coder, doc_id, (word,))
            target = scope[word].standard
            if scope.get(target, UNDECIDED).decision == DROP:
                yield sheet.problem(at, "standard", f"{word} is merged into {target}, which is dropped.")
            around = circle(word, scope)
            if around and frozenset(around) not in told:
                told.add(frozenset(around))
                at = _row_of(rows, coder, doc_id, around)
                shown = " -> ".join([*around, word])
                yield sheet.problem(at, "standard", f"these merge in a circle: {shown}.")


def _row_of(rows: dict[tuple[str, str, str], int], coder: str, doc_id: str, words: Iterable[str]) -> int:
    """Return the first row of one of `words`; 0 when all were decided before and are not in the sheet."""
    places = ((coder, doc, word) for word in words for doc in (doc_id, CORPUS))
    return min((rows[place] for place in places if place in rows), default=0)
