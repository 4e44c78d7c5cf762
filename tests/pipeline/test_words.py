"""The word list of a study, its groups, and its section of the report."""

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from casemine import pipeline
from casemine.errors import ParameterError, UsageError
from casemine.settings import Settings
from casemine.study import Study


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    cases, folder = tmp_path_factory.mktemp("cases"), tmp_path_factory.mktemp("studies") / "study"
    for year, text in (
        ("2015", "医院招聘医生了。"),
        ("2018", "教师招聘医生了。"),
        ("2022", "大学生创业，教师创业。"),
    ):
        (cases / f"{year}.txt").write_text(text * 10, encoding="utf-8")
    lines = ["file,year", *(f"{year}.txt,{year}" for year in ("2015", "2018", "2022"))]
    (cases / "manifest.csv").write_text("\n".join(lines), encoding="utf-8")
    plain = Settings().changed({"discover": {"min_count": 1000}})
    pipeline.extract.extract([cases], folder, plain)
    pipeline.words.count_words(folder, by=["year"])
    return folder


def test_occurrences_and_documents_are_those_of_the_texts(study: Path) -> None:
    table = Study(study).table(pipeline.words.schema.WORDS, "tables/words.csv").set_index("word")
    assert table.loc["创业", ["occurrences", "documents"]].tolist() == [20, 1]
    assert table.loc["教师", ["occurrences", "documents"]].tolist() == [20, 2]
    assert "了" not in table.index


def test_each_year_is_marked_by_its_words(study: Path) -> None:
    table = Study(study).table(pipeline.words.schema.WORDS_BY, "tables/words_by_year.csv")
    assert table.groupby("group")["word"].first().to_dict()["2022"] == "创业"
    over = Study(study).table(pipeline.words.schema.WORD_TREND, "tables/words_over_year.csv")
    assert over[over["word"] == "创业"]["occurrences"].tolist() == [0, 0, 20]
    for name in ("words", "words_by_year", "words_over_year"):
        assert (study / "figures" / f"{name}.pdf").is_file()


def test_parts_of_speech_and_measure_are_as_asked(study: Path) -> None:
    found = pipeline.words.count_words(study, by=[], pos=["v"], keyness="chi2", top=1).tables
    assert list(found) == ["tables/words.csv"]
    assert found["tables/words.csv"]["pos"].str.startswith("v").all()
    pipeline.words.count_words(study, by=["year"])


def test_the_report_shows_words_and_info_knows_them(study: Path) -> None:
    (page,) = pipeline.report.report(study, formats=["html"]).files
    text = page.read_text("utf-8")
    assert '<section id="words">' in text and "Benjamini" in text
    assert "words" in pipeline.run.products(Study(study))


def test_what_is_wrong_is_said(study: Path) -> None:
    with pytest.raises(UsageError, match="no column"):
        pipeline.words.count_words(study, by=["colour"])
    with pytest.raises(UsageError, match="no such measure"):
        pipeline.words.count_words(study, keyness="magic")
    with pytest.raises(ParameterError):
        pipeline.words.count_words(study, by="year")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("top", 0), ("top", -1), ("top", "5"), ("pos", ["zz"]), ("pos", [""]), ("pos", [5]),
    ],
)  # fmt: skip
def test_what_the_command_line_refuses_python_may_not_give(study: Path, name: str, value: Any) -> None:
    given: dict[str, Any] = {name: value}
    with pytest.raises(ParameterError) as caught:
        pipeline.words.count_words(study, **given)
    assert caught.value.place == name


def test_numbers_of_numpy_are_kept_as_pythons(study: Path, tmp_path: Path) -> None:
    shutil.copytree(study, tmp_path / "study")
    found = pipeline.words.count_words(tmp_path / "study", by=[], top=np.int64(2))
    assert len(found.tables["tables/words.csv"]) == 2
    assert Study(tmp_path / "study").record.of("words")[-1].parameters["top"] == 2
