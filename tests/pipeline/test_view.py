from pathlib import Path

import pandas as pd
import pytest

from casemine import schema
from casemine.errors import CasemineError
from casemine.pipeline.view import book_files, codings_of, followed, view
from casemine.study import Study


def test_a_view_shows_the_final_tables_and_what_the_codebook_makes_of_them(coded: Path) -> None:
    shown = view(Study(coded))
    assert shown.documents["doc_id"].tolist() == ["丙.txt", "乙.txt", "甲.txt"]
    assert shown.about["name"] == "six-in-one" == followed(Study(coded)).name
    given = shown.coding_table[shown.coding_table["open_documents"] > 0]
    assert dict(zip(given["open"], given["open_documents"], strict=True)) == {"防贫预警": 2, "扶贫产业": 2}
    assert shown.extracted == len(shown.frequency) and not shown.stale
    assert [document.doc_id for document in shown.texts] == shown.documents["doc_id"].tolist()


def test_tables_that_a_study_does_not_have_are_empty(coded: Path) -> None:
    shown = view(Study(coded))
    for table in (shown.saturation, shown.saturation_summary, shown.agreement, shown.decisions):
        assert table.empty


def test_before_the_coding_there_is_no_codebook(cases: Path, tmp_path: Path) -> None:
    from casemine import pipeline

    pipeline.extract.extract([cases], tmp_path / "study")
    shown = view(Study(tmp_path / "study"))
    assert shown.codebook.empty and shown.codings.empty and not any(shown.about.values())
    assert len(shown.keywords)


def test_a_codebook_that_the_study_lacks_is_named(coded: Path) -> None:
    with pytest.raises(CasemineError, match="by six-in-one"):
        view(Study(coded), "other")


def test_of_codings_by_several_codebooks_one_is_followed() -> None:
    blank = dict.fromkeys(schema.CODINGS.names, "") | {"start": 0, "end": 1, "score": 1.0}
    rows = [{**blank, "codebook": f"{name}@1", "code": name} for name in "ab"]
    both = schema.CODINGS.frame(pd.DataFrame(rows))
    assert codings_of(both, "b", "x")["code"].tolist() == ["b"]
    assert codings_of(both.head(1), "", "x")["code"].tolist() == ["a"]
    with pytest.raises(CasemineError):
        codings_of(both, "", "x")


def test_copies_of_codebooks_are_named(coded: Path) -> None:
    files = book_files(Study(coded))
    assert files and all((coded / file).is_file() for file in files)
