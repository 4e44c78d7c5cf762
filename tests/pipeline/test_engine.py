"""What follows the coding is recorded, told stale when it is, and redone by `casemine run`."""

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from casemine import pipeline, resources, sheets
from casemine.cli import casemine
from casemine.pipeline import engine
from casemine.pipeline.context import ExtractContext
from casemine.study import Study


@pytest.fixture
def study(rigorous: Path) -> Path:
    return rigorous


def test_a_stage_is_recorded_with_its_parameters_and_files(study: Path) -> None:
    calls = {call["stage"]: call for call in json.loads((study / "run.json").read_text("utf-8"))["calls"]}
    assert calls["tables"]["parameters"] == {"by": ["region"], "codebook": "", "codebooks": []}
    assert "tables/codes_by_region_six-in-one.csv" in calls["tables"]["outputs"]
    assert calls["saturation"]["parameters"]["seed"] == 0
    assert pipeline.run.stale(study) == {}


def test_a_changed_coding_makes_what_follows_stale_and_run_redoes_it(study: Path) -> None:
    codings = sheets.read_csv(study / "codings.csv")
    sheets.write_csv(codings.iloc[1:], study / "codings.csv")
    assert set(pipeline.run.stale(study)) >= {"tables", "saturation"}
    done = pipeline.run.refresh(study).done
    assert {"tables", "saturation"} <= set(done)
    assert pipeline.run.stale(study) == {}


def test_a_lost_file_of_a_stage_is_made_again(study: Path) -> None:
    lost = study / "tables" / "saturation.csv"
    before = lost.read_bytes()
    lost.unlink()
    assert pipeline.run.stale(study) == {"saturation": "tables/saturation.csv is missing"}
    assert pipeline.run.refresh(study).done == ("saturation",)
    assert lost.read_bytes() == before


def test_when_a_setting_changes_all_that_was_made_after_it_is_stale(study: Path) -> None:
    settings = study / "casemine.toml"
    settings.write_text(settings.read_text("utf-8").replace("top = 10", "top = 2"), "utf-8")
    stale = pipeline.run.stale(study)
    assert stale["tables"] == stale["code:six-in-one"] == "follows weigh"
    shown = CliRunner().invoke(casemine, ["info", str(study)]).output
    order = [
        line.split()[0] for line in shown.splitlines() if line.startswith(("ingest", "weigh", "tables "))
    ]
    assert order == ["ingest", "weigh", "tables"]


def stale_figures(folder: Path) -> list[engine.Stale]:
    return list(engine.stale_calls(ExtractContext.of(Study(folder)), pipeline.figures.FIGURES))


def test_a_narrower_call_does_not_make_a_wider_one_forgotten(study: Path) -> None:
    pipeline.figures.figures(study, formats=["svg"])
    pipeline.figures.figures(study, only=["word_cloud"], formats=["svg"])
    assert stale_figures(study) == []
    codings = sheets.read_csv(study / "codings.csv")
    sheets.write_csv(codings.iloc[1:], study / "codings.csv")
    pipeline.figures.figures(study, only=["word_cloud"], formats=["svg"])
    (stale,) = stale_figures(study)
    assert (stale.parameters["only"], stale.reason) == ([], "codings.csv changed")
    pipeline.figures.figures(study, formats=["svg"])
    assert stale_figures(study) == []


def test_the_last_call_of_an_analysis_takes_the_place_of_those_before(study: Path) -> None:
    pipeline.network.network(study, by="region", unit="paragraph")
    pipeline.network.network(study, of="codes", unit="document")
    assert (study / "tables" / "network_words_correspondence.csv").is_file()
    outside = study.parent / "kept.txt"
    outside.write_text("", encoding="utf-8")
    run = study / "run.json"
    name = "tables/network_words_correspondence_axes.csv"
    strayed = run.read_text("utf-8").replace(f'"{name}",', f'"{name}", "tables/../../kept.txt",')
    run.write_text(strayed, "utf-8")
    pipeline.network.network(study, unit="paragraph")
    calls = Study(study).record.of("network")
    assert [call.parameters["of"] for call in calls] == ["codes", "words"]
    assert not (study / "tables" / "network_words_correspondence.csv").exists()
    assert (study / "tables" / "network_words_nodes.csv").is_file()
    assert (study / "tables" / "network_codes_nodes.csv").is_file()
    assert outside.is_file()


def test_a_font_given_from_elsewhere_is_found_again(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    font = tmp_path / "own.ttf"
    shutil.copy(resources.dictionary("fonts/CasemineSansSC-Regular.ttf"), font)
    monkeypatch.chdir(tmp_path)
    pipeline.figures.figures(study, only=["word_cloud"], formats=["svg"], font="own.ttf")
    monkeypatch.chdir("/")
    font.write_bytes(font.read_bytes() + b"\0")
    assert pipeline.run.stale(study) == {"figures": "../own.ttf changed"}
    assert pipeline.run.refresh(study).done == ("figures",)


def test_the_report_is_stale_when_what_it_says_of_the_run_changed(study: Path) -> None:
    pipeline.report.report(study, formats=["html"])
    assert pipeline.run.stale(study) == {}
    run = json.loads((study / "run.json").read_text("utf-8"))
    run["versions"]["jieba"] = "9.9"
    (study / "run.json").write_text(json.dumps(run, ensure_ascii=False), "utf-8")
    assert pipeline.run.stale(study)["report"] == "run.json changed"


def test_a_stage_that_cannot_be_redone_stops_no_other(study: Path) -> None:
    codings = sheets.read_csv(study / "codings.csv")
    other = codings.assign(codebook="mine@0", coder="B", method="import")
    sheets.write_csv(pd.concat([codings, other]), study / "codings.csv")
    pipeline.report.report(study, formats=["html"], codebook="six-in-one")
    opened = Study(study)
    with opened.transaction():
        opened.change(first_codebook="gone")  # its codings were taken out of codings.csv
    made = pipeline.run.refresh(study)
    assert "--codebook" in made.failed["saturation"]
    assert "report" not in made.failed
    result = CliRunner().invoke(casemine, ["run", str(study)])
    assert result.exit_code == 1
    assert "saturation could not be redone" in result.output


def test_what_follows_a_stale_coding_is_stale(study: Path) -> None:
    book = study / "codebooks" / "six-in-one.toml"
    book.write_text(book.read_text("utf-8").replace('aliases = ["防返贫监测预警", ', "aliases = ["), "utf-8")
    stale = pipeline.run.stale(study)
    assert stale["code:six-in-one"] == "codebook six-in-one changed"
    assert stale["tables"] == stale["saturation"] == "follows code:six-in-one"


def test_a_lost_text_is_noticed_and_read_again(study: Path) -> None:
    (lost,) = sorted((study / "texts").glob("甲*"))
    lost.unlink()
    assert pipeline.run.stale(study)["ingest"] == f"texts/{lost.name} is missing"
    assert "ingest" in pipeline.run.refresh(study).done
    assert lost.is_file()


def test_the_program_is_no_second_coder_of_its_own(study: Path, tmp_path: Path) -> None:
    shutil.copy(study / "codings.csv", tmp_path / "again.csv")
    result = CliRunner().invoke(casemine, ["agree", str(study), str(tmp_path / "again.csv")])
    assert result.exit_code == 2
    assert "agrees with itself" in result.output
