"""What every reader yields: records of blocks, before layout repair."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

# What to do about a file that is empty, and one without text.
EMPTY = "Take it out, or put its text into it."
NO_TEXT = (
    "If it holds pictures of text, save it as PDF and install the OCR extra, in casemine's folder: "
    "pip install '.[ocr]'; else take it out."
)


class Block(NamedTuple):
    """A piece of text in reading order.

    `kind` is "line" for a physical line that may break inside a word (txt, pdf), "blank" for an
    empty line, "paragraph", "heading", "title" or "row" (cells of a table row joined by tabs) where
    the format itself says so. `place` is the page ("p. 3") or paragraph ("¶ 12") in the source.
    """

    text: str
    kind: str = "line"
    place: str = ""


@dataclass(frozen=True)
class Record:
    """One document as a reader found it.

    `record_id` tells the records of one file apart and is empty when the file is one document. It
    carries its mark, so that a doc_id is the file's plus it: "#3" (a row, an id column),
    "!member.docx", "!table.csv#3" (inside a zip). `metadata` holds title, region, year and any further
    column. `damaged` counts bytes replaced by U+FFFD.
    """

    blocks: tuple[Block, ...]
    format: str
    encoding: str = ""
    damaged: int = 0
    record_id: str = ""
    metadata: dict[str, str] = field(default_factory=dict)


class PassedOver(NamedTuple):
    """What is left out by rule, not by fault: a file or a part of one, and why."""

    place: str
    reason: str
