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
