"""The commands agree, saturation and tables over a study made by hand."""

import dataclasses
import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from casemine import coding, pipeline, schema, sheets
from casemine.cli import casemine
from casemine.document import sentences
from casemine.study import Study

TEXTS = {
    "云南一.txt": "全县建立防贫预警机制。\n\n扶贫产业带动增收，乡村旅游兴起。",
    "四川二.txt": "防贫预警到户。\n\n发展乡村旅游。",
    "贵州三.txt": "扶贫产业覆盖各村。\n\n兴修水利。",
    "甘肃四.txt": "防贫预警与扶贫产业并举。",
}
WORDS = ("防贫预警", "扶贫产业", "乡村旅游")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    cases, folder = tmp_path_factory.mktemp("cases"), tmp_path_factory.mktemp("studies") / "study"
    for name, text in TEXTS.items():
        (cases / name).write_text(text, encoding="utf-8")
    pipeline.extract.extract([str(cases)], folder)
    (folder / "codebooks").mkdir()
    shutil.copy(coding.locate("six-in-one"), folder / "codebooks" / "six-in-one.toml")
    book = coding.load(folder / "codebooks" / "six-in-one.toml")
    rows = [
        {"codebook": book.label, "doc_id": document.doc_id, "start": start, "end": end, "code": word,
         "keyword": word, "coder": "casemine", "quote": document.text[start:end], "method": "exact",
         "score": 1}
        for document in Study(folder).texts
        for start, end in sentences(document.text)
        for word in WORDS
        if word in document.text[start:end]
    ]  # fmt: skip
    sheets.write_csv(schema.CODINGS.frame(rows), folder / "codings.csv")
    return folder


@pytest.fixture
def study(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "study"))


def call(*arguments: object) -> Result:
    return CliRunner().invoke(casemine, [str(argument) for argument in arguments])


def second_coder(study: Path, *, without: str = "") -> Path:
    """A file of a second coder, as Excel in Chinese saves CSV, that lacks one code."""
    codings = sheets.read_csv(study / "codings.csv")
    other = codings[codings["code"] != without].assign(coder="乙")
    path = study.parent / "second.csv"
    path.write_text(sheets.to_csv_text(other), encoding="gb18030")
    return path


def test_tables_by_a_column_under_its_chinese_header(study: Path) -> None:
    written = call("tables", study, "--by", "地区")
    assert written.exit_code == 0 and "tables/codes_by_region_six-in-one.csv" in written.stdout
    assert call("find", study, "扶贫", "--by", "地区", "--format", "json").exit_code == 0
    refused = call("tables", study, "--by", "地方")
    assert refused.exit_code == 2 and "documents.csv has no column 地方." in refused.stderr


def test_quiet_prints_nothing_but_what_was_asked_for(study: Path) -> None:
    assert call("tables", study, "--quiet").output == ""
    assert call("tables", study, "-q", "--format", "csv").stdout.startswith("level,")
    assert call("code", study, "-q", "--vectors", "none").output == ""


def test_agree_prints_all_codes_first_and_names_the_coders(study: Path) -> None:
    result = call("agree", study, second_coder(study))
    assert result.exit_code == 0
    assert "Coders: casemine, 乙." in result.stdout
    assert "1.000" in next(line for line in result.stdout.splitlines() if line.startswith("all codes"))


def test_agree_fails_under_the_threshold(study: Path) -> None:
    other = second_coder(study, without="乡村旅游")
    assert call("agree", study, other).exit_code == 0
    result = call("agree", study / "codings.csv", other, "--fail-under", 0.95)
    assert result.exit_code == 1
    assert "below 0.95" in result.stderr
    found = json.loads(call("agree", study, other, "--format", "json").stdout)
    assert found["codes"][0]["percent"] == pytest.approx(1 - 2 / 12, abs=1e-4)
    assert {row["place"] for row in found["apart"]} == set()
    assert call("agree", study, other, "--fail-under", 0.5, "--measure", "percent").exit_code == 0


def test_agree_refuses_what_it_cannot_compare(study: Path) -> None:
    for paths, said in (
        ((study / "documents.csv", study), "has no column"),
        ((study / "none.csv", study), "is missing"),
        ((study,), "two coders"),
        ((study, second_coder(study), "--codebook", "other"), "holds codings by six-in-one"),
    ):
        result = call("agree", *paths)
        assert result.exit_code == 2
        assert said in result.stderr


