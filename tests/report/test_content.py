from pathlib import Path

import pandas as pd

from casemine.pipeline.report import ReportView, report_view
from casemine.pipeline.view import view
from casemine.report.content import Content, Picture
from casemine.study import Study

NAMES = [name for name in vars(Content) if not name.startswith("_")]


def test_a_view_of_a_study_has_all_that_a_report_may_show(small: ReportView) -> None:
    assert len(NAMES) > 20
    assert [name for name in NAMES if getattr(small, name) is None] == ["leading_cases"]
    assert small.source == "编码均得自关键词"  # so that one count is the other


def test_a_study_that_is_coded_from_the_text_too_has_both_counts(reported: Path) -> None:
    shown = report_view(view(Study(reported)))
    assert shown.leading_cases and set(shown.leading_cases) < set(shown.cases)
    assert [name for name in NAMES if getattr(shown, name) is None] == []


def test_what_are_called_tables_are(small: ReportView) -> None:
    tables = [name for name in NAMES if "The table `schema." in str(vars(Content)[name].__doc__)]
    assert {"documents", "new_words", "codebook", "placements", "agreement"} <= set(tables)
    for name in tables:
        assert isinstance(getattr(small, name), pd.DataFrame), name


def test_a_picture_is_one_drawing_in_two_forms() -> None:
    picture = Picture("tree", "编码树", "<svg/>", b"\x89PNG")
    assert (picture.name, picture.caption) == ("tree", "编码树")
