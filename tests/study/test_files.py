import errno
import os
import tempfile
from pathlib import Path
from typing import Any

import pytest

from casemine import study
from casemine.errors import CasemineError
from casemine.study import files


def test_text_files_are_safe_and_distinct_everywhere() -> None:
    ids = [
        "a/甲.txt",
        "a__甲.txt",
        "B.txt",
        "b.txt",
        "c?:*.docx",
        "d.docx",
        "长" * 200 + ".txt",
        "长" * 201,
        "..",
        "x#3",
    ]
    names = study.text_files(ids)
    assert names["d.docx"] == "texts/d.docx.txt"
    assert len({name.casefold() for name in names.values()}) == len(ids)
    assert all(not set('?:*"<>|\\') & set(name) and len(name) < 120 for name in names.values())
    assert all(name.count("/") == 1 and ".." not in name for name in names.values())


def test_a_fingerprint_does_not_depend_on_the_order_of_keys() -> None:
    assert study.fingerprint({"a": 1, "b": [2]}) == study.fingerprint({"b": [2], "a": 1})
    assert study.fingerprint({"a": 1}) != study.fingerprint({"a": 2})


def test_errors_say_what_where_and_what_next() -> None:
    error = CasemineError("is empty.", place="a.txt", advice="Remove it.")
    assert str(error) == "a.txt: is empty. Remove it."


@pytest.mark.skipif(os.name == "nt", reason="permissions of Unix")
def test_a_file_that_is_replaced_can_be_read_by_whom_any_new_file_can(tmp_path: Path) -> None:
    study.write_text(tmp_path / "plain", "")
    study.replace_file(tmp_path / "replaced", "")
    assert (tmp_path / "replaced").stat().st_mode == (tmp_path / "plain").stat().st_mode


@pytest.mark.skipif(os.name == "nt", reason="/dev/null")
def test_a_device_is_written_to_and_stays() -> None:
    study.replace_file(Path(os.devnull), "x")
    assert Path(os.devnull).is_char_device()


def test_a_write_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    study.write_text(tmp_path / "a.csv", "old")
    with pytest.raises(ValueError, match="x"), study.replacing(tmp_path / "a.csv") as temporary:
        temporary.write_text("new", encoding="utf-8")
        raise ValueError("x")
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
    assert (tmp_path / "a.csv").read_text() == "old"


def test_no_space_left_names_the_file(tmp_path: Path) -> None:
    for write in (
        lambda: study.replacing(tmp_path / "a.csv"),
        lambda: study.transaction(tmp_path / "a.csv"),
    ):
        with pytest.raises(OSError, match="No space left") as caught, write():
            raise OSError(errno.ENOSPC, "No space left on device")
        assert caught.value.filename == str(tmp_path / "a.csv")


def test_what_killed_commands_left_is_swept_and_what_is_needed_stays(tmp_path: Path) -> None:
    (tmp_path / ".casemine-dead").mkdir()
    (tmp_path / ".casemine-dead" / "in-use").touch()
    (tmp_path / ".casemine-unlocked").mkdir()  # by a process that was killed at once
    with study.replacing(tmp_path / "a.csv") as first, study.replacing(tmp_path / "b.csv") as second:
        assert not (tmp_path / ".casemine-dead").exists()
        assert not (tmp_path / ".casemine-unlocked").exists()
        first.write_text("a")
        second.write_text("b")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "b.csv"]


def test_a_folder_that_another_command_took_for_left_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tempfile.mkdtemp

    def swept(*words: Any, **named: Any) -> str:
        folder = made(*words, **named)
        files.drop_empty(tmp_path)  # another command, before this one has locked it
        return folder

    monkeypatch.setattr(tempfile, "mkdtemp", swept)
    with study.replacing(tmp_path / "a.csv") as path:
        files.drop_empty(tmp_path)  # no more: it is locked
        path.write_text("a")
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
