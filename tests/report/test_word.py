import io
import re
import zipfile

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT

from casemine.report.content import Picture
from casemine.report.three_line import ThreeLine
from casemine.report.word import add_picture, add_table, new_document, say, to_bytes, turn
from report.shown import png

TABLE = ThreeLine("新词表", ["新词", "频次"], [["防贫预警", "3"]], "lr", note="注：按频次。")


def test_a_new_document_has_its_title_and_is_nobodys() -> None:
    document = Document(io.BytesIO(to_bytes(new_document("小研究\x0b"))))
    assert [paragraph.text for paragraph in document.paragraphs] == ["小研究"]
    core = document.core_properties
    assert (core.title, core.author, core.language) == ("小研究", "casemine", "zh-CN")
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_the_same_document_gives_the_same_bytes() -> None:
    def made() -> bytes:
        document = new_document("小研究")
        add_table(document, TABLE)
        return to_bytes(document)

    assert made() == made()
    with zipfile.ZipFile(io.BytesIO(made())) as archive:
        assert not any("thumbnail" in name for name in archive.namelist())


def test_tables_are_numbered_in_order_below_what_is_said_of_them() -> None:
    document = new_document("x")
    add_table(document, TABLE, "新词见表。")
    add_table(document, TABLE)
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[1] == "新词见表。"
    captions = [text for text in texts if re.match(r"表\d", text)]
    assert captions == ["表1  新词表", "表2  新词表"]
    assert texts.count("注：按频次。") == 2
    assert document.tables[0].cell(1, 0).text == "防贫预警"


@pytest.mark.parametrize(("width", "height"), [(60, 40), (4000, 100), (100, 4000)])
def test_a_figure_is_no_wider_than_the_line_and_no_taller_than_a_page(width: int, height: int) -> None:
    document = new_document("x")
    add_picture(document, Picture("tree", "编码树", "", png(width, height)))
    (shape,) = document.inline_shapes
    section = document.sections[0]
    assert shape.width <= section.page_width - section.left_margin - section.right_margin
    assert shape.height.mm <= 190.5
    assert shape.width / shape.height == pytest.approx(width / height, rel=0.01)
    assert document.paragraphs[-1].text == "图1  编码树"


def test_a_section_begins_only_where_the_page_turns() -> None:
    document = new_document("x")
    turn(document, landscape=False)
    assert len(document.sections) == 1
    turn(document, landscape=True)
    turn(document, landscape=True)
    assert [section.orientation for section in document.sections] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE]
    last = document.sections[-1]
    assert last.page_width > last.page_height


def test_what_is_said_is_a_paragraph_that_word_can_hold() -> None:
    document = new_document("x")
    assert say(document, "村里\x00种茶。").text == "村里种茶。"
