"""`casemine suggest`: a language model codes sentences as one more coder; a person accepts its codes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from casemine import coding, review, schema, sheets
from casemine.coding.agreement import Agreement
from casemine.coding.evidence import forms_of
from casemine.coding.llm import Answered, AnswerLog, Endpoint, instructions, parsed, question
from casemine.coding.llm.log import hash_of, key_of
from casemine.coding.text_evidence import CodeFinder
from casemine.document import sentences
from casemine.errors import StudyError, UsageError
from casemine.pipeline.compare import compare
from casemine.pipeline.context import Progress, quiet
from casemine.pipeline.review import AGREEMENT, record, review_book
from casemine.review.decision_words import CODE, NONE
from casemine.review.quotes.columns import CODE_JOIN, QuoteKey, QuoteState
from casemine.study import Study
from casemine.terms import CORPUS, MODEL, safe_name

FILE = "suggestions.jsonl"
# Sentences that a person must have coded blindly before a model is asked about others.
LEAST = 30
# What may be asked about: sentences with a keyword and no code, all without a code, all.
OF = ("keywords", "uncoded", "all")


class Unit(NamedTuple):
    """A sentence of a text."""

    doc_id: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True)
class Suggested:
    """What a model suggested.

    `coder` is its name among the coders; `asked` and `replayed` count answers got now and answers that were
    kept; `coded` sentences got a code, `none` got none of these, `unclear` answers said nothing, `unknown`
    are names that are no codes. `checked` compares it with the person who coded blindly, `person`.
    """

    study: Study
    coder: str
    person: str
    checked: Agreement | None
    asked: int
    replayed: int
    coded: int
    none: int
    unclear: int
    unknown: int
    file: Path


def suggest(
    study: Study | str | os.PathLike[str],
    endpoint: Endpoint,
    *,
    codebook: str = "",
    of: str = "keywords",
    limit: int = 100,
    seed: int = 0,
    unchecked: bool = False,
    replay: bool = False,
    progress: Progress = quiet,
    shown: Callable[[Agreement, str], None] | None = None,
) -> Suggested:
    """Let a model code sentences of a study; its codes are one more coder's and in no table of codings.

    First the sentences that a person coded blindly are put to it, so that its agreement with them is known;
    without `LEAST` of these nothing more is asked, unless `unchecked`. Every question and answer is kept in
    suggestions.jsonl, and a question that was answered is not put again.

    Parameters
    ----------
    study : Study or path
        A coded study.
    endpoint : Endpoint
        Where the model is asked, and its name.
    codebook : str
        The codebook, where the study was coded with several.
    of : {"keywords", "uncoded", "all"}
        The sentences: those with a keyword and no code, those without a code, or all.
    limit : int
        Sentences asked about at most, drawn by `seed`; more of them hold the fewer ones.
    unchecked : bool
        Go on although too few sentences were coded blindly.
    replay : bool
        Ask nothing: take the answers that are kept.
    shown : callable
        Told the agreement with the person, and their name, before anything else is asked.

    Returns
    -------
    Suggested

    Raises
    ------
    StudyError
        For a study that is not coded.
    UsageError
        For too few sentences coded by a person, and an unknown `of`.
    EndpointError
        When the model cannot be asked; answers got before are kept.
    """
    if of not in OF:
        raise UsageError(f"is {of!r}.", place="--of", advice=f"Use one of {', '.join(OF)}.")
    study = Study.of(study)
    with study.locked():
        book = review_book(study, codebook)
        if book is None:
            advice = f"Run `casemine code {study.folder}`."
            raise StudyError("is not coded yet.", place=str(study.folder), advice=advice)
        talk = _Talk(endpoint, book, AnswerLog(study.folder / FILE), replay)
        person, blind = _coded_blindly(study, book)
        checked = None
        if len(blind) >= LEAST or (blind and unchecked):
            _ask(study, talk, blind, "checked", progress)
            if talk.states:
                places = {unit[:3] for unit in blind}
                checked = compare(study, book, (person, talk.coder), places).agreement
                if shown:
                    shown(checked, person)
        elif not unchecked:
            raise UsageError(
                f"{len(blind)} sentences were coded blindly by a person; {LEAST} are wanted to say how far "
                "the model agrees with them.",
                advice="Code some: casemine review STUDY --quotes --blind --coder NAME --sample 0.1; "
                "or go on without knowing: --unchecked.",
            )
        units = _drawn(study, book, of, limit, seed, {unit[:3] for unit in blind})
        _ask(study, talk, units, "asked", progress)
        _write_agreement(study, book, talk.coder)
    return replace(talk.counted(study, person), checked=checked)


class _Talk:
    """The questions of one call, and what came of them."""

    def __init__(self, endpoint: Endpoint, book: coding.Codebook, log: AnswerLog, replay: bool) -> None:
        self.coder = MODEL + endpoint.model
        self.book, self.log, self.endpoint, self.replay = book, log, endpoint, replay
        self.said = instructions(book)
        self.names = frozenset(code.name for code in book.at("open"))
        self.states: dict[Unit, QuoteState] = {}
        self.asked = self.replayed = self.unclear = self.unknown = 0

    def about(self, unit: Unit) -> bool:
        """Ask about a sentence, or take the answer that is kept; tell whether it says anything."""
        answer = self._answer(unit)
        if answer is None:
            return False
        said = parsed(answer, self.names)
        self.unknown += len(said.unknown)
        if not said.understood or (said.unknown and not said.codes):
            self.unclear += 1
            return False
        decision = CODE if said.codes else NONE
        self.states[unit] = QuoteState(decision, CODE_JOIN.join(said.codes), unit.quote, said.reason)
        return True

    def _answer(self, unit: Unit) -> str | None:
        asked, said = question(unit.quote), hash_of(self.said)
        kept = self.log.answers.get(key_of(self.endpoint.model, said, asked))
        if kept or self.replay:
            self.replayed += bool(kept)
            return kept.answer if kept else None
        answer = self.endpoint.ask(self.said, asked)
        self.log.add(Answered(self.endpoint.model, self.book.name, *unit[:3], asked, said, answer), self.said)
        self.asked += 1
        return answer

    def counted(self, study: Study, person: str) -> Suggested:
        coded = sum(state.decision == CODE for state in self.states.values())
        none = len(self.states) - coded
        return Suggested(study, self.coder, person, None, self.asked, self.replayed, coded, none,
                         self.unclear, self.unknown, self.log.path)  # fmt: skip


def _ask(study: Study, talk: _Talk, units: Sequence[Unit], stage: str, progress: Progress) -> None:
    """Ask about sentences; what the model says are the decisions of one more coder, with their history."""
    decisions = review.QUOTATIONS.states(review.QUOTATIONS.read(study.folder))
    for at, unit in enumerate(units):
        progress(stage, at, len(units))
        if talk.about(unit):
            decisions[QuoteKey(talk.coder, talk.book.name, *unit[:3])] = talk.states[unit]
    with study.transaction():
        record(study, review.QUOTATIONS, decisions, "casemine suggest")


def _coded_blindly(study: Study, book: coding.Codebook) -> tuple[str, list[Unit]]:
    """Return the person who coded most sentences blindly, and these sentences."""
    by_person: dict[str, list[Unit]] = {}
    for key, state in review.QUOTATIONS.states(review.QUOTATIONS.read(study.folder)).items():
        if key.codebook == book.name and state.decision in (CODE, NONE) and not key.coder.startswith(MODEL):
            unit = Unit(key.doc_id, key.start, key.end, state.quote)
            by_person.setdefault(key.coder, []).append(unit)
    if not by_person:
        return "", []
    person = min(by_person, key=lambda name: (-len(by_person[name]), name))
    return person, sorted(by_person[person])


def _drawn(
    study: Study, book: coding.Codebook, of: str, limit: int, seed: int, done: set[tuple[str, int, int]]
) -> list[Unit]:
    """Return the sentences to ask about, in their order: as many as wanted of them, drawn by a hash."""
    units = [unit for unit in _sentences(study, book, of) if unit[:3] not in done]
    by_lot = sorted(units, key=lambda unit: hashlib.sha256(f"{seed}\x1f{unit[:3]}".encode()).digest())
    return sorted(by_lot[:limit])


def _sentences(study: Study, book: coding.Codebook, of: str) -> Iterator[Unit]:
    """Yield the sentences of a kind; one that shares a character with a coded quotation is coded."""
    codings = study.codings
    own = codings[(codings["codebook"] == book.label) & (codings["code"] != "")]
    coded = {doc_id: rows[["start", "end"]].to_numpy() for doc_id, rows in own.groupby("doc_id")}
    merges = review.merges(review.read_decisions(study.folder), coder=study.settings.review.coder)
    finder = CodeFinder(book, {}, forms_of(sorted(set(study.keywords["word"])), merges.get(CORPUS, {})))
    for document in study.iter_texts():
        text = document.counted
        taken = coded.get(document.doc_id, np.empty((0, 2), dtype=np.int64))
        places = np.array(
            [at for spans in finder.keywords(finder.scan(document)).values() for _, at, _ in spans]
            if of == "keywords"
            else [],
            dtype=np.int64,
        )
        for start, end in sentences(text):
            if of != "all" and ((taken[:, 0] < end) & (taken[:, 1] > start)).any():
                continue
            if of == "keywords" and not ((places >= start) & (places < end)).any():
                continue
            yield Unit(document.doc_id, start, end, document.text[start:end])


def _answers(study: Study, book: coding.Codebook, coder: str) -> pd.DataFrame:
    """Return the codings of one blind coder, the table `schema.CODINGS`."""
    decisions = review.QUOTATIONS.states(review.QUOTATIONS.read(study.folder))
    none = schema.CODINGS.frame([])
    return review.compared(none, none, decisions, coder=coder, label=book.label)[0]


def _write_agreement(study: Study, book: coding.Codebook, model: str) -> None:
    """Write the model's answers where those of blind coders stand, for `casemine agree`."""
    with study.transaction(), study.unrecorded():
        target = study.new_file(f"{AGREEMENT}/{safe_name(model)}.csv")
        sheets.write_csv(_answers(study, book, model), target)
