import pytest

from casemine.ingest.readers.options import ReadOptions
from casemine.ingest.readers.plain import decode_text, decoded_lines
from ingest.readers.reading import failure, one, texts


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


def test_marks_of_markdown_that_are_never_closed_are_text():
    record = one("[村 *里 _办 ~~起\n\n**加粗*斜*字** `码` <!-- 注 -->完", "a.md")
    assert [text for _, text in texts(record) if text] == ["[村 *里 _办 ~~起", "加粗斜字 码 完"]


def test_a_long_gap_says_no_more_than_a_short_one():
    record = one("村里" + " " * 40_000 + "开会。", "a.txt")
    assert len(record.blocks[0].text) < 100


@pytest.mark.parametrize(
    "data",
    [
        "甲\n\n乙 丙\n".encode(),
        "甲\r\n乙\r丙".encode(),
        "甲\n乙".encode("gb18030"),
        "\ufeff甲\n乙".encode(),
        ("甲" + " " * 80 + "乙\n丙").encode(),
        "甲\n乙".encode("utf-16"),
        "甲\n\x85乙\u2028丙".encode(),
        ("甲村办起车间\n" * 9).encode()[:-2],
    ],
)
def test_lines_are_those_of_the_whole_text(data: bytes) -> None:
    lines, encoding, damaged = decoded_lines(data, ReadOptions())
    whole = decode_text(data, ReadOptions())
    assert [line.rstrip("\n") for line in lines if line.strip()] == list(
        filter(str.strip, whole.text.split("\n"))
    )
    assert (encoding, damaged) == (whole.encoding, whole.damaged)
