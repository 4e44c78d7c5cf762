"""What any kind of decision has alike when its sheet is taken over, by rules of two lines each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import pytest

from casemine.review.check import Taken, did_you_mean, take_over
from casemine.review.form import FilledSheet, Form, FormColumn, SheetError, SheetRow


class Key(NamedTuple):
    coder: str
    word: str


class State(NamedTuple):
    decision: str = ""


Row = SheetRow[Key, State]
UNDECIDED = State()
COLUMNS = tuple(FormColumn(name, name, "") for name in ("word", "decision", "coder"))
FORM = Form(COLUMNS, COLUMNS, COLUMNS[:1])


@dataclass(frozen=True)
class Rules:
    """Words that begin with x are wrong; a row marked "old" is untouched; at most two may be dropped."""

    undecided: State = UNDECIDED

    def key(self, row: Row, coder: str) -> Key:
        return row.key._replace(coder=row.key.coder or coder)

    def leads_to(self, row: Row, now: State) -> State:
        if row.state.decision == "undo":
            return State()
        return row.state if row.state.decision and row.mark != "old" else now

    def speaks(self, row: Row) -> bool:
        return bool(row.state.decision)

    def outdated(self, row: Row, now: State) -> str:
        return "was decided otherwise since." if row.mark == "old" and row.state != now else ""

    def problems(self, key: Key, state: State) -> Iterator[tuple[str, str]]:
        if key.word.startswith("x"):
            yield "word", f"{key.word} is wrong."

    def settled(self, key: Key, state: State) -> tuple[Key, State, list[str]]:
        small = key._replace(word=key.word.lower())
        return small, state, ["is written small."] if small != key else []

    def named(self, key: Key) -> str:
        return key.word

    def contradictions(
        self, decisions: Mapping[Key, State], coder: str
    ) -> Iterator[tuple[list[Key], str, str]]:
        dropped = [key for key, state in decisions.items() if key.coder == coder and state.decision == "drop"]
        if len(dropped) > 2:
            yield dropped, "decision", "too many are dropped."


def take(
    *rows: tuple[str, str] | tuple[str, str, str],
    decisions: Mapping[Key, State] | None = None,
    whose: str = "",
    coder: str = "",
) -> Taken[Key, State]:
    lines = tuple(
        SheetRow(at, Key(whose, word), mark[0] if mark else "", State(decision))
        for at, (word, decision, *mark) in enumerate(rows, start=2)
    )
    sheet = FilledSheet("a.xlsx", FORM, lines, {"word": "A", "decision": "B", "coder": "C"})
    return take_over(sheet, decisions or {}, Rules(), coder=coder)


ME = "researcher"


def test_decisions_are_added_to_those_there_are() -> None:
    taken = take(("a", "keep"), ("b", ""), decisions={Key(ME, "z"): State("drop")})
    assert taken.decisions == {Key(ME, "z"): State("drop"), Key(ME, "a"): State("keep")}
    assert (taken.coder, taken.undecided, taken.notes) == (ME, 1, ())


def test_undo_takes_a_decision_away() -> None:
    assert take(("a", "undo"), decisions={Key(ME, "a"): State("keep")}).decisions == {}


def test_a_row_nobody_touched_changes_nothing_and_is_told_when_outdated() -> None:
    taken = take(("a", "keep", "old"), decisions={Key(ME, "a"): State("drop")})
    assert taken.decisions == {Key(ME, "a"): State("drop")}
    assert taken.notes == ("row 2: was decided otherwise since.",)


def test_keys_are_kept_as_they_are_settled_and_that_is_told() -> None:
    taken = take(("A", "keep"))
    assert taken.decisions == {Key(ME, "a"): State("keep")}
    assert taken.notes == ("row 2: is written small.",)


def test_everything_wrong_is_named_together() -> None:
    with pytest.raises(SheetError) as error:
        take(("x1", "keep"), ("a", "keep"), ("a", "drop"), ("x2", "keep"))
    assert error.value.cause.splitlines() == [
        "3 problems; nothing was changed.",
        "  row 2, column A (word): x1 is wrong.",
        "  row 4, column A (word): a is decided otherwise in row 3.",
        "  row 5, column A (word): x2 is wrong.",
    ]


def test_decisions_that_cannot_hold_together_are_named_by_their_first_row() -> None:
    with pytest.raises(SheetError, match=r"row 2, column B \(decision\): too many"):
        take(("a", "drop"), ("b", "drop"), ("c", "drop"))
    with pytest.raises(SheetError, match="decided earlier: too many"):
        take(("a", "keep"), decisions={Key(ME, word): State("drop") for word in "xyz"})


def test_the_coder_is_the_one_named_by_the_rows_or_by_the_person() -> None:
    assert take(("a", "keep"), whose="B").decisions == {Key("B", "a"): State("keep")}
    assert take(("a", "keep"), coder="B").decisions == {Key("B", "a"): State("keep")}
    with pytest.raises(SheetError, match="the row is of B, not of C"):
        take(("a", "keep"), whose="B", coder="C")


def test_the_nearest_name_is_asked_after() -> None:
    assert did_you_mean("东岭线.txt", ["东岭县.txt", "南塘镇.txt"]) == " Is it 东岭县.txt?"
    assert did_you_mean("其他", ["东岭县.txt"]) == did_you_mean("a", []) == ""
