"""What several coders gave to the same texts, as units that can be compared, and how far they agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from casemine.coding.coefficients import (
    DRAWS,
    alpha_interval,
    cohen_kappa,
    fleiss_kappa,
    holsti,
    krippendorff_alpha,
    percent_agreement,
)
from casemine.errors import UsageError
from casemine.schema import AGREEMENT, APART
from casemine.terms import PROGRAM

# How the row of all codes together is called, as * is the whole corpus among the decisions.
ALL = "*"
# The program's codings with what somebody decided about them, and the method of what they decided.
STUDY, RECODED = "study", "decision"
_ONE_VALUE = "every coder gave every unit the same value: kappa and alpha are undefined"
_UNIT = ["place", "label"]
_NO_UNIT = "no unit was coded by two people"
_NOT_ALL = "Fleiss' kappa is undefined: the units that every coder coded are none, or have one value"
_ONE_DOCUMENT = "one document only: no interval"


@dataclass(frozen=True)
class Agreement:
    """Who was compared, the coefficients (`AGREEMENT`) and the units left out of them (`APART`).

    `units` says what was counted, `notes` what a reader of the coefficients should know. `ratings` holds the
    units (place, label) by rater: 1 given, 0 not given, nan not coded; `judged` what each rater said.
    """

    raters: tuple[str, ...]
    table: pd.DataFrame
    apart: pd.DataFrame
    units: str = ""
    notes: tuple[str, ...] = ()
    ratings: pd.DataFrame = field(default_factory=pd.DataFrame)
    judged: pd.DataFrame = field(default_factory=pd.DataFrame)


def agreement(
    files: Sequence[tuple[str, pd.DataFrame]], *, unit: str = "document", draws: int = DRAWS, seed: int = 0
) -> Agreement:
    """Compare coders, from named tables `schema.CODINGS` or `schema.DECISIONS`, all of one kind.

    Each file is one coder; a single file is divided by its column `coder`, where what a person decided
    about the program's codings is no coding of their own: both together are one rater, the study. A unit
    is a document (or a sentence that anybody coded) and a code; a code not given is the value 0. Who
    coded, or decided, anything in a document has read it; a row of codings without a code says so of a
    document in which nothing was found. Decisions are compared by the codes they name, or where they name
    none by the terms they keep; a word that one was not asked about is no value of theirs, a word
    added by hand is. A decision for the whole corpus is a unit of its own.

    Raises `UsageError` for fewer than two coders, mixed kinds, or decisions by sentence.
    """
    decided = {"decision" in frame.columns for _, frame in files}
    if len(decided) > 1:
        raise UsageError("decisions and codings cannot be compared with one another.", place="agree")
    decisions = decided == {True}
    if decisions and unit == "sentence":
        raise UsageError("decisions know no sentences.", place="agree", advice="Compare codings by sentence.")
    rows = pd.concat([frame.assign(rater=name) for name, frame in _by_rater(files)], ignore_index=True)
    by_code = not decisions or bool((rows["code"] != "").any())
    judged = _from_decisions(rows, by_code=by_code) if decisions else _from_codings(rows, unit)
    judged = judged.drop_duplicates(ignore_index=True)
    units = _crossed_units(judged) if by_code else _named_units(judged)
    ratings = _ratings(judged, units)
    documents = _document_of(judged, units)
    table = _table(ratings, documents, draws, seed)
    raters = tuple(map(str, ratings.columns))
    stated = _stated(ratings, documents, "document" if decisions else unit, by_code=by_code)
    return Agreement(raters, table, _apart(ratings), stated, _notes(files, ratings), ratings, judged)


def _stated(ratings: pd.DataFrame, documents: pd.Series, unit: str, *, by_code: bool) -> str:
    """Say what the units are that were counted, and how many."""
    both = ratings.notna().sum(axis=1) >= 2
    places = ratings.index.get_level_values("place")[both]
    labels = ratings.index.get_level_values("label")[both]
    count = f"{places.nunique():,} {unit}{'s' * (places.nunique() != 1)}"
    if unit != "document":
        count += f" of {documents[both.to_numpy()].nunique():,} documents"
    what = f"code{'s' * (labels.nunique() != 1)}" if by_code else "terms"
    return (
        f"{int(both.sum()):,} units that two or more coders read: {count} and {labels.nunique():,} {what}; "
        "a code that is not given is a value"
    )


def _notes(files: Sequence[tuple[str, pd.DataFrame]], ratings: pd.DataFrame) -> tuple[str, ...]:
    hands = [set(frame["coder"]) for _, frame in files]
    notes = []
    if len(files) > 1 and len(hands[0]) == 1 and all(hand == hands[0] for hand in hands):
        notes.append(
            f"all files are of {next(iter(hands[0]))}: this is how far one coder agrees with themselves."
        )
    silent = [str(rater) for rater in ratings if not (ratings[rater] == 1).any()]
    if silent:
        notes.append(f"gave no code at all: {', '.join(silent)}.")
    return tuple(notes)


def _independent(frame: pd.DataFrame) -> pd.Series:
    """Return whose each row of codings is: what was decided about the program's is the study's."""
    coder = frame["coder"].astype(str)
    if "method" not in frame or PROGRAM not in set(coder):
        return coder
    recoded = frame["method"] == RECODED
    return coder.where(~recoded & (coder != PROGRAM), STUDY) if recoded.any() else coder


def _by_rater(files: Sequence[tuple[str, pd.DataFrame]]) -> list[tuple[str, pd.DataFrame]]:
    if len(files) == 1:
        frame = files[0][1]
        raters = [(str(rater), rows) for rater, rows in frame.groupby(_independent(frame), sort=True)]
    else:
        coders = [frame["coder"].unique().tolist() for _, frame in files]
        named = [str(names[0]) for names in coders if len(names) == 1]
        alone = len(named) == len(files) == len(set(named))
        raters = [(named[at] if alone else name, frame) for at, (name, frame) in enumerate(files)]
    if len({name for name, _ in raters}) < max(2, len(raters)):
        raise UsageError(
            f"agreement needs two coders, and these are {', '.join(name for name, _ in raters) or 'none'}.",
            place=", ".join(name for name, _ in files),
            advice="Give the file of each coder, or one file with several coders. What was decided about the "
            "program's codings is no second opinion: have somebody code blindly, "
            "`casemine review STUDY --quotes --coder NAME --blind`.",
        )
    return raters


# Both kinds of table become rows of: rater, document, place (where the code was given: the document,
# or a sentence of it), word, label (the code), given, free (nobody needs to be asked in order to give it).


def _from_codings(rows: pd.DataFrame, unit: str) -> pd.DataFrame:
    place = rows["doc_id"].astype(str)
    if unit == "sentence":
        place = place + ":" + rows["start"].astype(str) + "-" + rows["end"].astype(str)
        place = place.where(rows["code"] != "", "")
    return pd.DataFrame(
        {"rater": rows["rater"], "document": rows["doc_id"], "place": place, "word": "",
         "label": rows["code"], "given": rows["code"] != "", "free": True, "start": rows["start"],
         "end": rows["end"]}
    )  # fmt: skip


def _from_decisions(rows: pd.DataFrame, *, by_code: bool) -> pd.DataFrame:
    rows = rows[(rows["decision"] != "") | (rows["code"] != "")]
    document = rows["doc_id"].where(rows["doc_id"] != "*", "*" + rows["word"])
    kept = ~rows["decision"].isin(["drop", "generic"])
    term = rows["standard"].where(kept & (rows["standard"] != ""), rows["word"])
    label = rows["code"] if by_code else term
    return pd.DataFrame(
        {"rater": rows["rater"], "document": document, "place": document, "word": rows["word"],
         "label": label, "given": kept & (label != ""), "free": rows["decision"] == "add",
         "start": 0, "end": 0}
    )  # fmt: skip


def _crossed_units(judged: pd.DataFrame) -> pd.MultiIndex:
    """Return every place with every code: a codebook lies open at each."""
    places = sorted(set(judged["place"]) - {""})
    codes = sorted(set(judged.loc[judged["given"], "label"]))
    return pd.MultiIndex.from_product([places, codes], names=_UNIT)


def _named_units(judged: pd.DataFrame) -> pd.MultiIndex:
    """Return each place with the terms somebody kept there, and the words that all have dropped."""
    given = judged[judged["given"]]
    dropped = ~_among(given[["place", "word"]], pd.MultiIndex.from_frame(judged[["place", "word"]]))
    named = pd.concat([given[_UNIT], judged.loc[dropped, _UNIT]]).drop_duplicates()
    return pd.MultiIndex.from_frame(named.sort_values(_UNIT))


def _among(pairs: pd.DataFrame, index: pd.MultiIndex) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Tell of each entry of `index` whether it is one of `pairs`."""
    return np.asarray(pd.MultiIndex.from_frame(pairs.drop_duplicates()).get_indexer(index) >= 0)


