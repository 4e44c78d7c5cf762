"""The reproduction end to end, on the sample corpus as it is shipped."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from casemine import pipeline, reproduction, schema, sheets
from casemine.cli import casemine


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("reproduced") / "study"
    result = CliRunner().invoke(casemine, ["reproduce", "-o", str(folder)])
    assert result.exit_code == 0, result.output
    return folder, result.output


def test_the_table_stands_in_the_study_and_ends_the_output(made: tuple[Path, str]) -> None:
    folder, output = made
    table = schema.REPRODUCTION.parse(sheets.read_csv(folder / "reproduction" / "reproduction.csv"))
    assert f"All {len(table)} rows" in output.splitlines()[-1]
    assert "What does not add up in print:" in output
    assert (folder / "reproduction" / "reproduction.xlsx").is_file()


def test_every_published_code_and_frequency_is_there(made: tuple[Path, str]) -> None:
    table = sheets.read_csv(made[0] / "reproduction" / "reproduction.csv")
    coding = table[table["part"] == "coding table"]
    assert (len(coding), set(coding["verdict"])) == (73, {"same"})
    frequency = table[table["part"] == "keyword frequency"]
    printed = reproduction.published().cases
    assert dict(zip(frequency["item"], frequency["published"], strict=True)) == {
        word: f"{cases} of 117" for word, cases in printed.items()
    }
    listed = (made[0] / "reproduction" / "keyword_list.txt").read_text("utf-8").strip()
    assert listed.split(",")[:2] == ["扶贫产业/23", "防贫预警/18"]


def test_every_described_place_has_its_row_and_the_rows_are_counted(made: tuple[Path, str]) -> None:
    table = sheets.read_csv(made[0] / "reproduction" / "reproduction.csv")
    places = table[table["part"] == "places"]
    described = places[places["item"].str.contains(" ")][:-1]
    assert len(described) == 24
    same = (described["verdict"] == "same").sum()
    assert f"{same} of 24 agree" in places.iloc[-1]["computed"]


def test_the_study_is_reviewed_coded_drawn_and_reported(made: tuple[Path, str]) -> None:
    folder, _ = made
    assert len(sheets.read_csv(folder / "documents.csv")) == 32
    assert len(sheets.read_csv(folder / "decisions.csv")) > 100
    made_files = (
        "codings.csv",
        "tables/saturation.csv",
        "figures/framework.pdf",
        "report.html",
        "report.docx",
    )
    for name in (*made_files, "reproduction/framework.png"):
        assert (folder / name).stat().st_size > 0
    assert pipeline.run.stale(folder) == {}
