import pandas as pd
import pytest

from casemine.figures import NothingToDraw
from casemine.figures.cooccurrence import cooccurrence, dendrogram
from casemine.figures.style import Style
from casemine.tables import crosstab
from figures.samples import faults, words_of

KEYWORDS = pd.DataFrame(
    [(doc, word) for doc, words in {
        "甲": ["防贫预警", "网格走访"], "乙": ["防贫预警", "网格走访"], "丙": ["扶贫产业", "务工补贴"],
        "丁": ["扶贫产业", "务工补贴", "积分制"],
    }.items() for word in words],
    columns=["doc_id", "item"],
)  # fmt: skip
MATRICES = crosstab.cooccurrence(KEYWORDS, top=10)


def told(figure: object) -> str:
    return "".join(text.get_text() for text in words_of(figure))  # type: ignore[arg-type]


def test_keywords_that_share_documents_are_in_the_network(style: Style) -> None:
    figure = cooccurrence(MATRICES.counts, style, of=5)
    assert all(word in told(figure) for word in KEYWORDS["item"])
    assert faults(figure) == []


def test_a_keyword_that_shares_none_is_left_out(style: Style) -> None:
    alone = pd.concat([KEYWORDS, pd.DataFrame([("戊", "垚玥养蜂")], columns=["doc_id", "item"])])
    shown = told(cooccurrence(crosstab.cooccurrence(alone, top=10).counts, style, of=6))
    assert "垚玥养蜂" not in shown and "防贫预警" in shown


def test_where_none_share_a_document_there_is_nothing_to_draw(style: Style) -> None:
    apart = pd.DataFrame([("甲", "一"), ("乙", "二")], columns=["doc_id", "item"])
    with pytest.raises(NothingToDraw, match="share a document"):
        cooccurrence(crosstab.cooccurrence(apart, top=10).counts, style, of=2)


def test_the_dendrogram_names_every_keyword(style: Style) -> None:
    figure = dendrogram(MATRICES.ochiai, style, of=5)
    assert all(word in told(figure) for word in KEYWORDS["item"])
    assert faults(figure) == []
