import json

import pytest

from casemine.errors import DocumentError
from casemine.ingest.readers import read_file
from casemine.ingest.source import Record

PROSE = "山坳村把闲置校舍改成了民宿。游客住进来，村民在家门口有了收入。"


def one(data, name, **options):
    [record] = read_file(data if isinstance(data, bytes) else data.encode(), name, **options)
    assert isinstance(record, Record), record
    return record


def texts(record):
    return [(block.kind, block.text) for block in record.blocks]


def failure(data, name):
    [error] = read_file(data if isinstance(data, bytes) else data.encode(), name)
    assert isinstance(error, DocumentError)
    assert error.place == name
    return error.cause


def test_txt_gives_lines_with_one_kind_of_line_end():
    record = one("第一行\r\n\r\n  第二\r行\n".encode("gbk"), "a.txt")
    assert texts(record) == [
        ("line", "第一行"),
        ("blank", ""),
        ("line", "  第二"),
        ("line", "行"),
        ("blank", ""),
    ]
    assert (record.format, record.encoding, record.record_id) == ("txt", "gb18030", "")
    assert record.blocks[2].place == "line 3"


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \r\n\t", b"\0\0\0\0"])
def test_an_empty_file_is_named(data):
    assert failure(data, "a.txt") == "the file is empty."


def test_bytes_that_are_no_text_are_named():
    assert "not text" in failure(bytes(range(1, 32)) * 20, "a.txt")


def test_markdown_marks_are_taken_off():
    text = (
        "---\ntitle: x\n---\n# 山坳村 #\n\n村里有**民宿**和`车间`，见[报道](http://a.b)。\n"
        "<!-- 注 -->\n![图](a.png)\n\n小标题\n---\n- 第一项\n  续行\n\n|甲|乙|\n|--|:-:|\n|1|*2*|\n"
        "```\na_b_c = 1\n```\n***\n"
    )
    kinds = [block for block in texts(one(text, "a.md")) if block[0] != "blank"]
    assert kinds == [
        ("heading", "山坳村"),
        ("line", "村里有民宿和车间，见报道。"),
        ("heading", "小标题"),
        ("line", "第一项"),
        ("line", "续行"),
        ("row", "甲\t乙"),
        ("row", "1\t2"),
        ("paragraph", "a_b_c = 1"),
    ]


PAGE = f"""<!DOCTYPE html><html><head><meta charset="gb2312"><title>山坳村的民宿 - 某某县政府网</title>
<style>p {{}}</style></head><body><nav><a href="/">首页</a> <a href="/x">新闻中心</a></nav>
<div class="main"><h1>山坳村的民宿</h1><div class="text"><p>{PROSE}{PROSE}</p><script>alert("不要")</script>
<h3>做法</h3><p>一是盘<b>活</b>校
舍；<br>二是分红。</p><ul><li>厨房改造。</li></ul><table><tr><td>年份</td><td>户数</td></tr>
<tr><td><p>2020</p></td><td>12</td></tr></table><p style="display: none">看不见。</p></div></div>
<div><a href="/1">另一条新闻的标题在这里</a><a href="/2">又一条新闻的标题在这里</a></div>
<footer>版权所有，未经许可不得转载。</footer></body></html>"""

BLOCKS = [
    ("title", "山坳村的民宿"),
    ("paragraph", PROSE + PROSE),
    ("heading", "做法"),
    ("paragraph", "一是盘活校舍；"),
    ("paragraph", "二是分红。"),
    ("paragraph", "厨房改造。"),
    ("row", "年份\t户数"),
    ("row", "2020\t12"),
]


@pytest.mark.parametrize("name", ["utf-8", "gb18030"])
def test_html_gives_the_main_text_whatever_the_declaration_says(name):
    record = one(PAGE.encode(name), "a.html")
    assert texts(record) == BLOCKS
    assert (record.encoding, record.metadata) == (name, {"title": "山坳村的民宿"})


def test_html_saved_as_doc_is_html():
    assert texts(one(PAGE, "a.doc")) == BLOCKS


def test_html_title_and_date_from_the_metas():
    page = PAGE.replace(
        "<head>",
        '<head><meta name="ArticleTitle" content="民宿记"><meta name="PubDate" content="2021-03-04">',
    )
    record = one(page, "a.htm")
    assert record.metadata == {"title": "民宿记", "published": "2021-03-04"}
    assert record.blocks[0].text == "民宿记"


