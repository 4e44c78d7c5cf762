"""PDF: the text layer in reading order, notes apart; pages that are pictures through the OCR extra."""

from __future__ import annotations

import ctypes
import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from casemine.errors import DocumentError
from casemine.ingest.readers import ocr
from casemine.ingest.readers.options import Item, ReadOptions
from casemine.ingest.readers.page import Glyph, Line, lines_of
from casemine.ingest.readers.paging import Page, blocks_of
from casemine.ingest.source import NO_TEXT, Record
from casemine.lexicon.script import is_common

# A page is a scan when pictures cover half of it and its text is no more than a stamp or watermark.
_FEWEST_CHARACTERS = 30
_LEAST_COVERED = 0.5
_UNREADABLE = re.compile("[\ue000-\uf8ff\ufffd\x00-\x08\x0e-\x1f]")
_HAN = re.compile("[\u3400-\u9fff]")
# Of the Han characters of a Chinese page nearly all are common; of a wrong mapping a third.
_FEWEST_HAN = 30
_LEAST_COMMON = 0.6
_IMAGE = 3  # FPDF_PAGEOBJ_IMAGE
_DOTS_PER_INCH = 200
_LONGEST_SIDE = 3000  # pixels
# No page of print has as many; a page that does was made to hold up a reader.
_MOST_CHARACTERS = 200_000
# pdfium marks a hyphen it takes for a break within a word with these.
_BREAK_MARKS = {"\x02": "-", "\ufffe": "-", "\x00": "", "\r": "", "\n": ""}
_SCAN = "a scan without text layer"
_UNMAPPED = (
    "its fonts do not say which characters they show (no ToUnicode table), so its text cannot be trusted"
)
_PICTURE = "pictures with text in them, which was not read"


@dataclass(frozen=True)
class _Layer:
    """The lines of a page, and why they do not stand for what it shows ("" when they do)."""

    lines: tuple[Line, ...]
    fault: str = ""


def read_pdf(data: bytes, options: ReadOptions) -> Iterator[Item]:
    """Read a PDF as one document of physical lines in reading order, each with its page; notes at the end.

    Raises `DocumentError` when it is damaged, protected, or has no page with text that can be read
    without the OCR extra. When only some pages are pictures, or set in fonts whose characters cannot be
    known, and the extra is missing, the record is followed by an error that names those pages.
    """
    document = _open(data)
    try:
        layers = [_layer(page) for page in document]
        faults = [number for number, layer in enumerate(layers) if layer.fault]
        recognised = len(faults) if ocr.installed() else 0
        for number in faults[:recognised]:
            texts = ocr.lines(_picture(document[number]))
            layers[number] = _Layer(tuple(_recognised(texts)) or layers[number].lines)
    finally:
        document.close()
    pages = [
        Page(number, layer.lines if layer.fault in ("", _PICTURE) else ())
        for number, layer in enumerate(layers, start=1)
    ]
    blocks = blocks_of(pages)
    unread = defaultdict(list)
    for number, layer in enumerate(layers, start=1):
        unread[layer.fault].append(number)
    unread.pop("", None)
    if not any(block.text.strip() for block in blocks):
        raise _no_text(unread)
    yield Record(tuple(blocks), "pdf (ocr)" if recognised else "pdf")
    if unread:
        parts = "; ".join(f"page {_listed(numbers)}: {fault}" for fault, numbers in sorted(unread.items()))
        raise DocumentError(f"{parts}; the rest was read.", advice=ocr.ADVICE)


def _no_text(unread: dict[str, list[int]]) -> DocumentError:
    if _UNMAPPED in unread:
        return DocumentError(f"the PDF cannot be read as text: {_UNMAPPED}.", advice=ocr.ADVICE)
    if unread:
        return DocumentError("is a scan: its pages are pictures without a text layer.", advice=ocr.ADVICE)
    return DocumentError("no page holds text.", advice=NO_TEXT)


