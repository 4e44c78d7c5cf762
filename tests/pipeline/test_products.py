from pathlib import Path

import pytest

from casemine import schema, sheets
from casemine.errors import UsageError
from casemine.figures import NothingToDraw
from casemine.figures.style import Style
from casemine.pipeline.products import groups_of, named_groups, put_figures, put_table, put_tables, titles_of
from casemine.study import Study
from casemine.terms import NO_GROUP


def test_tables_are_csv_and_sheets_of_one_workbook_with_chinese_headers(coded: Path) -> None:
    study = Study(coded)
    empty = schema.CONCORDANCE_GROUPS.frame([])
    with study.transaction():
        files = put_tables(study, "甲/乙", [(schema.CONCORDANCE_GROUPS, "groups", "分组", empty)])
    assert files == ["tables/甲_乙_groups.csv", "tables/甲_乙.xlsx"]
    ((title, rows),) = ((title, list(rows)) for title, rows in sheets.read_xlsx_rows(coded / files[1]))
    assert (title, rows[0][1][:2]) == ("分组", ["分组", "文档数"])


def test_a_figure_without_anything_to_show_is_named_and_its_old_files_go(coded: Path) -> None:
    def nothing(style: Style) -> None:
        raise NothingToDraw("no pair.")

    (coded / "figures").mkdir()
    (coded / "figures" / "x.png").write_bytes(b"")
    study = Study(coded)
    with study.transaction():
        assert put_figures(study, {"x": nothing}) == ([], ("x: no pair.",))
    assert not (coded / "figures" / "x.png").exists()


def test_groups_are_the_values_of_a_column(coded: Path) -> None:
    assert groups_of(Study(coded), "") == {}
    assert groups_of(Study(coded), "format")["甲.txt"] == "txt"
    with pytest.raises(UsageError, match="no column 省"):
        groups_of(Study(coded), "省")


def test_titles_that_stand_twice_are_told_apart(coded: Path) -> None:
    assert titles_of(Study(coded)) == {"丙.txt": "丙", "乙.txt": "乙", "甲.txt": "甲"}


def test_a_table_is_written_twice_under_a_name_that_a_file_may_have(coded: Path) -> None:
    study = Study(coded)
    row = {"word": "村", "group": "甲", "occurrences": 1, "documents": 1, "per_10k": 1}
    frame = schema.WORD_TREND.frame([row])
    with study.locked(), study.transaction():
        written = put_table(study, "words_over_a b", schema.WORD_TREND, frame, "走势")
    assert list(written) == ["tables/words_over_a_b.csv"]
    ((name, rows),) = (
        (name, list(rows)) for name, rows in sheets.read_xlsx_rows(coded / "tables/words_over_a_b.xlsx")
    )
    assert name == "走势" and rows[0][1] == list(schema.WORD_TREND.headers.values())


def test_documents_of_which_nothing_is_said_are_a_group(coded: Path) -> None:
    assert set(named_groups(Study(coded), "region")) == {NO_GROUP}
