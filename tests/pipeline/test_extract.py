"""`casemine extract` from end to end, on a small folder of our own."""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from casemine import pipeline
from casemine.cli import casemine
from casemine.errors import ParameterError, StudyError
from casemine.settings import Settings
from casemine.study import Study

MINI = Path(__file__).parents[1] / "data" / "mini"
GOLDEN = Path(__file__).parents[1] / "golden"
TABLES = (
    "documents",
    "passages",
    "left_out",
    "new_words",
    "keywords",
    "frequency",
    "keywords_final",
    "frequency_final",
)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(casemine, [str(argument) for argument in arguments])


def read(folder: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")


def tables(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "run.json"
    }


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "S"
    result = run("extract", MINI, "-o", folder)
    assert result.exit_code == 0, result.output
    return folder


@pytest.mark.parametrize("name", TABLES)
def test_the_tables_are_the_golden_ones(study: Path, name: str, request: pytest.FixtureRequest) -> None:
    made, golden = study / f"{name}.csv", GOLDEN / f"{name}.csv"
    if request.config.getoption("--regold"):
        golden.parent.mkdir(exist_ok=True)
        shutil.copyfile(made, golden)
    # As lines first: a difference can be read.
    assert made.read_text("utf-8").split("\n") == golden.read_text("utf-8").split("\n")
    assert made.read_bytes() == golden.read_bytes()


def test_excel_opens_every_csv_as_utf8(study: Path) -> None:
    assert all(path.read_bytes().startswith(b"\xef\xbb\xbf") for path in study.rglob("*.csv"))


def test_every_context_and_passage_is_a_span_of_its_text(study: Path) -> None:
    texts = {
        row.doc_id: (study / row.text_file).read_bytes().decode()
        for row in read(study, "documents").itertuples()
    }
    keywords = read(study, "keywords")
    assert len(keywords) > 10
    for row in keywords.itertuples():
        text, start, end = texts[row.doc_id], int(row.start), int(row.end)
        assert text[start:end] == row.word
        assert row.word in row.context and row.context in text
    for row in read(study, "passages").itertuples():
        assert texts[row.doc_id][int(row.start) : int(row.end)].strip()


def test_records_of_a_table_are_documents_with_their_metadata(study: Path) -> None:
    rows = read(study, "documents").set_index("doc_id")
    assert dict(rows.loc["各村.csv#2", ["title", "region", "year", "format"]]) == {
        "title": "白石村：基础母羊托养", "region": "宁夏", "year": "2018", "format": "csv",
    }  # fmt: skip


def test_the_same_input_gives_the_same_bytes_with_one_process_or_two(study: Path, tmp_path: Path) -> None:
    assert run("extract", MINI, "-o", tmp_path / "S", "--jobs", "2").exit_code == 0
    assert tables(tmp_path / "S") == tables(study)


def test_the_order_of_the_inputs_changes_nothing(tmp_path: Path) -> None:
    files = sorted(MINI.iterdir())
    assert run("extract", *files, "-o", tmp_path / "a").exit_code == 0
    assert run("extract", *reversed(files), "-o", tmp_path / "b").exit_code == 0
    assert tables(tmp_path / "a") == tables(tmp_path / "b")


def test_a_second_run_keeps_what_did_not_change(tmp_path: Path) -> None:
    folder = tmp_path / "S"
    run("extract", MINI, "-o", folder)
    before = tables(folder)
    again = run("extract", MINI, "-o", folder)
    assert "Nothing had changed" in again.output and tables(folder) == before
    summary = json.loads(run("extract", MINI, "-o", folder, "--top", "3", "--format", "json").stdout)
    assert summary["stages_done"] == ["weigh", "tabulate", "finalise"]
    forced = json.loads(run("extract", MINI, "-o", folder, "--force", "--format", "json").stdout)
    assert forced["stages_done"][0] == "ingest"


def test_a_changed_input_makes_every_stage_stale_and_run_redoes_them(tmp_path: Path) -> None:
    shutil.copytree(MINI, tmp_path / "in")
    folder = tmp_path / "S"
    run("extract", tmp_path / "in", "-o", folder)
    (tmp_path / "in" / "石磨镇.md").unlink()
    state = json.loads(run("info", folder, "--format", "json").stdout)["stale"]
    assert state["ingest"] == "inputs changed"
    assert state["weigh"] == "follows ingest"
    assert run("run", folder).exit_code == 0
    assert json.loads(run("info", folder, "--format", "json").stdout)["stale"] == {}
    assert not any("石磨镇" in path.name for path in (folder / "texts").iterdir())


def test_a_table_changed_by_hand_is_stale(tmp_path: Path) -> None:
    folder = tmp_path / "S"
    run("extract", MINI, "-o", folder)
    (folder / "keywords.csv").write_text("x")
    assert "keywords.csv was changed by hand" in run("info", folder).output
    (folder / "keywords.csv").unlink()
    assert "keywords.csv is missing" in run("info", folder).output


def test_settings_edited_in_the_study_are_what_run_uses(tmp_path: Path) -> None:
    folder = tmp_path / "S"
    run("extract", MINI, "-o", folder)
    toml = folder / "casemine.toml"
    toml.write_text(toml.read_text("utf-8").replace("top = 10", "top = 2"), "utf-8")
    assert run("run", folder).exit_code == 0
    assert read(folder, "keywords").groupby("doc_id").size().max() == 2


def test_new_words_of_each_case_can_be_the_keywords(tmp_path: Path) -> None:
    folder = tmp_path / "S"
    assert run("extract", MINI, "-o", folder, "--select", "new-words", "--top", "3").exit_code == 0
    keywords = read(folder, "keywords")
    assert set(keywords["new"]) == {"True"} and keywords.groupby("doc_id").size().max() <= 3
    assert "防贫预警" in set(keywords["word"])
    assert "3 heaviest new words" in json.loads((folder / "run.json").read_text("utf-8"))["selection"]


def test_new_words_by_region_are_listed(tmp_path: Path) -> None:
    folder = tmp_path / "S"
    assert run("extract", MINI, "-o", folder, "--by", "region").exit_code == 0
    assert {"宁夏", "甘肃"} <= set(read(folder / "tables", "new_words_by_region")["group"])


def test_a_stopword_and_a_generic_word_are_no_keywords(tmp_path: Path) -> None:
    (tmp_path / "stop.txt").write_text("公益岗位\n", "utf-8")
    (tmp_path / "generic.txt").write_text("利益联结机制  # 泛\n", "gb18030")
    options = ("--stopwords", tmp_path / "stop.txt", "--generic", tmp_path / "generic.txt")
    assert run("extract", MINI, "-o", tmp_path / "S", *options).exit_code == 0
    assert not {"公益岗位", "利益联结机制"} & set(read(tmp_path / "S", "keywords")["word"])
    words = read(tmp_path / "S", "new_words").set_index("word")
    assert words.loc["利益联结机制", "generic"] == "True"


def test_words_of_a_user_dictionary_are_not_new(tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text("防贫预警 10 n\n", "utf-8")
    assert run("extract", MINI, "-o", tmp_path / "S", "--user-dict", tmp_path / "own.txt").exit_code == 0
    assert "防贫预警" not in set(read(tmp_path / "S", "new_words")["word"])
    keywords = read(tmp_path / "S", "keywords")
    assert set(keywords.loc[keywords["word"] == "防贫预警", "new"]) == {"False"}


def test_what_cannot_be_read_is_named_and_the_rest_counts(tmp_path: Path) -> None:
    shutil.copytree(MINI, tmp_path / "in")
    (tmp_path / "in" / "空.txt").touch()
    (tmp_path / "in" / "坏.docx").write_bytes(b"not a zip")
    (tmp_path / "in" / "~$草稿.docx").write_bytes(b"x" * 162)
    result = run("extract", tmp_path / "in", "-o", tmp_path / "S")
    assert result.exit_code == 1
    assert "2 failed, 1 passed over" in result.stderr
    left = read(tmp_path / "S", "left_out").set_index("file")
    assert list(left["status"].loc[["坏.docx", "空.txt", "~$草稿.docx"]]) == [
        "failed",
        "failed",
        "passed over",
    ]
    assert len(read(tmp_path / "S", "documents")) == 4


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("extract", "nowhere", "-o", "{tmp}/S"), "nowhere"),
        (("extract", MINI, "-o", "{tmp}"), "holds other files and is not a casemine study"),
        (("extract", MINI, "-o", "{tmp}/S", "--config", "{tmp}/none.toml"), "casemine init"),
        (("extract", MINI, "-o", "{tmp}/S", "--generic", "none-such"), "no such list of generic words"),
        (("extract", MINI, "-o", "{tmp}/S", "--top", "0"), "top must be at least 1"),
        (("extract", MINI, "-o", "{tmp}/S", "--encoding", "klingon"), "klingon"),
        (("extract", "{tmp}/empty", "-o", "{tmp}/S"), "nothing to read"),
        (("info", "{tmp}"), "is not a casemine study"),
        (("run", "{tmp}"), "is not a casemine study"),
    ],
)
def test_wrong_usage_ends_with_status_2_and_writes_nothing(
    tmp_path: Path, arguments: tuple[object, ...], message: str
) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    (tmp_path / "empty").mkdir()
    result = run(*(str(part).format(tmp=tmp_path) for part in arguments))
    assert (result.exit_code, result.exception.__class__) == (2, SystemExit)
    assert message in result.stderr and "Traceback" not in result.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "thesis.txt"]


