import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemine.ingest.readers.numbering import _FORMATS, counted, read_numbering
from casemine.ingest.readers.package import parse

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def level(at, pattern, form="decimal", start=1, more=""):
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def num(number, more=""):
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="0"/>{more}</w:num>'


def numbering(*levels, nums=""):
    abstract = f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
    xml = f'<w:numbering xmlns:w="{W}">{abstract}{nums or num(1)}</w:numbering>'
    return read_numbering(parse(xml.encode()))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (101, "一百零一"),
        (110, "一百一十"),
        (2021, "二千零二十一"),
    ],
)
def test_numbers_in_chinese(number, words):
    assert counted(number) == words


@given(st.integers(0, 10**6))
def test_every_format_writes_every_number(number):
    assert all(isinstance(write(number), str) for write in _FORMATS.values())


def test_articles_and_paragraphs_count_as_on_paper():
    lists = numbering(level(0, "第%1条", "chineseCountingThousand"), level(1, "（%2）", "chineseCounting"))
    labels = [lists.label("1", at) for at in (0, 1, 1, 0, 1)]
    assert labels == ["第一条 ", "（一）", "（二）", "第二条 ", "（一）"]


def test_a_label_of_several_levels_is_decimal_where_word_says_so():
    lists = numbering(level(0, "第%1章", "chineseCounting"), level(1, "%1.%2", more="<w:isLgl/>"))
    assert [lists.label("1", at) for at in (0, 1, 1)] == ["第一章 ", "1.1 ", "1.2 "]


def test_lists_of_one_kind_count_on_unless_one_begins_anew():
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    nums = num(1) + num(2) + num(3, anew)
    lists = numbering(level(0, "%1、"), nums=nums)
    assert [lists.label(name, 0) for name in ("1", "2", "3", "3", "1")] == ["1、", "2、", "5、", "6、", "3、"]


def test_bullets_and_unknown_lists_have_no_label():
    lists = numbering(level(0, "", "bullet"))
    assert [lists.label("1", 0), lists.label("9", 0), lists.label("1", 99)] == ["", "", ""]
    assert read_numbering(None).label("1", 0) == ""
