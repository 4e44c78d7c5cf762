import pytest

from ingest.readers.reading import failure, one, texts


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


def test_a_bad_reference_does_not_lose_a_feed():
    body = "甜 & 香 <![CDATA[A & B]]>"
    text = f"<rss><item><title>蜂&nbsp;蜜&#11;&#xD800;</title><description>{body}</description></item></rss>"
    assert texts(one(text, "a.xml")) == [("heading", "蜂\xa0蜜"), ("paragraph", "甜 & 香 A & B")]
