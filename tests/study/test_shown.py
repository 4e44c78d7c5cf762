"""A study in a line, and as a table for a notebook."""

from pathlib import Path

import pytest

from casemine import Study, pipeline


@pytest.fixture
def study(tmp_path: Path) -> Study:
    (tmp_path / "甲.txt").write_text("村里办起扶贫车间，扶贫车间带动就业。\n", encoding="utf-8")
    return pipeline.extract.extract([tmp_path / "甲.txt"], tmp_path / "A&B")


def test_a_study_is_a_line_that_says_how_much_it_holds(study: Study) -> None:
    assert repr(study) == (
        f"Study({str(study.folder)!r}, documents=1, new_words={len(study.new_words)}, "
        f"keywords={len(study.frequency)}, reviewed=False, coded_by=[])"
    )


def test_a_notebook_shows_it_as_a_table_with_its_folder_escaped(study: Study) -> None:
    shown = study._repr_html_()
    assert "A&amp;B" in shown and "A&B" not in shown
    assert "<th>documents</th><td>1</td>" in shown and "<th>reviewed</th><td>False</td>" in shown
