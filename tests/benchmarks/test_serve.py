"""The benchmark of the workbench, on a study of a few texts."""

from pathlib import Path

import pytest

pytest.importorskip("starlette")
pytest.importorskip("uvicorn")

import serve
from casemine import coding


def test_the_texts_hold_a_quotation_a_sentence(tmp_path: Path) -> None:
    serve.write_texts(tmp_path, 4, 40, coding.find(serve.BOOK))
    texts = [path.read_text("utf-8") for path in sorted(tmp_path.glob("*.txt"))]
    assert len(texts) == 4 and all(len(text.split("\n")) == 11 for text in texts)


def test_actions_are_posted_and_told(capsys: pytest.CaptureFixture[str]) -> None:
    serve.main(["--documents", "6", "--quotations", "60", "--decided", "5", "--actions", "4"])
    said = capsys.readouterr().out
    assert said.startswith("6 documents, ") and ", 5 of them decided" in said
    assert "| keyword | 4 |" in said and "| quotation | 4 |" in said