def test_a_study_does_not_take_other_inputs_without_force(study: Path, tmp_path: Path) -> None:
    folder = tmp_path / "S"
    run("extract", MINI, "-o", folder)
    other = MINI / "石磨镇.md"
    refused = run("extract", other, "-o", folder)
    assert refused.exit_code == 2 and "made from other inputs" in refused.stderr
    assert run("extract", other, "-o", folder, "--force").exit_code == 0
    assert len(read(folder, "documents")) == 1


def test_one_short_document_gives_new_words_and_keywords(tmp_path: Path) -> None:
    assert run("extract", MINI / "青禾县.txt", "-o", tmp_path / "S").exit_code == 0
    words = list(read(tmp_path / "S", "new_words")["word"])
    assert {"防贫预警", "村级网格员"} <= set(words[:10])
    assert "防贫预警" in set(read(tmp_path / "S", "keywords")["word"])


def test_a_cell_cannot_run_as_a_formula(tmp_path: Path) -> None:
    text = "=1+1积分法说明，" + "=1+1积分法推动防贫预警。" * 5
    (tmp_path / "=cmd.txt").write_text(text, "utf-8")
    assert run("extract", tmp_path / "=cmd.txt", "-o", tmp_path / "S").exit_code == 0
    for path in (tmp_path / "S").glob("*.csv"):
        cells = pd.read_csv(path, dtype=str, keep_default_na=False).to_numpy().ravel()
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r"))]