def test_saturation_writes_the_curve(study: Path) -> None:
    result = call("saturation", study, "--held-out", 0.25)
    assert result.exit_code == 0
    assert "selective: " in result.stdout
    curve = sheets.read_csv(study / "tables" / "saturation.csv")
    assert curve["level"].value_counts().tolist() == [4, 4, 4]
    before = (study / "tables" / "saturation.csv").read_bytes()
    assert call("saturation", study, "--held-out", 0.25).exit_code == 0
    assert (study / "tables" / "saturation.csv").read_bytes() == before


def test_tables_are_written_as_csv_and_xlsx(study: Path) -> None:
    result = call("tables", study, "--by", "region", "--codebooks", "six-in-one", "six-in-one")
    assert result.exit_code == 0
    names = sorted(path.stem for path in (study / "tables").glob("*.xlsx"))
    assert names == [
        "codebooks_six-in-one_six-in-one", "codes_by_region_six-in-one", "coding_table_six-in-one",
        "cooccurrence_keywords", "cooccurrence_six-in-one", "open_coding_six-in-one",
    ]  # fmt: skip
    assert all((study / "tables" / f"{name}.csv").is_file() for name in names)
    table = sheets.read_csv(study / "tables" / "coding_table_six-in-one.csv")
    assert dict(zip(table["open"], table["open_documents"], strict=True))["防贫预警"] == "3"


def test_tables_refuse_a_column_or_codebook_that_is_not_there(study: Path) -> None:
    assert "no column town" in call("tables", study, "--by", "town").stderr
    path = study / "codebooks" / "six-in-one.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("防贫预警", "防贫示警"), encoding="utf-8")
    result = call("tables", study)
    assert result.exit_code == 2
    assert "another version of the codebook" in result.stderr
    (study / "codings.csv").unlink()
    assert call("saturation", study).exit_code == 2


def test_a_coding_by_hand_follows_the_codebook(study: Path) -> None:
    codings = sheets.read_csv(study / "codings.csv")
    by_hand = codings[codings["code"] == "乡村旅游"].assign(coder="乙", method="")
    sheets.write_csv(pd.concat([codings, by_hand]), study / "codings.csv")
    book = study / "codebooks" / "six-in-one.toml"
    text = book.read_text(encoding="utf-8")
    assert text.count('name = "乡村旅游"\n') == 1
    book.write_text(text.replace('name = "乡村旅游"\n', 'name = "乡村休闲游"\n'), encoding="utf-8")
    pipeline.code.code(study, "six-in-one", vectors="none")
    lacking = call("tables", study)
    assert lacking.exit_code == 2 and "乡村旅游" in lacking.stderr and "alias" in lacking.stderr
    edited = coding.load(book)
    code = edited.by_name["乡村休闲游"]
    renamed = dataclasses.replace(code, aliases=(*code.aliases, "乡村旅游"))
    entries = tuple(renamed if one.name == code.name else one for one in edited.entries)
    book.write_text(coding.to_toml(dataclasses.replace(edited, entries=entries)), encoding="utf-8")
    pipeline.code.code(study, "six-in-one", vectors="none")
    after = sheets.read_csv(study / "codings.csv")
    mine = after[after["coder"] == "乙"]
    assert set(after["codebook"]) == {coding.load(book).label}
    assert set(mine["code"]) == {"乡村休闲游"}
    assert mine["quote"].tolist() == by_hand["quote"].tolist()
    assert call("tables", study).exit_code == 0


def test_codings_and_decisions_with_chinese_headers_are_read_alike(made: Path, tmp_path: Path) -> None:
    codings = Study(made).table_or_empty(schema.CODINGS).head(6)
    for coder in ("甲", "乙"):
        own = codings.assign(coder=coder).iloc[: 5 if coder == "甲" else 6]
        sheets.write_csv(own, tmp_path / f"{coder}.csv")
        chinese = own.rename(columns=schema.chinese_headers(list(own.columns)))
        assert "doc_id" not in chinese
        sheets.write_csv(chinese, tmp_path / f"{coder}-zh.csv")
    plain = pipeline.rigour.agree([tmp_path / "甲.csv", tmp_path / "乙.csv"])
    headed = pipeline.rigour.agree([tmp_path / "甲-zh.csv", tmp_path / "乙-zh.csv"])
    pd.testing.assert_frame_equal(plain.table, headed.table)
