import json
from pathlib import Path

import pytest

from casemine.errors import StudyError
from casemine.study.files import write_text
from casemine.study.record import Call, RunRecord, is_study, read_record, write_record

CALL = Call("tables", {"by": ["region"]}, {"codings.csv": "0" * 64}, ("tables/a.csv",), 0.5, "2026-01-01")


def test_a_record_comes_back_as_it_was_written(tmp_path: Path) -> None:
    record = RunRecord(inputs=["../cases"], reviewed=True, files={"tables/a.csv": "1"}, calls=(CALL,))
    write_record(tmp_path, record)
    assert is_study(tmp_path) and read_record(tmp_path) == record
    assert read_record(tmp_path).of("tables") == [CALL] and read_record(tmp_path).of("code") == []


@pytest.mark.parametrize("text", ["", "[]", "{}", "{", '{"name": 1}', "[" * 100_000])
def test_someone_elses_run_json_is_no_study(tmp_path: Path, text: str) -> None:
    write_text(tmp_path / "run.json", text)
    assert not is_study(tmp_path)
    with pytest.raises(StudyError, match="is not a casemine study"):
        read_record(tmp_path)


@pytest.mark.parametrize(
    "broken",
    [
        {"stages": None},
        {"inputs": 3},
        {"stages": {"ingest": {}}},
        {"format": 2, "calls": 7},
        {"format": 2, "calls": [{"stage": "ingest"}]},
        {"format": 2, "calls": [{"stage": 1, "outputs": []}]},
        {"format": 2, "calls": [{"stage": "a", "outputs": [1]}]},
        {"format": "2"},
    ],
)
def test_a_run_json_broken_by_hand_is_named(tmp_path: Path, broken: dict[str, object]) -> None:
    write_text(tmp_path / "run.json", json.dumps({"casemine": "0", **broken}))
    with pytest.raises(StudyError, match=r"run\.json: "):
        read_record(tmp_path)
