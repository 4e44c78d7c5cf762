"""`casemine agree --disagreements` and `--adjudicate`, as two coders use them."""

from pathlib import Path

import openpyxl
from click.testing import CliRunner, Result

from casemine import schema, sheets
from casemine.cli import casemine


def codings(path: Path, coder: str, *codes: tuple[str, str]) -> Path:
    rows = [
        {"codebook": "b@1", "doc_id": doc_id, "start": 0, "end": 4, "code": code, "keyword": "",
         "coder": coder,
         "quote": "甲乙丙丁", "method": "import", "score": 1.0}
        for doc_id, code in codes
    ]  # fmt: skip
    sheets.write_csv(schema.CODINGS.frame(rows), path)
    return path


def call(*words: object) -> Result:
    return CliRunner().invoke(casemine, [str(word) for word in words])


def test_disagreements_are_listed_settled_and_remembered(tmp_path: Path) -> None:
    first = codings(tmp_path / "a.csv", "王", ("一.txt", "用水"), ("二.txt", "用水"))
    second = codings(tmp_path / "b.csv", "李", ("一.txt", "用水"), ("二.txt", "参与"))
    listed = tmp_path / "apart.xlsx"
    result = call("agree", first, second, "--disagreements", listed)
    assert result.exit_code == 0, result.output
    assert "4 units that two or more coders read: 2 documents and 2 codes" in result.output
    book = openpyxl.load_workbook(listed)
    header, *rows = book.worksheets[0].iter_rows(values_only=True)
    assert header == ("文档编号", "起", "止", "编码", "单元文本", "王", "李", "裁定", "备注")
    assert [(row[0], row[3], row[5], row[6]) for row in rows] == [
        ("二.txt", "参与", "无", "有"),
        ("二.txt", "用水", "有", "无"),
    ]
    book.worksheets[0]["H2"], book.worksheets[0]["I2"] = "有", "写明了"
    book.save(listed)
    settled = call("agree", first, second, "--adjudicate", listed)
    assert settled.exit_code == 0 and "1 units settled, 1 still open" in settled.stderr
    made = schema.CODINGS.parse(sheets.read_csv(tmp_path / "consensus.csv"))
    assert set(made["coder"]) == {"consensus"}
    assert sorted(zip(made["doc_id"], made["code"], strict=True)) == [("一.txt", "用水"), ("二.txt", "参与")]
    assert call("agree", first, second, "--adjudicate", listed).exit_code == 0
    history = sheets.read_csv(tmp_path / "consensus_history.csv")
    assert history[["number", "code", "old", "new", "answers", "note"]].to_numpy().tolist() == [
        ["1", "参与", "", "有", "王：无；李：有", "写明了"]
    ]


def test_a_wrong_answer_is_named(tmp_path: Path) -> None:
    first = codings(tmp_path / "a.csv", "王", ("一.txt", "用水"))
    second = codings(tmp_path / "b.csv", "李", ("一.txt", "参与"))
    listed = tmp_path / "apart.csv"
    call("agree", first, second, "--disagreements", listed)
    text = listed.read_text(encoding="utf-8-sig").replace("有,,", "有,也许,")
    listed.write_text(text, encoding="utf-8")
    result = call("agree", first, second, "--adjudicate", listed)
    assert result.exit_code == 2 and "'也许' is no answer" in result.stderr
    assert not (tmp_path / "consensus.csv").exists()
