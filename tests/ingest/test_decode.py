import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemine.errors import UsageError
from casemine.ingest.decode import decode

SIMPLIFIED = (
    "全村修通了硬化路，群众出行不再难。驻村工作队帮助农户发展茶叶种植，"
    "建成三座加工车间，带动就业八十余人。\n县里把项目资金列入年度预算，定期公开。"
)
TRADITIONAL = "本區將繼續改善公共設施，並為長者提供更多社區照顧服務。\n政府會諮詢居民的意見。"


@pytest.mark.parametrize(
    ("mark", "name"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides(mark, name):
    assert decode(mark + SIMPLIFIED.encode(name)) == (SIMPLIFIED, name, 0)


@pytest.mark.parametrize(
    ("text", "written", "read"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "gbk", "gb18030"),
        (SIMPLIFIED + "𠮷", "gb18030", "gb18030"),
        (SIMPLIFIED, "utf-16-le", "utf-16-le"),
        (SIMPLIFIED, "utf-16-be", "utf-16-be"),
        (TRADITIONAL, "utf-16-be", "utf-16-be"),
        (TRADITIONAL, "big5hkscs", "big5hkscs"),
        (TRADITIONAL + "喺嗰度嘅邨", "big5hkscs", "big5hkscs"),
        ("plain ASCII", "ascii", "utf-8"),
        ("", "utf-8", "utf-8"),
    ],
)
def test_without_a_mark_the_bytes_tell(text, written, read):
    assert decode(text.encode(written)) == (text, read, 0)


def test_a_file_pasted_together_is_read_by_parts():
    data = SIMPLIFIED.encode() + b"\n" + SIMPLIFIED.encode("gb18030")
    assert decode(data) == (f"{SIMPLIFIED}\n{SIMPLIFIED}", "utf-8+gb18030", 0)
    reverse = SIMPLIFIED.encode("gb18030") + b"\n" + SIMPLIFIED.encode()
    assert decode(reverse) == (f"{SIMPLIFIED}\n{SIMPLIFIED}", "utf-8+gb18030", 0)


def test_the_change_of_encoding_may_stand_inside_a_line():
    one = SIMPLIFIED.split("\n")[0]
    assert decode(one.encode() + one.encode("gbk")) == (one + one, "utf-8+gb18030", 0)


def test_a_truncated_character_is_one_mark():
    for name, lost, damaged in (("utf-8", 1, 2), ("gb18030", 1, 1), ("utf-16-le", 1, 1)):
        text = SIMPLIFIED.rstrip("。")
        found = decode(text.encode(name)[:-lost])
        assert found == (text[:-1] + "\ufffd", found.encoding, damaged)
        assert found.encoding == name


def test_a_damaged_run_is_one_mark_and_its_bytes_are_counted():
    start, end = SIMPLIFIED[:20], SIMPLIFIED[20:]
    assert decode(start.encode() + b"\xff\xff\xfe" + end.encode()) == (f"{start}\ufffd{end}", "utf-8", 3)
    found = decode(start.encode("gbk") + b"\xff\xff\n" + end.encode("gbk"))
    assert found == (f"{start}\ufffd\n{end}", "gb18030", 2)


def test_the_given_encoding_overrules():
    assert decode("é".encode("latin-1"), "latin-1") == ("é", "iso8859-1", 0)
    assert decode(SIMPLIFIED.encode("gbk"), "GB2312") == (SIMPLIFIED, "gb18030", 0)
    assert decode(b"a\xff", "utf-8") == ("a\ufffd", "utf-8", 1)


@pytest.mark.parametrize("name", ["nonsense", "base64", "a\0b"])
def test_an_unknown_encoding_is_a_usage_error(name):
    with pytest.raises(UsageError, match="no text encoding"):
        decode(b"a", name)


def test_a_declaration_is_believed_only_when_it_explains_the_bytes():
    assert decode(SIMPLIFIED.encode(), declared="gb2312") == (SIMPLIFIED, "utf-8", 0)
    assert decode(SIMPLIFIED.encode("gbk"), declared="utf-8") == (SIMPLIFIED, "gb18030", 0)
    assert decode(SIMPLIFIED.encode("gbk"), declared="gb2312") == (SIMPLIFIED, "gb18030", 0)
    assert decode("déjà vu".encode("latin-1"), declared="iso-8859-1").text == "déjà vu"
    assert decode(SIMPLIFIED.encode("gbk"), declared="no such thing").text == SIMPLIFIED


@given(st.binary(max_size=300))
def test_no_bytes_crash_it_and_none_leave_a_surrogate(data):
    found = decode(data)
    found.text.encode("utf-8")
    assert 0 <= found.damaged <= len(data)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_utf8_without_nul_always_comes_back(text):
    text = text.replace("\0", "").lstrip("\ufeff")
    assert decode(text.encode()) == (text, "utf-8", 0)


@given(
    st.text(st.sampled_from(SIMPLIFIED), min_size=12), st.sampled_from(["gb18030", "utf-16-le", "utf-16-be"])
)
def test_common_text_comes_back_from_every_encoding(text, name):
    assert decode(("项目带动群众就业。" + text).encode(name)).text == "项目带动群众就业。" + text