def _listed(numbers: Sequence[int]) -> str:
    """Return page numbers as people write them: 1, 3-5."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def _recognised(texts: Sequence[str]) -> Iterator[Line]:
    return (Line(text, 0.0, 0.0, float(at), 1.0, 0) for at, text in enumerate(texts) if text.strip())


def _open(data: bytes) -> Any:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        if len(document) == 0:
            raise DocumentError("the PDF has no pages.")
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise DocumentError(
                "the PDF is protected by a password.", advice="Save a copy without the password."
            ) from error
        raise DocumentError("the PDF is damaged.", advice="Open it and save it again.") from error
    return document


def _layer(page: Any) -> _Layer:
    frames, unmapped = _glyphs(page)
    lines = [
        line
        for angle in sorted(frames, key=lambda angle: (-len(frames[angle]), angle))
        for line in lines_of(frames[angle])
    ]
    text = "".join(line.text for line in lines)
    solid = len("".join(text.split()))
    if solid and (unmapped > solid / 2 or _is_garbled(text)):
        return _Layer(tuple(lines), _UNMAPPED)
    covered = _covered(page) if solid < 10 * _FEWEST_CHARACTERS else 0.0
    if solid < _FEWEST_CHARACTERS and covered >= _LEAST_COVERED:
        return _Layer(tuple(lines), _SCAN)
    if covered >= _LEAST_COVERED and _is_margin(lines, page):
        return _Layer(tuple(lines), _PICTURE)
    return _Layer(tuple(lines))


def _glyphs(page: Any) -> tuple[dict[int, list[Glyph]], int]:
    """Return the characters of a page by the angle they are set at, in degrees, and how many have no mapping.

    Places are in points along the line of text and down across it.
    """
    import pypdfium2.raw as pdfium

    layer = page.get_textpage()
    handle, number = layer.raw, layer.count_chars()
    if number > _MOST_CHARACTERS:
        raise DocumentError(f"a page holds over {_MOST_CHARACTERS:,} characters; it was not read.")
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    boxed, across, down = ctypes.byref(box), ctypes.byref(x), ctypes.byref(y)
    frames: dict[int, list[Glyph]] = defaultdict(list)
    style = _Style(0, 1.0, 0.0, 1.0, False)
    drawn_by, before, unmapped = None, (0.0, 0.0), 0
    for at in range(number):
        code = pdfium.FPDFText_GetUnicode(handle, at)
        char = _BREAK_MARKS.get(chr(code), chr(code)) if code < 0x110000 else ""
        if not char:
            continue
        pdfium.FPDFText_GetCharOrigin(handle, at, across, down)
        pdfium.FPDFText_GetLooseCharBox(handle, at, boxed)
        address = ctypes.cast(pdfium.FPDFText_GetTextObject(handle, at), ctypes.c_void_p).value
        ligature = address == drawn_by and before == (x.value, y.value) and not char.isspace()
        if address != drawn_by and address:
            drawn_by, style = address, _style(handle, at)
        before = (x.value, y.value)
        unmapped += style.unmapped and not char.isspace()
        if style.angle == 0:
            left, right, base = min(x.value, box.right), box.right, -y.value
        else:
            corners = [
                (box.left, box.bottom),
                (box.right, box.top),
                (box.left, box.top),
                (box.right, box.bottom),
            ]
            left = x.value * style.cos + y.value * style.sin
            right = max(cx * style.cos + cy * style.sin for cx, cy in corners)
            base = x.value * style.sin - y.value * style.cos
        if ligature:
            # fi, ffl: one shape, of which pdfium tells the letters in one place.
            left = min(frames[style.angle][-1].left + 0.2 * style.size, right)
        frames[style.angle].append(Glyph(char, left, max(left, right), base, style.size))
    layer.close()
    return _in_pairs(frames), unmapped


@dataclass(frozen=True)
class _Style:
    """How a piece of text is set: its angle in degrees, cosine and sine of it, size in points, mapping."""

    angle: int
    cos: float
    sin: float
    size: float
    unmapped: bool


def _style(handle: Any, at: int) -> _Style:
    import pypdfium2.raw as pdfium

    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(handle, at, ctypes.byref(matrix))
    size = pdfium.FPDFText_GetFontSize(handle, at) * math.hypot(matrix.c, matrix.d)
    angle = round(math.degrees(math.atan2(matrix.b, matrix.a)) / 5) * 5 % 360
    turned = math.radians(angle)
    unmapped = pdfium.FPDFText_HasUnicodeMapError(handle, at) == 1
    return _Style(angle, math.cos(turned), math.sin(turned), size or 1.0, unmapped)


def _in_pairs(frames: dict[int, list[Glyph]]) -> dict[int, list[Glyph]]:
    """Join the halves of characters beyond the basic plane."""
    for glyphs in frames.values():
        for at in range(len(glyphs) - 1, 0, -1):
            high, low = glyphs[at - 1].char, glyphs[at].char
            if "\ud800" <= high <= "\udbff" and "\udc00" <= low <= "\udfff":
                char = (high + low).encode("utf-16", "surrogatepass").decode("utf-16")
                glyphs[at - 1] = glyphs[at - 1]._replace(char=char)
                glyphs[at] = glyphs[at]._replace(char=" ")
    return frames


def _is_garbled(text: str) -> bool:
    """Tell whether a text layer is of no use: unreadable, or Han characters that nobody writes together."""
    if len(_UNREADABLE.findall(text)) > len("".join(text.split())) / 2:
        return True
    han = _HAN.findall(text)
    return len(han) >= _FEWEST_HAN and sum(map(is_common, han)) < _LEAST_COMMON * len(han)


def _covered(page: Any) -> float:
    """Return the share of the page that pictures cover."""
    width, height = page.get_size()
    covered = 0.0
    for drawn in page.get_objects(max_depth=3):
        if drawn.type == _IMAGE:
            if drawn.level:  # its bounds are those of the form it stands in
                return 1.0
            left, bottom, right, top = drawn.get_bounds()
            covered += abs((right - left) * (top - bottom))
    return float(covered / max(width * height, 1e-6))


def _is_margin(lines: Sequence[Line], page: Any) -> bool:
    """Tell whether the text of a page is its head and foot alone."""
    _, height = page.get_size()
    return all(not 0.12 * height < -line.base < 0.88 * height for line in lines)


def _picture(page: Any) -> Any:
    longest = max(page.get_size())
    return page.render(scale=min(_DOTS_PER_INCH / 72, _LONGEST_SIDE / longest)).to_numpy()
