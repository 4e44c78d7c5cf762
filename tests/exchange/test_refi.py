from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from casemine.exchange.refi import described, description, guid, keyword_lines, keywords_of

CODE = {
    "definition": "发现风险并报告",
    "role": "",
    "include": "预警\n平台",
    "exclude": "",
    "aliases": "监测；预警",
    "example": "例",
    "without": "监测站",
    "needs": "",
    "rules": "",
}


def test_a_guid_is_one_for_the_same_names_alone() -> None:
    assert guid("code", "book", "甲") == guid("code", "book", "甲")
    assert len({guid("code", "a", "b"), guid("code", "ab"), guid("codea", "b"), guid("code", "b", "a")}) == 4
    assert UUID(guid("code", 1)).version == 5


def test_what_a_codebook_says_of_a_code_is_lines_and_comes_back() -> None:
    text = description(CODE)
    assert text == "发现风险并报告\n纳入：预警\n平台\n别名：监测；预警\n示例：例\n排除词：监测站"
    assert described(text) == CODE


def test_a_foreign_description_is_all_definition() -> None:
    assert described("Note: 甲\n乙")["definition"] == "Note: 甲\n乙"
    assert set(described("甲").values()) == {"甲", ""}


def test_keywords_of_a_selection_come_back_by_code() -> None:
    text = keyword_lines({"监测": ["预警", "平台"], "搬迁": [""], "产业": ["茶叶"]})
    assert text == "监测：预警；平台\n产业：茶叶"
    assert keywords_of("监测", text) == ["预警", "平台"]
    assert keywords_of("搬迁", text) == [""]


words = st.lists(st.text("甲乙丙A1", min_size=1), min_size=1, max_size=3)


@given(st.dictionaries(st.text("子丑寅", min_size=1), words))
def test_every_keyword_comes_back(keywords: dict[str, list[str]]) -> None:
    text = keyword_lines(keywords)
    assert {code: keywords_of(code, text) for code in keywords} == keywords
