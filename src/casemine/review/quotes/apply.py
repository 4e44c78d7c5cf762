"""The quotations that the program coded, with what people decided about them: the codings of a study."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from casemine import schema
from casemine.document import Document
from casemine.review.decision_words import ADD, CODE, DROP, NONE, RECODE
from casemine.review.quotes.columns import CODE_JOIN, QuoteKey, QuoteState
from casemine.review.quotes.decisions import QuoteDecisions
from casemine.terms import FROM, PERSON, PROGRAM, Label

# Who coded what nobody decided, and how what a person decided was placed.
METHOD = "decision"
_IDENTITY = ["doc_id", "start", "end", "code", "keyword"]


def settle(
    codings: pd.DataFrame,
    decisions: QuoteDecisions,
    documents: Sequence[Document],
    codes: Mapping[str, str],
    *,
    label: str,
    coder: str,
) -> tuple[pd.DataFrame, list[str]]:
    """Return the table `schema.CODINGS` that one coder's decisions leave of `codings`, and what they lost.

    Dropped quotations are out; recoded and added ones have method `decision`, score 1 and the person as
    coder. `codes` maps names and aliases to open codes of the codebook `label` (name@hash). A decision
    about a quotation that stands in the text no more, or that names a code the codebook has no more, is
    lost: it stays decided, without effect.
    """
    texts = {document.doc_id: document.text for document in documents}
    gone: set[tuple[Any, ...]] = set()
    added: list[dict[str, Any]] = []
    lost: list[str] = []
    name = Label.parse(label).name
    for key, state in decisions.items():
        if (key.coder, key.codebook) != (coder, name) or state.decision not in (DROP, RECODE, ADD):
            continue
        at = _standing(key, state, texts.get(key.doc_id, ""))
        code = codes.get(state.new_code, "")
        if at < 0 or (state.decision != DROP and not code):
            lost.append(f"{key.doc_id}: {state.quote} [{state.new_code or key.code}]")
            continue
        place = {"doc_id": key.doc_id, "start": at, "end": at + len(state.quote)}
        if state.decision != ADD:
            gone.add((*place.values(), key.code, key.keyword))
        if state.decision != DROP:
            coding = {"codebook": label, **place, "code": code, "keyword": key.keyword, "coder": coder}
            added.append({**coding, "quote": state.quote, "method": METHOD, "score": 1.0, FROM: PERSON})
    identity = codings[_IDENTITY].itertuples(index=False, name=None)
    kept = codings[[named not in gone for named in identity]]
    return _joined([schema.CODINGS.frame(added), kept], [*schema.CODINGS.key]), lost


def _standing(key: QuoteKey, state: QuoteState, text: str) -> int:
    """Return where a quotation stands: its place, or the only other one; -1 when there is none."""
    if text[key.start : key.end] == state.quote:
        return key.start
    return text.index(state.quote) if state.quote and text.count(state.quote) == 1 else -1


def unsettled(codings: pd.DataFrame, decisions: QuoteDecisions, *, label: str, coder: str) -> pd.DataFrame:
    """Return the codings of `label` as the program found them: `codings` before what `coder` decided."""
    name = Label.parse(label).name
    blank = {"codebook": label, "coder": PROGRAM, "method": "", "score": 0.0}
    gone = [
        {**{part: getattr(key, part) for part in _IDENTITY}, "quote": state.quote, **blank}
        for key, state in decisions.items()
        if (key.coder, key.codebook) == (coder, name) and state.decision in (DROP, RECODE)
    ]
    return _joined([codings[codings["coder"] == PROGRAM], schema.CODINGS.frame(gone)], _IDENTITY)


def compared(
    codings: pd.DataFrame, study: pd.DataFrame, decisions: QuoteDecisions, *, coder: str, label: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what another coder gave to the sentences they decided about, and what the study has there.

    `codings` are the codings of `label` by that coder's decisions (`settle`), `study` those of the study;
    a blind coder's answers stand in `decisions` alone. Both results are tables `schema.CODINGS`; a
    document whose sentences got no code has one row without a code: it was read.
    """
    name = Label.parse(label).name
    own = [
        (key, state)
        for key, state in decisions.items()
        if key.coder == coder and key.codebook == name and state.decision
    ]
    # An added quotation is nothing that the other was asked about, unless it is one of the sentences.
    places = {(key.doc_id, key.start, key.end) for key, state in own if state.decision != ADD}
    blind = [(key, state) for key, state in own if state.decision in (CODE, NONE)]
    seen = {(key.doc_id, key.start, key.end) for key, _ in blind}
    given = [
        {
            **key._asdict(),
            "codebook": label,
            "code": code,
            "quote": state.quote,
            "method": METHOD,
            "score": 1.0,
            FROM: PERSON,
        }
        for key, state in blind
        for code in state.new_code.split(CODE_JOIN)
        if code
    ]
    answers = codings[[place in places - seen for place in _places(codings)]]
    mine = _joined([schema.CODINGS.frame(given), answers.assign(coder=coder)], [*schema.CODINGS.key])
    there = study[[place in places for place in _places(study)]]
    return as_read(mine, places, coder, label), as_read(there, places, "study", label)


def _places(codings: pd.DataFrame) -> list[tuple[Any, ...]]:
    return list(codings[["doc_id", "start", "end"]].itertuples(index=False, name=None))


def _joined(frames: Sequence[pd.DataFrame], key: list[str]) -> pd.DataFrame:
    filled = [frame for frame in frames if len(frame)]
    together = schema.CODINGS.frame(pd.concat(filled).drop_duplicates(key) if filled else [])
    return together.sort_values([*_IDENTITY, "coder"], kind="stable", ignore_index=True)


def as_read(codings: pd.DataFrame, places: set[tuple[str, int, int]], coder: str, label: str) -> pd.DataFrame:
    """Return the codings of a coder at `places`, with a row without a code for documents that got none."""
    given = codings.assign(coder=coder, keyword="")
    silent = sorted({doc_id for doc_id, _, _ in places} - set(given["doc_id"]))
    blank = dict.fromkeys(schema.CODINGS.names, "") | {"start": 0, "end": 0, "score": 0.0}
    rows = [blank | {"codebook": label, "doc_id": doc_id, "coder": coder} for doc_id in silent]
    return _joined([given, schema.CODINGS.frame(rows)], [*schema.CODINGS.key])
