"""Sections of the report follow the calls that are in run.json."""

from pathlib import Path

from casemine import pipeline
from casemine.figures import NothingToDraw
from casemine.figures.style import Style
from casemine.pipeline import sections
from casemine.study import Study


def test_a_study_without_analyses_has_no_sections(coded: Path) -> None:
    assert sections.sections(Study(coded), sections.Drawing(Style())) == []
    assert sections.reads(Study(coded)) == []


def test_a_call_gives_a_section_and_names_what_the_report_reads(coded: Path) -> None:
    pipeline.words.count_words(coded, by=["region"])
    style = Style()
    with style.applied():
        (section,) = sections.sections(Study(coded), sections.Drawing(style))
    assert section.name == "words" and section.method_zh and section.method_en
    assert "tables/words.csv" in sections.reads(Study(coded))
    (coded / "tables" / "words.csv").unlink()
    assert sections.reads(Study(coded)) == []


def test_what_finds_nothing_to_draw_gives_no_picture() -> None:
    def nothing(style: Style) -> object:
        raise NothingToDraw("nothing")

    assert sections.Drawing(Style())("x", "图", nothing) == []  # type: ignore[arg-type]
