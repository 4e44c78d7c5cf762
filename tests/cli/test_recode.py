"""`casemine recode`: one corpus or several, coded as a study was."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Call = Callable[..., Result]


@pytest.fixture
def corpora(tmp_path: Path) -> list[Path]:
    folders = [tmp_path / "一", tmp_path / "二"]
    for folder in folders:
        folder.mkdir()
        (folder / "丁.txt").write_text("乡里建立防贫预警机制。防贫预警见效。", encoding="utf-8")
    return folders


def test_one_corpus_tells_what_the_codebook_covers(
    coded: Path, call: Call, corpora: list[Path], tmp_path: Path
) -> None:
    result = call("recode", corpora[0], "--study", coded, "-o", tmp_path / "new")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("Codebook six-in-one\n")
    assert "Codes in the old corpus only (1): 扶贫产业" in result.stdout
    assert (tmp_path / "new" / "tables" / "recode_coverage.csv").is_file()


def test_tables_as_json(coded: Path, call: Call, corpora: list[Path], tmp_path: Path) -> None:
    result = call("recode", corpora[0], "--study", coded, "-o", tmp_path / "new", "--format", "json")
    told = json.loads(result.stdout)
    assert [row["corpus"] for row in told["recode_coverage"]] == ["new", "old"]


def test_several_corpora_make_a_study_each_and_one_that_fails_stops_no_other(
    coded: Path, call: Call, corpora: list[Path], tmp_path: Path
) -> None:
    empty = tmp_path / "空"
    empty.mkdir()
    result = call("recode", *corpora, empty, "--study", coded, "-o", tmp_path / "all")
    assert result.exit_code == 1
    assert "1 of the inputs failed:" in result.stderr and "[3/3]" in result.stderr
    assert f"a study for each of {len(corpora)} inputs." in result.stdout
    assert (tmp_path / "all" / "summary.csv").is_file()
