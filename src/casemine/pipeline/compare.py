"""Coders side by side: what each gave to the same sentences, how far they agree, what was settled."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from casemine import coding, review, schema, sheets
from casemine.coding import adjudication
from casemine.coding.agreement import STUDY as STUDY_RATER
from casemine.coding.agreement import Agreement, agreement
from casemine.errors import UsageError
from casemine.pipeline.code import known_codes
from casemine.pipeline.review import AGREEMENT
from casemine.pipeline.rigour import CONSENSUS, CONSENSUS_HISTORY, consensus_history
from casemine.study import Study
from casemine.terms import codebook_name, safe_name

_PLACE = ["doc_id", "start", "end"]
Place = tuple[str, int, int]


@dataclass(frozen=True)
class Compared:
    """Raters compared at the sentences that all of them decided about.

    `table` lists the units they answered differently (`schema.DISAGREEMENTS`, a column a rater), with what
    was settled so far; `files` are the codings that were compared.
    """

    agreement: Agreement
    table: pd.DataFrame
    files: tuple[pd.DataFrame, ...]
    places: int


def raters(study: Study, book: coding.Codebook) -> list[str]:
    """Name those who can be compared: everybody who decided about quotations, and the study as it stands."""
    states = review.QUOTATIONS.states(review.QUOTATIONS.read(study.folder))
    main = _main(study)
    own = [(key.coder, state.decision) for key, state in states.items() if key.codebook == book.name]
    # Who decides about the study's codings made them and is the study; a blind coder is not.
    blind = {coder for coder, decision in own if decision in ("code", "none")}
    apart = dict.fromkeys(coder for coder, _ in own if coder != main or coder in blind)
    return [*apart, *([STUDY_RATER] if own else [])]


def compare(
    study: Study, book: coding.Codebook, chosen: Sequence[str], places: Collection[Place] | None = None
) -> Compared:
    """Compare two raters or more, sentence by sentence; at `places` alone where these are given.

    Raises `UsageError` when they are fewer than two or decided about no sentence together.
    """
    known, chosen = raters(study, book), list(dict.fromkeys(chosen))
    if len(chosen) < 2 or not set(chosen) <= set(known):
        raise UsageError(
            "choose two who decided about the same sentences.", advice=f"Known: {', '.join(known)}."
        )
    states = review.QUOTATIONS.states(review.QUOTATIONS.read(study.folder))
    given = {rater: _given(study, book, states, rater) for rater in chosen}
    decided = [places for places, _ in given.values() if places is not None]
    common = set.intersection(*decided, *([] if places is None else [set(places)]))
    if not common:
        raise UsageError("they decided about no sentence together.")
    files = tuple(
        review.as_read(_at(frame, common), common, rater, book.label) for rater, (_, frame) in given.items()
    )
    agreed = agreement(list(zip(chosen, files, strict=True)), unit="sentence")
    texts = {document.doc_id: document.text for document in study.texts}
    table = adjudication.disagreements(agreed, texts)
    settled = answers(study, book)
    units = table[[*_PLACE, "code"]].itertuples(index=False, name=None)
    return Compared(
        agreed, table.assign(adjudicated=[settled.get(unit, "") for unit in units]), files, len(common)
    )


def _given(
    study: Study, book: coding.Codebook, states: Mapping[Any, Any], rater: str
) -> tuple[set[Place] | None, pd.DataFrame]:
    """Return the sentences a rater decided about (None: all) and what they gave there."""
    codings = study.table_or_empty(schema.CODINGS)
    codings = codings[codings["codebook"].map(codebook_name) == book.name].assign(codebook=book.label)
    main = _main(study)
    found = review.unsettled(codings, states, label=book.label, coder=main)
    codes, texts = known_codes(study)[book.name], study.texts
    who = main if rater == STUDY_RATER else rater
    own, _ = review.settle(found, states, texts, codes, label=book.label, coder=who)
    if rater == STUDY_RATER:
        return None, own
    mine, _ = review.compared(own, codings, states, coder=rater, label=book.label)
    places = {
        (key.doc_id, key.start, key.end)
        for key, state in states.items()
        if (key.coder, key.codebook) == (rater, book.name) and state.decision not in ("", "add")
    }
    return places, mine


def _at(frame: pd.DataFrame, places: set[Place]) -> pd.DataFrame:
    named = frame[_PLACE].itertuples(index=False, name=None)
    return frame[[place in places for place in named]]


def settled_files(book: coding.Codebook) -> tuple[str, str]:
    """Return the files of what was settled of a codebook, and of its history, as named from the study."""
    settled, history = (
        f"{AGREEMENT}/{name.removesuffix('.csv')}-{safe_name(book.name)}.csv"
        for name in (CONSENSUS, CONSENSUS_HISTORY)
    )
    return settled, history


def answers(study: Study, book: coding.Codebook) -> dict[tuple[str, int, int, str], str]:
    """Return unit -> what was settled last (有 or 无), from the history of the consensus on a codebook."""
    path = study.folder / settled_files(book)[1]
    if not path.is_file():
        return {}
    history = schema.CONSENSUS_HISTORY.parse(sheets.read_csv(path))
    rows = history[[*_PLACE, "code", "new"]].itertuples(index=False, name=None)
    return {(doc_id, int(start), int(end), code): new for doc_id, start, end, code, new in rows}


def settle(
    study: Study,
    book: coding.Codebook,
    chosen: Sequence[str],
    unit: tuple[str, int, int, str],
    answer: str,
    source: str,
) -> Compared:
    """Settle one unit that raters answered differently; write agreement/consensus-BOOK.csv and its history.

    `answer` is 有 or 无. Raises `UsageError` when it is neither, or they do not disagree there.
    """
    with study.locked():
        seen = compare(study, book, chosen)
        named = list(seen.table[[*_PLACE, "code"]].itertuples(index=False, name=None))
        if unit not in named:
            raise UsageError(f"they do not disagree about {unit[3]} in {unit[0]}.")
        table = seen.table.copy()
        table.loc[named.index(unit), "adjudicated"] = answer
        made = adjudication.consensus(seen.agreement, seen.files, table)
        files = settled_files(book)
        raters = list(seen.agreement.raters)
        history = consensus_history(study.folder / files[1], made.settled, raters, source, None)
        with study.transaction():
            for name, frame in zip(files, (made.codings, history), strict=True):
                sheets.write_csv(frame, study.new_file(name))
    return replace(seen, table=table)


def _main(study: Study) -> str:
    return review.main_coder(review.QUOTATIONS.read(study.folder), study.settings.review.coder)
