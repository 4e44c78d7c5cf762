from casemine.errors import DocumentError
from casemine.ingest.readers import read_file
from casemine.ingest.source import PassedOver, Record
from ingest.readers.reading import packed

OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def text_object(text, y, x=20, **attributes):
    given = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return (
        f'<ofd:TextObject ID="1" Boundary="{x} {y} 170 6" Font="1" Size="5"{given}>'
        f'<ofd:TextCode X="0" Y="5" DeltaX="g {len(text) - 1} 5">{text}</ofd:TextCode></ofd:TextObject>'
    )


def ofd(*pages, template="", document="", **more):
    members = {
        "OFD.xml": f"<ofd:OFD {OFD}><ofd:DocBody><ofd:DocInfo><ofd:Title>x</ofd:Title></ofd:DocInfo>"
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {OFD}><ofd:CommonData>"
        '<ofd:TemplatePage ID="9" BaseLoc="Tpls/T/Content.xml"/></ofd:CommonData><ofd:Pages>'
        + "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/P{n}.xml"/>' for n in range(len(pages)))
        + f"</ofd:Pages>{document}</ofd:Document>",
        "Doc_0/Tpls/T/Content.xml": f"<ofd:Page {OFD}><ofd:Content>{template}</ofd:Content></ofd:Page>",
    }
    for number, content in enumerate(pages):
        used = '<ofd:Template TemplateID="9"/>' if template and not number else ""
        members[f"Doc_0/Pages/P{number}.xml"] = (
            f"<ofd:Page {OFD}>{used}<ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content></ofd:Page>"
        )
    return packed(members | more)


FIRST = text_object("采茶的人从外县来", 30) + text_object("镇上的茶厂收鲜叶，", 20)


def test_an_ofd_is_one_document_of_lines_by_place():
    [record] = read_file(ofd(FIRST, text_object("吃住都在厂里。", 20)), "通知.ofd")
    assert isinstance(record, Record) and record.format == "ofd" and record.record_id == ""
    assert [(block.text, block.place) for block in record.blocks] == [
        ("镇上的茶厂收鲜叶，", "p. 1"),
        ("采茶的人从外县来", "p. 1"),
        ("吃住都在厂里。", "p. 2"),
    ]


def test_the_template_of_an_ofd_page_is_its_text_and_hidden_text_is_not():
    head = text_object("山坳县人民政府文件", 5)
    hidden = text_object("不可见的字", 60, Visible="false")
    [record] = read_file(ofd(FIRST + hidden, template=head), "a.ofd")
    assert [block.text for block in record.blocks] == [
        "山坳县人民政府文件",
        "镇上的茶厂收鲜叶，",
        "采茶的人从外县来",
    ]


def test_a_transformed_ofd_text_is_placed_where_it_is_shown():
    moved = (
        '<ofd:TextObject Boundary="20 10 170 6" Size="10" CTM="0.5 0 0 0.5 0 60"><ofd:TextCode X="0" Y="0">'
        "最后一行</ofd:TextCode></ofd:TextObject>"
    )
    [record] = read_file(ofd(moved + FIRST), "a.ofd")
    assert record.blocks[-1].text == "最后一行"


def test_what_of_an_ofd_is_not_read_is_named():
    attached = "<ofd:Attachments>Attachs/list.xml</ofd:Attachments>"
    data = ofd(
        FIRST,
        '<ofd:ImageObject ID="3"/>',
        document=attached,
        **{"Doc_0/Attachs/list.xml": f'<ofd:A {OFD}><ofd:Attachment Name="附表.xlsx"/></ofd:A>'},
    )
    record, passed, error = read_file(data, "a.ofd")
    assert isinstance(record, Record)
    assert isinstance(passed, PassedOver) and passed.place == "a.ofd!附表.xlsx"
    assert isinstance(error, DocumentError) and "page 2: a picture" in error.cause
    [error] = read_file(ofd(FIRST, **{"Doc_0/Document.xml": b"\x00\x17\x99 cipher"}), "a.ofd")
    assert "encrypted" in error.cause
