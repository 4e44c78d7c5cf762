import io
import zipfile

import pytest

from casemine.errors import DocumentError
from casemine.ingest.readers import read_file

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
STYLES = """<w:styles xmlns:w="{w}">
<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="2"><w:name w:val="我的"/><w:basedOn w:val="1"/></w:style>
<w:style w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:styleId="C"><w:name w:val="toc 1"/></w:style>
<w:style w:styleId="L"><w:name w:val="x"/><w:basedOn w:val="L"/></w:style></w:styles>"""


def docx(body, *, namespace=W, prolog="", styles=STYLES, **parts):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml",
            f'{prolog}<w:document xmlns:w="{namespace}" xmlns:mc="{MC}"><w:body>{body}</w:body></w:document>',
        )
        archive.writestr("word/styles.xml", styles.format(w=namespace))
        archive.writestr("word/header1.xml", f'<w:hdr xmlns:w="{W}">{p("页眉")}</w:hdr>')
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return written.getvalue()


def p(*runs, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(run if '<' in run else r(run) for run in runs)}</w:p>"


def r(text, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def tc(*content, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(content)}</w:tc>"


def tr(*cells):
    return f"<w:tr>{''.join(cells)}</w:tr>"


def tbl(*rows):
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def blocks(data):
    [record] = read_file(data, "a.docx")
    assert not isinstance(record, DocumentError), record
    return [(block.kind, block.text) for block in record.blocks]


def test_runs_are_joined_and_styles_give_headings():
    body = (
        p("石桥", "镇", properties='<w:pStyle w:val="T"/>')
        + p("目录\t1", properties='<w:pStyle w:val="C"/>')
        + p("一、做法", properties='<w:pStyle w:val="2"/>')
        + p("二、成效", properties='<w:outlineLvl w:val="0"/>')
        + p("修", "渠", "引水", properties='<w:outlineLvl w:val="9"/>')
        + p("循环", properties='<w:pStyle w:val="L"/>')
        + p("")
    )
    expected = [
        ("title", "石桥镇"),
        ("heading", "一、做法"),
        ("heading", "二、成效"),
        ("paragraph", "修渠引水"),
        ("paragraph", "循环"),
    ]
    assert blocks(docx(body)) == expected
    assert blocks(docx(body, namespace=STRICT)) == expected


def test_places_count_paragraphs():
    [record] = read_file(docx(p("一") + p("") + p("二")), "a.docx")
    assert [block.place for block in record.blocks] == ["¶ 1", "¶ 2"]


def test_what_is_deleted_hidden_or_a_field_code_is_not_text():
    body = p(
        "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>",
        "<w:moveFrom>" + r("移走") + "</w:moveFrom>",
        "<w:ins>" + r("新") + "</w:ins>",
        "<w:r><w:instrText>PAGE</w:instrText></w:r>",
        r("藏", "<w:vanish/>"),
        r("显", '<w:vanish w:val="0"/>'),
        "<w:r><w:t>左</w:t><w:tab/><w:t>右</w:t><w:softHyphen/><w:br/><w:t>下行</w:t></w:r>",
        '<w:hyperlink><w:fldSimple w:instr="X">' + r("链接") + "</w:fldSimple></w:hyperlink>",
    )
    assert blocks(docx(body)) == [("paragraph", "新显左\t右"), ("paragraph", "下行链接")]


def test_a_table_gives_rows_and_merged_cells_count_once():
    body = p("前") + tbl(
        tr(
            tc(p("村"), properties='<w:vMerge w:val="restart"/>'),
            tc(p("户数"), properties='<w:gridSpan w:val="2"/>'),
        ),
        tr(tc(p("村"), properties="<w:vMerge/>"), tc(p("12")), tc(p("30"))),
        tr(tc(p("")), tc(p("入党"), p("时间")), tc(p("年"))),
        tr(tc(p("意见"))),
        tr(tc(p("同意把这一项目列入明年的计划之中。"), p("盖章后报送县里备案。")), tc(p("是"))),
        "<w:tr><w:trPr><w:del/></w:trPr>" + tc(p("删")) + tc(p("去")) + "</w:tr>",
    )
    assert blocks(docx(body + p("后"))) == [
        ("paragraph", "前"),
        ("row", "村\t户数"),
        ("row", "12\t30"),
        ("row", "\t入党时间\t年"),
        ("paragraph", "意见"),
        ("paragraph", "同意把这一项目列入明年的计划之中。"),
        ("paragraph", "盖章后报送县里备案。"),
        ("paragraph", "是"),
        ("paragraph", "后"),
    ]


def test_a_nested_table_and_content_controls_keep_reading_order():
    inner = tbl(tr(tc(p("内一")), tc(p("内二"))))
    controlled = f"<w:sdt><w:sdtContent>{p('控件')}</w:sdtContent></w:sdt>"
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{p('目录')}</w:sdtContent></w:sdt>"
    )
    body = contents + controlled + tbl(tr(tc(p("上"), inner, p("下")), tc(p("旁"))))
    assert [text for _, text in blocks(docx(body))] == ["控件", "上", "内一\t内二", "下", "旁"]


