import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemine.errors import DocumentError
from casemine.ingest.readers.header import METADATA_NAMES, column_names, from_header, is_known, plain_name

TITLE = (1, ["二〇二一年政策汇编", "", ""])
UNIT = (2, ["单位：篇", "", "填表人：石某"])
HEADER = (3, ["标题", "地区", "正文"])
ROW = (4, ["茶园", "云南", "正文一段"])


@pytest.mark.parametrize(
    ("header", "plain"), [(" 标 题 ", "标题"), ("list.item.Title", "title"), ("Full_Text", "full_text")]
)
def test_headers_are_compared_plainly(header: str, plain: str) -> None:
    assert plain_name(header) == plain and is_known(header)


def test_headers_have_our_names() -> None:
    assert METADATA_NAMES["发文字号"] == "document_number" and METADATA_NAMES["省份"] == "region"
    assert not is_known("我的栏")


def test_the_header_is_found_below_title_and_unit() -> None:
    assert from_header([TITLE, UNIT, HEADER, ROW]) == [HEADER, ROW]


def test_without_known_names_it_is_the_first_row_that_fills_half_of_the_columns() -> None:
    rows = [(1, ["汇编", "", "", ""]), (2, ["甲", "乙", "丙", ""]), (3, ["一", "二", "三", "四"])]
    assert from_header(rows)[0][0] == 2
    assert from_header([]) == []


def test_a_merged_title_counts_once() -> None:
    assert from_header([(1, ["汇编"] * 3), (2, ["甲", "乙", "丙"])])[0][0] == 2


def test_the_row_that_is_given_is_the_header() -> None:
    assert from_header([TITLE, UNIT, HEADER, ROW], 2) == [UNIT, HEADER, ROW]
    with pytest.raises(DocumentError, match="no row 9"):
        from_header([TITLE, HEADER], 9)


def test_nameless_and_double_columns_are_called_by_their_place() -> None:
    assert column_names(["标题", "", "标题", "a\nb"], 5) == [
        "标题",
        "column 2",
        "标题 (3)",
        "a b",
        "column 5",
    ]


@given(st.lists(st.sampled_from(["", "甲", "乙"]), max_size=6), st.integers(0, 8))
def test_every_column_has_a_name_of_its_own(names: list[str], width: int) -> None:
    assert len(set(column_names(names, width))) == width
