"""OpenDocument texts (.odt): paragraphs, headings, lists, tables and notes, straight from the XML.

ISO/IEC 26300 (OpenDocument 1.2), part 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from casemine.bounded import Archive
from casemine.errors import DocumentError
from casemine.ingest.readers.options import Item, ReadOptions
from casemine.ingest.readers.package import attribute, children, find, name_of, named, parse
from casemine.ingest.source import Block, Record

if TYPE_CHECKING:
    from lxml import etree

# Changes that are not accepted, remarks, what stands for the text elsewhere, and lists made from it.
# fmt: off
_SKIPPED = frozenset({
    "tracked-changes", "annotation", "annotation-end", "ruby-text", "note", "forms", "sequence-decls",
    "table-of-content", "illustration-index", "table-index", "alphabetical-index", "user-index",
    "table-header-columns", "title", "desc", "binary-data",
})
# fmt: on
_MOST_BLANKS = 40
_MOST_REPEATED = 64


@dataclass
class _Aside:
    """Notes and text boxes met in a paragraph."""

    notes: list[etree._Element] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)


def read_odt(data: bytes, options: ReadOptions) -> Iterator[Item]:
    """Read an OpenDocument text as one document; headers, footers and remarks are not its text."""
    archive = Archive(data)
    if b"<manifest:encryption-data" in archive.named("META-INF/manifest.xml"):
        raise DocumentError("is protected by a password.", advice="Save a copy without the password.")
    content = archive.named("content.xml")
    body = find(parse(content), "body", "text") if content else None
    if body is None:
        raise DocumentError("holds no text document.", advice="Open it in LibreOffice and save it as .docx.")
    notes: list[etree._Element] = []
    blocks = [*_blocks(body, notes)]
    placed = [block._replace(place=f"¶ {number}") for number, block in enumerate(blocks, start=1)]
    for number, note in enumerate(notes, start=1):
        for part in children(note, "note-body"):
            placed += [block._replace(place=f"footnote {number}") for block in _blocks(part, [])]
    yield Record(tuple(placed), "odt")


def _blocks(parent: etree._Element, notes: list[etree._Element]) -> Iterator[Block]:
    for element in parent:
        name = name_of(element)
        if name in ("p", "h"):
            yield from _paragraph(element, notes)
        elif name == "table":
            yield from _table(element, notes)
        elif name and name not in _SKIPPED:  # section, list, list-item, list-header, frames
            yield from _blocks(element, notes)


def _paragraph(element: etree._Element, notes: list[etree._Element]) -> Iterator[Block]:
    kind = "heading" if name_of(element) == "h" else "paragraph"
    if (attribute(element, "style-name") or "").lower() == "title":
        kind = "title"
    aside = _Aside()
    for line in "".join(_pieces(element, aside)).split("\n"):
        if line.strip():
            yield Block(line, kind)
    notes += aside.notes
    for box in aside.boxes:
        yield from _blocks(box, notes)


def _pieces(element: etree._Element, aside: _Aside) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = name_of(child)
        if name == "s":
            number = attribute(child, "c") or "1"
            yield " " * min(int(number) if number.isdigit() else 1, _MOST_BLANKS)
        elif name == "tab":
            yield "\t"
        elif name == "line-break":
            yield "\n"
        elif name == "note":
            aside.notes.append(child)
        elif name == "text-box":
            aside.boxes.append(child)
        elif name and name not in _SKIPPED:
            yield from _pieces(child, aside)
        yield child.tail or ""


def _table(table: etree._Element, notes: list[etree._Element]) -> Iterator[Block]:
    """Yield a block a row; a row with longer cells cell by cell, as in a docx."""
    for row in named(table, "table-row"):
        if next(row.iterancestors(table.tag)) is not table:
            continue  # of a table in a cell, which its cell yields
        cells: list[list[Block]] = []
        for cell in children(row, "table-cell"):
            times = attribute(cell, "number-columns-repeated") or "1"
            blocks = [*_blocks(cell, notes)]
            cells += [blocks] * min(int(times) if times.isdigit() else 1, _MOST_REPEATED)
        filled = [cell for cell in cells if cell]
        if len(filled) > 1 and all(len(cell) == 1 and "\t" not in cell[0].text for cell in filled):
            yield Block("\t".join(cell[0].text.strip() if cell else "" for cell in cells).rstrip("\t"), "row")
        else:
            yield from (block for cell in filled for block in cell)
