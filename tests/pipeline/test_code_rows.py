"""codings.csv is written as its rows come: the same bytes however the work is shared."""

from pathlib import Path

import pandas as pd

from casemine import coding, parallel, pipeline, schema, sheets
from casemine.coding import evidence
from casemine.coding.placement import place
from casemine.document import Document
from casemine.pipeline import code_rows
from casemine.pipeline.code_rows import CodedCounts, SettledRows
from casemine.review.quotes.columns import QuoteKey, QuoteState

BOOK = coding.find("six-in-one")
TEXTS = {
    "甲.txt": "县里建立防贫预警。预警之后，村里办起扶贫车间。",
    "乙.txt": "村里办起扶贫车间。再办扶贫车间。",
    "丙.txt": "雨停了。",
}
DOCUMENTS = [Document(name, text) for name, text in sorted(TEXTS.items())]
KEYWORDS = schema.KEYWORDS.frame([
    {"doc_id": "甲.txt", "word": "防贫预警", "rank": 1, "pos": "n", "weight": 1.0, "frequency": 1,
     "new": False, "context": "", "start": 0, "end": 0},
])  # fmt: skip
CODER = evidence.DocumentCoder(place(["防贫预警"], BOOK), BOOK)
OPEN = {"防贫预警": "防贫预警", "扶贫车间": "扶贫车间"}


def all_rows(chars: int) -> list[dict[str, object]]:
    shares = evidence.shares(DOCUMENTS, KEYWORDS, chars=chars)
    return [row for _, rows in code_rows.mapped(CODER, shares, parallel.in_process) for row in rows]


def test_rows_do_not_depend_on_how_documents_are_shared() -> None:
    whole = evidence.codings(CODER, KEYWORDS, DOCUMENTS)
    assert whole["code"].tolist().count("扶贫车间") == 3
    for chars in (1, 20, 1_000_000):
        assert schema.CODINGS.frame(all_rows(chars)).equals(whole)
    own = [document for document, _ in code_rows.mapped(CODER, evidence.shares(DOCUMENTS, KEYWORDS), map)]
    assert own == DOCUMENTS  # one without a code among them


def test_counts_tell_documents_from_keywords_apart() -> None:
    counts = CodedCounts()
    for document in DOCUMENTS:
        counts.add([row for row in all_rows(1) if row["doc_id"] == document.doc_id])
    assert counts.documents == {"扶贫车间": 2, "防贫预警": 1}
    assert counts.keyword_documents == {"防贫预警": 1}
    assert counts.quotations == {"扶贫车间": 3, "防贫预警": 1}
    assert counts.sources == {"text": 3, "keyword": 1}


def test_decisions_about_quotations_hold_and_lost_ones_are_named() -> None:
    def key(doc_id: str, start: int, end: int, code: str) -> QuoteKey:
        return QuoteKey("张", BOOK.name, doc_id, start, end, code, code)

    def state(quote: str) -> QuoteState:
        return QuoteState("drop", quote=quote)

    judged = {
        key("乙.txt", 0, 9, "扶贫车间"): state("村里办起扶贫车间。"),
        key("丁.txt", 0, 3, "扶贫车间"): state("没有它"),
    }
    settled = SettledRows(judged, OPEN, BOOK.label, "张")
    kept = [
        row
        for document, rows in code_rows.mapped(
            CODER, evidence.shares(DOCUMENTS, KEYWORDS), parallel.in_process
        )
        for row in settled.of(document, rows)
    ]
    settled.rest()
    assert [row["quote"] for row in kept if row["doc_id"] == "乙.txt"] == ["再办扶贫车间。"]
    assert settled.lost == ["丁.txt: 没有它 [扶贫车间]"]


def test_streams_are_merged_in_order_and_the_first_holds(tmp_path: Path) -> None:
    first = all_rows(20)
    other = [{**first[0], "score": 0.5}, {**first[-1], "codebook": "另@1"}]
    other.sort(key=code_rows.key)
    code_rows.write(tmp_path / "c.csv", first, other)
    read = schema.CODINGS.parse(sheets.read_csv(tmp_path / "c.csv"))
    assert len(read) == len(first) + 1
    assert read["score"].tolist().count(0.5) == 0
    assert read.equals(read.sort_values(list(schema.CODINGS.key), ignore_index=True))
    sheets.write_csv(read, tmp_path / "d.csv")
    assert (tmp_path / "c.csv").read_bytes() == (tmp_path / "d.csv").read_bytes()
    none: pd.DataFrame = schema.CODINGS.frame([])
    assert list(code_rows.others(tmp_path / "no.csv", lambda part: part)) == []
    assert list(code_rows.others(tmp_path / "c.csv", lambda part: none)) == []


def test_jobs_change_no_byte_and_other_codebooks_stay(tmp_path: Path) -> None:
    inputs = tmp_path / "in"
    inputs.mkdir()
    for name, text in TEXTS.items():
        (inputs / name).write_text(text * 3, encoding="utf-8")
    study = pipeline.extract.extract([str(inputs)], tmp_path / "study")
    pipeline.code.code(study, "six-in-one", jobs=1)
    alone = (tmp_path / "study" / "codings.csv").read_bytes()
    pipeline.code.code(study, "six-in-one", jobs=2)
    assert (tmp_path / "study" / "codings.csv").read_bytes() == alone
    pipeline.code.code(study, "policy-instruments")
    pipeline.code.code(study, "six-in-one")
    made = pipeline.code.code(study, "policy-instruments")
    both = study.codings["codebook"].str.partition("@")[0].unique().tolist()
    assert both in (["policy-instruments", "six-in-one"], ["six-in-one"])
    assert set(made.codings["codebook"]) <= {made.book.label}
