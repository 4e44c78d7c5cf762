from pathlib import Path

import pandas as pd
import pytest

from casemine.errors import CasemineError, StudyError, UsageError
from casemine.pipeline.export import FORMATS, _for_people, export, memos, network, tables
from casemine.pipeline.view import view
from casemine.study import Study


@pytest.mark.parametrize("form", sorted(set(FORMATS) - {"parquet"}))
def test_every_form_is_written_into_the_study_and_twice_the_same(coded: Path, form: str) -> None:
    files = export(coded, form).files
    assert files and all(path.is_relative_to(coded / "exports") for path in files)
    before = [path.read_bytes() for path in files]
    assert export(coded, form).files == files
    assert [path.read_bytes() for path in files] == before


def test_tables_are_those_that_have_rows(coded: Path) -> None:
    titles = [sheet.title for sheet in tables(view(Study(coded)))]
    assert titles[0] == "文档" and {"关键词", "引文", "编码本"} <= set(titles)
    assert "编码一致性" not in titles and "饱和度检验" not in titles


def test_a_workbook_says_in_chinese_what_casemine_found() -> None:
    verdict = (
        "not saturated: the part held out adds 3 codes (5%), over all splits 14.0% on average (threshold 5%)"
    )
    placed = {"level": ["open"], "status": ["unplaced"], "method": ["exact"], "from": ["text"]}
    shown = _for_people(pd.DataFrame({**placed, "verdict": [verdict]}))
    assert shown.iloc[0].to_dict() == {
        "level": "开放式编码",
        "status": "未归类",
        "method": "同名",
        "from": "正文",
        "verdict": "未饱和：留出部分带来 3 个新编码（5%），各次划分平均为 14.0%（阈值 5%）",
    }


def test_a_folder_of_csv_elsewhere_holds_the_tables(coded: Path, tmp_path: Path) -> None:
    files = export(coded, "csv", tmp_path / "out").files
    assert {path.parent for path in files} == {tmp_path / "out"}
    documents = pd.read_csv(next(path for path in files if path.stem == "documents"))
    assert len(documents) == 3


def test_a_network_holds_the_keywords_of_most_documents(coded: Path) -> None:
    made = network(view(Study(coded)), top=2)
    assert len(made.frequency) == 2
    assert set(made.keywords["word"]) <= set(made.frequency["keyword"])


def test_notes_of_the_researcher_are_memos(coded: Path) -> None:
    from casemine import pipeline

    word = view(Study(coded)).keywords["word"].iloc[0]
    sheet = coded.parent / "sheet.csv"
    sheet.write_text(f"词语,决定,备注\n{word},保留,要紧\n", encoding="utf-8")
    pipeline.review.apply_review(coded, sheet)
    (memo,) = memos(view(Study(coded)))
    assert (memo.title, memo.text, memo.coder, memo.doc_id) == (word, "要紧", "researcher", "")


def test_what_would_replace_other_files_is_refused(coded: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="among the files of the study"):
        export(coded, "xlsx", coded / "documents.csv")
    with pytest.raises(UsageError, match="is a folder"):
        export(coded, "xlsx", tmp_path)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.csv").write_text("x\n", encoding="utf-8")
    with pytest.raises(CasemineError):
        export(coded, "csv", tmp_path / "mine")


def test_a_project_needs_a_coding(cases: Path, tmp_path: Path) -> None:
    from casemine import pipeline

    pipeline.extract.extract([cases], tmp_path / "study")
    with pytest.raises(StudyError, match="not coded yet"):
        export(tmp_path / "study", "qdpx")
