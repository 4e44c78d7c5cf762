"""Memos on documents and codes: written, shown in the report, taken along and brought back."""

from pathlib import Path

import pytest

from casemine import coding, pipeline, review
from casemine.coding import codebook_edit
from casemine.errors import UsageError
from casemine.pipeline import memos
from casemine.study import Study


def about_code(study: Study, code: str, coder: str = "A") -> review.MemoKey:
    return review.MemoKey(coder, study.coded_by[0], code)


def test_a_memo_is_written_changed_and_taken_back(coded: Path) -> None:
    study = Study(coded)
    doc_id = study.documents["doc_id"][0]
    key = review.MemoKey("A", doc_id=doc_id)
    assert memos.write_memo(study, key, " 材料偏宣传\r\n慎用 ")
    assert not memos.write_memo(study, key, "材料偏宣传\n慎用")
    assert memos.of_document(memos.memos(study), doc_id) == {"A": "材料偏宣传\n慎用"}
    assert memos.write_memo(study, key, "")
    assert memos.memos(study).empty
    assert review.MEMOS.read_history(coded)["new"].tolist() == ["材料偏宣传\n慎用", ""]


@pytest.mark.parametrize("about", [{}, {"doc_id": "x", "codebook": "b", "code": "c"}, {"code": "c"}])
def test_a_memo_is_about_one_thing(coded: Path, about: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="about a document or about a code"):
        memos.write_memo(coded, review.MemoKey("A", **about), "x")


def test_a_memo_is_about_something_there(coded: Path) -> None:
    with pytest.raises(UsageError, match="no document of this study is called x"):
        memos.write_memo(coded, review.MemoKey("A", doc_id="x"), "x")


def test_a_memo_follows_a_code_that_is_renamed(coded: Path) -> None:
    study = Study(coded)
    memos.write_memo(study, about_code(study, "扶贫产业"), "边界？")
    found = memos.memos(study)
    book = coding.load(coded / "codebooks" / f"{study.coded_by[0]}.toml")
    renamed = codebook_edit.edited(book, "扶贫产业", {"name": "产业扶贫项目"})
    assert memos.of_code(found, renamed, "产业扶贫项目") == {"A": "边界？"}
    assert memos.of_code(found, book, "防贫预警") == {}
    # Written anew under the new name it stands once, and can be taken back.
    (coded / "codebooks" / f"{book.name}.toml").write_text(coding.to_toml(renamed), encoding="utf-8")
    study = Study(coded)
    now = about_code(study, "产业扶贫项目")
    assert memos.write_memo(study, now, "边界？\n见例") and len(memos.memos(study)) == 1
    assert memos.of_code(memos.memos(study), renamed, now.code) == {"A": "边界？\n见例"}
    assert memos.write_memo(study, now, "") and memos.memos(study).empty
    with pytest.raises(UsageError, match="no code of this study"):
        memos.write_memo(study, about_code(study, "扶贫产业"), "旧名")


def test_report_and_project_have_them_and_they_come_back(coded: Path, tmp_path: Path) -> None:
    study = Study(coded)
    doc_id = study.documents["doc_id"][0]
    memos.write_memo(study, review.MemoKey("B", doc_id=doc_id), "材料偏宣传")
    memos.write_memo(study, about_code(study, "扶贫产业"), "边界？")
    section = memos.section(study)
    assert section is not None
    assert section.tables[0].frame["备忘"].tolist() == ["材料偏宣传", "边界？"]
    assert memos.files(study) == ["memos.csv"]
    exported = pipeline.export.export(study, "qdpx", output=tmp_path / "p.qdpx").files[0]
    imported = pipeline.imports.import_project(exported, tmp_path / "back", study=study)
    own = {
        (row["coder"], row["code"], row["doc_id"], row["memo"]) for row in imported.memos.to_dict("records")
    }
    assert own == {("B", "", doc_id, "材料偏宣传"), ("A", "扶贫产业", "", "边界？")}
    assert (tmp_path / "back" / "memos.csv").is_file()


def test_without_memos_nothing_is_said(coded: Path) -> None:
    assert memos.section(Study(coded)) is None
    assert memos.files(Study(coded)) == []
