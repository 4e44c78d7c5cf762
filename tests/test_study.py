import json
import os
from pathlib import Path

import pytest

from casemine import study
from casemine.errors import CasemineError, StudyError, UsageError


def test_a_transaction_that_ends_well_moves_every_file(tmp_path: Path) -> None:
    folder = tmp_path / "S"
    with study.transaction(folder) as staging:
        study.write_text(staging / "texts" / "a.txt", "甲\n")
        study.write_run(staging, study.Run(inputs=["x"]))
    assert sorted(path.name for path in folder.rglob("*")) == ["a.txt", "run.json", "texts"]
    assert study.is_study(folder) and study.read_run(folder).inputs == ["x"]
    assert (folder / "texts" / "a.txt").read_bytes() == "甲\n".encode()


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_a_transaction_that_ends_badly_leaves_the_last_good_state(
    tmp_path: Path, error: type[BaseException]
) -> None:
    study.write_text(tmp_path / "keywords.csv", "old")
    with pytest.raises(error), study.transaction(tmp_path) as staging:
        study.write_text(staging / "keywords.csv", "new")
        raise error
    assert [path.name for path in tmp_path.iterdir()] == ["keywords.csv"]
    assert (tmp_path / "keywords.csv").read_text() == "old"


def test_a_failed_first_run_leaves_no_folder(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="x"), study.transaction(tmp_path / "S"):
        raise ValueError("x")
    assert not (tmp_path / "S").exists()


def test_what_a_killed_run_left_is_swept_away(tmp_path: Path) -> None:
    (tmp_path / ".casemine-dead").mkdir()
    os.utime(tmp_path / ".casemine-dead", (0, 0))
    with study.transaction(tmp_path) as staging:
        study.write_text(staging / "a", "")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_other_peoples_folders_are_refused(tmp_path: Path) -> None:
    study.check_writable(tmp_path)
    study.check_writable(tmp_path / "new")
    study.write_text(tmp_path / "thesis.docx", "")
    with pytest.raises(UsageError, match="holds other files"):
        study.check_writable(tmp_path)
    with pytest.raises(UsageError, match="is a file"):
        study.check_writable(tmp_path / "thesis.docx")
    study.write_run(tmp_path, study.Run())
    study.check_writable(tmp_path)


@pytest.mark.parametrize("text", ["", "[]", "{}", "{", '{"name": 1}'])
def test_someone_elses_run_json_is_no_study(tmp_path: Path, text: str) -> None:
    study.write_text(tmp_path / "run.json", text)
    assert not study.is_study(tmp_path)
    with pytest.raises(StudyError, match="is not a casemine study"):
        study.read_run(tmp_path)


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


@pytest.mark.parametrize("broken", [{"stages": None}, {"inputs": 3}, {"stages": {"ingest": {}}}])
def test_a_run_json_broken_by_hand_is_named(tmp_path: Path, broken: dict[str, object]) -> None:
    study.write_text(tmp_path / "run.json", json.dumps({"casemine": "0", **broken}))
    with pytest.raises(StudyError, match=r"run\.json: is damaged"):
        study.read_run(tmp_path)


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
