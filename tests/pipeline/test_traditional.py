"""Traditional texts that stay as they are written: lists, gazetteer, dictionary and codebook still match."""

from pathlib import Path

import pandas as pd
import pytest

from casemine import Study, extract, pipeline
from casemine.coding import evidence
from casemine.coding.codebook_file import find
from casemine.coding.placement import place
from casemine.document import Document
from casemine.lexicon.script import as_matched, in_simplified, simplify
from casemine.pipeline import traditional
from casemine.pipeline.discover import discover
from casemine.pipeline.traditional import Matched, keywords_as_written
from casemine.settings import Settings

TEXT = (
    "臺南市鄉村振興示範村調查\n\n"
    "村裡的扶貧車間為搬遷戶提供就業崗位，老人和婦女都可以在扶貧車間就近就業。"
    "政府對於易地扶貧搬遷的後續扶持繼續加強，龍頭企業與農戶建立利益聯結機制。\n"
    "青銀共居計畫讓青年和老人住在一起，青銀共居計畫對於社區很重要，這個計畫應該繼續推動。\n"
)
KEEP = Settings().changed({"ingest": {"script": "keep"}})


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    folder = tmp_path_factory.mktemp("traditional")
    (folder / "in").mkdir()
    (folder / "in" / "a.txt").write_text(TEXT, encoding="utf-8")
    study = extract([folder / "in"], folder / "S", KEEP)
    pipeline.code.code(study)
    return study


def test_the_text_stays_and_what_is_found_is_written_as_it_stands(study: Study) -> None:
    (document,) = study.texts
    assert "鄉村振興" in document.text
    row = study.documents.iloc[0]
    assert (row["title"], row["region"], row["city"]) == ("臺南市鄉村振興示範村調查", "台湾", "台南市")
    words = set(study.keywords["word"])
    assert {"扶貧車間", "易地扶貧搬遷"} <= words
    for keyword in study.keywords.itertuples():
        assert document.text[keyword.start : keyword.end] == keyword.word
        assert keyword.word in keyword.context and keyword.context in document.text


def test_no_word_of_grammar_is_a_keyword(study: Study) -> None:
    words = [*study.keywords["word"], *study.new_words["word"]]
    assert not {"對於", "這個", "應該", "可以", "應該繼續"} & set(words)
    assert all(word in TEXT for word in words)


def test_codes_are_found_through_the_map(study: Study) -> None:
    codings = study.codings
    assert {"扶贫车间", "龙头企业", "易地搬迁"} <= set(codings["code"])
    for row in codings.itertuples():
        assert study.texts[0].text[row.start : row.end] == row.quote
        assert row.keyword in row.quote


def test_a_keyword_in_traditional_characters_is_placed_as_in_simplified_ones() -> None:
    book = find("six-in-one")
    placements = place(["扶貧車間", "扶贫车间"], book)
    assert list(placements["open"]) == ["扶贫车间", "扶贫车间"]
    assert list(placements["keyword"]) == ["扶貧車間", "扶贫车间"]


def test_discovery_alone_writes_words_back(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    words = discover([tmp_path], KEEP).columns["word"]
    assert "青銀共居" in words or "青銀共居計畫" in words
    assert all(word in TEXT for word in words)


def test_simplified_documents_are_not_touched() -> None:
    documents = [Document("a", "乾隆年间的古村，村里办起扶贫车间，老人都在扶贫车间上班，日子好起来。")]
    assert next(iter(Matched(documents))) is documents[0]
    (document,) = Matched([Document("b", TEXT)])
    assert document.text != TEXT and len(document.text) == len(TEXT)
    assert simplify(document.text) == document.text


def test_no_traditional_document_no_change(study: Study) -> None:
    keywords = study.keywords
    matched = Matched([Document("a.txt", simplify(TEXT))])
    assert len(list(matched)) == 1
    assert keywords_as_written(keywords, matched) is keywords


def test_each_document_has_its_new_words_as_it_writes_them(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT * 2, encoding="utf-8")
    (tmp_path / "in" / "b.txt").write_text(in_simplified(TEXT) * 3 + "两村相邻。", encoding="utf-8")
    settings = KEEP.changed({"weigh": {"select": "new-words"}})
    study = extract([tmp_path / "in"], tmp_path / "S", settings)
    texts = {document.doc_id: document.text for document in study.texts}
    assert set(study.keywords["doc_id"]) == {"a.txt", "b.txt"}
    for keyword in study.keywords.itertuples():
        assert texts[keyword.doc_id][keyword.start : keyword.end] == keyword.word


def test_a_keyword_counts_in_the_script_of_its_document() -> None:
    documents = [Document("a", TEXT), Document("b", in_simplified(TEXT))]
    keywords = pd.DataFrame(
        {
            "doc_id": ["a", "b"],
            "word": ["扶貧車間", "扶贫车间"],
            "pos": "n",
            "context": "",
            "start": 0,
            "end": 0,
        }
    )
    book = find("six-in-one")
    placements = place(["扶贫车间", "扶貧車間"], book)
    for sources in ("keywords", "both"):
        coder = evidence.DocumentCoder(placements, book, sources=sources)
        rows = evidence.codings(coder, keywords, documents)
        found = rows[rows["code"] == "扶贫车间"]
        assert dict(zip(found["doc_id"], found["keyword"], strict=True)) == {"a": "扶貧車間", "b": "扶贫车间"}
        assert set(found["from"]) == {"keyword"}


def test_the_passages_of_both_scripts_place_a_word() -> None:
    book = find("six-in-one")
    passages = ["政府发放低保金，兜住困难群众的基本生活。", "低保和救助兜底。"]
    alone = place(["救助金"], book, {"救助金": passages})
    both = place(["救助金", "救助金額"], book, {"救助金": passages, "救助金額": ["銀行的存款。"]})
    assert both.iloc[0].drop("keyword").equals(alone.iloc[0].drop("keyword"))


def test_a_list_and_a_text_are_matched_in_one_form(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, encoding="utf-8")
    words = {}
    for name, listed in (("dropped", "共居計畫"), ("own", "這個計畫")):
        (tmp_path / name).write_text(listed + "\n", encoding="utf-8")
        key = {"dropped": "generic", "own": "user_dict"}[name]
        settings = KEEP.changed({"words": {key: [str(tmp_path / name)]}})
        words[name] = set(extract([tmp_path / "in"], tmp_path / f"S-{name}", settings).keywords["word"])
    assert "共居計畫" not in words["dropped"]
    assert "這個計畫" in words["own"]


def test_a_text_is_converted_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").mkdir()
    for name in ("a", "b"):
        (tmp_path / "in" / f"{name}.txt").write_text(TEXT + name, encoding="utf-8")
    read: list[str] = []

    def converted(text: str) -> str:
        read.append(text)
        return as_matched(text)

    monkeypatch.setattr(traditional, "as_matched", converted)
    settings = KEEP.changed({"discover": {"by": "document"}})
    extract([tmp_path / "in"], tmp_path / "S", settings)
    assert len(read) == 2
    assert len(set(read)) == 2


def test_what_memory_does_not_hold_is_converted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [Document("a", TEXT), Document("b", TEXT * 2)]
    ample = list(Matched(documents))
    monkeypatch.setattr(traditional, "HELD", len(TEXT))
    few = Matched(documents)
    assert list(few) == list(few) == ample
