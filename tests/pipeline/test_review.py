"""Sheets taken over: decisions, final tables and codings change together, and nothing is lost between two."""

import subprocess
import sys
from pathlib import Path

from casemine import pipeline, review
from casemine.study import Study


def sheet(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(["词语,决定", *rows]) + "\n", encoding="utf-8-sig")
    return path


def test_an_applied_decision_reaches_the_codings_at_once(coded: Path) -> None:
    assert "防贫预警" in set(Study(coded).codings["keyword"])
    _, changed = pipeline.review.apply_review(coded, sheet(coded / "a.csv", "防贫预警,删除"))
    study = Study(coded)
    assert changed == 1 and study.record.reviewed
    assert "防贫预警" not in set(study.keywords["word"]) | set(study.frequency["keyword"])
    assert "防贫预警" not in set(study.codings["keyword"])
    assert pipeline.run.stale(study) == {}


def test_two_coders_at_once_lose_nothing(coded: Path) -> None:
    apply = "import sys; from casemine.pipeline.review import apply_review; apply_review(*sys.argv[1:])"
    sheets = {name: sheet(coded / f"{name}.csv", "防贫预警,删除") for name in "ABC"}
    running = [
        subprocess.Popen([sys.executable, "-c", apply, str(coded), str(path), name])
        for name, path in sheets.items()
    ]
    assert [process.wait() for process in running] == [0, 0, 0]
    decisions, history = review.read_decisions(coded), review.read_history(coded)
    assert sorted(decisions["coder"]) == ["A", "B", "C"]
    assert history["number"].tolist() == [1, 2, 3]
    assert pipeline.run.stale(coded) == {}


def test_what_may_be_a_slip_is_noted(coded: Path) -> None:
    merged = coded / "a.csv"
    merged.write_text("词语,决定,规范词\n防贫预警,合并,防贫预惊\n", encoding="utf-8")
    taken, _ = pipeline.review.apply_review(coded, merged)
    cause = "防贫预警 is merged into 防贫预惊, which is no keyword and stands in no text."
    assert len(taken.notes) == 1 and taken.notes[0].startswith(f"row 2: {cause}")
    strangers = [f"{name}村," for name in "甲乙丙丁戊己庚辛壬癸"]
    taken, _ = pipeline.review.apply_review(coded, sheet(coded / "b.csv", *strangers))
    assert taken.notes == ("only 0 of the 10 words are keywords here: is it the sheet of another study?",)


def test_a_decided_code_that_no_codebook_has_is_named(cases: Path, tmp_path: Path) -> None:
    study = pipeline.extract.extract([cases], tmp_path / "study")
    filled = tmp_path / "a.csv"
    filled.write_text("词语,决定,编码\n防贫预警,保留,数字经济编码\n", encoding="utf-8")
    pipeline.review.apply_review(study, filled)  # no codebook is known yet
    assert pipeline.code.code(study).unknown == (("防贫预警", "数字经济编码"),)
