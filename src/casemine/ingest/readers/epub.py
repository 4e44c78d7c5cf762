"""EPUB: one document, its chapters in the order of the spine.

EPUB 3.3 (W3C Recommendation), EPUB 2 alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from casemine.bounded import Archive
from casemine.errors import DocumentError
from casemine.ingest.readers.html import html_blocks
from casemine.ingest.readers.options import Item, ReadOptions
from casemine.ingest.readers.package import attribute, beside, find, named, parse
from casemine.ingest.readers.plain import decode_text
from casemine.ingest.source import NO_TEXT, Block, Record

if TYPE_CHECKING:
    from lxml import etree

CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_DECLARED = re.compile(rb"""\A\s*<\?xml[^>]*encoding\s*=\s*["']([\w-]+)["']""")
# An HTML parser takes what follows <title/> for the title.
_SELF_CLOSED = re.compile(r"<(title|script|style|iframe|textarea)\b([^<>]*)/>", re.IGNORECASE)


def read_epub(data: bytes, options: ReadOptions) -> Iterator[Item]:
    """Read an EPUB as one document; the table of contents that only leads to the chapters is left out.

    Raises `DocumentError` when it is damaged or protected, or holds no text.
    """
    archive = Archive(data)
    path = attribute(next(named(parse(archive.named(CONTAINER)), "rootfile"), None), "full-path") or ""
    package = parse(archive.named(path)) if archive.named(path) else None
    if package is None:
        raise DocumentError("the EPUB has no list of its parts.", advice="Download the book again.")
    locked = _locked(archive)
    title = (next((item.text for item in named(package, "title") if item.text), "") or "").strip()
    blocks = [Block(title, "title")] if title else []
    for number, chapter in enumerate(_spine(package, path), start=1):
        if chapter in locked:
            raise DocumentError("is protected against copying.", advice="Take a copy without protection.")
        if content := archive.named(chapter):
            blocks += _chapter(content, options, number)
    if len(blocks) <= bool(title):
        raise DocumentError("the EPUB holds no text.", advice=NO_TEXT)
    yield Record(tuple(_once(blocks)), "epub", metadata={"title": title} if title else {})


def _spine(package: etree._Element, path: str) -> Iterator[str]:
    """Yield the members that hold the chapters, in reading order."""
    items = {attribute(item, "id"): item for item in named(package, "item")}
    seen: set[str] = set()
    for reference in named(package, "itemref"):
        item = items.get(attribute(reference, "idref"))
        kind = attribute(item, "media-type") or ""
        contents = "nav" in (attribute(item, "properties") or "").split()
        member = beside(path, attribute(item, "href") or "")
        if "html" in kind and not contents and member not in seen:
            seen.add(member)
            yield member


def _locked(archive: Archive) -> set[str]:
    """Return the members that are encrypted."""
    content = archive.named(_ENCRYPTION)
    return {
        beside("", attribute(item, "URI") or "")
        for item in (named(parse(content), "CipherReference") if content else ())
    }


def _chapter(content: bytes, options: ReadOptions, number: int) -> list[Block]:
    declared = _DECLARED.search(content[:512])
    page = decode_text(content, options, declared=declared[1].decode("ascii") if declared else "")
    return [
        block._replace(place=f"chapter {number}")
        for block in html_blocks(_SELF_CLOSED.sub(r"<\1\2></\1>", page.text))
    ]


def _once(blocks: list[Block]) -> list[Block]:
    """Leave out the title page's repetition of the title."""
    title = "".join(blocks[0].text.split()) if blocks[0].kind == "title" else ""
    return [
        block
        for number, block in enumerate(blocks)
        if not (title and 0 < number < 4 and "".join(block.text.split()) == title)
    ]


def is_epub(archive: Archive, names: set[str]) -> bool:
    """Tell an EPUB from other packages by its mimetype, or its list of parts where that is missing."""
    return CONTAINER in names and (
        archive.named("mimetype").strip().endswith(b"epub+zip")
        or find(parse(archive.named(CONTAINER)), "rootfiles") is not None
    )
