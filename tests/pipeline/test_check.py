import csv
import shutil
from pathlib import Path

import pytest

import casemine
from casemine import pipeline
from casemine.errors import StudyError
from casemine.pipeline.check import check, rescue
from casemine.study import Study

MINI = Path(__file__).parents[1] / "data" / "mini"
DECIDED = "doc_id,word,coder,decision,standard,code,quote,note\n*,{},researcher,drop,,,,\n"
HISTORY = (
    "number,time,doc_id,word,coder,field,old,new,source\n"
    "1,2026-01-01T00:00:00+00:00,*,{},researcher,decision,,drop,sheet.xlsx\n"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("check")
    shutil.copytree(MINI, folder / "mini")
    study = casemine.extract([folder / "mini"], folder / "study")
    word = study.keywords["word"].iloc[0]
    (folder / "study" / "decisions.csv").write_text(DECIDED.format(word), encoding="utf-8")
    (folder / "study" / "history.csv").write_text(HISTORY.format(word), encoding="utf-8")
    pipeline.run.refresh(folder / "study")
    pipeline.code.code(folder / "study", "six-in-one")
    return folder


@pytest.fixture
def study(made, tmp_path):
    shutil.copytree(made, tmp_path / "copy")
    return tmp_path / "copy" / "study"


def faults(study):
    return {fault.place: fault.cause for fault in check(study)}


def test_a_whole_study_has_no_fault(study):
    assert check(study) == []


def test_each_fault_is_named_with_how_to_mend_it(study):
    text = study / casemine.Study(study).documents["text_file"].iloc[0]
    text.write_text(text.read_text(encoding="utf-8")[1:], encoding="utf-8")
    with (study / "left_out.csv").open("a") as file:
        file.write("x,y,z,\n")
    (study / "frequency.csv").unlink()
    (study / "casemine.toml").write_text("a = [", encoding="utf-8")
    (study / "codebooks").mkdir(exist_ok=True)
    (study / "codebooks" / "own.toml").write_text("[[axial]]", encoding="utf-8")
    (study / "exports").mkdir()
    (study / "exports" / ".casemine-dead").mkdir()
    with (study / "history.csv").open("a") as file:
        file.write("2,x\n")
    found = check(study)
    causes = {fault.place: fault.cause for fault in found}
    assert "was changed" in causes[text.relative_to(study).as_posix()]
    assert "not as it was written" in causes["left_out.csv"]
    assert causes["frequency.csv"] == "is missing."
    assert "TOML" in causes["casemine.toml"]
    assert "error" in causes["codebooks/own.toml"]
    assert "killed command" in causes["exports/.casemine-dead"]
    assert "2 cells" in causes["history.csv"]
    assert all(fault.advice for fault in found)


def changed(path, column, value):
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0][column] = value
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def test_spans_that_lead_elsewhere_are_found(study):
    changed(study / "codings.csv", "quote", "此句不在文中。")
    changed(study / "keywords.csv", "end", "99999999")
    changed(study / "passages.csv", "end", "99999999")
    found = faults(study)
    assert "does not stand there" in found["codings.csv, row 2"]
    assert "leads out of" in found["keywords.csv, row 2"]
    assert "leads out of" in found["passages.csv, row 2"]


@pytest.mark.parametrize(
    "damage", ["", "{", '{"casemine": "0.2.0", "format": 2, "calls": 3}', None, '{"inputs": ["../mini"], "x']
)
def test_a_study_without_its_record_is_rescued_with_all_that_was_decided(study, damage):
    kept = ["decisions.csv", "history.csv", "keywords_final.csv", "frequency_final.csv"]
    before = {name: (study / name).read_bytes() for name in kept}
    if damage is None:
        (study / "run.json").unlink()
    else:
        (study / "run.json").write_text(damage, encoding="utf-8")
    with pytest.raises(StudyError, match="rescue"):
        Study(study)
    [fault] = check(study)
    assert fault.place == "run.json" and "--rescue" in fault.advice
    rescue(study)
    pipeline.run.refresh(study)
    assert check(study) == []
    assert {name: (study / name).read_bytes() for name in kept} == before
    assert (study / "run.json.damaged").exists() == (damage is not None)
    rescue(study)
    assert check(study) == []


def test_lost_passages_are_made_of_the_texts_where_the_inputs_are_gone(study):
    shutil.rmtree(study.parent / "mini")
    (study / "passages.csv").unlink()
    assert "--rescue" in next(fault.advice for fault in check(study) if fault.place == "passages.csv")
    with pytest.raises(StudyError, match="casemine check"):
        _ = Study(study).passages
    rescue(study)
    pipeline.run.refresh(study)
    assert check(study) == []


def test_another_folder_is_no_study(tmp_path):
    for act in (check, rescue):
        with pytest.raises(StudyError):
            act(tmp_path)
