from casemine.errors import DocumentError
from casemine.ingest.readers import read_file
from ingest.readers.reading import blocks


def coded(text):
    return "".join(f"\\'{byte:02x}" for byte in text.encode("gbk"))


HEAD = r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 SimSun;}}\pard\f0 "


def test_rich_text_in_gbk_and_unicode_is_read_with_its_footnotes():
    note = r"{\footnote \pard " + coded("访谈记录。") + "}"
    first = coded("村里办起养蜂场") + r"{\super 1}" + note + coded("，蜜甜。")
    row = r"\trowd\cellx9 " + coded("村") + r"\cell " + coded("户数") + r"\cell\row\pard\par}"
    source = HEAD + first + r"\par \u20859?\u34562?\par " + row
    assert blocks(source.encode("ascii"), "a.rtf") == [
        ("paragraph", "村里办起养蜂场1，蜜甜。", ""),
        ("paragraph", "养蜂", ""),
        ("row", "村\t户数", ""),
        ("paragraph", "访谈记录。", "footnote 1"),
    ]


def test_rich_text_named_doc_is_read_without_libreoffice_and_an_empty_one_is_named():
    assert blocks((HEAD + coded("蜜甜。") + r"\par}").encode("ascii"), "a.doc") == [
        ("paragraph", "蜜甜。", "")
    ]
    [error] = read_file((HEAD + "}").encode("ascii"), "a.rtf")
    assert isinstance(error, DocumentError)
