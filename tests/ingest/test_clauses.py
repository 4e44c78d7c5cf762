import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemine.ingest.clauses import clauses, number_of
from casemine.ingest.compose import compose
from casemine.ingest.source import Block


def of(*texts: str) -> list[str]:
    return clauses(texts, [True] * len(texts))


def test_chapters_articles_paragraphs_and_items() -> None:
    assert of(
        "茶园管理办法",
        "第一章 总则",
        "第一条 为了种茶，制定本办法。",
        "第二条 本办法所称的茶，包括：",
        "（一）绿茶；",
        "（二）红茶。",
        "茶园是种茶的地方。",
        "第二章 茶园",
        "第三条 茶园应当有路。",
        "青石县人民政府",
    ) == [
        "",
        "第一章",
        "第一章 第一条",
        "第一章 第二条 第一款",
        "第一章 第二条 第一款 第（一）项",
        "第一章 第二条 第一款 第（二）项",
        "第一章 第二条 第二款",
        "第二章",
        "第二章 第三条",
        "第二章",
    ]


def test_an_article_of_another_law_opens_none() -> None:
    texts = of(
        "第一条 一。", "第二条 二。", "第八十条 是别的法。", "第三条和第四条 另有规定。", "第三条 三。"
    )
    assert texts == ["第一条", "第二条 第一款", "第二条 第二款", "第二条 第三款", "第三条"]


def test_inserted_articles_and_a_second_regulation() -> None:
    assert of(
        "第一条 一。", "第一条之一 又。", "第二条 二。", "第三条 三。", "附件", "第一条 甲。", "第二条 乙。"
    ) == [
        "第一条",
        "第一条之一",
        "第二条",
        "第三条",
        "",
        "第一条",
        "第二条",
    ]


def test_parts_chapters_and_sections_of_a_plan() -> None:
    assert of(
        "第一篇 方向", "第一章 环境", "茶好。", "第二章 目标", "第一节 总量", "第二篇 路", "第三章 桥"
    ) == [
        "第一篇",
        "第一篇 第一章",
        "第一篇 第一章",
        "第一篇 第二章",
        "第一篇 第二章 第一节",
        "第二篇",
        "第二篇 第三章",
    ]


def test_a_table_of_contents_opens_nothing() -> None:
    assert of("目录", "第一章 总则", "第二章 茶园", "第一章 总则", "茶。", "第二章 茶园") == [
        "",
        "",
        "",
        "第一章",
        "第一章",
        "第二章",
    ]


@pytest.mark.parametrize(
    "texts",
    [
        ("第一条 路。", "第二条 桥。"),
        ("山村有三条路。", "第三条路通到茶园。", "第四条路还在修。", "第五条路没有修。"),
        ("一、种茶", "（一）绿茶。", "茶好。"),
    ],
)
def test_what_is_no_regulation_has_no_clauses(texts: tuple[str, ...]) -> None:
    assert set(of(*texts)) == {""}


@pytest.mark.parametrize(
    ("numeral", "number"), [("一", 1), ("十", 10), ("二十", 20), ("一百零三", 103), ("一〇三", 103)]
)
def test_numerals(numeral: str, number: int) -> None:
    assert number_of(numeral) == number


def test_passages_part_at_clauses_and_tables_have_none() -> None:
    blocks = [Block(text, "paragraph") for text in ("茶园办法", "第一条 一。", "第二条 二。", "第三条 三。")]
    text, passages = compose(blocks)
    assert [(text[p.start : p.end], p.kind, p.clause) for p in passages] == [
        ("茶园办法", "title", ""),
        ("第一条 一。", "body", "第一条"),
        ("第二条 二。", "body", "第二条"),
        ("第三条 三。", "body", "第三条"),
    ]


@given(st.lists(st.text(alphabet="第一二三十百条章节款（）。 茶", max_size=9), max_size=12), st.data())
def test_any_text_has_as_many_clauses_as_paragraphs(texts: list[str], data: st.DataObject) -> None:
    plain = data.draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts)))
    assert len(clauses(texts, plain)) == len(texts)
