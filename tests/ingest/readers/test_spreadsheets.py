import io

import pytest

from casemine.errors import DocumentError
from casemine.ingest.readers import read_file
from casemine.ingest.readers.spreadsheets import _cell, _rows
from casemine.ingest.source import Record

PROSE = "村里办起了养蜂场，蜂蜜卖到县城，农户每月分红，年轻人也回来了，老人在家门口做工。"
OTHER = "镇上的茶厂收鲜叶，价钱比往年高一成，采茶的人从外县来，吃住都在厂里，一季做下来不少。"


def texts(data, name):
    items = list(read_file(data, name))
    assert all(isinstance(item, Record) for item in items), items
    return [(item.record_id, item.blocks[0].text, item.format) for item in items]


def test_an_html_table_named_xls_is_a_table():
    rows = f"<tr><td>题名</td><td>摘要</td></tr><tr><td>蜂</td><td>{PROSE}</td></tr>"
    page = f"<html><body><table>{rows}</table></body></html>"
    for name in ("a.xls", "a.xlsx", "a.et"):
        assert [item.blocks[-1].text for item in read_file(page.encode("gbk"), name)] == [PROSE]
    assert [item.format for item in read_file(page.encode(), "a.html")] == ["html"]


def test_a_cell_over_several_rows_holds_for_each():
    head = "<tr><th>地</th><th>正文</th></tr>"
    rows = f"<tr><td rowspan=2>北山</td><td>{PROSE}</td></tr><tr><td>{OTHER}</td></tr>"
    items = list(read_file(f"<table>{head}{rows}</table>".encode(), "a.xls"))
    assert [(item.metadata["地"], item.blocks[0].text) for item in items] == [
        ("北山", PROSE),
        ("北山", OTHER),
    ]


def spreadsheet(*rows):
    return (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="表"><Table>'
        + "".join(rows)
        + "</Table></Worksheet></Workbook>"
    ).encode()


def cell(text, **given):
    return (
        f"<Cell{''.join(f' ss:{name}={value!r}' for name, value in given.items())}><Data>{text}</Data></Cell>"
    )


def test_an_xml_spreadsheet_is_a_table():
    data = spreadsheet(
        f"<Row>{cell('地')}{cell('正文')}</Row>",
        f"<Row ss:Index='4'>{cell('北山', MergeDown='1')}{cell(PROSE)}</Row>",
        f"<Row>{cell(OTHER, Index='2')}</Row>",
    )
    assert texts(data, "a.xls") == [("#4", PROSE, "xls"), ("#5", OTHER, "xls")]
    assert [item.metadata for item in read_file(data, "a.xml")] == [{"地": "北山"}] * 2


def test_a_place_outside_any_sheet_is_refused():
    for row in (f"<Row ss:Index='2000000000'>{cell('x')}</Row>", f"<Row>{cell('x', Index='99999999')}</Row>"):
        [error] = read_file(spreadsheet(row), "a.xls")
        assert isinstance(error, DocumentError) and "outside" in error.cause and error.advice


class Sheet:
    height, width = 2, 2
    merged_cell_ranges = (((0, 0), (1, 0)),)

    def to_python(self, skip_empty_area):
        return [["北山", 2021.0], ["", 3.5]]


def test_cells_of_an_old_workbook_are_written_as_people_read_them():
    import datetime

    assert _rows(Sheet()) == [(1, ["北山", "2021"]), (2, ["北山", "3.5"])]
    assert _cell(datetime.datetime(2021, 3, 5)) == "2021-03-05"
    assert _cell(datetime.datetime(2021, 3, 5, 8, 30)) == "2021-03-05 08:30:00"
    assert _cell(True) == "True" and _cell(None) == ""


def test_a_sheet_of_too_many_cells_is_refused():
    huge = Sheet()
    huge.height, huge.width = 65_536, 16_384
    with pytest.raises(DocumentError, match="cells"):
        _rows(huge)


def test_a_workbook_that_is_none_is_named():
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    for name in ("a.xls", "a.et"):
        [error] = read_file(ole, name)
        assert isinstance(error, DocumentError) and "xlsx" in error.advice


def test_an_ods_is_read():
    import zipfile

    row = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        for text in ("题", "正文")
    )
    body = row.replace("题", "蜂").replace("正文", PROSE)
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="a"><table:table-row>{row}</table:table-row>'
        f"<table:table-row>{body}</table:table-row></table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    assert texts(data.getvalue(), "a.ods") == [("#2", PROSE, "ods")]
