"""Checks a filled sheet of quotations against the study and takes it over."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from casemine.document import Document
from casemine.review.check import Taken, did_you_mean, take_over
from casemine.review.decision_words import ADD, CODE, NONE, QUOTE_DECISION_WORDS, RECODE, UNDO
from casemine.review.form import mark
from casemine.review.quotation import find_quotations, same_words
from casemine.review.quotes.columns import CODE_JOIN, NO_CODE, QuoteKey, QuoteState
from casemine.review.quotes.decisions import QuoteDecisions
from casemine.review.quotes.read import QuoteRow, QuoteSheet, is_blind

_BETWEEN = re.compile("[；;，,、\n]+")

# Codebook -> each name and alias in it -> the open code it means, or "" where it is a category.
Codes = Mapping[str, Mapping[str, str]]
QuotesTaken = Taken[QuoteKey, QuoteState]


def take_quotes(
    sheet: QuoteSheet,
    decisions: QuoteDecisions,
    documents: Sequence[Document],
    codes: Codes,
    *,
    coder: str = "",
) -> QuotesTaken:
    """Return the decisions of a study about quotations with those of `sheet`.

    A row nobody touched since it was written, or without a decision, changes nothing. `coder` is the
    name given by the person, if any; the rows' own names must agree with it. `codes` says of each
    codebook of the study which open code its names and aliases mean. Raises `SheetError` that names every
    row that is wrong.
    """
    named = dict.fromkeys(row.key.codebook for row in sheet.rows)
    book = next(filter(None, named), next(iter(codes), ""))
    texts = {document.doc_id: document.text for document in documents}
    taken = take_over(sheet, decisions, _QuoteRules(texts, codes, book, is_blind(sheet)), coder=coder)
    about = dict.fromkeys([*(key.codebook for key in taken.decisions), *named])
    return replace(taken, codebooks=tuple(name for name in about if name in codes))


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


@dataclass(frozen=True)
class _QuoteRules:
    """What a row of a sheet of quotations is checked against: `casemine.review.check.Rules`.

    `codebook` is meant where a row names none.
    """

    texts: Mapping[str, str]
    codes: Codes
    codebook: str
    blind: bool
    undecided: QuoteState = field(default_factory=QuoteState)

    def key(self, row: QuoteRow, coder: str) -> QuoteKey:
        return row.key._replace(coder=row.key.coder or coder, codebook=row.key.codebook or self.codebook)

    def leads_to(self, row: QuoteRow, now: QuoteState) -> QuoteState:
        state = resolved(row, now, blind=self.blind)
        return now if state._replace(quote=now.quote) == now else state

    def speaks(self, row: QuoteRow) -> bool:
        return bool(row.state.decision or row.state.new_code or row.state.note)

    def outdated(self, row: QuoteRow, now: QuoteState) -> str:
        said = _as_read(row.state, blind=self.blind)
        if not self.speaks(row) or row.mark != mark(said.marked) or said.marked == now.marked:
            return ""
        shown = QUOTE_DECISION_WORDS.get(now.decision, now.decision or "nothing")
        return f"is as the sheet was written, but since then it was decided otherwise ({shown}): that stays."

    def named(self, key: QuoteKey) -> str:
        return "this quotation"

    def problems(self, key: QuoteKey, state: QuoteState) -> Iterator[tuple[str, str]]:
        yield from self._of_place(key, state)
        yield from self._of_decision(key, state)

    def contradictions(
        self, decisions: QuoteDecisions, coder: str
    ) -> Iterator[tuple[Collection[QuoteKey], str, str]]:
        """Yield nothing: one decision about a quotation says nothing of another."""
        return iter(())

    def settled(self, key: QuoteKey, state: QuoteState) -> tuple[QuoteKey, QuoteState, list[str]]:
        notes: list[str] = []
        known = self.codes[key.codebook]
        if state.decision == CODE:
            names = dict.fromkeys(known[code] for code in _codes_in(state.new_code))
            state = state._replace(new_code=CODE_JOIN.join(names))
        elif state.new_code or state.decision == ADD:
            state = state._replace(new_code=known.get(state.new_code or key.code, key.code))
        if state.decision == ADD:
            if key.start < 0:
                (start, end), *others = find_quotations(self.texts[key.doc_id], state.quote)
                if others:
                    notes.append("the quotation stands there more than once; the first is taken.")
                key = key._replace(start=start, end=end)
            key = key._replace(code=state.new_code)
        return key, state._replace(quote=self.texts[key.doc_id][key.start : key.end]), notes

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
        elif state.quote and key.start < 0 and not find_quotations(self.texts[key.doc_id], state.quote):
            yield "quote", f"the quotation does not stand in the text of {key.doc_id}, word for word."
        elif (
            state.quote
            and key.start >= 0
            and not same_words(self.texts[key.doc_id][key.start : key.end], state.quote)
        ):
            yield (
                "quote",
                "is not what stands at this place of the text; leave the quotation as it was, and write "
                f"another one as {QUOTE_DECISION_WORDS[ADD]} in a row of its own.",
            )

    def _of_decision(self, key: QuoteKey, state: QuoteState) -> Iterator[tuple[str, str]]:
        words = ", ".join(QUOTE_DECISION_WORDS.values())
        blind = (CODE, NONE) if self.blind else ()
        if state.decision not in (*QUOTE_DECISION_WORDS, *blind):
            cause = f"{state.decision!r} is no decision" if state.decision else "the decision is missing"
            yield ("new_code" if self.blind else "decision"), f"{cause}; write one of {words}."
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
