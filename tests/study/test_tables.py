"""Large tables are written as Parquet too, and read from it while nothing was changed."""

from pathlib import Path

import pytest

from casemine import check, pipeline, schema, sheets
from casemine.errors import CasemineWarning
from casemine.study import Study, tables

TEXT = "全县建立防贫预警机制，产业园带动就业。防贫预警到户，扶贫车间招工。\n"


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    folder = tmp_path / "cases"
    folder.mkdir()
    for name in "甲乙丙":
        (folder / f"{name}.txt").write_text(f"{name}\n" + TEXT * 3, encoding="utf-8")
    return folder


def extracted(cases: Path, folder: Path) -> Study:
    return pipeline.extract.extract([cases], folder)


def test_without_pyarrow_one_line_says_so(
    cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "LARGE", 8)
    monkeypatch.setattr(sheets, "has_parquet", lambda: False)
    with pytest.warns(CasemineWarning, match="of over 8 rows were written as CSV alone"):
        study = extracted(cases, tmp_path / "S")
    assert not study.has("passages.parquet")


def test_a_small_table_has_none(cases: Path, tmp_path: Path) -> None:
    assert not list(extracted(cases, tmp_path / "S").folder.glob("*.parquet"))


def test_a_large_table_is_read_from_parquet_while_it_is_as_written(
    cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyarrow")
    monkeypatch.setattr(tables, "LARGE", 8)
    study = extracted(cases, tmp_path / "S")
    pipeline.code.code(study, "six-in-one")
    assert {path.stem for path in study.folder.glob("*.parquet")} >= {"passages", "codings"}
    assert check(study.folder) == []
    read: list[str] = []
    reader = sheets.read_parquet
    monkeypatch.setattr(
        sheets, "read_parquet", lambda path, most: read.append(path.name) or reader(path, most)
    )
    again = Study(study.folder)
    by_csv = {name: tables.parser(table)(again.path(f"{name}.csv")) for name, table in
              (("passages", schema.PASSAGES), ("codings", schema.CODINGS))}  # fmt: skip
    assert again.passages.equals(by_csv["passages"])
    assert again.codings.equals(by_csv["codings"])
    assert read == ["passages.parquet", "codings.parquet"]
    # What a person changed in the CSV holds.
    path = study.path("codings.csv")
    path.write_text(path.read_text(encoding="utf-8").replace("casemine,", "甲,"), encoding="utf-8")
    assert Study(study.folder).codings.equals(tables.parser(schema.CODINGS)(path))
    assert read == ["passages.parquet", "codings.parquet"]


def test_a_damaged_one_is_told_and_may_be_taken_away(
    cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyarrow")
    monkeypatch.setattr(tables, "LARGE", 8)
    study = extracted(cases, tmp_path / "S")
    whole = study.path("passages.parquet").read_bytes()
    study.path("passages.parquet").write_bytes(b"PAR1")
    assert [fault.place for fault in check(study.folder)] == ["passages.parquet"]
    assert len(Study(study.folder).passages) == 12
    study.path("passages.parquet").unlink()
    assert check(study.folder) == []
    assert pipeline.run.stale(study.folder) == {}
    pipeline.extract.extract([cases], study.folder, force=True)
    assert study.path("passages.parquet").read_bytes() == whole
    # Where the table is no longer large it goes.
    monkeypatch.setattr(tables, "LARGE", 12)
    pipeline.extract.extract([cases], study.folder, force=True)
    assert not study.path("passages.parquet").exists()
    assert check(study.folder) == []
