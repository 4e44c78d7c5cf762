import pandas as pd

from casemine.pipeline.report import ReportView
from casemine.report.content import Content, Picture

NAMES = [name for name in vars(Content) if not name.startswith("_")]


def test_a_view_of_a_study_has_all_that_a_report_may_show(small: ReportView) -> None:
    assert len(NAMES) > 20
    for name in NAMES:
        assert getattr(small, name) is not None, name


def test_what_are_called_tables_are(small: ReportView) -> None:
    tables = [name for name in NAMES if "The table `schema." in str(vars(Content)[name].__doc__)]
    assert {"documents", "new_words", "codebook", "placements", "agreement"} <= set(tables)
    for name in tables:
        assert isinstance(getattr(small, name), pd.DataFrame), name


def test_a_picture_is_one_drawing_in_two_forms() -> None:
    picture = Picture("tree", "编码树", "<svg/>", b"\x89PNG")
    assert (picture.name, picture.caption) == ("tree", "编码树")
