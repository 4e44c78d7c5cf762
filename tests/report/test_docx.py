"""The Word file: three-line tables that say what the CSV files say, captions in order, the same bytes."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from casemine import pipeline, sheets
from casemine.pipeline.report import report_view
from casemine.pipeline.view import view
from casemine.report.content import Content, Picture
from casemine.report.docx import docx
from casemine.report.method import citation, method_en, method_zh
from casemine.schema import AGREEMENT
from casemine.study import Study
from report.shown import changed, png

RULES = {"top": "12", "bottom": "12"}

PICTURES = (
    Picture("words", "关键词词云", "<svg/>", png(200, 100)),
    Picture("codes", "编码结构", "<svg/>", png(2000, 500)),
)


@pytest.fixture(scope="module")
def gathered(reported: Path) -> Content:
    return report_view(view(Study(reported)), title="防贫案例", drawings=PICTURES)


@pytest.fixture(scope="module")
def document(gathered: Content) -> Any:
    return Document(io.BytesIO(docx(gathered)))


def captions(document: Any) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Caption"]


def rows(document: Any, caption: str) -> list[list[str]]:
    """The cells below the header of the table that stands after `caption`; a merged cell repeats its text."""
    for paragraph in document.paragraphs:
        if paragraph.style.name == "Caption" and paragraph.text.endswith(f"  {caption}"):
            after = paragraph._p.getnext()
            [table] = [table for table in document.tables if table._tbl is after]
            return [[cell.text for cell in row.cells] for row in table.rows][1:]
    raise AssertionError(f"no table {caption}")


def unfolded(found: list[list[str]]) -> list[list[str]]:
    """The rows of a table of two halves, one below the other."""
    half = len(found[0]) // 2
    return [row[:half] for row in found] + [row[half:] for row in found if any(row[half:])]


def read(study: Path, name: str) -> list[dict[str, str]]:
    frame: pd.DataFrame = sheets.read_csv(study / name)
    return frame.to_dict("records")


def headings(document: Any) -> list[str]:
    return [p.text for p in document.paragraphs if p.style.name == "Heading 1"]


def borders(element: Any) -> dict[str, str]:
    return {child.tag.split("}")[1]: child.get(qn("w:sz")) for child in element}


def test_every_table_has_three_lines_and_no_other(document: Any) -> None:
    assert document.tables
    for table in document.tables:
        found = list(table._tbl.iter(qn("w:tblBorders"), qn("w:tcBorders")))
        header = table._tbl.tr_lst[0].tc_lst
        assert borders(found[0]) == RULES
        assert [borders(cell) for cell in found[1:]] == [{"bottom": "6"}] * len(header)
        assert all(cell.getparent().getparent() in header for cell in found[1:])


def test_the_header_repeats_and_rows_stay_whole(document: Any) -> None:
    for table in document.tables:
        header, *others = table._tbl.tr_lst
        assert header.trPr.find(qn("w:tblHeader")) is not None
        assert not [tr for tr in others if tr.trPr.find(qn("w:tblHeader")) is not None]
        assert all(tr.trPr.find(qn("w:cantSplit")) is not None for tr in table._tbl.tr_lst)


def test_columns_fill_the_line(document: Any) -> None:
    section = document.sections[0]
    line = (section.page_width - section.left_margin - section.right_margin) // 635
    grid = [int(column.get(qn("w:w"))) for column in document.tables[0]._tbl.tblGrid]
    assert sum(grid) == line
    assert all(width > 0 for width in grid)


def test_captions_count_themselves_and_show_their_numbers(document: Any) -> None:
    found = captions(document)
    for label in ("表", "图"):
        numbers = [match[1] for text in found if (match := re.match(rf"{label}(\d+)  \S", text))]
        assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
        said = [text.text.split() for text in document.element.body.iter(qn("w:instrText"))]
        assert said.count(["SEQ", label, "\\*", "ARABIC"]) == len(numbers)
    assert len(found) == len(document.tables) + len(PICTURES)


def test_fonts_are_named_and_black(document: Any) -> None:
    for name in ("Normal", "Caption", "Table Text", "Table Note", "Body Text"):
        fonts = document.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == "宋体"
        assert fonts.get(qn("w:ascii")) == fonts.get(qn("w:hAnsi")) == "Times New Roman"
    assert document.styles["Table Text"].font.size.pt == 9
    assert document.styles["Caption"].font.bold
    for name in ("Title", "Heading 1", "Heading 2", "Caption"):
        assert str(document.styles[name].font.color.rgb) == "000000"
        assert document.styles[name].font.color.theme_color is None


def test_table_text_has_its_style_and_no_font_of_its_own(document: Any) -> None:
    for table in document.tables:
        assert {p.style.name for row in table.rows for cell in row.cells for p in cell.paragraphs} == {
            "Table Text"
        }
        assert not list(table._tbl.iter(qn("w:rPr")))


def test_the_document_is_a4_with_page_numbers_and_headings(document: Any) -> None:
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert (round(section.left_margin.cm, 2), round(section.top_margin.cm, 2)) == (3.17, 2.54)
    [field] = section.footer._element.iter(qn("w:instrText"))
    assert field.text.strip() == "PAGE"
    assert headings(document) == [
        "研究方法", "语料", "新词与关键词", "三级编码", "信度与饱和度", "地区与年份", "图示", "附录",
    ]  # fmt: skip
    assert [p.text for p in document.paragraphs if p.style.name == "Title"] == ["防贫案例"]


def test_the_method_comes_first_in_both_languages(document: Any, gathered: Content) -> None:
    said = [p.text for p in document.paragraphs if p.style.name == "Body Text"]
    assert said[:3] == [method_zh(gathered), method_en(gathered), citation(gathered)]


def test_documents_words_and_keywords_say_what_the_files_say(document: Any, reported: Path) -> None:
    assert rows(document, "政策文本清单") == [
        [str(number), row["title"], row["region"], row["year"], row["chars"]]
        for number, row in enumerate(read(reported, "documents.csv"), 1)
    ]
    words = [
        row
        for row in read(reported, "new_words.csv")
        if row["generic"] == "False" and not row["absorbed_by"] and row["kind"] == "term"
    ]
    assert unfolded(rows(document, "新词表")) == [
        [row["word"], row["pos"], f"{float(row['weight']):.2f}", row["frequency"]] for row in words[:30]
    ]
    assert unfolded(rows(document, "高频词表")) == [
        [
            str(rank),
            *(row[name] for name in ("keyword", "documents", "containing", "occurrences")),
            f"{100 * float(row['share']):.1f}",
        ]
        for rank, row in enumerate(read(reported, "frequency_final.csv")[:50], 1)
    ]
    keywords = read(reported, "keywords_final.csv")
    for doc, row in zip(read(reported, "documents.csv"), rows(document, "关键词权重表"), strict=True):
        own = [word for word in keywords if word["doc_id"] == doc["doc_id"]]
        assert row[1] == doc["title"]
        assert row[2] == "、".join(f"{word['word']}（{float(word['weight']):.2f}）" for word in own)


def test_coding_tables_say_what_the_codings_say(document: Any, reported: Path, gathered: Content) -> None:
    codings = read(reported, "codings.csv")
    shown = rows(document, "开放式编码表")
    assert {(row[1], row[2], row[3]) for row in shown} <= {
        (row["quote"], row["keyword"], row["code"]) for row in codings
    }
    for code in {row["code"] for row in codings}:
        sentences = {(row["doc_id"], row["start"]) for row in codings if row["code"] == code}
        assert len([row for row in shown if row[3] == code]) == min(3, len(sentences))
    counts = gathered.coding_table.set_index("axial")
    axial = rows(document, "主轴编码表")
    assert axial
    for name, codes, *shown_counts in axial:
        row = counts.loc[[name]].iloc[0]
        names = ("axial_documents", "axial_keyword_documents", "axial_occurrences")
        assert shown_counts == [str(row[column]) for column in names]
        for code, cases in re.findall(r"([^、（]+)（(\d+)）", codes):
            assert cases == str(len({row["doc_id"] for row in codings if row["code"] == code}))
    chains = {(row["selective"], row["axial"]) for row in gathered.coding_table.to_dict("records")}
    selective = rows(document, "选择性编码表")
    assert {(row[0].partition("（")[0], row[1]) for row in selective} <= chains
    for row in gathered.coding_table.drop_duplicates("selective").to_dict("records"):
        told = f"（{row['selective_documents']}/{row['selective_keyword_documents']}）"
        assert {line[0] for line in selective if line[0].startswith(row["selective"])} <= {
            row["selective"] + told
        }
    assert {code for row in selective for code in row[2].split("、")} == {row["code"] for row in codings}


def test_a_core_category_stands_once_over_its_axial_categories(document: Any) -> None:
    [table] = [table for table in document.tables if table.rows[0].cells[0].text == "核心范畴"]
    texts = ["".join(tr.tc_lst[0].itertext()) for tr in table._tbl.tr_lst[1:]]
    merged = [tr.tc_lst[0].vMerge for tr in table._tbl.tr_lst[1:]]
    named = [text for text in texts if text]
    assert len(named) == len(set(named))
    assert [text == "" for text in texts] == [merge == "continue" for merge in merged]


def test_saturation_and_groups_say_what_the_files_say(
    document: Any, reported: Path, gathered: Content
) -> None:
    summary = read(reported, "tables/saturation_summary.csv")
    shown = rows(document, "理论饱和度检验")
    assert [row[1:5] for row in shown] == [
        [row["documents"], row["held_out"], row["base"], row["new"]] for row in summary
    ]
    by_region = gathered.groups["region"]
    by_region = by_region[by_region["level"] == "selective"]
    table = rows(document, "各地区的选择性编码分布")
    for region, size, *cells in table[:-1]:
        of_region = by_region[by_region["group"] == region]
        assert size == str(of_region["group_documents"].iloc[0])
        counts = [cell.partition("（")[0].partition("/") for cell in cells]
        assert sum(int(count) for count, _, _ in counts) == of_region["documents"].sum()
        assert sum(int(own or 0) for _, _, own in counts) == of_region["keyword_documents"].sum()
    assert table[-1][:2] == ["合计", str(len(read(reported, "documents.csv")))]


def test_figures_have_captions_below_and_alternative_text(document: Any) -> None:
    shapes = document.inline_shapes
    assert [shape._inline.docPr.get("descr") for shape in shapes] == [p.caption for p in PICTURES]
    assert [text for text in captions(document) if text.startswith("图")] == [
        "图1  关键词词云",
        "图2  编码结构",
    ]
    section = document.sections[0]
    line = section.page_width - section.left_margin - section.right_margin
    small, large = shapes
    assert round(small.width.inches, 1) == round(200 / 72, 1)
    assert abs(large.width - line) < 1000
    assert large.height * 4 == pytest.approx(large.width, abs=10)


def test_the_same_study_gives_the_same_bytes(gathered: Content) -> None:
    once, again = docx(gathered), docx(gathered)
    assert once == again
    with zipfile.ZipFile(io.BytesIO(once)) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in package.namelist() if name.endswith((".jpeg", ".ttf", ".odttf"))]
        assert b"python-docx" not in package.read("docProps/core.xml")


def test_characters_that_xml_cannot_hold_are_dropped_and_long_sentences_stay_whole(gathered: Content) -> None:
    long = "一<&>" + "很长的句子，" * 2000 + "完\x00\x0b。"
    awkward = changed(
        gathered,
        title="标题\x01",
        documents=gathered.documents.assign(title="=甲\x02“乙”{丙}"),
        open_coding=gathered.open_coding.assign(quote=long),
        pictures=(replace(PICTURES[0], caption="图\x03"),),
    )
    document = Document(io.BytesIO(docx(awkward)))
    assert rows(document, "政策文本清单")[0][1] == "=甲“乙”{丙}"
    assert rows(document, "开放式编码表")[0][1] == long.replace("\x00\x0b", "")
    [table] = [table for table in document.tables if table.rows[0].cells[1].text == "原始语句"]
    assert table._tbl.tr_lst[1].trPr.find(qn("w:cantSplit")) is None


def test_a_long_table_is_shown_in_part_and_whole_in_the_appendix(gathered: Content) -> None:
    many = pd.concat([gathered.documents] * 14, ignore_index=True)
    document = Document(io.BytesIO(docx(changed(gathered, documents=many))))
    assert len(rows(document, "政策文本清单（部分）")) == 40
    assert len(rows(document, "政策文本清单")) == 42
    said = "\n".join(p.text for p in document.paragraphs)
    assert "下表列出前40篇，其余见附录。" in said
    assert "下表列出前40篇，共42篇，全表见keywords_final.csv。" in said


def wide(gathered: Content) -> Iterator[dict[str, object]]:
    for group in ("甲省", "乙省"):
        for number in range(23):
            yield {
                "level": "axial", "code": f"编码{number}", "group": group, "group_documents": 3,
                "documents": number % 3 + 1, "share": 0.5, "quotations": 1, "quotation_share": 0.1,
            }  # fmt: skip


def test_wide_tables_lie_on_their_side_and_go_on_in_further_ones(gathered: Content) -> None:
    table = pd.DataFrame(wide(gathered))
    document = Document(io.BytesIO(docx(changed(gathered, groups={"region": table}, leading_cases=None))))
    parts = [text.partition("  ")[2] for text in captions(document) if "各地区的主轴" in text]
    assert parts == [f"各地区的主轴编码分布（{number}）" for number in (1, 2, 3)]
    assert [len(rows(document, part)[0]) for part in parts] == [2 + 8, 2 + 8, 2 + 7]
    assert WD_ORIENT.LANDSCAPE in {section.orientation for section in document.sections}
    assert document.sections[-1].orientation == WD_ORIENT.PORTRAIT
    assert rows(document, parts[2])[-1][:3] == ["合计", "6", "4"]


def test_agreement_shows_coefficients_with_their_interval(gathered: Content) -> None:
    row = {"code": "*", "units": 40, "given": 20, "apart": 0, "percent": 0.9, "holsti": 0.8, "cohen": 0.71,
           "fleiss": 0.7, "alpha": 0.7012, "alpha_low": 0.5, "alpha_high": 0.85, "note": ""}  # fmt: skip
    none = {**row, "code": "防贫预警", "cohen": None, "fleiss": None, "alpha": None,
            "alpha_low": None, "alpha_high": None, "note": "undefined"}  # fmt: skip
    document = Document(io.BytesIO(docx(changed(gathered, agreement=AGREEMENT.frame([row, none])))))
    assert rows(document, "编码员间信度") == [
        ["全部编码", "40", "0.900", "0.800", "0.710", "0.700", "0.701", "[0.500, 0.850]"],
        ["防贫预警", "40", "0.900", "0.800", "—", "—", "—", "—"],
    ]


def test_a_study_without_codes_or_words_says_how_to_get_them(tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "a.txt").write_text("今天天气很好。", encoding="utf-8")
    pipeline.extract.extract([str(tmp_path / "cases")], tmp_path / "study")
    document = Document(io.BytesIO(docx(report_view(view(Study(tmp_path / "study"))))))
    said = "\n".join(p.text for p in document.paragraphs)
    for command in ("casemine run STUDY", "casemine code STUDY", "casemine agree A B", "casemine saturation"):
        assert command in said
    assert "编码表" not in "".join(captions(document))
    assert all(len(table.rows) > 1 for table in document.tables)
    assert "图示" not in headings(document)
