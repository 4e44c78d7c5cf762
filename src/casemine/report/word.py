"""A Word document as Chinese journals set one: its styles, its pages, numbered captions, and its bytes.

Fonts are named, never shipped: 宋体 and 黑体 for Han characters, Times New Roman for the rest.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from casemine import sheets
from casemine.report.three_line import ThreeLine, markup

if TYPE_CHECKING:
    from casemine.report.content import Picture

TABLE, FIGURE = "表", "图"
_SONG, _HEI, _LATIN = "宋体", "黑体", "Times New Roman"
_TEXT_STYLE, _NOTE_STYLE = "Table Text", "Table Note"
# Millimetres: A4, and Word's own margins in China.
_SHORT, _LONG, _TOP, _SIDE = 210, 297, 25.4, 31.7
# Millimetres of a page's height that a figure may take.
_TALLEST = 190


def new_document(title: str) -> Any:
    """Return an empty python-docx document with the styles and the page of a Chinese journal."""
    from docx import Document

    document = Document()
    _set_styles(document)
    section = document.sections[0]
    _lay_page(section, landscape=False)
    section.footer.paragraphs[0].style = "Footer"
    _add_field(section.footer.paragraphs[0], "PAGE", "1")
    core = document.core_properties
    core.title, core.author, core.comments, core.keywords = sheets.printable(title)[:255], "casemine", "", ""
    core.last_modified_by, core.language = "casemine", "zh-CN"
    core.created = core.modified = datetime(1980, 1, 1, tzinfo=UTC)
    # The template's preview picture shows another document.
    package = document.part.package
    for name in [name for name, link in package.rels.items() if link.reltype.endswith("/thumbnail")]:
        del package.rels[name]
    document.add_paragraph(sheets.printable(title), "Title")
    return document


def _set_styles(document: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt

    centre = WD_ALIGN_PARAGRAPH.CENTER
    for name in (_TEXT_STYLE, _NOTE_STYLE):
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    language = document.styles.element.find(f".//{qn('w:lang')}")
    language.set(qn("w:eastAsia"), "zh-CN")
    # Name, Han font, points, bold, alignment, lines, points before and after.
    for name, han, size, bold, side, lines, before, after in (
        ("Normal", _SONG, 12, False, None, 1.5, 0, 0),
        ("Body Text", _SONG, 12, False, None, 1.5, 0, 0),
        ("Title", _HEI, 18, True, centre, 1.25, 0, 18),
        ("Heading 1", _HEI, 15, True, None, 1.25, 18, 9),
        ("Heading 2", _HEI, 12, True, None, 1.25, 12, 6),
        ("Caption", _SONG, 10.5, True, centre, 1.25, 12, 4),
        (_TEXT_STYLE, _SONG, 9, False, None, 1, 1.5, 1.5),
        (_NOTE_STYLE, _SONG, 9, False, None, 1, 3, 9),
        ("Footer", _SONG, 9, False, centre, 1, 0, 0),
    ):
        style = document.styles[name]
        _set_font(style, han, size, bold=bold)
        paragraph = style.paragraph_format
        paragraph.alignment, paragraph.line_spacing = side, lines
        paragraph.space_before, paragraph.space_after = Pt(before), Pt(after)
        for border in style.element.pPr.findall(qn("w:pBdr")):
            style.element.pPr.remove(border)
    document.styles["Caption"].paragraph_format.keep_with_next = True
    _indent(document.styles["Body Text"])


def _set_font(style: Any, han: str, size: float, *, bold: bool) -> None:
    """Name the fonts of a style outright: a font of the theme, or a theme's colour, would win over them."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name, style.font.size = _LATIN, Pt(size)
    style.font.bold, style.font.italic = bold, False
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    fonts.attrib.clear()
    for script, name in (("ascii", _LATIN), ("hAnsi", _LATIN), ("eastAsia", han), ("cs", _LATIN)):
        fonts.set(qn(f"w:{script}"), name)


