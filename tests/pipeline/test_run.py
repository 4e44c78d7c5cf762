"""`run` brings every product of a study up to date, and says of each why it had to."""

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from casemine import pipeline, schema, sheets
from casemine.errors import UsageError
from casemine.study import Study


def drop_a_coding(folder: Path) -> None:
    codings = sheets.read_csv(folder / "codings.csv")
    sheets.write_csv(codings.iloc[1:], folder / "codings.csv")


def test_exports_are_products_and_are_redone(coded: Path) -> None:
    for form in ("gexf", "csv", "xlsx", "vosviewer"):
        pipeline.export.export(coded, form)
    assert pipeline.run.stale(coded) == {}
    before = {path: path.read_bytes() for path in (coded / "exports").rglob("*") if path.is_file()}
    drop_a_coding(coded)
    assert pipeline.run.stale(coded) == {
        f"export:{name}": "codings.csv changed"
        for name in ("study.gexf", "csv", "study.xlsx", "study.vosviewer")
    }
    refreshed = pipeline.run.refresh(coded)
    assert len(refreshed.done) == 4 and pipeline.run.stale(coded) == {}
    changed = {path.name for path, data in before.items() if path.read_bytes() != data}
    assert {"codings.csv", "study.xlsx"} <= changed


def test_an_export_elsewhere_is_no_product(coded: Path, tmp_path: Path) -> None:
    pipeline.export.export(coded, "gexf", tmp_path / "mine.gexf")
    assert "export" not in {call.stage for call in Study(coded).record.calls}
    assert [path.name for path in tmp_path.glob(".casemine*")] == []


def test_a_table_that_lost_its_rows_is_dropped_from_the_exported_folder(coded: Path) -> None:
    pipeline.rigour.saturation(coded)
    pipeline.export.export(coded, "csv")
    assert (coded / "exports" / "csv" / "saturation.csv").is_file()
    shutil.rmtree(coded / "tables")
    pipeline.export.export(coded, "csv")
    assert not (coded / "exports" / "csv" / "saturation.csv").exists()


def test_a_recoded_study_follows_the_one_it_came_from(coded: Path, tmp_path: Path) -> None:
    (tmp_path / "新.txt").write_text("新县的防贫预警与云仓直播。云仓直播红火。", encoding="utf-8")
    new = pipeline.recode.recode(str(tmp_path / "新.txt"), coded, tmp_path / "new").study
    assert pipeline.run.stale(new) == {}
    frequency = Study(coded).frequency
    sheets.write_csv(frequency.head(1), coded / "frequency_final.csv")
    why = "frequency_final.csv of the study it was coded by changed"
    assert pipeline.run.stale(new.folder) == {"compare": why}
    assert pipeline.run.refresh(new.folder).done == ("compare",)
    shutil.rmtree(coded)  # what was compared stays
    assert pipeline.run.stale(new.folder) == {}


def test_what_was_made_with_another_library_says_so(coded: Path) -> None:
    study = Study(coded)
    calls = [
        call.__class__(**{**call.__dict__, "made_from": {**call.made_from, "numpy": "1.0"}})
        if call.stage == "weigh"
        else call
        for call in study.record.calls
    ]
    with study.transaction():
        study.change(calls=tuple(calls))
    stale = pipeline.run.stale(coded)
    assert stale["weigh"].startswith("numpy is ") and stale["weigh"].endswith(", was 1.0")
    assert stale["code:six-in-one"] == "follows weigh"


def test_products_are_named_in_the_order_in_which_they_follow(coded: Path) -> None:
    pipeline.rigour.tables(coded, ["region"])
    assert pipeline.run.products(Study(coded)) == [
        "ingest", "discover", "weigh", "tabulate", "finalise", "code:six-in-one", "tables",
    ]  # fmt: skip


def test_a_view_reads_the_tables_of_one_codebook(coded: Path) -> None:
    other = sheets.read_csv(coded / "codings.csv").assign(codebook="mine@0", coder="B", method="import")
    sheets.write_csv(pd.concat([sheets.read_csv(coded / "codings.csv"), other]), coded / "codings.csv")
    shown = pipeline.view.view(Study(coded), "six-in-one")
    assert set(shown.codings["codebook"].map(lambda label: label.split("@")[0])) == {"six-in-one"}
    assert len(shown.quotations) == len(shown.codings)
    assert list(shown.groups) == ["region", "year"] and shown.groups is shown.groups
    table = Study.of(shown.study).table(schema.FREQUENCY, "frequency_final.csv")
    assert np.shares_memory(shown.frequency["share"].to_numpy(), table["share"].to_numpy())


def test_a_second_codebook_takes_nothing_from_what_was_made_of_the_first(coded: Path) -> None:
    pipeline.figures.figures(coded, only=["framework"], formats=["svg"])
    pipeline.report.report(coded, formats=["html"])
    pipeline.rigour.saturation(coded)
    pipeline.export.export(coded, "xlsx")
    made = [coded / "figures/framework.svg", coded / "report.html", coded / "tables/saturation.csv"]
    before = [path.read_bytes() for path in made]
    pipeline.code.code(coded, "policy-instruments")
    pipeline.code.code(coded, "six-in-one", headings=True)
    pipeline.code.code(coded, "six-in-one")
    assert Study(coded).first_codebook == "six-in-one"
    refreshed = pipeline.run.refresh(coded)
    assert (dict(refreshed.failed), pipeline.run.stale(coded)) == ({}, {})
    assert [path.read_bytes() for path in (made[0], made[2])] == [before[0], before[2]]
    assert "六位一体" in made[1].read_text(encoding="utf-8")
    codings = sheets.read_csv(coded / "codings.csv")
    sheets.write_csv(pd.concat([codings, codings.assign(codebook="mine@0")]), coded / "codings.csv")
    for make in (pipeline.figures.figures, pipeline.report.report, pipeline.rigour.saturation):
        with pytest.raises(UsageError, match=r"mine, .*six-in-one"):
            make(coded)