def test_init_writes_settings_that_extract_takes(tmp_path: Path) -> None:
    toml = tmp_path / "casemine.toml"
    assert run("init", toml).exit_code == 0
    assert run("init", toml).exit_code == 2
    assert run("extract", MINI, "-o", tmp_path / "S", "--config", toml).exit_code == 0


def test_a_study_below_its_input_is_no_document_of_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("防贫预警平台监测农户收入。防贫预警平台已经建成。\n", "utf-8")
    made = pipeline.extract.extract([str(tmp_path)], tmp_path / "S", jobs=2)
    assert made.left_out.empty


def test_a_text_changed_by_hand_is_not_coded(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("防贫预警平台监测农户收入。防贫预警平台已经建成。\n", "utf-8")
    pipeline.extract.extract([str(tmp_path / "a.txt")], tmp_path / "S")
    (text,) = (tmp_path / "S" / "texts").iterdir()
    text.write_bytes("县里".encode() + text.read_bytes())
    with pytest.raises(StudyError, match="changed by hand"):
        _ = Study(tmp_path / "S").texts


def test_a_document_that_another_program_holds_is_named_and_the_rest_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "held.txt"):
        (tmp_path / name).write_text(f"{name}防贫预警平台监测农户收入。防贫预警平台已经建成。\n", "utf-8")
    opened = Path.open

    def refuse(path: Path, *arguments: Any, **named: Any) -> Any:
        if path.name == "held.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *arguments, **named)

    monkeypatch.setattr(Path, "open", refuse)
    made = pipeline.extract.extract([str(tmp_path)], tmp_path / "S")
    left = made.left_out
    assert left[["file", "status"]].values.tolist() == [["held.txt", "failed"]]
    assert len(made.documents) == 1


def test_a_study_whose_inputs_are_gone_still_follows_its_settings(tmp_path: Path) -> None:
    shutil.copytree(MINI, tmp_path / "in")
    folder = tmp_path / "S"
    run("extract", tmp_path / "in", "-o", folder)
    shutil.rmtree(tmp_path / "in")
    assert "the inputs are not there now" in run("info", folder).output
    toml = folder / "casemine.toml"
    toml.write_text(toml.read_text("utf-8").replace("top = 10", "top = 2"), "utf-8")
    result = run("run", folder)
    assert result.exit_code == 0, result.output
    assert read(folder, "keywords").groupby("doc_id").size().max() == 2
    assert len(read(folder, "documents")) == 4


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("settings", replace(Settings(), weigh=replace(Settings().weigh, top=-3))),
        ("settings", {}), ("jobs", -1), ("jobs", "2"), ("memory", "500MB"), ("inputs", None), ("inputs", [1]),
    ],
)  # fmt: skip
def test_what_python_may_not_give_is_named_and_nothing_is_written(
    tmp_path: Path, name: str, value: Any
) -> None:
    given: dict[str, Any] = {"inputs": [MINI], name: value}
    with pytest.raises(ParameterError) as caught:
        pipeline.extract.extract(folder=tmp_path / "study", **given)
    assert caught.value.place.startswith(name)
    assert list(tmp_path.iterdir()) == []
