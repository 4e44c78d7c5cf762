import json
import os
from pathlib import Path
from typing import Any

import pytest

from casemine.errors import UsageError
from casemine.study.files import STAGING, write_text
from casemine.study.transaction import check_own, needs_recovery, recover, transaction


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_transaction_that_ends_well_moves_every_file(tmp_path: Path) -> None:
    with transaction(tmp_path / "S") as staging:
        write_text(staging / "texts" / "a.txt", "甲\n")
        write_text(staging / "run.json", "{}")
    assert names(tmp_path / "S") == ["run.json", "texts/a.txt"]
    assert (tmp_path / "S" / "texts" / "a.txt").read_bytes() == "甲\n".encode()


def test_what_is_named_as_removed_goes_with_the_move(tmp_path: Path) -> None:
    write_text(tmp_path / "old.csv", "")
    with transaction(tmp_path, ["old.csv", "never.csv"]) as staging:
        write_text(staging / "new.csv", "")
    assert names(tmp_path) == ["new.csv"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_a_transaction_that_ends_badly_leaves_the_last_good_state(
    tmp_path: Path, error: type[BaseException]
) -> None:
    write_text(tmp_path / "keywords.csv", "old")
    with pytest.raises(error), transaction(tmp_path, ["keywords.csv"]) as staging:
        write_text(staging / "keywords.csv", "new")
        raise error
    assert [path.name for path in tmp_path.iterdir()] == ["keywords.csv"]
    assert (tmp_path / "keywords.csv").read_text() == "old"


@pytest.mark.parametrize("lock", [False, True])
def test_a_failed_first_run_leaves_no_folder(tmp_path: Path, lock: bool) -> None:
    with pytest.raises(ValueError, match="x"), transaction(tmp_path / "S", lock=lock):
        raise ValueError("x")
    assert not (tmp_path / "S").exists()


def killed(folder: Path, *, journal: dict[str, list[str]] | None) -> None:
    """Leave what a command leaves that is killed before its files have moved."""
    write_text(folder / f"{STAGING}dead" / "files" / "texts" / "a.txt", "new")
    if journal is not None:
        write_text(folder / f"{STAGING}dead" / "journal.json", json.dumps(journal))


def test_a_move_that_was_begun_is_finished_by_whoever_comes_next(tmp_path: Path) -> None:
    write_text(tmp_path / "old.csv", "")
    # run.json was moved before the kill: it is in the journal and no longer in the staging folder.
    killed(tmp_path, journal={"moved": ["texts/a.txt", "run.json"], "removed": ["old.csv"]})
    assert needs_recovery(tmp_path)
    recover(tmp_path)
    assert names(tmp_path) == ["texts/a.txt"] and not needs_recovery(tmp_path)


def test_what_was_never_ready_is_swept_away(tmp_path: Path) -> None:
    killed(tmp_path, journal=None)
    recover(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_without_a_lock_only_what_is_old_is_swept_away(tmp_path: Path) -> None:
    killed(tmp_path, journal=None)
    with transaction(tmp_path) as staging:
        write_text(staging / "a", "")
    assert (tmp_path / f"{STAGING}dead").is_dir()
    os.utime(tmp_path / f"{STAGING}dead", (0, 0))
    with transaction(tmp_path) as staging:
        write_text(staging / "a", "")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_folder_half_moved_is_whole_before_it_is_judged(tmp_path: Path) -> None:
    staging = tmp_path / f"{STAGING}x"
    write_text(tmp_path / "codebook.toml", "")
    write_text(staging / "files" / "codings.csv", "")
    write_text(staging / "in-use", "")
    journal = {"moved": ["codebook.toml", "codings.csv"], "removed": []}
    write_text(staging / "journal.json", json.dumps(journal))
    check_own(tmp_path, "codebook.toml", "codings.csv")
    assert names(tmp_path) == ["codebook.toml", "codings.csv"]
    with pytest.raises(UsageError, match="holds other files"):
        check_own(tmp_path, "other.csv")


def test_litter_goes_however_deep_commands_write_and_that_of_another_study_stays(tmp_path: Path) -> None:
    for name in ("imports/project", "exports/name/csv", "texts", "other"):
        write_text(tmp_path / name / f"{STAGING}x" / "files" / "a.csv", "")
    write_text(tmp_path / "other" / "run.json", "{}")
    write_text(tmp_path / "run.json", "{}")
    recover(tmp_path)
    left = {path.parent.relative_to(tmp_path).as_posix() for path in tmp_path.rglob(f"{STAGING}x")}
    assert left == {"texts", "other"}


def test_what_lies_in_the_folders_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    write_text(tmp_path / "imports" / f"{STAGING}x" / "files" / "a.csv", "")
    recover(tmp_path)
    assert (tmp_path / "imports" / f"{STAGING}x").is_dir() and not needs_recovery(tmp_path)


@pytest.mark.parametrize(
    "name", ["../outside.csv", "/outside.csv", "a/../../outside.csv", "C:\\outside.csv", "", 7]
)
def test_a_journal_from_elsewhere_reaches_no_file_outside(tmp_path: Path, name: Any) -> None:
    staging = tmp_path / "S" / f"{STAGING}x"
    write_text(tmp_path / "outside.csv", "mine")
    write_text(staging / "in-use", "")
    named = str(tmp_path / name[1:]) if str(name).startswith("/") else name
    write_text(staging / "journal.json", json.dumps({"moved": [named, "a.csv"], "removed": [named]}))
    write_text(staging / "files" / "a.csv", "whole")
    recover(tmp_path / "S")
    assert names(tmp_path) == ["S/a.csv", "outside.csv"]


def test_a_journal_that_is_none_says_nothing(tmp_path: Path) -> None:
    for number, journal in enumerate(("{", "[1]", '{"moved": 7}', "")):
        staging = tmp_path / f"{STAGING}{number}"
        write_text(staging / "in-use", "")
        write_text(staging / "journal.json", journal)
    recover(tmp_path)
    assert list(tmp_path.iterdir()) == []
