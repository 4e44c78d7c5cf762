from __future__ import annotations

import json
from pathlib import Path

import pytest

from casemine import coding
from casemine.errors import UsageError
from coding.codebooks import SMALL, reasons, written


def test_names_all_mistakes_together(tmp_path: Path) -> None:
    text = SMALL.replace('"平台"', '"预警"').replace('["最低生活保障"]', '["警示"]').replace("role", "rolle")
    assert [line for line, _ in reasons(tmp_path, text)] == [8, 23, 30]
    with pytest.raises(
        UsageError, match=r"(?s)book\.toml: the codebook has 3 errors:.*line 8.*line 23.*line 30"
    ):
        coding.load(tmp_path / "book.toml")


def test_an_empty_category_is_a_warning(tmp_path: Path) -> None:
    path = written(tmp_path, '[[selective]]\nname = "甲"\n[[selective.axial]]\nname = "乙"\n')
    (problem,) = coding.check(path)
    assert (problem.line, problem.warning) == (4, True)
    assert str(problem) == f"{path}, line 4: warning: the axial category 乙 has no open code yet."
    assert len(coding.load(path).entries) == 2


@pytest.mark.parametrize("name", ["../out", "a/b", "a\\b", "a@b", "C:x", ".hidden", "end.", ""])
def test_a_codebook_has_a_name_that_a_file_can_have(tmp_path: Path, name: str) -> None:
    path = tmp_path / "book.toml"
    path.write_text(f"name = {json.dumps(name)}\n", encoding="utf-8")
    with pytest.raises(UsageError, match="name of the codebook"):
        coding.load(path)
