"""`casemine memo`: memos written, listed, taken back."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from casemine.cli import casemine
from casemine.study import Study

Call = Callable[..., Result]


def listed(call: Call, *words: object) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(call("memo", *words, "--format", "json").stdout)
    return found


def test_a_memo_is_written_listed_and_taken_back(coded: Path, call: Call) -> None:
    assert call("memo", coded).stdout == "No memos yet.\n"
    assert call("memo", coded, "边界？\n见例", "--code", "扶贫产业").stdout == "Written.\n"
    assert call("memo", coded, "边界？\n见例", "--code", "扶贫产业").stdout == "Nothing changed.\n"
    (row,) = listed(call, coded)
    assert (row["coder"], row["code"], row["memo"]) == ("researcher", "扶贫产业", "边界？\n见例")
    assert "边界？ 见例" in call("memo", coded).stdout
    assert call("memo", coded, "", "--code", "扶贫产业").stdout == "Taken back.\n"
    assert listed(call, coded) == []


def test_memos_are_read_from_stdin_and_listed_by_what_they_are_about(coded: Path, call: Call) -> None:
    doc_id = Study(coded).documents["doc_id"][0]
    words = ["memo", str(coded), "-", "--doc", doc_id, "--coder", "王"]
    assert CliRunner().invoke(casemine, words, input="材料偏宣传\n").exit_code == 0
    assert call("memo", coded, "边界？", "--code", "扶贫产业", "--quiet").stdout == ""
    assert [row["memo"] for row in listed(call, coded, "--doc", doc_id)] == ["材料偏宣传"]
    assert [row["memo"] for row in listed(call, coded, "--code", "扶贫产业")] == ["边界？"]
    rows = csv.DictReader(io.StringIO(call("memo", coded, "--format", "csv").stdout.lstrip("\ufeff")))
    assert {row["coder"] for row in rows} == {"王", "researcher"}


def test_what_is_not_there_has_no_memo(coded: Path, call: Call) -> None:
    for words, said in (
        (["x", "--doc", "没有.txt"], "no document of this study is called 没有.txt."),
        (["x", "--code", "没有"], "no code of this study is called 没有."),
        (["--doc", "没有.txt"], "no document of this study is called 没有.txt."),
        (["--code", "没有"], "no code of this study is called 没有."),
        (["x"], "a memo is about a document or about a code."),
        (["--doc", "a.txt", "--code", "扶贫产业"], "a memo is about a document or about a code."),
        (["x", "--codebook", "six-in-one"], "--codebook goes with --code."),
        (["\udcb1", "--code", "扶贫产业"], "no text in the encoding of this terminal"),
    ):
        result = call("memo", coded, *words)
        assert result.exit_code == 2 and said in result.stderr
    assert not (coded / "memos.csv").exists()


def test_a_study_that_is_not_coded_has_memos_on_documents(cases: Path, tmp_path: Path, call: Call) -> None:
    assert call("extract", cases, "-o", tmp_path / "S").exit_code == 0
    doc_id = Study(tmp_path / "S").documents["doc_id"][0]
    assert call("memo", tmp_path / "S", "x", "--doc", doc_id).exit_code == 0
    assert "is not coded yet" in call("memo", tmp_path / "S", "x", "--code", "扶贫产业").stderr


@pytest.mark.parametrize("data", ["\ufeff材料偏宣传".encode(), "材料偏宣传\r\n".encode("gb18030")])
def test_stdin_is_read_in_the_encoding_it_has(coded: Path, call: Call, data: bytes) -> None:
    assert (
        CliRunner().invoke(casemine, ["memo", str(coded), "-", "--code", "扶贫产业"], input=data).exit_code
        == 0
    )
    assert [row["memo"] for row in listed(call, coded)] == ["材料偏宣传"]
    assert call("memo", coded, "\x07", "--code", "扶贫产业").stdout == "Taken back.\n"


def test_a_memo_on_what_is_gone_can_be_taken_back(coded: Path, call: Call) -> None:
    study = Study(coded)
    doc_id = study.documents["doc_id"][0]
    assert call("memo", coded, "x", "--doc", doc_id, "--coder", " ").exit_code == 0
    assert call("memo", coded, "y", "--code", "扶贫产业").exit_code == 0
    rows = (
        (coded / "memos.csv").read_text("utf-8-sig").replace(doc_id, "gone.txt").replace("扶贫产业", "没有了")
    )
    (coded / "memos.csv").write_text(rows, "utf-8-sig")
    assert {row["coder"] for row in listed(call, coded, "--doc", "gone.txt")} == {"researcher"}
    assert call("memo", coded, "z", "--doc", "gone.txt").exit_code == 2
    assert call("memo", coded, "", "--doc", "gone.txt").stdout == "Taken back.\n"
    assert call("memo", coded, "", "--code", "没有了").stdout == "Taken back.\n"
    assert listed(call, coded) == []
