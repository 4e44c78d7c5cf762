"""Text in pictures, through the extra `casemine[ocr]` (rapidocr 3 with onnxruntime)."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from typing import Any

from casemine.errors import DocumentError
from casemine.ingest.readers.options import Item, ReadOptions
from casemine.ingest.source import Block, Record

ADVICE = "Install the OCR extra, in casemine's folder: pip install '.[ocr]'"
# Boxes whose middles lie within this share of a line's height stand on one line.
_SAME_LINE = 0.5


def installed() -> bool:
    """Tell whether the OCR extra is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def read_image(data: bytes, options: ReadOptions) -> Iterator[Item]:
    """Read the text of a picture. Raises `DocumentError` without the extra, or when there is none."""
    if not installed():
        raise DocumentError("is a picture, which takes text recognition.", advice=ADVICE)
    recognised = lines(data)
    if not recognised:
        raise DocumentError(
            "no text was recognised in the picture.", advice="Take a sharper picture, or leave it out."
        )
    yield Record(tuple(Block(line, "line") for line in recognised), "image (ocr)")


def lines(picture: Any) -> list[str]:
    """Return the lines of text in `picture` (bytes of a file, or an array of BGR pixels), top to bottom."""
    try:
        result = _engine()(picture)
    except DocumentError:
        raise
    except Exception as error:  # whatever the engine raises, the other documents still count
        raise DocumentError(f"text recognition failed ({type(error).__name__}).") from error
    if not result.txts:
        return []
    return _in_lines([(_box(corners), text) for corners, text in zip(result.boxes, result.txts, strict=True)])


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    # The orientation classifier turns lines that stand upright upside down.
    engine = RapidOCR(params={"Global.use_cls": False, "Global.log_level": "critical"})
    logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
    return engine


def _box(corners: Sequence[Sequence[float]]) -> tuple[float, float, float]:
    """Return left edge, top and bottom of a box of four corners."""
    return (
        float(min(x for x, _ in corners)),
        float(min(y for _, y in corners)),
        float(max(y for _, y in corners)),
    )


def _in_lines(boxes: list[tuple[tuple[float, float, float], str]]) -> list[str]:
    """Join the texts of boxes that stand on one line, from left to right; lines from top to bottom."""
    rows: list[list[tuple[tuple[float, float, float], str]]] = []
    for box, text in sorted(boxes, key=lambda item: (item[0][1] + item[0][2], item[0][0])):
        middle = (box[1] + box[2]) / 2
        if rows:
            left, top, bottom = rows[-1][-1][0]
            if left != box[0] and abs(middle - (top + bottom) / 2) < _SAME_LINE * min(
                box[2] - box[1], bottom - top
            ):
                rows[-1].append((box, text))
                continue
        rows.append([(box, text)])
    return [" ".join(text for _, text in sorted(row)) for row in rows]
