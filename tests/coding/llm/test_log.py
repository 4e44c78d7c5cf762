"""suggestions.jsonl: what was answered is kept, whatever happens."""

from dataclasses import replace
from pathlib import Path

import pytest

from casemine.coding.llm.log import Answered, AnswerLog, hash_of
from casemine.errors import StudyError

FIRST = Answered("m", "book", "a.txt", 0, 5, "问", hash_of("规则"), "答")


def test_answers_come_back(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    log = AnswerLog(path)
    log.add(FIRST, "规则")
    log.add(replace(FIRST, question="又问"), "规则")
    assert AnswerLog(path).answers == {item.key: item for item in (FIRST, replace(FIRST, question="又问"))}
    assert path.read_text("utf-8").count("规则") == 1


def test_a_line_that_was_cut_off_is_passed_over_and_the_next_stands_alone(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    AnswerLog(path).add(FIRST, "规则")
    with path.open("a", encoding="utf-8") as file:
        file.write('{"model": "m", "codeb')
    log = AnswerLog(path)
    assert list(log.answers.values()) == [FIRST]
    log.add(replace(FIRST, question="再问"), "规则")
    assert [item.question for item in AnswerLog(path).answers.values()] == ["问", "再问"]


def test_a_damaged_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    path.write_text('{"model": 1}\n{"model": 2}\n', "utf-8")
    with pytest.raises(StudyError, match="line 1"):
        AnswerLog(path)