def _ratings(judged: pd.DataFrame, units: pd.MultiIndex) -> pd.DataFrame:
    """Return units (place, label) x raters: 1 given, 0 not given, nan not coded."""
    documents = _document_of(judged, units)
    given = judged[judged["given"]]
    # Where words were put one by one, a code stands open only to those who were asked one of its words.
    closed = _among(given.loc[~given["free"], _UNIT], units) & ~_among(given.loc[given["free"], _UNIT], units)
    words = given.loc[~given["free"], ["place", "word", "label"]]
    asked = words.merge(judged[["place", "word", "rater"]], on=["place", "word"])
    given_by = {}
    for rater in dict.fromkeys(judged["rater"]):
        own = judged[judged["rater"] == rater]
        was_asked = _among(asked.loc[asked["rater"] == rater, _UNIT], units)
        could = documents.isin(own["document"]).to_numpy() & (was_asked | ~closed)
        gave = _among(own.loc[own["given"], _UNIT], units)
        given_by[rater] = np.where(gave, 1.0, np.where(could, 0.0, np.nan))
    return pd.DataFrame(given_by, index=units)


def _document_of(judged: pd.DataFrame, units: pd.MultiIndex) -> pd.Series:
    """Return the document that each unit belongs to."""
    documents = judged[judged["place"] != ""].drop_duplicates("place").set_index("place")["document"]
    return documents.reindex(units.get_level_values("place"))


