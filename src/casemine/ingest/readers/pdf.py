"""PDF: the text layer line by line; pages that are scans through the OCR extra."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from casemine.errors import DocumentError
from casemine.ingest.readers import ocr
from casemine.ingest.readers.options import Item, ReadOptions
from casemine.ingest.source import Block, Record

# A page is a scan when pictures cover half of it and its text is no more than a stamp or watermark.
_FEWEST_CHARACTERS = 30
_LEAST_COVERED = 0.5
_UNREADABLE = re.compile("[\ue000-\uf8ff\ufffd\x00-\x08\x0e-\x1f]")
_IMAGE = 3  # FPDF_PAGEOBJ_IMAGE
_DOTS_PER_INCH = 200
_LONGEST_SIDE = 3000  # pixels
# Quotation marks with nothing between them, or opened where the line ends: they were drawn after the words
# they enclose, as programs do that take the marks from another font.
_MARKS = frozenset("“”‘’")
_MARKS_APART = re.compile("[“‘] ?[”’]|[“‘] *(?:[\r\n]|$)")
# pdfium marks a hyphen it takes for a break within a word with these.
_BREAK_MARKS = str.maketrans({"\x02": "-", "\ufffe": "-", "\r": "\n", "\x00": ""})


def read_pdf(data: bytes, options: ReadOptions) -> Iterator[Item]:
    """Read a PDF as one document of physical lines, each with its page.

    Raises `DocumentError` when it is damaged, protected, or all scans without the OCR extra. When
    only some pages are scans and the extra is missing, the record is followed by an error that names
    those pages.
    """
    document = _open(data)
    try:
        texts = [_page_text(page) for page in document]
        scans = [number for number, page in enumerate(document) if _is_scan(page, texts[number])]
        recognised = len(scans) if ocr.installed() else 0
        for number in scans[:recognised]:
            texts[number] = "\n".join(ocr.lines(_picture(document[number]))) or texts[number]
    finally:
        document.close()
    texts = ["" if _is_garbled(text) else text for text in texts]
    read = [text for number, text in enumerate(texts) if text.strip() and number not in scans]
    if scans and not recognised and not read:
        raise DocumentError("is a scan: its pages are pictures without a text layer.", advice=ocr.ADVICE)
    blocks = [
        block for number, text in enumerate(texts, start=1) for block in _page_blocks(text, f"p. {number}")
    ]
    if not any(block.text for block in blocks):
        raise DocumentError("no page holds text.")
    yield Record(tuple(blocks), "pdf (ocr)" if recognised else "pdf")
    if scans and not recognised:
        pages = ", ".join(str(number + 1) for number in scans)
        raise DocumentError(
            f"page {pages}: a scan without text layer; the other pages were read.", advice=ocr.ADVICE
        )


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


def _page_text(page: Any) -> str:
    layer = page.get_textpage()
    text: str = layer.get_text_range()
    # Beyond the basic plane, positions in the text are not those of pdfium's characters.
    if _MARKS_APART.search(text) and len(text) == layer.count_chars():
        text = "".join(
            _in_place(line[0], [layer.get_charbox(at)[0] for at in range(*line.span())])
            if _MARKS_APART.search(line[0])
            else line[0]
            for line in re.finditer(r"[^\r\n]+|[\r\n]+", text)
        )
    layer.close()
    return text.translate(_BREAK_MARKS)


def _in_place(line: str, lefts: Sequence[float]) -> str:
    """Put the quotation marks of a line among its words, by their left edges in points.

    Blanks between Chinese go: they are the gaps that were left for the marks. A line whose words do not
    run from left to right (a rotated page), or whose marks stand where they are drawn, stays as it is.
    """
    drawn = [(left, at, char) for at, (left, char) in enumerate(zip(lefts, line, strict=True))]
    words = [left for left, _, char in drawn if char not in _MARKS and char != " "]
    placed = sorted(item for item in drawn if item[2] != " ")
    in_order = [item for item in drawn if item[2] != " "] == placed
    if in_order or words != sorted(words) or len(set(words)) < 2:
        return line
    spaced = {at - 1 for _, at, char in drawn if char == " "}
    pieces = [
        char + " " * (at in spaced and char.isascii() and following[2].isascii())
        for (_, at, char), following in zip(placed, [*placed[1:], (0.0, 0, "。")], strict=True)
    ]
    return "".join(pieces)


def _is_garbled(text: str) -> bool:
    """Tell whether a text layer is of no use: its fonts do not say which characters they show."""
    return len(_UNREADABLE.findall(text)) > len("".join(text.split())) / 2


def _is_scan(page: Any, text: str) -> bool:
    if _is_garbled(text):
        return True
    if len("".join(text.split())) >= _FEWEST_CHARACTERS:
        return False
    width, height = page.get_size()
    covered = 0.0
    for drawn in page.get_objects(max_depth=3):
        if drawn.type == _IMAGE:
            if drawn.level:  # its bounds are those of the form it stands in
                return True
            left, bottom, right, top = drawn.get_bounds()
            covered += abs((right - left) * (top - bottom))
    return bool(covered >= _LEAST_COVERED * width * height)


def _picture(page: Any) -> Any:
    longest = max(page.get_size())
    return page.render(scale=min(_DOTS_PER_INCH / 72, _LONGEST_SIDE / longest)).to_numpy()


def _page_blocks(text: str, place: str) -> Iterator[Block]:
    for line in text.replace("\n\n", "\n").split("\n"):
        if line.strip():
            yield Block(line, "line", place)
