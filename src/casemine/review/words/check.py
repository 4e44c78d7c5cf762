"""Checks a filled sheet of keywords against the study and takes it over."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from casemine.document import Document
from casemine.review.check import Taken, did_you_mean, take_over
from casemine.review.decision_words import ACCEPT, ADD, DECISION_WORDS, GENERIC, KEEP, MERGE, OUT, UNDO
from casemine.review.form import mark
from casemine.review.quotation import find_quotations, same_words
from casemine.review.words.apply import no_evidence
from casemine.review.words.columns import UNDECIDED, WordKey, WordState
from casemine.review.words.decisions import WordDecisions, as_states
from casemine.review.words.read import WordRow, WordSheet
from casemine.review.words.scope import circle, scopes
from casemine.terms import CORPUS, LONGEST_CELL

WordsTaken = Taken[WordKey, WordState]


def take(
    sheet: WordSheet,
    decisions: pd.DataFrame | WordDecisions,
    keywords: pd.DataFrame,
    documents: Sequence[Document],
    *,
    coder: str = "",
    codes: Collection[str] = (),
) -> WordsTaken:
    """Return the decisions of a study about keywords with those of `sheet`.

    `decisions` is the table `schema.DECISIONS`, or the states it holds; `keywords` the table
    `schema.KEYWORDS` the sheet was made of. A row nobody touched since it was written, or without a decision,
    changes nothing. `coder` is the name given by the person, if any; the rows' own names must agree with
    it. `codes` are all names and aliases that an accepted code may have; with none, any. Raises `SheetError`
    that names every row that is wrong.
    """
    states = as_states(decisions) if isinstance(decisions, pd.DataFrame) else decisions
    return take_over(sheet, states, _WordRules(documents, keywords, codes), coder=coder)


def resolved(row: WordRow, now: WordState) -> WordState:
    """Return the state a row leads to, `now` being the one decided so far.

    An untouched row and a blank one keep `now`. A blank decision beside other cells keeps the decision
    and takes the cells; with nothing decided so far, an accepted code means keep.
    """
    state = row.state
    if same_words(state.quote, now.quote):
        state = state._replace(quote=now.quote)
    if row.group and any(now):  # the one decision of a group is for what is still open
        return now
    if state == now or row.mark == mark(row.state) or not any(state):
        return now
    if state.decision == UNDO:
        return UNDECIDED
    if state.decision:
        return state
    if any(now):
        return WordState(*(cell or was for cell, was in zip(state, now, strict=True)))
    return state._replace(decision=KEEP) if state.code and not state.standard else state


@dataclass
class _WordRules:
    """What a row of a sheet of keywords is checked against: `casemine.review.check.Rules`."""

    documents: Sequence[Document]
    keywords: pd.DataFrame
    codes: Collection[str] = ()
    undecided: WordState = UNDECIDED
    texts: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.texts = {document.doc_id: document.text for document in self.documents}

    @cached_property
    def words(self) -> frozenset[str]:
        """The keywords, of whatever document."""
        return frozenset(self.keywords["word"].tolist())

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """The keywords, each with its document."""
        return frozenset(zip(self.keywords["doc_id"].tolist(), self.keywords["word"].tolist(), strict=True))

    def is_keyword(self, key: WordKey) -> bool:
        """Tell whether a word is a keyword of the document, or of any of the corpus."""
        return key.word in self.words if key.doc_id == CORPUS else (key.doc_id, key.word) in self.pairs

    def _texts(self, doc_id: str) -> Collection[str]:
        return self.texts.values() if doc_id == CORPUS else (self.texts.get(doc_id, ""),)

    def stands(self, word: str, doc_id: str) -> bool:
        """Whether `word` stands in the document, or in any document of the corpus."""
        return any(word in text for text in self._texts(doc_id))

    def is_strange(self, term: str, doc_id: str) -> bool:
        """Tell whether a standard term is nothing that the study knows: it may be misspelt."""
        return term not in self.words and term not in self.codes and not self.stands(term, doc_id)

    def standing(self, quote: str, doc_id: str) -> str:
        """Return a quotation as the document, or the first of the corpus, has it; empty where none does."""
        if any(quote in text for text in self._texts(doc_id)):
            return quote
        return next(
            (
                text[start:end]
                for text in self._texts(doc_id)
                for start, end in find_quotations(text, quote)[:1]
            ),
            "",
        )

    def key(self, row: WordRow, coder: str) -> WordKey:
        return row.key._replace(coder=row.key.coder or coder)

    def leads_to(self, row: WordRow, now: WordState) -> WordState:
        return resolved(row, now)

    def speaks(self, row: WordRow) -> bool:
        return bool(row.key.word) and any(row.state)

    def outdated(self, row: WordRow, now: WordState) -> str:
        untouched = any(row.state) and row.mark == mark(row.state) and row.state.decision != UNDO
        if not untouched or row.state == now:
            return ""
        shown = DECISION_WORDS.get(now.decision, "nothing")
        return (
            f"{row.key.word} is as the sheet was written, but since then it was decided otherwise ({shown}): "
            "that stays."
        )

    def named(self, key: WordKey) -> str:
        return key.word

    def problems(self, key: WordKey, state: WordState) -> Iterator[tuple[str, str]]:
        yield from self._of_key(key)
        yield from self._of_decision(key, state)
        yield from self._of_quote(key, state)
        if state.code and self.codes and state.code not in self.codes:
            yield "code", f"the codebook has no code {state.code}.{did_you_mean(state.code, self.codes)}"

    def settled(self, key: WordKey, state: WordState) -> tuple[WordKey, WordState, list[str]]:
        notes = []
        if state.quote:
            state = state._replace(quote=self.standing(state.quote, key.doc_id))
        if any(no_evidence({key: state}, self.documents)):
            notes = [f"{key.word} stands nowhere in the text and has no quotation: no evidence."]
        elif state.decision in (KEEP, *OUT) and not self.is_keyword(key):
            notes = [f"{key.word} is no keyword there (any more): kept, without effect."]
        elif state.decision == MERGE and self.is_strange(state.standard, key.doc_id):
            term, meant = state.standard, did_you_mean(state.standard, self.words)
            notes = [f"{key.word} is merged into {term}, which is no keyword and stands in no text.{meant}"]
        return (key._replace(doc_id=CORPUS) if state.decision == GENERIC else key), state, notes

    def contradictions(
        self, decisions: WordDecisions, coder: str
    ) -> Iterator[tuple[Collection[WordKey], str, str]]:
        """Yield merges that go in a circle or into a word that is dropped; each circle once."""
        told: set[frozenset[str]] = set()
        for doc_id, scope in scopes(decisions, coder).items():
            own = (key.word for key in decisions if key.coder == coder and key.doc_id == doc_id)
            for word in own:
                if scope.get(word, UNDECIDED).decision != MERGE:
                    continue
                target = scope[word].standard
                if scope.get(target, UNDECIDED).decision in OUT:
                    cause = f"{word} is merged into {target}, which is dropped."
                    yield _keys(coder, doc_id, (word,)), "standard", cause
                around = circle(word, scope)
                if around and frozenset(around) not in told:
                    told.add(frozenset(around))
                    shown = " -> ".join([*around, word])
                    yield _keys(coder, doc_id, around), "standard", f"these merge in a circle: {shown}."

    def _of_key(self, key: WordKey) -> Iterator[tuple[str, str]]:
        if not key.word:
            yield "word", "the word is missing."
        if key.doc_id != CORPUS and key.doc_id not in self.texts:
            meant = did_you_mean(key.doc_id, self.texts)
            yield (
                "doc_id",
                f"no document of this study is called {key.doc_id}.{meant} * means the whole corpus.",
            )

    def _of_decision(self, key: WordKey, state: WordState) -> Iterator[tuple[str, str]]:
        words = ", ".join(DECISION_WORDS.values())
        if state.decision and state.decision not in DECISION_WORDS:
            yield "decision", f"{state.decision!r} is no decision; write one of {words}."
        if state.decision == ACCEPT:
            yield "decision", f"nothing is suggested in this row; write one of {words}."
        if not state.decision and (state.standard or state.quote):
            yield "decision", f"the decision is missing beside the other cells; write one of {words}."
        if state.decision == MERGE and not state.standard:
            yield "standard", f"{key.word} is to be merged, but into what? Write the standard term."
        if state.decision == MERGE and state.standard == key.word and key.word:
            yield "standard", f"{key.word} cannot be merged into itself."
        if state.decision in (KEEP, *OUT, ADD) and state.standard:
            yield (
                "standard",
                f"a standard term goes with {DECISION_WORDS[MERGE]}, not {DECISION_WORDS[state.decision]}.",
            )
        if (
            state.decision in (KEEP, *OUT, MERGE)
            and key.word
            and not self.is_keyword(key)
            and not self.stands(key.word, key.doc_id)
        ):
            yield (
                "word",
                f"{key.word} is no keyword and stands in no text; to add it write {DECISION_WORDS[ADD]}.",
            )

    def _of_quote(self, key: WordKey, state: WordState) -> Iterator[tuple[str, str]]:
        if state.quote and not self.standing(state.quote, key.doc_id):
            where = "any text of the corpus" if key.doc_id == CORPUS else f"the text of {key.doc_id}"
            yield "quote", f"the quotation does not stand in {where}, word for word."
        for column, text in zip(WordState._fields, state, strict=True):
            if len(text) > LONGEST_CELL:
                yield column, f"longer than the {LONGEST_CELL:,} characters a cell holds."


def _keys(coder: str, doc_id: str, words: Collection[str]) -> list[WordKey]:
    return [WordKey(coder, place, word) for word in words for place in (doc_id, CORPUS)]
