"""What an analysis says stands in the page and in the Word file: tables, figures, quotations, method."""

import io
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from docx import Document as WordFile
from lxml import html as lxml_html

from casemine.pipeline.report import report_view
from casemine.pipeline.view import view
from casemine.report.content import Content, Picture
from casemine.report.docx import docx
from casemine.report.html import html
from casemine.report.section import Quotation, Section, SectionTable, cells
from casemine.study import Study
from report.shown import changed

SVG = '<svg xmlns="http://www.w3.org/2000/svg"><path id="topics-p"/></svg>'


@pytest.fixture(scope="module")
def content(attacking: Path, attack: str) -> Any:
    gathered: Content = report_view(view(Study(attacking)))
    first = gathered.texts[0]
    frame = pd.DataFrame({"主题": [f"甲{attack}", "乙"], "段落数": [1200, 3], "占比": [0.25, 0.0001]})
    section = Section(
        "topics",
        "主题",
        f"共2个主题{attack}。",
        "主题以非负矩阵分解得出。",
        "Topics were found by NMF.",
        tables=[
            SectionTable("主题表", frame, note="占比为段落所占比例。", most=1, shares=["占比"]),
            SectionTable("空表", frame.head(0)),
        ],
        quotations=[Quotation("甲", first.doc_id, 0, 4), Quotation("甲", first.doc_id, 2, 6)],
    )
    return changed(gathered, sections=(section,))


def test_cells_are_written_as_a_reader_expects() -> None:
    assert cells([1234, True, False]) == ["1,234", "是", ""]
    assert cells([0.25, 1.0, 12345.678, 1e-9, 0.0]) == ["0.25", "1", "12,345.7", "<0.001", "0"]
    assert cells([0.25], share=True) == ["25.0%"]


def test_the_page_shows_a_section_and_leads_its_quotations_to_the_text(content: Any, attack: str) -> None:
    page = html(content)
    tree = lxml_html.document_fromstring(page)
    (section,) = tree.xpath("//section[@id='topics']")
    assert section.findtext("h2") == "主题"
    assert tree.xpath("//nav/a[@href='#topics']/text()") == ["主题"]
    assert section.xpath(".//h3/text()") == ["主题表", "原文"]
    rows = [[cell.text for cell in row] for row in section.xpath(".//tbody/tr")]
    assert rows == json.loads(tree.get_element_by_id("data").text)["tables"]["topics-1"]["rows"]
    assert rows[0][0] == f"甲{attack}"
    text = content.texts[0].text
    assert section.xpath(".//li/p[1]/text()") == [text[0:4], text[2:6]]
    assert section.xpath(".//li//a/@href")[1].endswith("at=2-6")
    assert "主题以非负矩阵分解得出。" in page and "Topics were found by NMF." in page


def test_pictures_of_a_section_stand_in_it(content: Any) -> None:
    (section,) = content.sections
    pictured = Section(section.name, section.title, "", "", "", pictures=[Picture("t", "主题图", SVG, b"")])
    tree = lxml_html.document_fromstring(html(changed(content, sections=(pictured,))))
    assert tree.xpath("//section[@id='topics']//figcaption/text()") == ["图 1　主题图"]


def test_the_word_file_holds_the_first_rows_and_the_quotations(content: Any) -> None:
    document = WordFile(io.BytesIO(docx(content)))
    headings = [each.text for each in document.paragraphs if each.style.name == "Heading 1"]
    assert headings[-2:] == ["主题", "附录"]
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    (printed,) = (table for table in tables if table[0] == ["主题", "段落数", "占比"])
    assert len(printed) == 2
    (quoted,) = (table for table in tables if table[0] == ["所示", "原文", "出处"])
    assert [row[1] for row in quoted[1:]] == [content.texts[0].text[0:4], content.texts[0].text[2:6]]
    assert any("共2行" in each.text for each in document.paragraphs)
    assert docx(content) == docx(content)
