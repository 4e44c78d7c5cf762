"""What follows the coding is recorded, told stale when it is, and redone by `casemine run`."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from casemine import pipeline, sheets
from casemine.cli import casemine

CASES = {
    "甲.txt": "全县建立防贫预警机制。防贫预警到户。",
    "乙.txt": "发展扶贫产业。扶贫产业带动增收。",
    "丙.txt": "防贫预警与扶贫产业并举。",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    cases, folder = tmp_path_factory.mktemp("cases"), tmp_path_factory.mktemp("studies") / "study"
    for name, text in CASES.items():
        (cases / name).write_text(text, encoding="utf-8")
    pipeline.extract([str(cases)], folder)
    pipeline.code(folder)
    pipeline.tables(folder, ["region"])
    pipeline.saturation(folder)
    return folder


@pytest.fixture
def study(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "study"))


def test_a_stage_is_recorded_with_its_parameters_and_files(study: Path) -> None:
    stages = json.loads((study / "run.json").read_text("utf-8"))["stages"]
    assert stages["tables"]["parameters"] == {"by": ["region"], "codebook": "", "codebooks": []}
    assert "tables/codes_by_region_six-in-one.csv" in stages["tables"]["outputs"]
    assert stages["saturation"]["parameters"]["seed"] == 0
    assert pipeline.stale(study) == {}


def test_a_changed_coding_makes_what_follows_stale_and_run_redoes_it(study: Path) -> None:
    codings = sheets.read_csv(study / "codings.csv")
    sheets.write_csv(codings.iloc[1:], study / "codings.csv")
    assert set(pipeline.stale(study)) >= {"tables", "saturation"}
    done = pipeline.refresh(study).done
    assert {"tables", "saturation"} <= set(done)
    assert pipeline.stale(study) == {}


def test_a_lost_file_of_a_stage_is_made_again(study: Path) -> None:
    lost = study / "tables" / "saturation.csv"
    before = lost.read_bytes()
    lost.unlink()
    assert pipeline.stale(study) == {"saturation": "tables/saturation.csv is missing"}
    assert pipeline.refresh(study).done == ("saturation",)
    assert lost.read_bytes() == before


def test_when_a_setting_changes_all_that_was_made_after_it_is_stale(study: Path) -> None:
    settings = study / "casemine.toml"
    settings.write_text(settings.read_text("utf-8").replace("top = 10", "top = 2"), "utf-8")
    stale = pipeline.stale(study)
    assert stale["tables"] == stale["code:six-in-one"] == "follows weigh"
    shown = CliRunner().invoke(casemine, ["info", str(study)]).output
    order = [
        line.split()[0] for line in shown.splitlines() if line.startswith(("ingest", "weigh", "tables "))
    ]
    assert order == ["ingest", "weigh", "tables"]
