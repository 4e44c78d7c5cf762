from pathlib import Path

import pytest

from casemine.errors import StudyError
from casemine.pipeline.context import ExtractContext
from casemine.settings import Settings
from casemine.study import Study


def test_a_study_gives_its_settings_and_inputs(coded: Path, cases: Path) -> None:
    context = ExtractContext.of(Study(coded))
    assert context.inputs == (str(cases),) and context.inputs_there
    assert [file.doc_id for file in context.collected.files] == ["丙.txt", "乙.txt", "甲.txt"]
    assert context.decisions.empty


def test_without_a_study_there_is_none() -> None:
    with pytest.raises(StudyError, match="no study was opened"):
        _ = ExtractContext(Settings()).study


def test_inputs_that_are_gone_are_not_there(tmp_path: Path) -> None:
    assert not ExtractContext(Settings(), (str(tmp_path / "none"),)).inputs_there


def test_word_lists_are_those_of_the_settings(tmp_path: Path) -> None:
    own, words = tmp_path / "stop.txt", tmp_path / "words.txt"
    own.write_text("石某\n", encoding="utf-8")
    words.write_text("垚玥养蜂 5 n\n", encoding="utf-8")
    changed = Settings().changed(
        {"words": {"stopwords": [str(own)], "user_dict": [str(words)], "generic": ["none"]}}
    )
    context, plain = ExtractContext(changed), ExtractContext(Settings())
    assert context.stopwords == plain.stopwords | {"石某"}
    assert context.generic == frozenset() != plain.generic
    assert "垚玥养蜂" in context.segmenter.cut("村里的垚玥养蜂见效")
    assert context.shipped_lists == plain.shipped_lists


def test_progress_is_told_as_results_come() -> None:
    told: list[tuple[str, int, int]] = []
    context = ExtractContext(Settings(), progress=lambda *step: told.append(step))
    assert list(context.counted("read", 2)(str, [1, 2])) == ["1", "2"]
    assert told == [("read", 1, 2), ("read", 2, 2)]
