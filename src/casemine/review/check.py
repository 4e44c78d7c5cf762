"""Takes a filled sheet over: every row checked, all that is wrong named together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Generic, Protocol, TypeVar

from casemine.review.form import CellProblem, FilledSheet, KeyT, SheetError, SheetRow, StateT
from casemine.terms import RESEARCHER

_Key = TypeVar("_Key", bound=tuple[Any, ...])
_State = TypeVar("_State", bound=tuple[str, ...])


class Rules(Protocol[_Key, _State]):
    """What decisions of one kind ask of a row of their sheet."""

    @property
    def undecided(self) -> _State:
        """The state in which nothing is decided."""

    def key(self, row: SheetRow[_Key, _State], coder: str) -> _Key:
        """Return what the row is about; `coder` decided where the cell is blank."""

    def leads_to(self, row: SheetRow[_Key, _State], now: _State) -> _State:
        """Return the state that the row leads to, `now` being the one decided so far."""

    def speaks(self, row: SheetRow[_Key, _State]) -> bool:
        """Whether anything was decided in the row, touched or not."""

    def outdated(self, row: SheetRow[_Key, _State], now: _State) -> str:
        """Return a note on an untouched row that was decided otherwise since; nothing where it was not."""

    def problems(self, key: _Key, state: _State) -> Iterator[tuple[str, str]]:
        """Yield what is wrong with a row that changes something: column and cause."""

    def settled(self, key: _Key, state: _State) -> tuple[_Key, _State, list[str]]:
        """Return key and state as they are kept, and what a person should know of them."""

    def named(self, key: _Key) -> str:
        """Return how an error calls what a row is about; nothing when the row does not say it."""

    def contradictions(
        self, decisions: Mapping[_Key, _State], coder: str
    ) -> Iterator[tuple[Collection[_Key], str, str]]:
        """Yield decisions of `coder` that cannot hold together: their keys, a column and the cause."""


@dataclass(frozen=True)
class Taken(Generic[KeyT, StateT]):
    """A sheet taken over: every coder's decisions with it, and what a person should know of it.

    `undecided` counts what stands in the sheet and is not decided; `codebooks` names those that the sheet
    or any decision is about (of keywords: none).
    """

    coder: str
    decisions: dict[KeyT, StateT]
    undecided: int
    notes: tuple[str, ...] = ()
    codebooks: tuple[str, ...] = ()


@dataclass
class _Taking(Generic[KeyT, StateT]):
    """What gathers while the rows are gone through."""

    decisions: dict[KeyT, StateT]
    problems: list[CellProblem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    rows: dict[KeyT, int] = field(default_factory=dict)  # first row about each
    first: dict[KeyT, tuple[int, StateT]] = field(default_factory=dict)


def take_over(
    sheet: FilledSheet[KeyT, StateT],
    decisions: Mapping[KeyT, StateT],
    rules: Rules[KeyT, StateT],
    *,
    coder: str = "",
) -> Taken[KeyT, StateT]:
    """Return `decisions` with those of `sheet`.

    A row nobody touched since it was written, or without a decision, changes nothing. `coder` is the
    name given by the person, if any; the rows' own names must agree with it. Raises `SheetError` that
    names every row that is wrong.
    """
    named = dict.fromkeys(row.key[0] for row in sheet.rows if row.key[0])
    who = coder or next(iter(named), RESEARCHER)
    taking: _Taking[KeyT, StateT] = _Taking(dict(decisions), notes=list(sheet.notes))
    for row in sheet.rows:
        if coder and row.key[0] not in ("", coder):
            cause = f"the row is of {row.key[0]}, not of {coder}."
            taking.problems.append(sheet.problem(row.number, "coder", cause))
        key = rules.key(row, who)
        _take_row(taking, sheet, row, key, decisions.get(key, rules.undecided), rules)
    kept = {key: state for key, state in taking.decisions.items() if any(state)}
    for name in dict.fromkeys([who, *named]):
        for keys, column, cause in rules.contradictions(kept, name):
            # 0 when all of it was decided before and stands in no row.
            number = min((taking.rows[key] for key in keys if key in taking.rows), default=0)
            taking.problems.append(sheet.problem(number, column, cause))
    if taking.problems:
        raise SheetError.of(taking.problems, sheet.place)
    undecided = sum(not kept.get(key, rules.undecided)[0] for key in taking.rows)
    return Taken(who, kept, undecided, tuple(taking.notes))


def _take_row(
    taking: _Taking[KeyT, StateT],
    sheet: FilledSheet[KeyT, StateT],
    row: SheetRow[KeyT, StateT],
    key: KeyT,
    now: StateT,
    rules: Rules[KeyT, StateT],
) -> None:
    state = rules.leads_to(row, now)
    notes: list[str] = []
    if state == now:
        told = rules.outdated(row, now)
        notes = [told] if told else []
        placed, settled = key, now
    elif not any(state):
        # What is withdrawn may be of a word or document that is gone.
        placed, settled = key, state
    else:
        wrong = [sheet.problem(row.number, column, cause) for column, cause in rules.problems(key, state)]
        if wrong:
            taking.problems += wrong
            return
        placed, settled, notes = rules.settled(key, state)
    if rules.named(placed):
        taking.rows.setdefault(placed, row.number)
    taking.notes += (f"row {row.number}: {note}" for note in notes)
    if rules.speaks(row) and not (state == now and notes):
        number, earlier = taking.first.setdefault(placed, (row.number, settled))
        if earlier != settled:
            cause = f"{rules.named(placed)} is decided otherwise in row {number}."
            taking.problems.append(sheet.problem(row.number, sheet.form.needed[0].name, cause))
    if state != now:
        if placed != key:  # an added quotation that gets its place, or another code
            taking.decisions.pop(key, None)
        taking.decisions[placed] = settled


def did_you_mean(text: str, known: Collection[str]) -> str:
    """Return a question that names what is nearest to `text`, if anything is.

    >>> did_you_mean("扶贫车问", ["扶贫车间", "积分制"])
    ' Is it 扶贫车间?'
    """
    close = get_close_matches(text, list(known), n=1)
    return f" Is it {close[0]}?" if close else ""
