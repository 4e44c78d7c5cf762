"""Evidence: sentences behind codes, longest match first, merged words, quotations by hand, KWIC."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemine import coding, schema
from casemine.coding import evidence
from casemine.coding.placement import place
from casemine.document import Document, Passage, units
from casemine.errors import UsageError

BOOK = coding.find("six-in-one")
ONE = Document(
    "a.txt", "标题\n县里建立防贫预警。预警之后，易地扶贫搬迁户先走访；防贫预警又响。\n参考 防贫预警",
    region="四川", passages=(Passage(0, 2, "title"), Passage(3, 37, "body"), Passage(37, 44, "references")),
)  # fmt: skip
TWO = Document("b.txt", "村里办起扶贫车间，也办扶贫车间食堂。", region="甘肃")


def keywords(*rows: tuple[str, str], **more: object) -> pd.DataFrame:
    base = {
        "rank": 1,
        "pos": "n",
        "weight": 1.0,
        "frequency": 1,
        "new": False,
        "context": "",
        "start": 0,
        "end": 0,
    }
    return schema.KEYWORDS.frame([{**base, "doc_id": doc, "word": word, **more} for doc, word in rows])


def coded(table: pd.DataFrame, documents: list[Document], **options: object) -> pd.DataFrame:
    placed = place(sorted(set(table["word"])), BOOK)
    asked = {"sources": "keywords", **options}
    coder = evidence.DocumentCoder(placed, BOOK, **asked)  # type: ignore[arg-type]
    return evidence.codings(coder, table, documents)


def test_one_row_a_sentence_and_quotes_are_the_text() -> None:
    made = coded(keywords(("a.txt", "防贫预警")), [ONE])
    assert made["quote"].tolist() == ["县里建立防贫预警。", "防贫预警又响。"]
    assert all(ONE.text[row.start : row.end] == row.quote for row in made.itertuples())
    assert set(made["code"]) == {"防贫预警"}
    assert set(made["codebook"]) == {BOOK.label}


def test_a_heading_is_evidence_where_no_sentence_is() -> None:
    text = "防贫预警\n扶贫车间\n县里建立防贫预警。"
    parts = (Passage(0, 4, "title"), Passage(5, 9, "heading"), Passage(10, 19, "body"))
    made = coded(keywords(("a", "防贫预警"), ("a", "扶贫车间")), [Document("a", text, passages=parts)])
    assert dict(zip(made["keyword"], made["start"], strict=True)) == {"扶贫车间": 5, "防贫预警": 10}
    assert len(made) == 2


def test_references_are_no_evidence() -> None:
    assert made_ends(coded(keywords(("a.txt", "防贫预警")), [ONE])) < ONE.text.index("参考")


def made_ends(made: pd.DataFrame) -> int:
    return int(made["end"].max())


def test_the_longest_keyword_takes_the_place() -> None:
    made = coded(keywords(("b.txt", "扶贫车间"), ("b.txt", "扶贫车间食堂")), [TWO])
    own = made[made["keyword"] == "扶贫车间"]
    assert len(own) == 1
    alone = Document("c.txt", "只有扶贫车间食堂。")
    table = keywords(("c.txt", "扶贫车间"), ("c.txt", "扶贫车间食堂"))
    assert "扶贫车间" not in coded(table, [alone])["keyword"].tolist()


def test_merged_words_are_evidence_of_their_term() -> None:
    table = keywords(("a.txt", "易地搬迁"))
    assert coded(table, [ONE]).empty
    made = coded(table, [ONE], merges={"*": {"易地扶贫搬迁": "易地搬迁"}})
    assert made["quote"].tolist() == ["预警之后，易地扶贫搬迁户先走访；"]
    other = coded(table, [ONE], merges={"*": {"易地扶贫搬迁": "易地搬迁"}, "a.txt": {}})
    assert other.empty


def test_only_the_keywords_of_a_document_and_only_placed_ones() -> None:
    made = coded(keywords(("b.txt", "防贫预警"), ("a.txt", "预警之后")), [ONE, TWO])
    assert made.empty


def test_a_quotation_by_hand_stands_for_a_word_that_stands_nowhere() -> None:
    start = ONE.text.index("县里")
    table = keywords(("a.txt", "公益性岗位"), context="县里建立防贫预警。", start=start, end=start + 9)
    assert coded(table, [ONE])["quote"].tolist() == ["县里建立防贫预警。"]
    lacking = keywords(("a.txt", "公益性岗位"))
    rows = coded(lacking, [ONE]).to_dict("records")
    found = evidence.without_evidence(rows, ["公益性岗位"], {"公益性岗位": "公益性岗位"})
    assert found == [("公益性岗位", "公益性岗位")]


def test_contexts_take_the_sentences_beside() -> None:
    found = evidence.contexts(["易地扶贫搬迁"], [ONE])
    assert found == {"易地扶贫搬迁": ["县里建立防贫预警。预警之后，易地扶贫搬迁户先走访；防贫预警又响。"]}


def test_contexts_are_at_most_32_from_all_over() -> None:
    many = [Document(f"{number:02d}", f"第{number}处扶贫车间。") for number in range(80)]
    found = evidence.contexts(["扶贫车间"], many)["扶贫车间"]
    assert len(found) == 32
    assert (found[0], found[-1]) == ("第0处扶贫车间。", "第79处扶贫车间。")


@given(st.text("防贫预警扶车间。；\n，", max_size=40))
def test_every_quotation_is_a_span_that_holds_its_keyword(text: str) -> None:
    document = Document("x", text)
    made = coded(keywords(("x", "防贫预警"), ("x", "扶贫车间")), [document])
    for row in made.itertuples():
        assert text[row.start : row.end] == row.quote
        assert row.keyword in row.quote
    assert set(made["keyword"]) == {word for word in ("防贫预警", "扶贫车间") if word in text}


def test_the_text_is_read_beside_the_keywords() -> None:
    made = coded(keywords(("a.txt", "防贫预警")), [ONE, TWO], sources="both")
    assert made[["doc_id", "code", "keyword", "from", "method"]].values.tolist() == [
        ["a.txt", "防贫预警", "防贫预警", "keyword", "exact"],
        ["a.txt", "易地搬迁", "易地扶贫搬迁", "text", "alias"],
        ["a.txt", "防贫预警", "防贫预警", "keyword", "exact"],
        ["b.txt", "扶贫车间", "扶贫车间", "text", "exact"],
    ]
    alone = coded(keywords(("a.txt", "防贫预警")), [ONE, TWO], sources="text")
    assert set(alone["from"]) == {"text"}
    assert len(alone) == 4


def test_one_quotation_a_sentence_and_code_by_its_longest_word() -> None:
    document = Document("x", "乡里办电商，电子商务和农村电子商务都算。")
    made = coded(keywords(), [document], sources="text")
    assert made[["code", "keyword"]].values.tolist() == [["电子商务", "农村电子商务"]]


def test_a_placed_keyword_is_looked_for_in_every_text() -> None:
    """Whether the program found it or a person added it: neither counts in more texts than the other."""
    documents = [Document("a", "防贫预警机制建成。"), Document("b", "也学防贫预警机制。")]
    placed = place(["防贫预警机制"], BOOK)
    assert placed["method"].tolist() == ["variant"]
    kept = keywords(("a", "防贫预警机制"))
    added = pd.concat([kept, keywords(("b", "防贫预警机制"), pos="n_added", weight=0.0)])
    for table in (kept, added):
        made = evidence.codings(evidence.DocumentCoder(placed, BOOK), table, documents)
        assert made[["doc_id", "from"]].values.tolist() == [["a", "keyword"], ["b", "text"]]


def test_a_sentence_chosen_for_an_added_word_comes_from_the_person() -> None:
    start = ONE.text.index("县里")
    table = keywords(
        ("a.txt", "公益性岗位"), pos="n_added", context="县里建立防贫预警。", start=start, end=start + 9
    )
    made = coded(table, [ONE], sources="both")
    assert made.loc[made["code"] == "公益性岗位", ["from", "quote"]].values.tolist() == [
        ["person", "县里建立防贫预警。"]
    ]


def test_titles_and_headings_count_when_asked() -> None:
    text = "防贫预警\n县里建立数据平台。"
    document = Document("a", text, passages=(Passage(0, 4, "title"), Passage(5, 14, "body")))
    assert coded(keywords(), [document], sources="text")["code"].tolist() == ["数据平台"]
    made = coded(keywords(), [document], sources="text", headings=True)
    assert made["code"].tolist() == ["防贫预警", "数据平台"]


def test_dropped_and_merged_words_code_no_text() -> None:
    assert coded(keywords(), [TWO], sources="text", dropped={"*": {"扶贫车间"}}).empty
    merged = {"*": {"扶贫车间": "村里"}}
    assert coded(keywords(("b.txt", "村里")), [TWO], sources="text", merges=merged).empty
    own = {"b.txt": {"扶贫车间"}}
    assert coded(keywords(), [TWO], sources="text", dropped=own).empty
    assert len(coded(keywords(), [TWO], sources="text", dropped={"c.txt": {"扶贫车间"}})) == 1


def test_units_of_coding() -> None:
    text = "第一条 村里办扶贫车间，也发展农村电商。\n（一）农村电商要培训。"
    made = coded(keywords(), [Document("x", text)], sources="text", unit="clause")
    assert made["quote"].tolist() == ["第一条 村里办扶贫车间，", "也发展农村电商。", "（一）农村电商要培训。"]
    made = coded(keywords(), [Document("x", text)], sources="text", unit="article")
    assert made[["code", "quote"]].values.tolist() == [["扶贫车间", text], ["电子商务", text]]


def test_a_text_without_marks_is_quoted_by_windows() -> None:
    text = "说" * 500 + "扶贫车间" + "做" * 500 + "扶贫车间" + "完" * 30 + "扶贫车间"
    made = coded(keywords(("x", "扶贫车间")), [Document("x", text)], sources="both")
    assert [len(quote) for quote in made["quote"]] == [200, 200]
    assert all(row.quote == text[row.start : row.end] for row in made.itertuples())
    assert made["quote"].str.count("扶贫车间").tolist() == [1, 2]


def test_sources_and_units_that_do_not_exist() -> None:
    with pytest.raises(UsageError, match="no evidence from 'all'"):
        coded(keywords(), [ONE], sources="all")
    with pytest.raises(UsageError, match="no unit 'page'"):
        coded(keywords(), [ONE], unit="page")


@given(st.text("防贫预警扶车间。；\n，", max_size=60), st.sampled_from(["sentence", "clause", "paragraph"]))
def test_evidence_from_the_text_is_every_unit_that_holds_a_word(text: str, unit: str) -> None:
    made = coded(keywords(), [Document("x", text)], sources="text", unit=unit)
    spans = {text[start:end] for start, end in units(text, unit) if "扶贫车间" in text[start:end]}
    assert set(made.loc[made["code"] == "扶贫车间", "quote"]) == spans
