from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import docx
import pytest

from casemine import schema
from casemine.ingest import Ingested, ReadOptions, collect, read_documents, read_texts

TEXT = "石桥镇把荒坡改成了茶园，农户按股分红，收入有了着落。"


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    folder = tmp_path / "cases"
    folder.mkdir()
    (folder / "甲.txt").write_text(f"云南省石桥镇种茶记\n{TEXT}", encoding="utf-8")
    (folder / "乙.txt").write_text(
        f"贵州省种药记\n{TEXT[:12]}药材卖到了外省，村里修了路。", encoding="gb18030"
    )
    (folder / "丙.txt").write_text(f"云南省石桥镇种茶记\n{TEXT}", encoding="utf-8")
    (folder / "丁.txt").write_text("", encoding="utf-8")
    (folder / "manifest.csv").write_text("file,title,year,title_of\n乙.txt,种药记,2020,x\n", encoding="utf-8")
    return folder


def ingested(cases: Path) -> Ingested:
    return read_documents(collect([cases]))


def test_documents_are_named_and_counted(cases: Path) -> None:
    read = ingested(cases)
    schema.LEFT_OUT.check(read.left_out)
    assert [document.doc_id for document in read.documents] == ["丙.txt", "乙.txt"]
    rows = read.table.set_index("doc_id")
    assert rows.loc["丙.txt", "title"] == "云南省石桥镇种茶记" and rows.loc["丙.txt", "region"] == "云南"
    assert rows.loc["乙.txt", "encoding"] == "gb18030"
    assert rows["chars"].tolist() == [len(document.text) for document in read.documents]


def test_the_manifest_wins_over_the_text_and_its_other_columns_are_kept(cases: Path) -> None:
    row = ingested(cases).table.set_index("doc_id").loc["乙.txt"]
    assert (row["title"], row["year"], row["title_of"]) == ("种药记", "2020", "x")


def test_of_one_text_the_first_document_stays_and_the_rest_is_named(cases: Path) -> None:
    left_out = ingested(cases).left_out.set_index("file")
    assert left_out.loc["甲.txt", ["status", "reason"]].tolist() == ["passed over", "the same text as 丙.txt"]
    assert left_out.loc["丁.txt", ["status", "reason"]].tolist() == ["failed", "the file is empty."]


def test_whatever_failed_has_an_advice(cases: Path) -> None:
    (cases / "坏.json").write_text('{"text": ', encoding="utf-8")
    docx.Document().save(str(cases / "空.docx"))
    advice = ingested(cases).left_out.set_index("file")["advice"]
    assert advice["丁.txt"] == "Take it out, or put its text into it."
    assert advice["空.docx"].startswith(
        "If it holds pictures of text, save it as PDF and install the OCR extra"
    )
    assert advice["坏.json"] == "Open it, put it right and save it again, or take it out."
    assert advice["甲.txt"] == ""


def test_texts_alone_are_those_of_the_documents(cases: Path) -> None:
    told: list[str] = []
    texts, left_out = read_texts(collect([cases]), ReadOptions(), expect=told.append)
    read = ingested(cases)
    assert texts == [document.counted for document in read.documents]
    assert [item.file for item in left_out] == read.left_out["file"].tolist()
    assert sorted(told) == sorted([*texts, texts[0]])


def test_a_mapper_changes_nothing(cases: Path) -> None:
    backwards = read_documents(
        collect([cases]), mapper=lambda work, items: reversed([work(item) for item in items])
    )
    assert backwards.table.equals(ingested(cases).table)
    assert backwards.left_out.equals(ingested(cases).left_out)


def test_a_file_that_a_worker_does_not_reach_is_read_here(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("山村纪事\n\n村里办起扶贫车间。", encoding="utf-8")
    collected = collect([tmp_path])

    def elsewhere(function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
        for file, size in items:
            yield function((file._replace(path=tmp_path / "elsewhere" / "a.txt"), size))

    there, here = read_documents(collected, mapper=elsewhere), read_documents(collected)
    assert list(there.documents) == list(here.documents) != []
    assert there.left_out.empty