def test_a_text_box_counts_once():
    box = f"<w:txbxContent>{p('框里')}</w:txbxContent>"
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert blocks(docx(p("正文", both, "续"))) == [("paragraph", "正文续"), ("paragraph", "框里")]
    old = f"<w:r><w:pict>{box}</w:pict></w:r>"
    assert blocks(docx(p("正文", old))) == [("paragraph", "正文"), ("paragraph", "框里")]


def test_notes_stand_at_the_end():
    notes = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="-1">{p("线")}</w:footnote>'
        f'<w:footnote w:id="2">{p("<w:r><w:footnoteRef/></w:r>", "注文")}</w:footnote></w:footnotes>'
    )
    [record] = read_file(
        docx(p("正文", '<w:r><w:footnoteReference w:id="2"/></w:r>'), footnotes=notes), "a.docx"
    )
    assert [(block.text, block.place) for block in record.blocks] == [("正文", "¶ 1"), ("注文", "footnote 2")]


BOMB = '<!DOCTYPE x [<!ENTITY a "石桥镇"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (docx(p("&b;"), prolog=BOMB), "document type"),
        (docx(p("x"), footnotes=f"{BOMB}<a/>"), "document type"),
        (docx("<w:p>"), "damaged"),
        (docx(p("x"))[:-40], "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"not a zip at all", "not a .docx file"),
    ],
)
def test_what_cannot_be_read_is_named(data, cause):
    [error] = read_file(data, "a.docx")
    assert isinstance(error, DocumentError)
    assert cause in error.cause and error.advice and error.place == "a.docx"


R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def with_chunk(content, target="chunk.html"):
    relation = f'<Relationship Id="r1" Type="{R}/aFChunk" Target="/word/{target}"/>'
    chunk = f'<w:altChunk xmlns:r="{R}" r:id="r1"/>'
    data = io.BytesIO(docx(p("关于养蜂的通知") + chunk + p("完")))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("word/_rels/document.xml.rels", f"<Relationships>{relation}</Relationships>")
        archive.writestr(f"word/{target}", content)
    return data.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        "<html><body><p>村里办起养蜂场。</p></body></html>",
        "村里办起养蜂场。",
        docx(p("村里办起养蜂场。")),
        b"{\\rtf1\\ansi\\pard \\u26449?\\u37324?\\u21150?\\u36215?\\u20859?\\u34562?\\u22330?\\u12290?\\par}",
        "MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<p>村里办起养蜂场。</p>",
    ],
)
def test_a_part_in_another_format_is_read_where_it_stands(content):
    assert [text for _, text in blocks(with_chunk(content))] == ["关于养蜂的通知", "村里办起养蜂场。", "完"]


def test_a_part_that_cannot_be_read_is_named_and_the_rest_read():
    record, error = read_file(with_chunk(b"PK\x03\x04 no zip"), "a.docx")
    assert [block.text for block in record.blocks] == ["关于养蜂的通知", "完"]
    assert "only Word can read" in error.cause


def test_numbers_that_word_makes_stand_before_their_paragraphs():
    level = '<w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%1条"/></w:lvl>'
    numbers = (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="7">{level}</w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:styleId="T"><w:name w:val="Tiao"/><w:pPr><w:numPr>'
        '<w:numId w:val="3"/></w:numPr></w:pPr></w:style></w:styles>'
    )
    direct = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'
    none = '<w:pStyle w:val="T"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    body = (
        p("为养蜂，定本办法。", properties=direct)
        + p("蜂农指养蜂的人。", properties='<w:pStyle w:val="T"/>')
        + p("不编号。", properties=none)
    )
    texts = [text for _, text in blocks(docx(body, numbering=numbers, styles=styles))]
    assert texts == ["第一条 为养蜂，定本办法。", "第二条 蜂农指养蜂的人。", "不编号。"]
