import io
import zipfile

from casemine.errors import DocumentError
from casemine.ingest.readers import read_file
from ingest.readers.reading import blocks

SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
)


def odt(body, manifest="<m/>"):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        content = (
            f"<office:document-content {SPACES}><office:body><office:text>{body}</office:text></office:body>"
        )
        archive.writestr("content.xml", content + "</office:document-content>")
        archive.writestr("META-INF/manifest.xml", manifest)
    return data.getvalue()


def test_an_odt_gives_headings_lists_and_notes_at_the_end():
    body = (
        "<text:tracked-changes><text:p>删去的话</text:p></text:tracked-changes>"
        "<text:h>一、养蜂</text:h><text:p>村里办起<text:span>养蜂</text:span>场"
        "<text:note><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>访谈记录。</text:p></text:note-body></text:note>"
        "，<text:s text:c='2'/>蜜<text:tab/>甜。</text:p>"
        "<text:list><text:list-item><text:p>第一项</text:p></text:list-item></text:list>"
        "<text:p><draw:frame><draw:text-box><text:p>框里的话</text:p></draw:text-box></draw:frame></text:p>"
    )
    assert blocks(odt(body), "a.odt") == [
        ("heading", "一、养蜂", "¶ 1"),
        ("paragraph", "村里办起养蜂场，  蜜\t甜。", "¶ 2"),
        ("paragraph", "第一项", "¶ 3"),
        ("paragraph", "框里的话", "¶ 4"),
        ("paragraph", "访谈记录。", "footnote 1"),
    ]


def test_a_table_of_an_odt_gives_rows():
    def cell(*content):
        paragraphs = "".join(f"<text:p>{text}</text:p>" for text in content)
        return f"<table:table-cell>{paragraphs}</table:table-cell>"

    def row(*cells):
        return f"<table:table-row>{''.join(cells)}</table:table-row>"

    inner = f"<table:table>{row(cell('内'), cell('里'))}</table:table>"
    blank = "<table:table-cell table:number-columns-repeated='9999'/>"
    first = row(cell("村"), cell("户数"), blank)
    second = row(f"<table:table-cell>{inner}</table:table-cell>", cell("甲", "乙"))
    body = f"<table:table>{first}{second}</table:table>"
    assert [text for _, text, _ in blocks(odt(body), "a.odt")] == ["村\t户数", "内\t里", "甲", "乙"]


def test_an_odt_that_cannot_be_read_is_named():
    [error] = read_file(odt("<text:p>x</text:p>", "<x><manifest:encryption-data/></x>"), "a.odt")
    assert isinstance(error, DocumentError) and "password" in error.cause
    [error] = read_file(b"no zip", "a.odt")
    assert isinstance(error, DocumentError)
