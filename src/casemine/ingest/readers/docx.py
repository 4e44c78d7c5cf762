"""Word documents: paragraphs, tables, text boxes and notes in reading order, straight from the XML.

ECMA-376 part 1, chapter 17 (WordprocessingML). Elements are known by their local names, so that the
transitional and the strict namespace read alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from casemine.bounded import Archive
from casemine.errors import DocumentError
from casemine.ingest.readers.html import html_blocks, html_text
from casemine.ingest.readers.mail import html_of, is_message
from casemine.ingest.readers.numbering import Numbering, read_numbering
from casemine.ingest.readers.options import Item, ReadOptions
from casemine.ingest.readers.package import attribute, beside, find, name_of, parse
from casemine.ingest.readers.plain import decode_text
from casemine.ingest.readers.rtf import rtf_blocks
from casemine.ingest.source import Block, Record

if TYPE_CHECKING:
    from lxml import etree

# Deleted and moved-away text, properties, field codes, ruby readings, comments.
# fmt: off
_SKIPPED = frozenset({
    "del", "moveFrom", "rPr", "pPr", "sectPr", "instrText", "delText", "delInstrText", "rt",
    "annotationRef", "footnoteReference", "endnoteReference", "commentReference",
})
# fmt: on
_WRITTEN = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_LONGEST_LABEL = 16
_HEADINGS = ("heading", "标题")
_MAIN = "word/document.xml"
# Documents in a document in a document; Word's own tools write one level.
_MOST_CHUNKS = 3
_UNREAD = "holds a part that only Word can read; the rest was read."


class _Style(NamedTuple):
    """What a style makes of a paragraph: "heading", "title", "contents" or ""; its list and level in it."""

    kind: str = ""
    number_id: str = ""
    level: int = 0


@dataclass
class _Document:
    """What the parts of a docx say of its paragraphs, and what was met while reading them."""

    archive: Archive
    options: ReadOptions
    part: str
    depth: int
    styles: dict[str, _Style] = field(default_factory=dict)
    numbering: Numbering = field(default_factory=Numbering)
    chunks: dict[str, str] = field(default_factory=dict)
    unread: list[DocumentError] = field(default_factory=list)


def read_docx(data: bytes, options: ReadOptions) -> Iterator[Item]:
    """Read a docx as one document; headers, footers, comments and pictures are not its text.

    Numbers that Word makes (第一条) stand before their paragraphs; a part in another format (w:altChunk)
    is read where it stands, or named.
    """
    blocks, unread = _read(data, options, 0)
    if not blocks and unread:
        raise unread[0]
    yield Record(tuple(blocks), "docx")
    yield from unread


def _read(data: bytes, options: ReadOptions, depth: int) -> tuple[list[Block], list[DocumentError]]:
    archive = Archive(data)
    part = _MAIN if archive.named(_MAIN) else _main_part(archive)
    content = archive.named(part)
    if not content:
        raise DocumentError("holds no Word document.", advice="Open it in Word and save it as .docx.")
    document = _Document(archive, options, part, depth)
    document.styles = _read_styles(archive.named("word/styles.xml"))
    numbers = archive.named("word/numbering.xml")
    document.numbering = read_numbering(parse(numbers) if numbers else None)
    document.chunks = _relations(archive, part, "/aFChunk")
    body = find(parse(content), "body")
    blocks = [] if body is None else [*_blocks(body, document)]
    numbered = [block._replace(place=f"¶ {number}") for number, block in enumerate(blocks, start=1)]
    for notes, kind in (("footnotes", "footnote"), ("endnotes", "endnote")):
        numbered += _notes(archive.named(f"word/{notes}.xml"), kind, document)
    return numbered, document.unread


def _relations(archive: Archive, part: str, kind: str) -> dict[str, str]:
    """Return the members that a part names under a kind of relationship, by the id it names them with."""
    folder, _, name = part.rpartition("/")
    content = archive.named(f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels")
    return {
        relation.get("Id", ""): beside(part, relation.get("Target", ""))
        for relation in (parse(content) if content else ())
        if relation.get("Type", "").endswith(kind) and relation.get("TargetMode") != "External"
    }


def _chunk(element: etree._Element, document: _Document) -> list[Block]:
    """Read a part in another format that stands for a stretch of the document (ECMA-376, 17.17.2.1)."""
    content = document.archive.named(document.chunks.get(attribute(element, "id") or "", ""))
    try:
        if content.startswith(b"PK") and document.depth < _MOST_CHUNKS:
            blocks, unread = _read(content, document.options, document.depth + 1)
            document.unread += unread
            return blocks
        if content.startswith(b"{\\rtf"):
            return rtf_blocks(content)
        content = html_of(content) if is_message(content) else content
        if not content.strip() or content.startswith(b"PK"):
            raise DocumentError(_UNREAD)
        if b"<" in content[:1024]:
            return html_blocks(html_text(content, document.options).text)
        lines = decode_text(content, document.options).text.split("\n")
        return [Block(line, "paragraph") for line in lines if line.strip()]
    except DocumentError:
        document.unread.append(DocumentError(_UNREAD, advice="Open it in Word and save it as .docx again."))
        return []


def _main_part(archive: Archive) -> str:
    """Return the part the package names as its main document, where it is not word/document.xml."""
    return next(iter(_relations(archive, "", "/officeDocument").values()), "")


def _is_on(element: etree._Element | None) -> bool:
    return element is not None and attribute(element) not in ("0", "false", "off")


def _read_styles(xml: bytes) -> dict[str, _Style]:
    elements = {attribute(style, "styleId") or "": style for style in parse(xml)} if xml else {}
    return {name: _style(name, elements) for name in elements if name}


def _style(name: str, elements: dict[str, etree._Element]) -> _Style:
    """Return what a style makes of a paragraph, by its name or outline level or those it is based on."""
    kind = number_id = ""
    level = 0
    seen: set[str] = set()
    while name in elements and name not in seen:
        seen.add(name)
        style = elements[name]
        kind = kind or _style_kind(style)
        numbered = find(style, "pPr", "numPr")
        if numbered is not None and not number_id:
            number_id = attribute(find(numbered, "numId")) or ""
            level = _level(numbered)
        name = attribute(find(style, "basedOn")) or ""
    return _Style(kind, number_id, level)


def _style_kind(style: etree._Element) -> str:
    called = (attribute(find(style, "name")) or "").lower()
    if called.startswith("toc ") or called == "table of figures":
        return "contents"
    if called == "title":
        return "title"
    level = attribute(find(style, "pPr", "outlineLvl"))
    return "heading" if called.startswith(_HEADINGS) or (level and level != "9") else ""


def _level(numbered: etree._Element) -> int:
    level = attribute(find(numbered, "ilvl")) or "0"
    return int(level) if level.isdigit() and len(level) < 3 else 0


def _label(properties: etree._Element | None, style: _Style, numbering: Numbering) -> str:
    """Return the number that Word puts before a paragraph, by the paragraph itself or by its style."""
    numbered = find(properties, "numPr")
    stated = attribute(find(numbered, "numId"))
    number_id = style.number_id if stated is None else stated
    if not number_id or number_id == "0":
        return ""
    level = style.level if numbered is None or find(numbered, "ilvl") is None else _level(numbered)
    return numbering.label(number_id, level)


def _blocks(parent: etree._Element, document: _Document) -> Iterator[Block]:
    for element in parent:
        name = name_of(element)
        if name == "p":
            yield from _paragraph(element, document)
        elif name == "tbl":
            yield from _table(element, document)
        elif name == "altChunk":
            yield from _chunk(element, document)
        elif name == "AlternateContent":
            yield from _blocks(_choice(element), document)
        elif name == "sdt" and _is_contents(element):
            continue
        elif name not in _SKIPPED:  # sdt, sdtContent, customXml, ins, moveTo, smartTag
            yield from _blocks(element, document)


def _is_contents(element: etree._Element) -> bool:
    gallery = attribute(find(element, "sdtPr", "docPartObj", "docPartGallery"))
    return gallery == "Table of Contents"


def _choice(element: etree._Element) -> etree._Element:
    """Return the one branch of an mc:AlternateContent that is read; the others say the same again."""
    branches = {name_of(child): child for child in reversed(element)}
    return branches.get("Choice", branches.get("Fallback", element))


def _paragraph(element: etree._Element, document: _Document) -> Iterator[Block]:
    properties = find(element, "pPr")
    style = document.styles.get(attribute(find(properties, "pStyle")) or "", _Style())
    kind = style.kind
    level = attribute(find(properties, "outlineLvl"))
    if kind == "contents":
        return
    if level is not None:
        kind = "heading" if level != "9" else ("title" if kind == "title" else "")
    boxes: list[etree._Element] = []
    text = "".join(_pieces(element, boxes))
    # A paragraph left empty counts in its list, as it does on paper.
    text = (
        _label(properties, style, document.numbering) + text
        if find(element, "r") is not None or text
        else text
    )
    for line in text.split("\n"):
        if line.strip():
            yield Block(line, kind or "paragraph")
    for box in boxes:
        yield from _blocks(box, document)


def _pieces(element: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
    """Yield the visible text of a paragraph or run; text boxes met on the way go to `boxes`."""
    for child in element:
        name = name_of(child)
        if name == "t":
            yield child.text or ""
        elif name in _WRITTEN:
            yield _WRITTEN[name]
        elif name == "txbxContent":
            boxes.append(child)
        elif name == "AlternateContent":
            yield from _pieces(_choice(child), boxes)
        elif name and name not in _SKIPPED and not _is_on(find(child, "rPr", "vanish")):
            yield from _pieces(child, boxes)


def _table(table: etree._Element, document: _Document) -> Iterator[Block]:
    """Yield a block a row; a row with longer cells (a form, a page laid out by a table) cell by cell."""
    for row in _grown(table, "tr"):
        if find(row, "trPr", "del") is not None:
            continue
        cells = [
            _joined_label([*_blocks(cell, document)]) for cell in _grown(row, "tc") if not _continues(cell)
        ]
        filled = [cell for cell in cells if cell]
        if len(filled) > 1 and all(len(cell) == 1 and "\t" not in cell[0].text for cell in filled):
            yield Block("\t".join(cell[0].text.strip() if cell else "" for cell in cells), "row")
        else:
            yield from (block for cell in filled for block in cell)


def _joined_label(cell: list[Block]) -> list[Block]:
    """Join the short paragraphs over which a narrow cell of a form breaks its label."""
    short = sum(len(block.text) for block in cell) <= _LONGEST_LABEL
    if len(cell) > 1 and short and all(block.kind == "paragraph" for block in cell):
        return [Block("".join(block.text.strip() for block in cell), "paragraph")]
    return cell


def _grown(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the rows of a table or cells of a row, also inside content controls and custom XML."""
    for child in parent:
        if name_of(child) == name:
            yield child
        elif name_of(child) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _grown(child, name)


def _continues(cell: etree._Element) -> bool:
    """Tell whether a cell is covered by one above (vMerge) or to its left (hMerge)."""
    properties = find(cell, "tcPr")
    merges = [find(properties, name) for name in ("vMerge", "hMerge")]
    return any(merge is not None and attribute(merge) in (None, "continue") for merge in merges)


def _notes(xml: bytes, kind: str, document: _Document) -> list[Block]:
    blocks: list[Block] = []
    for note in parse(xml) if xml else ():
        if attribute(note, "type") in (None, "normal"):
            number = attribute(note, "id") or ""
            blocks += [block._replace(place=f"{kind} {number}") for block in _blocks(note, document)]
    return blocks
