import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casemine.bounded import open_workbook, workbook
from casemine.errors import UnreadableError

from . import hostile_files as hostile


def cells(data):
    with open_workbook(data) as (sheets, _):
        return [
            (number, [cell and cell.value for cell in row])
            for sheet in sheets
            for number, row in sheet.rows()
        ]


def test_rows_keep_their_numbers_and_gaps_stay_blank():
    rows = f'<row r="7">{hostile.cell("C7", "茶园")}</row>'
    assert cells(hostile.workbook(rows=rows)) == [(1, ["词语", "决定"]), (7, [None, None, "茶园"])]


def test_a_row_without_its_number_is_one_below_the_last():
    said = '<c t="inlineStr"><is><t>{}</t></is></c>'
    rows = f'<row r="5">{said.format("甲")}</row><row>{said.format("乙")}</row>'
    assert cells(hostile.workbook(rows=rows))[1:] == [(5, ["甲"]), (6, ["乙"])]


def test_a_million_rows_of_mere_style_are_no_work():
    assert cells(hostile.styled_rows(200_000))[1:] == [(200_000, ["茶园", "留"])]


@pytest.mark.parametrize(
    ("made", "cause"),
    [
        (hostile.row_2e9, "no sheet has"),
        (hostile.odd_styled_rows, "more cells than a sheet has columns"),
        (hostile.shared_strings, "larger than is safe"),
        (hostile.merged, "larger than is safe"),
        (hostile.zip_bomb, "more than is safe"),
        (lambda: hostile.zip_bomb(size=20 << 20), "zip bomb"),
        (lambda: hostile.flipped(hostile.workbook()), "damaged"),
        (lambda: hostile.workbook()[:-200], "damaged"),
        (lambda: b"PK\x03\x04", "damaged"),
    ],
)
def test_what_harms_is_refused(made, cause):
    with pytest.raises(UnreadableError, match=cause):
        cells(made())


def test_a_wide_sheet_of_gaps_is_refused(monkeypatch):
    monkeypatch.setattr(workbook, "_MOST_GAPS", 1_000_000)
    with pytest.raises(UnreadableError, match="all but blank"):
        cells(hostile.wide_rows())


def changed(name, content):
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(hostile.workbook())) as old, zipfile.ZipFile(packed, "w") as new:
        for member in old.namelist():
            new.writestr(member, content if member == name else old.read(member))
    return packed.getvalue()


def test_a_part_in_another_encoding_or_with_entities_is_refused():
    sheet = "xl/worksheets/sheet1.xml"
    for content in (
        hostile.SHEET.format("").encode("utf-16"),
        b'<?xml version="1.0" encoding="UTF-7"?><worksheet/>',
        hostile.SHEET.format("").encode("utf-16-le"),
    ):
        with pytest.raises(UnreadableError, match="UTF-8"):
            cells(changed(sheet, content))
    with pytest.raises(UnreadableError, match="document type"):
        cells(changed(sheet, b'<!DOCTYPE a [<!ENTITY b "c">]>' + hostile.SHEET.format("").encode()))
    with pytest.raises(UnreadableError, match="larger than is safe"):
        cells(changed("xl/styles.xml", b"<styleSheet>" + b"<xf/>" * 500_000 + b"</styleSheet>"))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 255), st.booleans())
def test_whatever_byte_is_changed_it_is_read_or_refused(place, byte, cut):
    data = hostile.workbook(rows=f'<row r="2">{hostile.cell("A2", "茶园")}</row>')
    place %= len(data)
    damaged = data[:place] if cut else data[:place] + bytes([byte]) + data[place + 1 :]
    try:
        cells(damaged)
    except UnreadableError as error:
        assert error.cause
