"""Word documents: paragraphs, tables, text boxes and notes in reading order, straight from the XML.

ECMA-376 part 1, chapter 17 (WordprocessingML). Elements are known by their local names, so that the
transitional and the strict namespace read alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from casemine.errors import DocumentError
from casemine.ingest.readers.archive import Archive, refuse_doctype
from casemine.ingest.readers.options import Item, ReadOptions
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
# Style id -> "heading", "title", "contents" or "".
Styles: TypeAlias = dict[str, str]
_HEADINGS = ("heading", "标题")


def read_docx(data: bytes, options: ReadOptions) -> Iterator[Item]:
    """Read a docx as one document; headers, footers, comments and pictures are not its text."""
    archive = Archive(data)
    document = archive.named("word/document.xml") or archive.named(_main_part(archive))
    if not document:
        raise DocumentError("holds no Word document.", advice="Open it in Word and save it as .docx.")
    styles = _read_styles(archive.named("word/styles.xml"))
    body = next(_children(_parse(document), "body"), None)
    blocks = [] if body is None else [*_blocks(body, styles)]
    numbered = [block._replace(place=f"¶ {number}") for number, block in enumerate(blocks, start=1)]
    for part, kind in (("footnotes", "footnote"), ("endnotes", "endnote")):
        numbered += _notes(archive.named(f"word/{part}.xml"), kind, styles)
    yield Record(tuple(numbered), "docx")


def _parse(xml: bytes) -> etree._Element:
    from lxml import etree

    refuse_doctype(xml)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        return etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise DocumentError(
            "a part of the document is damaged.", advice="Open it in Word, repair it and save it again."
        ) from error


def _main_part(archive: Archive) -> str:
    """Return the part the package names as its main document, where it is not word/document.xml."""
    relations = archive.named("_rels/.rels")
    for relation in _parse(relations) if relations else ():
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", "").lstrip("/")
    return ""


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (child for child in element if _name(child) == name)


def _find(element: etree._Element | None, *path: str) -> etree._Element | None:
    for name in path:
        element = None if element is None else next(_children(element, name), None)
    return element


def _attribute(element: etree._Element | None, name: str = "val") -> str | None:
    for key, value in () if element is None else element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def _is_on(element: etree._Element | None) -> bool:
    return element is not None and _attribute(element) not in ("0", "false", "off")


def _read_styles(xml: bytes) -> Styles:
    elements = {_attribute(style, "styleId") or "": style for style in _parse(xml)} if xml else {}
    return {name: _style_kind(name, elements) for name in elements if name}


def _style_kind(name: str, elements: dict[str, etree._Element]) -> str:
    """Return what a style makes of a paragraph, by its name or outline level or those it is based on."""
    seen: set[str] = set()
    while name in elements and name not in seen:
        seen.add(name)
        style = elements[name]
        called = (_attribute(_find(style, "name")) or "").lower()
        if called.startswith("toc ") or called == "table of figures":
            return "contents"
        if called == "title":
            return "title"
        level = _attribute(_find(style, "pPr", "outlineLvl"))
        if called.startswith(_HEADINGS) or (level and level != "9"):
            return "heading"
        name = _attribute(_find(style, "basedOn")) or ""
    return ""


def _blocks(parent: etree._Element, styles: Styles) -> Iterator[Block]:
    for element in parent:
        name = _name(element)
        if name == "p":
            yield from _paragraph(element, styles)
        elif name == "tbl":
            yield from _table(element, styles)
        elif name == "AlternateContent":
            yield from _blocks(_choice(element), styles)
        elif name == "sdt" and _is_contents(element):
            continue
        elif name not in _SKIPPED:  # sdt, sdtContent, customXml, ins, moveTo, smartTag
            yield from _blocks(element, styles)


def _is_contents(element: etree._Element) -> bool:
    gallery = _attribute(_find(element, "sdtPr", "docPartObj", "docPartGallery"))
    return gallery == "Table of Contents"


def _choice(element: etree._Element) -> etree._Element:
    """Return the one branch of an mc:AlternateContent that is read; the others say the same again."""
    branches = {_name(child): child for child in reversed(element)}
    return branches.get("Choice", branches.get("Fallback", element))


def _paragraph(element: etree._Element, styles: Styles) -> Iterator[Block]:
    properties = _find(element, "pPr")
    kind = styles.get(_attribute(_find(properties, "pStyle")) or "", "")
    level = _attribute(_find(properties, "outlineLvl"))
    if kind == "contents":
        return
    if level is not None:
        kind = "heading" if level != "9" else ("title" if kind == "title" else "")
    boxes: list[etree._Element] = []
    text = "".join(_pieces(element, boxes))
    for line in text.split("\n"):
        if line.strip():
            yield Block(line, kind or "paragraph")
    for box in boxes:
        yield from _blocks(box, styles)


def _pieces(element: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
    """Yield the visible text of a paragraph or run; text boxes met on the way go to `boxes`."""
    for child in element:
        name = _name(child)
        if name == "t":
            yield child.text or ""
        elif name in _WRITTEN:
            yield _WRITTEN[name]
        elif name == "txbxContent":
            boxes.append(child)
        elif name == "AlternateContent":
            yield from _pieces(_choice(child), boxes)
        elif name and name not in _SKIPPED and not _is_on(_find(child, "rPr", "vanish")):
            yield from _pieces(child, boxes)


def _table(table: etree._Element, styles: Styles) -> Iterator[Block]:
    """Yield a block a row; a row with longer cells (a form, a page laid out by a table) cell by cell."""
    for row in _grown(table, "tr"):
        if _find(row, "trPr", "del") is not None:
            continue
        cells = [_label([*_blocks(cell, styles)]) for cell in _grown(row, "tc") if not _continues(cell)]
        filled = [cell for cell in cells if cell]
        if len(filled) > 1 and all(len(cell) == 1 and "\t" not in cell[0].text for cell in filled):
            yield Block("\t".join(cell[0].text.strip() if cell else "" for cell in cells), "row")
        else:
            yield from (block for cell in filled for block in cell)


def _label(cell: list[Block]) -> list[Block]:
    """Join the short paragraphs over which a narrow cell of a form breaks its label."""
    short = sum(len(block.text) for block in cell) <= _LONGEST_LABEL
    if len(cell) > 1 and short and all(block.kind == "paragraph" for block in cell):
        return [Block("".join(block.text.strip() for block in cell), "paragraph")]
    return cell


def _grown(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the rows of a table or cells of a row, also inside content controls and custom XML."""
    for child in parent:
        if _name(child) == name:
            yield child
        elif _name(child) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _grown(child, name)


def _continues(cell: etree._Element) -> bool:
    """Tell whether a cell is covered by one above (vMerge) or to its left (hMerge)."""
    properties = _find(cell, "tcPr")
    merges = [_find(properties, name) for name in ("vMerge", "hMerge")]
    return any(merge is not None and _attribute(merge) in (None, "continue") for merge in merges)


def _notes(xml: bytes, kind: str, styles: Styles) -> list[Block]:
    blocks: list[Block] = []
    for note in _parse(xml) if xml else ():
        if _attribute(note, "type") in (None, "normal"):
            number = _attribute(note, "id") or ""
            blocks += [block._replace(place=f"{kind} {number}") for block in _blocks(note, styles)]
    return blocks