def _table(ratings: pd.DataFrame, documents: pd.Series, draws: int, seed: int) -> pd.DataFrame:
    groups = pd.factorize(documents)[0]
    labels = ratings.index.get_level_values("label")
    whole = np.ones(len(ratings), dtype=bool)
    parts = [(ALL, whole), *((code, labels == code) for code in sorted(set(labels)))]
    values = ratings.to_numpy()
    return AGREEMENT.frame(
        [{"code": code, **_coefficients(values[part], groups[part], draws, seed)} for code, part in parts]
    )


def _coefficients(
    ratings: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    groups: np.ndarray[tuple[int, ...], np.dtype[np.int64]],
    draws: int,
    seed: int,
) -> dict[str, object]:
    coders = (~np.isnan(ratings)).sum(axis=1)
    shared = ratings[coders >= 2]
    alpha = krippendorff_alpha(shared)
    fleiss = fleiss_kappa(shared)
    drawn = groups[coders >= 2]
    interval = None if alpha is None else alpha_interval(shared, drawn, draws=draws, seed=seed)
    low, high = interval or (None, None)
    return {
        "units": len(shared),
        "given": int((shared == 1).any(axis=1).sum()),
        "apart": int((coders == 1).sum()),
        "percent": percent_agreement(shared),
        "holsti": holsti(shared),
        "cohen": cohen_kappa(shared),
        "fleiss": fleiss,
        "alpha": alpha,
        "alpha_low": low,
        "alpha_high": high,
        "note": _why(len(shared), alpha, fleiss, interval),
    }


def _why(units: int, alpha: float | None, fleiss: float | None, interval: tuple[float, float] | None) -> str:
    """Say why coefficients are undefined; empty when none is."""
    if not units:
        return _NO_UNIT
    if alpha is None:
        return _ONE_VALUE
    return "; ".join(([_NOT_ALL] if fleiss is None else []) + ([_ONE_DOCUMENT] if interval is None else []))


def _apart(ratings: pd.DataFrame) -> pd.DataFrame:
    alone = ratings[ratings.notna().sum(axis=1) == 1].reset_index()
    rows = alone.melt(_UNIT, var_name="rater", value_name="given").dropna().sort_values(_UNIT)
    return APART.frame(rows.rename(columns={"label": "code"}).assign(given=rows["given"] == 1))
