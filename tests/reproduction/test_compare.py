"""Published results beside computed ones, on codings small enough to count by hand."""

import pandas as pd
import pytest

from casemine import coding, reproduction
from casemine.coding import placement
from casemine.tables import crosstab

PRINTED = reproduction.published()
COLUMNS = ["level", "code", "doc_id", "start", "end", "keyword", "occurrences"]


def placed(*rows: tuple[str, str, int, str]) -> pd.DataFrame:
    """Selective codings: code, document, start of the sentence, keyword."""
    found = [("selective", code, doc_id, start, start + 9, word, 1) for code, doc_id, start, word in rows]
    return pd.DataFrame(found, columns=COLUMNS)


def test_every_published_code_is_placed_where_table_3_has_it() -> None:
    book = coding.load(coding.locate("six-in-one"))
    found = placement.place(PRINTED.coding["open_code"].tolist(), book, {}, None)
    rows = reproduction.coding_rows(PRINTED, found)
    assert len(rows) == 73
    assert {row.verdict for row in rows} == {"same"}
    assert rows[0].computed == "落实防贫保障 > 实施动态监测"


def test_a_code_placed_elsewhere_differs_and_one_not_placed_is_said() -> None:
    book = coding.load(coding.locate("six-in-one"))
    found = placement.place(PRINTED.coding["open_code"].tolist(), book, {}, None)
    found.loc[found["keyword"] == "防贫预警", "axial"] = "落实政策保障"
    found.loc[found["keyword"] == "数据平台", "status"] = "unplaced"
    rows = {row.item: row for row in reproduction.coding_rows(PRINTED, found)}
    assert rows["防贫预警"].verdict == rows["数据平台"].verdict == "differs"
    assert rows["数据平台"].computed == "unplaced"


def test_the_roles_of_the_framework_are_those_of_the_codebook() -> None:
    book = coding.load(coding.locate("six-in-one"))
    assert {row.verdict for row in reproduction.framework_rows(PRINTED, book.codes)} == {"same"}


def test_most_quotations_lead_then_most_keywords_then_the_name() -> None:
    leading = reproduction.leading_category(
        placed(
            ("乙", "a", 0, "x"), ("乙", "a", 0, "y"), ("甲", "a", 10, "x"), ("甲", "a", 20, "x"),
            ("乙", "b", 0, "x"), ("乙", "b", 0, "y"), ("甲", "b", 10, "x"),
            ("乙", "c", 0, "x"), ("甲", "c", 10, "x"),
        )
    )  # fmt: skip
    assert leading == {"a": "甲", "b": "乙", "c": min("甲", "乙")}


def test_every_keyword_shown_stands_as_published() -> None:
    rows = reproduction.frequency_rows(PRINTED, {"扶贫产业": 3}, 32)
    assert [row.published for row in rows[:2]] == ["23 of 117", "18 of 117"]
    assert [row.computed for row in rows[:2]] == ["3 of 32", "0 of 32"]
    printed = reproduction.keyword_list(PRINTED.cases)
    assert printed.startswith("扶贫产业/23,防贫预警/18,长效机制/12,乡村旅游/11,利益联结/10,")
    assert printed.count(",") == 46


def test_places_agree_where_the_leading_category_is_the_papers() -> None:
    leading = dict(zip(PRINTED.places["sample"], PRINTED.places["selective"], strict=True))
    rows = reproduction.place_rows(PRINTED, leading)
    assert {row.verdict for row in rows[:-1]} == {"same"}
    assert rows[-1].computed == "24 of 24 agree, Cohen's kappa 1.00"
    leading["01-guangxi-pinggui.docx"] = "推进产业升级"
    del leading["04-anhui-luan.txt"]
    rows = reproduction.place_rows(PRINTED, leading)
    assert [row.computed for row in rows if row.verdict == "differs"] == ["推进产业升级", "no code"]
    assert rows[-1].computed.startswith("22 of 24 agree")


def test_regions_that_differ_say_how() -> None:
    leading = {"a": "构建长效机制", "b": "构建长效机制", "c": "构建长效机制", "d": "衔接乡村振兴"}
    regions = {"a": "江西", "b": "四川", "c": "吉林", "d": "西藏"}
    rows = {row.item: row for row in reproduction.region_rows(PRINTED, leading, regions)}
    assert rows["构建长效机制"].computed == "吉林、四川、江西"
    assert rows["构建长效机制"].why.startswith(
        "in print alone: 广东、河南; here alone: 四川; here, and in print under no category: 吉林."
    )
    assert rows["衔接乡村振兴"].verdict == "differs"


def test_shares_of_the_sample_stand_beside_those_of_the_mentions_shown() -> None:
    book = coding.load(coding.locate("six-in-one"))
    codings = pd.DataFrame(
        [
            ("a", 0, 5, "防贫预警", "防贫预警", "防贫预警好", "keyword", "casemine"),
            ("b", 0, 5, "防贫保险", "防贫保险", "防贫保险好", "keyword", "casemine"),
        ],
        columns=["doc_id", "start", "end", "code", "keyword", "quote", "from", "coder"],
    ).assign(coder="casemine", **{"from": "keyword"})
    table = crosstab.coding_table(crosstab.at_levels(codings, book.codes), book.codes)
    rows = {(row.part, row.item): row for row in reproduction.share_rows(PRINTED, table, 4)}
    assert len(rows) == 6 + 19
    row = rows["selective shares", "落实防贫保障"]
    mentions = 18 + 5 + 4 + 4 + 6 + 4 + 4  # 防贫预警 数据平台 分级预警 政策干预 兜底保障 防贫保险 金融扶贫
    assert row.published == f"({mentions / 320:.0%})"
    assert row.computed == "2 of 4 cases (50%)"
    assert row.verdict == "not published"


@pytest.mark.parametrize(
    ("word", "computed"), [("扶贫产业园", "n_new 12.52 / 12"), ("四化标准", "not found")]
)
def test_new_words_of_jiangxi_beside_those_of_the_sample(word: str, computed: str) -> None:
    own = pd.DataFrame([{"word": "扶贫产业园", "pos": "n_new", "weight": 12.52, "frequency": 12}])
    rows = {row.item: row for row in reproduction.new_word_rows(PRINTED, own, {})}
    assert rows[word].computed == computed
    assert rows["扶贫产业园"].published == "n_new 92.40 / 56"