def _indent(style: Any) -> None:
    """Indent the first line by two characters, whatever their size."""
    from docx.oxml.ns import qn

    indent = style.element.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:firstLineChars"), "200")
    indent.set(qn("w:firstLine"), "480")


def _lay_page(section: Any, *, landscape: bool) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    # Turned, a page keeps its margins where they were on the paper.
    width, height, side, top = (_LONG, _SHORT, _TOP, _SIDE) if landscape else (_SHORT, _LONG, _SIDE, _TOP)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin = section.right_margin = Mm(side)
    section.top_margin = section.bottom_margin = Mm(top)


def turn(document: Any, *, landscape: bool) -> None:
    """Go on in a landscape or a portrait section; begin a new one only where the page turns."""
    from docx.enum.section import WD_ORIENT

    wanted = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    if document.sections[-1].orientation != wanted:
        _lay_page(document.add_section(), landscape=landscape)


def _line_width(document: Any) -> int:
    """Return the width of a line of the last section in twentieths of a point."""
    from docx.shared import Twips

    section = document.sections[-1]
    return int((section.page_width - section.left_margin - section.right_margin) // Twips(1))


def say(document: Any, text: str) -> Any:
    """Add and return a paragraph of text."""
    return document.add_paragraph(sheets.printable(text), "Body Text")


def add_table(document: Any, table: ThreeLine, said: str = "") -> None:
    """Add what is said of a table, its numbered caption, the table and its note."""
    from docx.oxml import parse_xml

    if said:
        say(document, said).paragraph_format.keep_with_next = True
    _caption(document, TABLE, len(document.tables) + 1, table.caption)
    drawn = markup(table, _line_width(document), document.styles[_TEXT_STYLE].style_id)
    document.element.body.sectPr.addprevious(parse_xml(drawn))
    # Also without a note: two tables that touch are one in Word.
    document.add_paragraph(sheets.printable(table.note), _NOTE_STYLE)


def add_picture(document: Any, picture: Picture) -> None:
    """Add a figure in its own size or as wide as the line, its numbered caption below it."""
    from docx.shared import Mm, Twips

    number = len(document.inline_shapes) + 1
    paragraph = document.add_paragraph()
    paragraph.style, paragraph.paragraph_format.keep_with_next = _TEXT_STYLE, True
    paragraph.alignment = document.styles["Caption"].paragraph_format.alignment
    shape = paragraph.add_run().add_picture(io.BytesIO(picture.png))
    shrink = min(1, Twips(_line_width(document)) / shape.width, Mm(_TALLEST) / shape.height)
    shape.width, shape.height = int(shape.width * shrink), int(shape.height * shrink)
    shape._inline.docPr.set("descr", sheets.printable(picture.caption))
    shape._inline.docPr.set("name", f"{FIGURE}{number}")
    _caption(document, FIGURE, number, picture.caption).paragraph_format.keep_with_next = False


def _caption(document: Any, label: str, number: int, text: str) -> Any:
    """Add a caption that Word numbers itself; the number is there before Word has counted."""
    paragraph = document.add_paragraph(label, "Caption")
    _add_field(paragraph, f"SEQ {label} \\* ARABIC", str(number))
    paragraph.add_run(f"  {sheets.printable(text)}")
    return paragraph


def _add_field(paragraph: Any, instruction: str, shown: str) -> None:
    """Add a field as Word writes its own: what it says, and what it showed last."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    def mark(kind: str) -> str:
        return f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>'

    said = f'<w:instrText {nsdecls("w")} xml:space="preserve"> {instruction} </w:instrText>'
    for piece in (mark("begin"), said, mark("separate")):
        paragraph.add_run()._r.append(parse_xml(piece))
    paragraph.add_run(shown)
    paragraph.add_run()._r.append(parse_xml(mark("end")))


def to_bytes(document: Any) -> bytes:
    """Return the file; the same document gives the same bytes."""
    written = io.BytesIO()
    document.save(written)
    return sheets.with_fixed_dates(written)
