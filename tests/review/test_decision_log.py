from datetime import UTC, datetime
from pathlib import Path

import pytest

from casemine import schema, study
from casemine.errors import StudyError
from casemine.review.decision_log import Change
from casemine.review.words.columns import UNDECIDED, WordKey, WordState
from casemine.review.words.decisions import WORDS

A, B = WordKey("researcher", "*", "产业"), WordKey("researcher", "*", "车间")
NOW = datetime(2026, 4, 1, 8, 30, tzinfo=UTC)


def record(
    folder: Path, decisions: dict[WordKey, WordState], source: str = "a.xlsx"
) -> list[Change[WordKey]]:
    with study.transaction(folder) as staging:
        return WORDS.record(folder, staging, decisions, source=source, now=NOW)


def test_what_was_recorded_is_read_back(tmp_path: Path) -> None:
    decisions = {B: WordState("merge", "扶贫车间"), A: WordState("drop", note="太泛")}
    changes = record(tmp_path, decisions)
    assert WORDS.states(WORDS.read(tmp_path)) == decisions
    assert changes == [
        Change(A, "decision", "", "drop"),
        Change(A, "note", "", "太泛"),
        Change(B, "decision", "", "merge"),
        Change(B, "standard", "", "扶贫车间"),
    ]


def test_the_history_goes_on_byte_for_byte_and_leads_to_the_decisions(tmp_path: Path) -> None:
    record(tmp_path, {A: WordState("drop")})
    before = (tmp_path / WORDS.history_file).read_bytes()
    record(tmp_path, {A: WordState("keep"), B: WordState("drop")}, source="b.xlsx")
    assert (tmp_path / WORDS.history_file).read_bytes().startswith(before.rstrip())
    history = WORDS.read_history(tmp_path)
    assert history["number"].tolist() == [1, 2, 3]
    assert history["source"].tolist() == ["a.xlsx", "b.xlsx", "b.xlsx"]
    assert history["time"].unique().tolist() == ["2026-04-01T08:30:00+00:00"]
    assert WORDS.replay(history) == WORDS.states(WORDS.read(tmp_path))


def test_the_same_decisions_write_nothing(tmp_path: Path) -> None:
    record(tmp_path, {A: WordState("drop")})
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    assert record(tmp_path, {A: WordState("drop")}) == []
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


def test_what_was_changed_by_hand_enters_the_history_under_its_own_file(tmp_path: Path) -> None:
    record(tmp_path, {A: WordState("drop")})
    path = tmp_path / WORDS.file
    path.write_text(path.read_text("utf-8-sig").replace("drop", "keep"), encoding="gb18030")
    record(tmp_path, {A: WordState("keep"), B: WordState("drop")})
    history = WORDS.read_history(tmp_path)
    assert history["source"].tolist() == ["a.xlsx", "decisions.csv", "a.xlsx"]
    assert WORDS.replay(history) == {A: WordState("keep"), B: WordState("drop")}


def test_of_a_study_without_decisions_all_is_empty(tmp_path: Path) -> None:
    assert WORDS.read(tmp_path).empty and WORDS.read_history(tmp_path).empty
    assert WORDS.states(WORDS.read(tmp_path)) == WORDS.replay(WORDS.read_history(tmp_path)) == {}


def test_undone_decisions_leave_no_state(tmp_path: Path) -> None:
    record(tmp_path, {A: WordState("drop")})
    record(tmp_path, {})
    assert WORDS.read(tmp_path).empty
    assert WORDS.replay(WORDS.read_history(tmp_path)) == {}


def test_coders_stand_in_the_order_in_which_they_decided() -> None:
    later = WordKey("B", "*", "安置")
    frame = WORDS.frame({B: WordState("drop"), later: WordState("keep"), A: WordState("keep")})
    assert frame[["coder", "word"]].to_numpy().tolist() == [
        ["researcher", "产业"], ["researcher", "车间"], ["B", "安置"],
    ]  # fmt: skip
    schema.DECISIONS.check(frame)


def test_changes_are_named_by_column() -> None:
    assert WORDS.changes({A: WordState("drop", note="x")}, {A: WordState("drop")}) == [
        Change(A, "note", "x", "")
    ]
    assert WORDS.changes({A: UNDECIDED}, {}) == []


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("coder,word\nresearcher,产业\n", "has no column"),
        ("{header}\n{row}\n", "'也许' of 产业 is no decision"),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, text: str, cause: str) -> None:
    header = list(schema.DECISIONS.names)
    cells = {"coder": "researcher", "doc_id": "*", "word": "产业", "decision": "也许"}
    row = ",".join(cells.get(name, "") for name in header)
    (tmp_path / WORDS.file).write_text(text.format(header=",".join(header), row=row), encoding="utf-8")
    with pytest.raises(StudyError, match=cause):
        WORDS.read(tmp_path)
