"""Where coders disagree: each unit with its text and every answer, and what was agreed in the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from casemine.coding.agreement import Agreement
from casemine.errors import UsageError
from casemine.schema import CODINGS, DISAGREEMENTS

# Who coded what the coders agreed on, at once or after they had talked.
CONSENSUS = "consensus"
METHOD = "consensus"
GIVEN, NOT_GIVEN, NOT_READ = "有", "无", "未读"
_ANSWERS = {
    **dict.fromkeys((GIVEN, "是", "yes", "y", "1", "true", "given", "✓", "√"), True),
    **dict.fromkeys((NOT_GIVEN, "否", "no", "n", "0", "false", "not given", "✗", "×"), False),
}
_PLACE = ["doc_id", "start", "end"]


def disagreements(agreement: Agreement, texts: Mapping[str, str]) -> pd.DataFrame:
    """Return the table `schema.DISAGREEMENTS`: each unit that the coders answered differently.

    A column for each rater says 有, 无 or 未读 (not read); `adjudicated` is empty, for the answer that is
    agreed on. `texts` are the texts of the documents: of a sentence its words are shown, of a document the
    quotations that were given the code.
    """
    ratings = agreement.ratings
    apart = ratings.nunique(axis=1) > 1
    rows: list[dict[str, Any]] = []
    for unit, values in ratings[apart].iterrows():
        place, label = unit if isinstance(unit, tuple) else (unit, "")
        named = _named(str(place))
        answers = {str(rater): _answer(value) for rater, value in values.items()}
        given = agreement.judged[(agreement.judged["place"] == place) & (agreement.judged["label"] == label)]
        text = texts.get(named["doc_id"], "")
        shown = text[named["start"] : named["end"]] if named["end"] else " / ".join(_quotes(given, text))
        rows.append({**named, "code": label, "text": shown, "adjudicated": "", "note": "", **answers})
    table = DISAGREEMENTS.frame(pd.DataFrame(rows, columns=[*DISAGREEMENTS.names, *agreement.raters]))
    return table.sort_values([*_PLACE, "code"], kind="stable", ignore_index=True)


def _quotes(given: pd.DataFrame, text: str) -> list[str]:
    spans = sorted({(int(start), int(end)) for start, end in zip(given["start"], given["end"], strict=True)})
    return [text[start:end] for start, end in spans if end > start]


def _named(place: str) -> dict[str, Any]:
    """Take a place apart: a document, or document:start-end."""
    doc_id, _, span = place.rpartition(":")
    start, _, end = span.partition("-")
    if doc_id and start.isdecimal() and end.isdecimal():
        return {"doc_id": doc_id, "start": int(start), "end": int(end)}
    return {"doc_id": place, "start": 0, "end": 0}


def _answer(value: float) -> str:
    return NOT_READ if pd.isna(value) else GIVEN if value == 1 else NOT_GIVEN


@dataclass(frozen=True)
class Consensus:
    """What coders agreed on: codings of the coder `consensus`, what was settled how, how much is open."""

    codings: pd.DataFrame
    settled: pd.DataFrame
    open_units: int


def consensus(
    agreement: Agreement,
    files: Sequence[pd.DataFrame],
    filled: pd.DataFrame,
    place: str = "",
    first_row: int = 2,
) -> Consensus:
    """Return the codings that all coders agree on, or that `filled` settles.

    `files` are the tables `schema.CODINGS` that were compared, `filled` is the table that `disagreements`
    made with the column `adjudicated` filled in: 有 or 无 (yes, no). What is left blank stays open, and
    counts as not given. Quotations are those of the coders who gave the code; a document in which
    nothing was given has a row without a code. `place` names the file in errors, `first_row` is
    the number of its first row.
    Raises `UsageError` with every cell that is no answer or no unit the coders disagree about.
    """
    ratings = agreement.ratings
    apart = ratings.nunique(axis=1) > 1
    answers, rows = _read(filled, set(ratings.index[apart]), place, first_row)
    agreed = ratings[~apart].max(axis=1) == 1
    given = {unit for unit, value in agreed.items() if value} | {
        unit for unit, answer in answers.items() if answer
    }
    codings = pd.concat(files, ignore_index=True)
    places = [str(unit[0]) for unit in ratings.index]
    by_sentence = any(_named(name)["end"] for name in places)
    units = [
        (f"{doc_id}:{start}-{end}" if by_sentence else doc_id, code)
        for doc_id, start, end, code in codings[[*_PLACE, "code"]].itertuples(index=False, name=None)
    ]
    kept = codings[[unit in given for unit in units]]
    read = sorted(set(agreement.judged["document"]))
    silent = [doc_id for doc_id in read if doc_id not in set(kept["doc_id"])]
    label = codings["codebook"].iloc[0] if len(codings) else ""
    blank = dict.fromkeys(CODINGS.names, "") | {"start": 0, "end": 0, "score": 0.0, "codebook": label}
    nothing = CODINGS.frame([blank | {"doc_id": doc_id} for doc_id in silent])
    together = pd.concat([frame for frame in (kept, nothing) if len(frame)] or [nothing])
    together = together.assign(coder=CONSENSUS, method=METHOD, keyword="")
    table = CODINGS.frame(together.drop_duplicates([*CODINGS.key]).sort_values([*CODINGS.key]))
    return Consensus(table, rows, int(apart.sum()) - len(answers))


def _read(
    filled: pd.DataFrame, units: set[Any], place: str, first_row: int
) -> tuple[dict[tuple[str, str], bool], pd.DataFrame]:
    """Return the answers of a filled table by unit, and its rows that have one."""
    answers: dict[tuple[str, str], bool] = {}
    wrong: list[str] = []
    rows = []
    for number, row in enumerate(filled.to_dict("records"), start=first_row):
        said = str(row["adjudicated"]).strip()
        if not said:
            continue
        span = f":{row['start']}-{row['end']}" if int(row["end"]) else ""
        unit = (f"{row['doc_id']}{span}", str(row["code"]))
        if said.casefold() not in _ANSWERS:
            wrong.append(f"row {number}: {said!r} is no answer; write {GIVEN} or {NOT_GIVEN}.")
        elif unit not in units:
            wrong.append(f"row {number}: the coders do not disagree about {unit[1]} in {unit[0]}.")
        elif answers.setdefault(unit, _ANSWERS[said.casefold()]) != _ANSWERS[said.casefold()]:
            wrong.append(f"row {number}: {unit[1]} in {unit[0]} is answered otherwise in a row above.")
        else:
            rows.append({str(name): value for name, value in row.items()} | {"adjudicated": said})
    if wrong:
        many = f"{len(wrong)} problem{'s' * (len(wrong) != 1)}; nothing was written."
        raise UsageError("\n  ".join([many, *wrong]), place=place)
    return answers, pd.DataFrame(rows, columns=filled.columns)
