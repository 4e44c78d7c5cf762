"""Tables as CSV and xlsx, and the groups of documents."""

from pathlib import Path

import pytest

from casemine import schema, sheets
from casemine.errors import UsageError
from casemine.pipeline.written import check_fields, groups_of, write
from casemine.study import Study
from casemine.terms import NO_GROUP


def test_a_table_is_written_twice_under_a_name_that_a_file_may_have(coded: Path) -> None:
    study = Study(coded)
    frame = schema.WORD_TREND.frame(
        [{"word": "村", "group": "甲", "occurrences": 1, "documents": 1, "per_10k": 1}]
    )
    with study.locked(), study.transaction():
        written = write(study, "tables/words_over_a b", schema.WORD_TREND, frame, "走势")
    assert list(written) == ["tables/words_over_a_b.csv"]
    ((_, rows),) = (
        (name, list(rows)) for name, rows in sheets.read_xlsx_rows(coded / "tables/words_over_a_b.xlsx")
    )
    assert rows[0][1] == list(schema.WORD_TREND.headers.values())


def test_documents_of_which_nothing_is_said_are_a_group(coded: Path) -> None:
    assert set(groups_of(Study(coded), "region")) == {NO_GROUP}
    with pytest.raises(UsageError, match="no column"):
        check_fields(Study(coded), ["colour"])
