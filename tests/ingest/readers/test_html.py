import pytest

from casemine.ingest.readers.html import html_blocks, is_html
from ingest.readers.reading import PROSE, failure, one, texts

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


def test_pages_nested_past_reason_are_refused_and_many_attributes_left_out():
    assert "deep" in failure("<div>" * 4000 + PROSE, "a.html")
    attributes = " ".join(f"a{number}=1" for number in range(4000))
    assert PROSE in "".join(text for _, text in texts(one(f"<p {attributes}>{PROSE}</p>", "a.html")))


def test_a_piece_of_html_is_told_from_text():
    assert is_html("<p>民宿</p>") and is_html("一<br>二") and not is_html("1 < 2 且 3 > 2")
    assert [block.text for block in html_blocks("<p>民宿</p>客满<br>了")] == ["民宿", "客满", "了"]
