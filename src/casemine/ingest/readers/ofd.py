"""OFD, the layout format of official documents: its text by place on the page, as of a PDF.

GB/T 33190-2016. Lengths are millimetres, y grows downwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from casemine.bounded import Archive
from casemine.errors import DocumentError
from casemine.ingest.readers import ocr
from casemine.ingest.readers.options import Item, ReadOptions
from casemine.ingest.readers.package import attribute, beside, children, find, named, parse
from casemine.ingest.readers.page import Glyph, lines_of
from casemine.ingest.readers.paging import Page, blocks_of
from casemine.ingest.source import PassedOver, Record

if TYPE_CHECKING:
    from lxml import etree

_ROOT = "OFD.xml"
_FEWEST_CHARACTERS = 30
_MOST_STEPS = 20_000
# a b c d e f of the transformation x' = a x + c y + e, y' = b x + d y + f
_Matrix = tuple[float, float, float, float, float, float]
_UNMOVED: _Matrix = (1, 0, 0, 1, 0, 0)


def read_ofd(data: bytes, options: ReadOptions) -> Iterator[Item]:
    """Read an OFD as one document of lines in reading order, each with its page.

    Raises `DocumentError` when it is damaged, encrypted, or holds pictures alone. Pages that are pictures
    are named after the record; attachments are passed over by name.
    """
    archive = Archive(data)
    root = parse(archive.named(_ROOT))
    pages: list[Page] = []
    pictures: list[int] = []
    attached: list[str] = []
    for body in named(root, "DocBody"):
        path = beside(_ROOT, (_text(find(body, "DocRoot")) or "").strip())
        document = _part(archive, path)
        templates = {
            attribute(item, "ID") or "": beside(path, attribute(item, "BaseLoc") or "")
            for item in named(document, "TemplatePage")
        }
        for item in named(document, "Page"):
            number = len(pages) + 1
            glyphs, has_picture = _page(archive, beside(path, attribute(item, "BaseLoc") or ""), templates)
            pages.append(Page(number, tuple(lines_of(glyphs))))
            if has_picture and len(glyphs) < _FEWEST_CHARACTERS:
                pictures.append(number)
        attached += _attachments(archive, path, document)
    blocks = blocks_of(pages)
    if not blocks:
        raise DocumentError(
            "its pages are pictures without text." if pictures else "no page holds text.",
            advice="Save it as PDF in the OFD reader. " + ocr.ADVICE if pictures else "",
        )
    yield Record(tuple(blocks), "ofd")
    yield from (
        PassedOver(f"!{name}", "attached to the document; save it apart to have it read") for name in attached
    )
    if pictures:
        numbers = ", ".join(map(str, pictures))
        raise DocumentError(
            f"page {numbers}: a picture without text; the other pages were read.",
            advice="Save it as PDF in the OFD reader. " + ocr.ADVICE,
        )


def _part(archive: Archive, path: str) -> etree._Element:
    content = archive.named(path)
    if not content:
        raise DocumentError(
            "a part of the OFD is missing.", advice="Open it in the OFD reader and save it as PDF."
        )
    if not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise DocumentError("the OFD is encrypted.", advice="Open it in the OFD reader and save it as PDF.")
    return parse(content)


def _text(element: etree._Element | None) -> str | None:
    return None if element is None else element.text


def _attachments(archive: Archive, path: str, document: etree._Element) -> list[str]:
    listed = _text(find(document, "Attachments"))
    content = archive.named(beside(path, listed.strip())) if listed else b""
    return [
        attribute(item, "Name") or ""
        for item in (named(parse(content), "Attachment") if content else ())
        if attribute(item, "Visible") != "false"
    ]


def _page(archive: Archive, path: str, templates: dict[str, str]) -> tuple[list[Glyph], bool]:
    """Return the characters of a page and the templates it is laid on, and whether it holds a picture."""
    page = _part(archive, path)
    glyphs: list[Glyph] = []
    pictures = False
    used = [
        templates[name]
        for item in children(page, "Template")
        if (name := attribute(item, "TemplateID") or "") in templates
    ]
    for root in [*(_part(archive, template) for template in used), page]:
        for content in children(root, "Content"):
            pictures = pictures or next(named(content, "ImageObject"), None) is not None
            for drawn in named(content, "TextObject"):
                if attribute(drawn, "Visible") != "false":
                    glyphs += _glyphs(drawn)
    return glyphs, pictures


def _numbers(text: str | None) -> list[float]:
    """Return the numbers of a list, with its repetitions written out: "g 3 5" is 5 5 5."""
    values: list[float] = []
    words = iter((text or "").split())
    for word in words:
        try:
            if word != "g":
                values.append(float(word))
                continue
            times = int(next(words, "0"))
            values += [float(next(words, "0"))] * max(0, min(times, _MOST_STEPS - len(values)))
        except ValueError:
            continue
    return values


def _glyphs(drawn: etree._Element) -> Iterator[Glyph]:
    """Yield the characters of a TextObject in the coordinates of the page (part 11.3 of the standard)."""
    x0, y0, *_ = [*_numbers(attribute(drawn, "Boundary")), 0.0, 0.0]
    given = _numbers(attribute(drawn, "CTM"))
    a, b, c, d, e, f = given if len(given) == 6 else _UNMOVED
    size = next(iter(_numbers(attribute(drawn, "Size"))), 1.0) or 1.0
    scale = next(iter(_numbers(attribute(drawn, "HScale"))), 1.0) or 1.0
    x = y = 0.0
    for code in children(drawn, "TextCode"):
        x = next(iter(_numbers(attribute(code, "X"))), x)
        y = next(iter(_numbers(attribute(code, "Y"))), y)
        right, down = _numbers(attribute(code, "DeltaX")), _numbers(attribute(code, "DeltaY"))
        text = (code.text or "").strip("\r\n")
        for at, char in enumerate(text):
            own = size * scale * (1 if ord(char) > 0x2E7F else 0.5)
            step = right[at] if at < len(right) else (0.0 if at < len(down) else own)
            height = size * max(abs(d), abs(c), 1e-6)
            left = a * x + c * y + e + x0
            yield Glyph(char, left, left + own * max(abs(a), 1e-6), b * x + d * y + f + y0, height)
            x, y = x + step, y + (down[at] if at < len(down) else 0.0)


def is_ofd(names: set[str]) -> bool:
    """Tell an OFD from other packages by the names of its members."""
    return _ROOT in names