def test_html_keeps_a_form_that_holds_the_text_and_very_deep_nesting():
    assert [block.text for block in one(f"<body><form><div>{PROSE}</div></form>", "a.html").blocks] == [PROSE]
    deep = "<div>" * 3000 + PROSE + "</div>" * 3000
    assert PROSE in "".join(block.text for block in one(deep, "a.html").blocks)


def test_html_without_text_is_named():
    assert "no text" in failure("<html><body><script>1</script></body></html>", "a.html")


def test_tmx_gives_the_chinese_side():
    text = (
        '<?xml version="1.0"?><tmx version="1.4"><body><tu><tuv xml:lang="zh-CN"><seg>山坳<b/>村</seg></tuv>'
        '<tuv xml:lang="en"><seg>Village</seg></tuv></tu></body></tmx>'
    )
    record = one(text, "a.tmx")
    assert (texts(record), record.format) == ([("paragraph", "山坳村")], "tmx")


def test_a_feed_gives_title_and_text_of_each_item():
    text = (
        '<?xml version="1.0" encoding="gb2312"?><rss><channel><title>频道</title><item><title>民宿</title>'
        "<description><![CDATA[<p>开<b>业</b>了。</p><p>客满。</p>]]></description></item>"
        "<item><title>车间</title><description>投产了。</description></item></channel></rss>"
    )
    for name in ("utf-8", "gbk"):
        record = one(text.encode(name), "a.xml")
        assert texts(record) == [
            ("heading", "民宿"),
            ("paragraph", "开业了。"),
            ("paragraph", "客满。"),
            ("heading", "车间"),
            ("paragraph", "投产了。"),
        ]


def test_any_xml_gives_its_chinese_elements():
    text = '<a xmlns="x"><id>17</id><b>民<i>宿</i>村</b><c><d>第二段</d></c></a>'
    assert texts(one(text, "a.xml")) == [("paragraph", "民宿村"), ("paragraph", "第二段")]


@pytest.mark.parametrize(
    "text", ['<!DOCTYPE a [<!ENTITY b "村">]><a>&b;</a>', "<a><b></a>", "<a>no Chinese</a>"]
)
def test_xml_that_cannot_be_read_is_named(text):
    assert failure(text, "a.xml")


def test_json_records_are_documents():
    rows = {
        "total": 2,
        "list": [{"t": {"content": f"<p>{PROSE}</p>", "title": "一"}, "n": 3}, {"t": {"content": None}}],
    }
    first, second = read_file(json.dumps(rows).encode(), "a.json")
    assert (first.record_id, texts(first)) == ("#1", [("title", "一"), ("paragraph", PROSE)])
    assert first.metadata == {"title": "一", "n": "3"}
    assert isinstance(second, DocumentError) and second.place == "a.json#2"


def test_jsonl_goes_on_after_a_bad_line():
    lines = f'{{"id": 7, "text": "{PROSE}"}}\n{{oops\n\n{{"id": 8, "text": "{PROSE}"}}\n'
    bad, *good = read_file(lines.encode(), "a.jsonl")
    assert (bad.place, bad.cause) == ("a.jsonl#2", "line 2 is not valid JSON.")
    assert [record.record_id for record in good] == ["#1", "#4"]
    assert failure("{oops", "b.json") == "the file is not valid JSON."


def test_a_bad_reference_does_not_lose_a_feed():
    body = "甜 & 香 <![CDATA[A & B]]>"
    text = f"<rss><item><title>蜂&nbsp;蜜&#11;&#xD800;</title><description>{body}</description></item></rss>"
    assert texts(one(text, "a.xml")) == [("heading", "蜂\xa0蜜"), ("paragraph", "甜 & 香 A & B")]


def test_marks_of_markdown_that_are_never_closed_are_text():
    record = one("[村 *里 _办 ~~起\n\n**加粗*斜*字** `码` <!-- 注 -->完", "a.md")
    assert [text for _, text in texts(record) if text] == ["[村 *里 _办 ~~起", "加粗斜字 码 完"]


def test_pages_nested_past_reason_are_refused_and_many_attributes_left_out():
    assert "deep" in failure("<div>" * 4000 + PROSE, "a.html")
    attributes = " ".join(f"a{number}=1" for number in range(4000))
    assert PROSE in "".join(text for _, text in texts(one(f"<p {attributes}>{PROSE}</p>", "a.html")))


def test_a_long_gap_says_no_more_than_a_short_one():
    record = one("村里" + " " * 40_000 + "开会。", "a.txt")
    assert len(record.blocks[0].text) < 100
