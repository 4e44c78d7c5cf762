"""Evidence: sentences behind codes, longest match first, merged words, quotations by hand, KWIC."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemine import coding, schema
from casemine.coding import evidence
from casemine.coding.placement import place
from casemine.document import Document, Passage
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
    return evidence.codings(placed, table, documents, BOOK, **options)  # type: ignore[arg-type]


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
    placed = place(["公益性岗位"], BOOK)
    found = evidence.without_evidence(coded(lacking, [ONE]), placed, lacking)
    assert found.to_dict("records") == [{"doc_id": "a.txt", "word": "公益性岗位", "code": "公益性岗位"}]


def test_contexts_take_the_sentences_beside() -> None:
    found = evidence.contexts(["易地扶贫搬迁"], [ONE])
    assert found == {"易地扶贫搬迁": ["县里建立防贫预警。预警之后，易地扶贫搬迁户先走访；防贫预警又响。"]}


def test_contexts_are_at_most_32_from_all_over() -> None:
    many = [Document(f"{number:02d}", f"第{number}处扶贫车间。") for number in range(80)]
    found = evidence.contexts(["扶贫车间"], many)["扶贫车间"]
    assert len(found) == 32
    assert (found[0], found[-1]) == ("第0处扶贫车间。", "第79处扶贫车间。")


@pytest.mark.parametrize(
    ("code", "region", "count"),
    [
        ("", "", 3),
        ("防贫预警", "", 2),
        ("实施动态监测", "", 2),
        ("落实防贫保障", "甘肃", 0),
        ("", "四川", 2),
        ("返贫预警", "", 2),
    ],
)
def test_quotes_by_code_of_any_level_and_region(code: str, region: str, count: int) -> None:
    made = coded(keywords(("a.txt", "防贫预警"), ("b.txt", "扶贫车间")), [ONE, TWO])
    found = evidence.quotes(made, [ONE, TWO], BOOK, code=code, region=region)
    assert len(found) == count
    for row in found.itertuples():
        text = {"a.txt": ONE, "b.txt": TWO}[row.doc_id].text
        assert row.left + row.match + row.right == text[row.start : row.end]
        assert row.match == row.keyword


def test_an_unknown_code_is_named() -> None:
    with pytest.raises(UsageError, match="has no code 没有"):
        evidence.quotes(evidence.schema.CODINGS.frame([]), [ONE], BOOK, code="没有")


@given(st.text("防贫预警扶车间。；\n，", max_size=40))
def test_every_quotation_is_a_span_that_holds_its_keyword(text: str) -> None:
    document = Document("x", text)
    made = coded(keywords(("x", "防贫预警"), ("x", "扶贫车间")), [document])
    for row in made.itertuples():
        assert text[row.start : row.end] == row.quote
        assert row.keyword in row.quote
    assert set(made["keyword"]) == {word for word in ("防贫预警", "扶贫车间") if word in text}
