"""The decision log: decisions of one kind and every change of them, as a study keeps them side by side."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Generic, NamedTuple

import pandas as pd

from casemine import schema, sheets
from casemine.bounded import MOST_A_MEMBER, read_file
from casemine.errors import SchemaError, StudyError, UnreadableError
from casemine.review.decision_words import decision_meant
from casemine.review.form import KeyT, StateT
from casemine.review.form_file import csv_rows


class Change(NamedTuple, Generic[KeyT]):
    """One column of one decision that changed."""

    key: KeyT
    field: str
    old: str
    new: str


class Known(NamedTuple, Generic[KeyT, StateT]):
    """The decisions of a study, the last number of its history, and what was changed past the history."""

    states: Mapping[KeyT, StateT]
    last: int
    by_hand: list[Change[KeyT]]


@dataclass(frozen=True)
class DecisionLog(Generic[KeyT, StateT]):
    """Decisions of one kind as a study keeps them: a table, its history, what both hold.

    `known` are the decisions there are; none where nothing is decided, as in memos.
    """

    table: schema.Table
    history: schema.Table
    key: Callable[..., KeyT]
    undecided: StateT
    known: Collection[str]

    @property
    def file(self) -> str:
        """The file of the decisions."""
        return f"{self.table.name}.csv"

    @property
    def history_file(self) -> str:
        """The file of their history."""
        return f"{self.history.name}.csv"

    def read(self, folder: Path) -> pd.DataFrame:
        """Return the decisions of a study, empty when there are none; `StudyError` when broken."""
        table = _read(folder / self.file, self.table)
        if not self.known:
            return table  # memos decide nothing
        subject = "word" if "word" in table else "quote"
        for what, decision in zip(table[subject], table["decision"], strict=True):
            if decision and decision_meant(decision) not in self.known:
                raise StudyError(f"{decision!r} of {what} is no decision.", place=str(folder / self.file))
        return table

    def read_history(self, folder: Path) -> pd.DataFrame:
        """Return the history of a study, empty when nothing was decided."""
        return _read(folder / self.history_file, self.history)

    def states(self, table: pd.DataFrame) -> dict[KeyT, StateT]:
        """Return decisions by key, in the order of the table."""
        keys = zip(*(table[name].tolist() for name in self._key_columns), strict=True)
        cells = zip(*(table[name].tolist() for name in self._cells), strict=True)
        make: Callable[..., StateT] = type(self.undecided)
        if not self.known:
            return {self.key(*key): make(*state) for key, state in zip(keys, cells, strict=True)}
        at = self._cells.index("decision")
        return {
            self.key(*key): make(*state[:at], decision_meant(state[at]), *state[at + 1 :])
            for key, state in zip(keys, cells, strict=True)
        }

    @property
    def _key_columns(self) -> list[str]:
        return ["coder", *(name for name in self.table.key if name != "coder")]

    @property
    def _cells(self) -> tuple[str, ...]:
        fields: tuple[str, ...] = self.undecided._fields  # type: ignore[attr-defined]
        return fields

    def _state(self, state: StateT, cells: Mapping[str, str]) -> StateT:
        changed: StateT = state._replace(**cells)  # type: ignore[attr-defined]
        return changed

    def _key(self, row: Mapping[Any, Any]) -> KeyT:
        return self.key(*(row[name] for name in self._key_columns))

    def _named(self, key: KeyT) -> dict[str, Any]:
        return dict(zip(self._key_columns, key, strict=True))

    def frame(self, decisions: Mapping[KeyT, StateT]) -> pd.DataFrame:
        """Return the table: coders in the order they first decided, then by what was decided about."""
        return self.table.frame(self._columns(decisions))

    def _columns(self, decisions: Mapping[KeyT, StateT]) -> dict[str, list[Any]]:
        first = {coder: at for at, coder in enumerate(dict.fromkeys(key[0] for key in decisions))}
        keys = sorted(decisions, key=lambda key: (first[key[0]], *key[1:]))
        names = (*self._key_columns, *self._cells)
        cells = zip(*((*key, *decisions[key]) for key in keys), strict=True)
        return dict(zip(names, map(list, cells), strict=True)) if keys else {name: [] for name in names}

    def changes(self, old: Mapping[KeyT, StateT], new: Mapping[KeyT, StateT]) -> list[Change[KeyT]]:
        """List what changed, column by column, in the order of the keys."""
        changed: list[Change[KeyT]] = []
        for key in sorted(
            key for key in {**old, **new} if old.get(key, self.undecided) != new.get(key, self.undecided)
        ):
            before, after = old.get(key, self.undecided), new.get(key, self.undecided)
            pairs = zip(self._cells, before, after, strict=True)
            changed += [Change(key, name, was, now) for name, was, now in pairs if was != now]
        return changed

    def replay(self, history: pd.DataFrame) -> dict[KeyT, StateT]:
        """Return the decisions that a history leads to."""
        states: dict[KeyT, StateT] = {}
        for row in history.sort_values("number").to_dict("records"):
            key = self._key(row)
            states[key] = self._state(states.get(key, self.undecided), {str(row["field"]): row["new"]})
        return {key: state for key, state in states.items() if any(state)}

    def record(
        self,
        folder: Path,
        staging: Path,
        decisions: Mapping[KeyT, StateT],
        *,
        source: str,
        now: datetime | None = None,
        known: Known[KeyT, StateT] | None = None,
    ) -> list[Change[KeyT]]:
        """Write decisions and history into `staging`, when they differ from those in `folder`.

        Use it inside `study.transaction(folder)`. What somebody changed in the decisions by hand enters
        the history first, with their file as its source. `known` says what stands in the files, from who
        wrote them last and saw that nobody touched them. Returns the changes against that file.
        """
        before, last, by_hand = known or self.standing(folder)
        applied = self.changes(before, decisions)
        time = (now or datetime.now(UTC)).isoformat(timespec="seconds")
        sourced = [*((change, self.file) for change in by_hand), *((change, source) for change in applied)]
        if sourced:
            rows = [
                {
                    "number": number,
                    "time": time,
                    **self._named(change.key),
                    **_values(change),
                    "source": place,
                }
                for number, (change, place) in enumerate(sourced, start=last + 1)
            ]
            self._append(folder, staging / self.history_file, rows)
        if applied:
            # Without pandas: a page asks for this at each decision.
            text = sheets.csv_text(self.table.columns_of(self._columns(decisions)))
            (staging / self.file).write_text(text, encoding="utf-8-sig", newline="")
        return applied

    def standing(self, folder: Path) -> Known[KeyT, StateT]:
        """Return what stands in the files of a study."""
        before = self.states(self.read(folder))
        history = self.read_history(folder)
        last = int(history["number"].max()) if len(history) else 0
        return Known(before, last, self.changes(self.replay(history), before))

    def _append(self, folder: Path, new: Path, rows: list[dict[str, Any]]) -> None:
        """Write the old history as it stands, byte for byte, and `rows` after it."""
        old = folder / self.history_file
        columns = {name: [row[name] for row in rows] for name in self.history.names}
        header, _, added = sheets.csv_text(self.history.columns_of(columns)).partition("\n")
        before = old.read_bytes() if old.is_file() else b""
        if not before.startswith(codecs.BOM_UTF8 + header.encode()):
            # None yet, or saved by Excel in another encoding: the rows stay, their bytes cannot.
            before = codecs.BOM_UTF8 + sheets.to_csv_text(self.read_history(folder)).encode()
        new.write_bytes(before.rstrip(b"\r\n") + b"\n" + added.encode())


def _values(change: Change[Any]) -> dict[str, str]:
    return {"field": change.field, "old": change.old, "new": change.new}


def _read(path: Path, table: schema.Table) -> pd.DataFrame:
    if not path.is_file():
        return table.frame([])
    try:
        rows = csv_rows(read_file(path, MOST_A_MEMBER))
        names = rows[0][1] if rows else table.names
        _check_rows(rows, names, path)
        read = pd.DataFrame([cells for _, cells in rows[1:]], columns=names, dtype=str)
        read = read.rename(columns=table.machine_names)
        lacking = [name for name in table.names if name not in read]
        if lacking:
            raise StudyError(f"has no column {', '.join(lacking)}.", place=str(path))
        return table.parse(read)
    except UnreadableError as error:
        raise StudyError(error.cause, place=str(path), advice=error.advice) from error
    except (ValueError, OverflowError, csv.Error, SchemaError) as error:
        raise StudyError(f"cannot be read ({error}).", place=str(path), advice=_HAND) from error


_HAND = "Undo what was changed in it by hand; `casemine check` says what else is wrong."


def _check_rows(rows: list[tuple[int, list[str]]], names: list[str], path: Path) -> None:
    """Raise `StudyError` for a header with one name twice and for a row longer or shorter than the header."""
    if len(set(names)) < len(names):
        raise StudyError("has two columns of one name.", place=str(path), advice=_HAND)
    for number, cells in rows:
        if len(cells) != len(names):
            raise StudyError(
                f"row {number} has {len(cells)} cells, and the header has {len(names)}.",
                place=str(path),
                advice=_HAND,
            )
