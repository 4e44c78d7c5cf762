from pathlib import Path

import pytest

from casemine import exchange
from casemine.errors import CasemineError, UsageError
from casemine.pipeline.export import export
from casemine.pipeline.imports import METHOD, import_codebook, import_project, matching
from casemine.study import Study


def test_a_codebook_comes_back_as_it_went_out(coded: Path, tmp_path: Path) -> None:
    (out,) = export(coded, "qdc").files
    imported = import_codebook(out, tmp_path / "book.toml")
    assert imported.files == (tmp_path / "book.toml",)
    assert {"防贫预警", "扶贫产业"} <= {code.name for code in imported.book.at("open")}


def test_the_codings_of_a_project_are_placed_in_the_study_it_came_from(coded: Path, tmp_path: Path) -> None:
    (out,) = export(coded, "qdpx").files
    imported = import_project(out, tmp_path / "in", study=coded)
    own = Study(coded).codings
    places = ["doc_id", "start", "end", "code"]
    assert set(imported.codings[places].itertuples(index=False, name=None)) == set(
        own[places].itertuples(index=False, name=None)
    )
    assert set(imported.codings["method"]) == {METHOD}
    assert imported.unplaced.empty and imported.lacking == () and imported.unread == ()
    assert (tmp_path / "in" / "codings.csv").is_file()


def test_without_a_study_the_texts_are_written_beside_the_codings(coded: Path, tmp_path: Path) -> None:
    (out,) = export(coded, "qdpx").files
    imported = import_project(out, tmp_path / "in")
    texts = sorted(path.read_text("utf-8") for path in imported.files if path.suffix == ".txt")
    assert texts == sorted(document.text for document in Study(coded).texts)


def test_texts_are_matched_with_documents_by_what_they_say(coded: Path) -> None:
    study = Study(coded)
    document = study.texts[0]
    same = exchange.Source("别的名字", document.text, ())
    other = exchange.Source("无关", "这里没有。", ())
    assert matching([same, other], study) == {"别的名字": (document.doc_id, document.text)}


def test_what_is_no_project_is_named(coded: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.qdpx"
    path.write_bytes(b"nothing")
    with pytest.raises(UsageError):
        import_project(path, tmp_path / "in")
    (out,) = export(coded, "qdpx").files
    with pytest.raises(CasemineError):
        import_project(out, tmp_path / "in", study=coded, codebook="other")
