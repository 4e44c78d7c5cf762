"""Coding a study: its coherence, vectors of gensim, and what it learns from decisions."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from casemine import pipeline
from casemine.cli import casemine
from casemine.errors import UsageError

TEXTS = {
    "甲.txt": "防贫预警推送以后，防贫保险当月赔付。\n扶贫车间和社区工厂都在招工。\n易地搬迁的人家住进新楼。",
    "乙.txt": "防贫预警和防贫保险一起办。\n社区工厂就在楼下，扶贫车间在村口。\n饮水安全和交通扶贫同时推进。",
    "丙.txt": "交通扶贫修了路，易地搬迁盖了楼。\n小额信贷放给养羊户。\n村集体经济添了收入，信贷也还了。",
}


@pytest.fixture
def coded(tmp_path: Path) -> Path:
    cases = tmp_path / "cases"
    cases.mkdir()
    for name, text in TEXTS.items():
        (cases / name).write_text(text, encoding="utf-8")
    pipeline.extract.extract([str(cases)], tmp_path / "study")
    pipeline.code.code(tmp_path / "study", vectors="none")
    return tmp_path / "study"


def test_codebook_check_measures_the_coherence_of_a_study(coded: Path) -> None:
    pytest.importorskip("gensim")
    shown = CliRunner().invoke(casemine, ["codebook", "check", str(coded)])
    assert shown.exit_code == 0, shown.output
    assert "six-in-one@" in shown.output and "axial: c_npmi" in shown.output and "selective" in shown.output
    assert CliRunner().invoke(casemine, ["codebook", "check", str(coded)]).output == shown.output


def test_a_study_that_was_not_coded_has_no_coherence(tmp_path: Path) -> None:
    cases = tmp_path / "cases"
    cases.mkdir()
    (cases / "甲.txt").write_text(TEXTS["甲.txt"], encoding="utf-8")
    pipeline.extract.extract([str(cases)], tmp_path / "study")
    with pytest.raises(UsageError, match="not coded"):
        pipeline.code.coherences(tmp_path / "study")


@pytest.mark.parametrize("name", ["own.vec", "own.bin"])
def test_vectors_that_gensim_trained_serve_coding(coded: Path, tmp_path: Path, name: str) -> None:
    pytest.importorskip("gensim")
    asked = ["vectors", str(tmp_path / "cases"), "-o", str(tmp_path / name), "--method", "word2vec"]
    made = CliRunner().invoke(casemine, [*asked, "--dimensions", "4", "--min-count", "1", "-q"])
    assert made.exit_code == 0, made.output
    placements = pipeline.code.code(coded, vectors=str(tmp_path / name)).placements
    assert len(placements) > 0


def test_a_file_of_vectors_has_one_of_four_endings(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text(TEXTS["甲.txt"], encoding="utf-8")
    made = CliRunner().invoke(casemine, ["vectors", str(tmp_path), "-o", str(tmp_path / "x.model"), "-q"])
    assert made.exit_code != 0
    assert isinstance(made.exception, UsageError | SystemExit)
