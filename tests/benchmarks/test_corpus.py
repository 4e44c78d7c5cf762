import json
import lzma
from pathlib import Path

import corpus


def test_json_lines_plain_and_compressed(tmp_path: Path) -> None:
    record = {"id": "a", "title": "题", "abstract": "文\u2028文", "keywords": ["农户", "增收"]}
    line = json.dumps(record, ensure_ascii=False) + "\n"
    plain, packed = tmp_path / "a.jsonl", tmp_path / "a.jsonl.xz"
    plain.write_text(line, encoding="utf-8")
    packed.write_bytes(lzma.compress(line.encode()))
    expected = [corpus.Paper("a", "题", "题\n文\u2028文", ("农户", "增收"))]
    assert corpus.read(plain) == corpus.read(packed) == expected


def test_a_folder_of_text_and_what_is_written_of_it(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "b.txt").write_text("乙", encoding="utf-8")
    (tmp_path / "texts" / "a.txt").write_text("甲", encoding="utf-8-sig")
    papers = corpus.read(tmp_path / "texts")
    assert [(paper.doc_id, paper.text) for paper in papers] == [("a.txt", "甲"), ("b.txt", "乙")]
    written = corpus.write(papers, tmp_path / "all.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(written[0]) == {"doc_id": "a.txt", "title": "a", "text": "甲"}


def test_author_keywords_are_not_handed_on(tmp_path: Path) -> None:
    written = corpus.write([corpus.Paper("a", "", "文", ("农户",))], tmp_path / "all.jsonl")
    assert "农户" not in written.read_text(encoding="utf-8")


def test_sample_documents_are_enough_and_differ() -> None:
    made = corpus.sample(Path(__file__).parents[2] / "corpora" / "cases")
    assert sum(len(paper.text) for paper in made) >= corpus.SAMPLE_SIZE
    assert len({paper.text for paper in made}) == len(made)
