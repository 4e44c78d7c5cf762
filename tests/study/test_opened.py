import json
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from casemine import pipeline, schema, sheets, study
from casemine.document import Document
from casemine.errors import StudyError, UsageError
from casemine.study import Call, Study, files, opened, record

CASES = {"甲.txt": "全县建立防贫预警机制。防贫预警到户。", "乙.txt": "发展扶贫产业。防贫预警与扶贫产业并举。"}


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cases")
    for name, text in CASES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def folder(cases: Path, tmp_path: Path) -> Path:
    return pipeline.extract.extract([cases], tmp_path / "S").folder


def test_a_study_shows_its_tables_and_reads_them_once(folder: Path) -> None:
    study = Study(folder)
    assert study.documents["doc_id"].tolist() == ["乙.txt", "甲.txt"]
    assert [document.text for document in study.texts] == [CASES["乙.txt"], CASES["甲.txt"]]
    assert len(study.left_out) == 0
    starts = [study.keywords["start"].to_numpy() for _ in range(2)]
    assert np.shares_memory(*starts)


def test_info_reads_run_json_once_and_hashes_a_file_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline.code.code(folder, vectors="none")
    pipeline.rigour.tables(folder, ["region"])
    hashed: Counter[Path] = Counter()
    read: Counter[Path] = Counter()

    def file_hash(path: Path) -> str:
        hashed[path.resolve()] += 1
        return files.file_hash(path)

    def read_record(path: Path) -> record.RunRecord:
        read[path] += 1
        return record.read_record(path)

    for module in (opened, pipeline.context, pipeline.extract, pipeline.code):
        monkeypatch.setattr(module, "file_hash", file_hash)
    monkeypatch.setattr(opened, "read_record", read_record)
    study = Study(folder)
    assert pipeline.run.stale(study) == {}
    assert read == {folder: 1}
    assert set(hashed.values()) == {1} and len(hashed) > 10


def test_a_transaction_is_seen_from_within_and_undone_when_it_fails(folder: Path) -> None:
    study = Study(folder)
    keywords = study.keywords
    with pytest.raises(ValueError, match="x"), study.transaction():
        study.put_table(schema.KEYWORDS, keywords.head(1), "keywords_final.csv")
        study.change(reviewed=True)
        assert len(study.keywords) == 1 and study.record.reviewed
        assert study.hash("keywords_final.csv") != files.file_hash(folder / "keywords_final.csv")
        raise ValueError("x")
    assert len(study.keywords) == len(keywords) and not study.record.reviewed
    with study.transaction(), study.transaction():  # one inside another is part of it
        study.put_table(schema.KEYWORDS, keywords.head(1), "keywords_final.csv")
    assert len(sheets.read_csv(folder / "keywords_final.csv")) == 1


def test_a_file_that_is_removed_is_gone_within_the_transaction(folder: Path) -> None:
    study = Study(folder)
    with study.transaction():
        study.put_text("old.txt", "")
    with study.transaction():
        study.remove("old.txt")
        assert not study.has("old.txt") and study.hash("old.txt") == ""
        study.put_text("new.txt", "")
        study.remove("new.txt")
        study.put_text("again.txt", "a")
        study.remove("again.txt")
        study.put_text("again.txt", "b")
        assert study.has("again.txt")
    assert not (folder / "old.txt").exists() and not (folder / "new.txt").exists()
    assert (folder / "again.txt").read_text() == "b"


def test_files_are_written_inside_a_transaction_only(folder: Path) -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        Study(folder).new_file("a.csv")


def test_a_call_makes_earlier_ones_obsolete(folder: Path) -> None:
    study = Study(folder)
    with study.transaction():
        study.put_text("a.txt", "甲")
        study.note(Call("mine", outputs=("a.txt",)), lambda earlier: earlier.stage == "weigh")
    values = json.loads((folder / "run.json").read_text("utf-8"))
    assert values["files"]["a.txt"] == files.file_hash(folder / "a.txt")
    assert "keywords.csv" not in values["files"]
    assert [call.stage for call in Study(folder).record.calls] == [
        "ingest", "discover", "tabulate", "finalise", "mine",
    ]  # fmt: skip


def test_what_another_command_wrote_is_seen_once_the_lock_is_held(folder: Path) -> None:
    first, second = Study(folder), Study(folder)
    assert len(first.keywords) > 1
    with second.transaction():
        second.put_table(schema.KEYWORDS, second.keywords.head(1), "keywords_final.csv")
        second.change(reviewed=True)
    with first.locked():
        assert len(first.keywords) == 1 and first.record.reviewed


def test_other_peoples_folders_are_refused(tmp_path: Path) -> None:
    Study.at(tmp_path), Study.at(tmp_path / "new")
    files.write_text(tmp_path / "thesis.docx", "")
    with pytest.raises(UsageError, match="holds other files"):
        Study.at(tmp_path)
    with pytest.raises(UsageError, match="is a file"):
        Study.at(tmp_path / "thesis.docx")
    with pytest.raises(StudyError, match="is not a casemine study"):
        Study(tmp_path)
    record.write_record(tmp_path, record.RunRecord())
    assert Study.at(tmp_path).folder == tmp_path


def test_a_table_that_is_missing_or_broken_is_named(folder: Path) -> None:
    with pytest.raises(StudyError, match=r"codings\.csv: is missing\. Run `casemine code"):
        _ = Study(folder).codings
    (folder / "keywords_final.csv").write_text("x", encoding="utf-8")
    with pytest.raises(StudyError, match=r"keywords_final\.csv: .*Undo what was changed"):
        _ = Study(folder).keywords


def test_what_is_done_to_a_table_leaves_the_study_as_it_is(folder: Path) -> None:
    study = Study(folder)
    titles = study.documents["title"].tolist()
    mine = study.documents
    mine["title"] = "changed"
    del mine["region"]
    assert study.documents["title"].tolist() == titles and "region" in study.documents
    mine = study.documents
    if int(pd.__version__.split(".")[0]) > 2:  # before, single cells need a copy
        mine.loc[:, "title"] = "changed"
    assert study.documents["title"].tolist() == titles


def test_texts_are_kept_or_yielded_one_by_one(folder: Path) -> None:
    study = Study(folder)
    assert list(study.iter_texts()) == study.texts and study.texts is study.texts
    assert all(isinstance(document, Document) for document in study.texts)
    (folder / "texts" / "甲.txt").unlink()
    with pytest.raises(StudyError, match="a text of the study is missing"):
        list(study.iter_texts())


def test_a_write_that_was_killed_is_finished_when_the_study_is_opened(folder: Path) -> None:
    staging = folder / f"{files.STAGING}dead"
    files.write_text(staging / "files" / "note.txt", "甲")
    files.write_text(staging / "journal.json", json.dumps({"moved": ["note.txt"], "removed": []}))
    assert Study(folder).has("note.txt") and not staging.exists()


def test_a_study_is_opened_once_however_it_is_named(folder: Path) -> None:
    study_ = Study(folder)
    assert Study.of(study_) is study_ and Study.of(str(folder)).folder == folder
    assert study.Study is Study
