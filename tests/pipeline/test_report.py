from pathlib import Path

import pytest

from casemine.pipeline.report import report, report_view
from casemine.pipeline.view import view
from casemine.study import Study


def test_the_report_is_written_in_the_forms_asked_for(rigorous: Path) -> None:
    reported = report(rigorous, formats=["html"], title="我的研究")
    assert [path.name for path in reported.files] == ["report.html"]
    assert not (rigorous / "report.docx").exists()
    assert "<title>我的研究" in reported.files[0].read_text("utf-8")
    assert reported.lacking == ""


@pytest.mark.parametrize(("title", "shown"), [("", "study"), ("我的研究", "我的研究")])
def test_a_report_is_called_as_the_study_unless_it_has_a_title(coded: Path, title: str, shown: str) -> None:
    content = report_view(view(Study(coded)), title=title)
    assert content.title == shown and content.pictures == ()


def test_files_of_a_named_codebook_bear_its_name(coded: Path) -> None:
    reported = report(coded, formats=["html"], codebook="six-in-one")
    assert [path.name for path in reported.files] == ["report_six-in-one.html"]
