"""The decisions of a study and their history: read, compared, replayed, written together."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from casemine import schema, sheets
from casemine.errors import StudyError
from casemine.review.columns import DECISION_WORDS, MAIN_CODER, UNDECIDED, State, decision_meant
from casemine.review.read import csv_rows

DECISIONS_FILE = "decisions.csv"
HISTORY_FILE = "history.csv"

HISTORY = schema.Table(
    "history",
    ("number",),
    (
        schema.Column("number", "count", "序号", "1, 2, 3, ...: rows are only ever added"),
        schema.Column("time", "text", "时间", "when it was applied, UTC"),
        schema.Column("coder", "text", "编码员", "who decided"),
        schema.Column("doc_id", "text", "文档编号", "document, or * for the whole corpus"),
        schema.Column("word", "text", "词语", "keyword"),
        schema.Column("field", "text", "栏目", "column of decisions.csv that changed"),
        schema.Column("old", "text", "原值", "what it was; empty: nothing"),
        schema.Column("new", "text", "新值", "what it became; empty: withdrawn"),
        schema.Column(
            "source", "text", "来源", "the sheet it came from; decisions.csv: edited there by hand"
        ),
    ),
    "every change of a decision, in order: played from the first row on, they give decisions.csv",
)


class Key(NamedTuple):
    """Whose decision, about which word, where (`*`: the whole corpus)."""

    coder: str
    doc_id: str
    word: str


Decisions = Mapping[Key, State]


class Change(NamedTuple):
    """One column of one decision that changed."""

    key: Key
    field: str
    old: str
    new: str


def no_decisions() -> pd.DataFrame:
    """Return an empty table `schema.DECISIONS`."""
    return schema.DECISIONS.frame([])


def read_decisions(folder: Path) -> pd.DataFrame:
    """Return the table `schema.DECISIONS` of a study, empty when nothing was decided.

    It may have been saved by Excel in another encoding. Raises `StudyError` when it is broken.
    """
    path = folder / DECISIONS_FILE
    table = _read(path, schema.DECISIONS)
    for word, decision in zip(table["word"], table["decision"], strict=True):
        if decision and decision_meant(decision) not in DECISION_WORDS:
            raise StudyError(f"{decision!r} of {word} is no decision.", place=str(path))
    return table


def read_history(folder: Path) -> pd.DataFrame:
    """Return the table `HISTORY` of a study, empty when nothing was decided."""
    return _read(folder / HISTORY_FILE, HISTORY)


def _read(path: Path, table: schema.Table) -> pd.DataFrame:
    if not path.is_file():
        return table.frame([])
    try:
        rows = [cells for _, cells in csv_rows(path.read_bytes())]
        read = pd.DataFrame(rows[1:], columns=rows[0] if rows else table.names, dtype=str)
        lacking = [name for name in table.names if name not in read]
        if lacking:
            raise StudyError(f"has no column {', '.join(lacking)}.", place=str(path))
        return table.parse(read)
    except ValueError as error:
        raise StudyError(f"cannot be read ({error}).", place=str(path)) from error


def as_states(decisions: pd.DataFrame) -> dict[Key, State]:
    """Return decisions by key, in the order of the table."""
    keys = decisions[["coder", "doc_id", "word"]].itertuples(index=False, name=None)
    states = decisions[list(State._fields)].itertuples(index=False, name=None)
    return {
        Key(*key): State(decision_meant(decision), *cells)
        for key, (decision, *cells) in zip(keys, states, strict=True)
    }


def as_table(decisions: Decisions) -> pd.DataFrame:
    """Return the table `schema.DECISIONS`: coders in the order they first decided, then document, word."""
    first = {coder: at for at, coder in enumerate(dict.fromkeys(key.coder for key in decisions))}
    keys = sorted(decisions, key=lambda key: (first[key.coder], key.doc_id, key.word))
    return schema.DECISIONS.frame([{**key._asdict(), **decisions[key]._asdict()} for key in keys])


def main_coder(decisions: pd.DataFrame, setting: str = "") -> str:
    """Name the coder whose decisions make the final tables.

    It is the one a setting names, else `researcher` if they decided anything, else who decided first.
    """
    coders = decisions["coder"].tolist()
    return setting or (MAIN_CODER if MAIN_CODER in coders or not coders else coders[0])


def changes(old: Decisions, new: Decisions) -> list[Change]:
    """List what changed, column by column, by coder, document and word."""
    found = []
    for key in sorted({*old, *new}):
        before, after = old.get(key, UNDECIDED), new.get(key, UNDECIDED)
        pairs = zip(State._fields, before, after, strict=True)
        found += [Change(key, name, was, now) for name, was, now in pairs if was != now]
    return found


def replay(history: pd.DataFrame) -> dict[Key, State]:
    """Return the decisions that a history leads to."""
    states: dict[Key, State] = {}
    ordered = history.sort_values("number")
    rows = ordered[["coder", "doc_id", "word", "field", "new"]].itertuples(index=False, name=None)
    for coder, doc_id, word, name, new in rows:
        key = Key(coder, doc_id, word)
        states[key] = states.get(key, UNDECIDED)._replace(**{name: new})
    return {key: state for key, state in states.items() if any(state)}


def record(
    folder: Path,
    staging: Path,
    decisions: Decisions,
    *,
    source: str,
    now: datetime | None = None,
) -> list[Change]:
    """Write decisions.csv and history.csv into `staging`, when they differ from those in `folder`.

    Use it inside `study.transaction(folder)`. What somebody changed in decisions.csv by hand enters
    the history first, with decisions.csv as its source. Returns the changes against decisions.csv.
    """
    held = as_states(read_decisions(folder))
    history = read_history(folder)
    by_hand = changes(replay(history), held)
    made = changes(held, decisions)
    time = (now or datetime.now(UTC)).isoformat(timespec="seconds")
    sourced = [*((change, DECISIONS_FILE) for change in by_hand), *((change, source) for change in made)]
    if sourced:
        first = int(history["number"].max()) + 1 if len(history) else 1
        rows = [
            {"number": number, "time": time, **change.key._asdict(), **_values(change), "source": place}
            for number, (change, place) in enumerate(sourced, start=first)
        ]
        _append(folder / HISTORY_FILE, staging / HISTORY_FILE, rows)
    if made:
        sheets.write_csv(as_table(decisions), staging / DECISIONS_FILE)
    return made


def _values(change: Change) -> dict[str, str]:
    return {"field": change.field, "old": change.old, "new": change.new}


def _append(old: Path, new: Path, rows: Iterable[Mapping[str, object]]) -> None:
    """Write the old history as it stands, byte for byte, and `rows` after it."""
    header, _, added = sheets.to_csv_text(HISTORY.frame(list(rows))).partition("\n")
    before = old.read_bytes() if old.is_file() else b""
    if not before.startswith(codecs.BOM_UTF8 + header.encode()):
        # None yet, or saved by Excel in another encoding: the rows stay, their bytes cannot.
        before = codecs.BOM_UTF8 + sheets.to_csv_text(read_history(old.parent)).encode()
    new.write_bytes(before.rstrip(b"\r\n") + b"\n" + added.encode())
