"""Rich text (.rtf), through striprtf; footnotes, which it drops, come at the end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from casemine.errors import DocumentError
from casemine.ingest.readers.options import Item, ReadOptions
from casemine.ingest.source import NO_TEXT, Block, Record

_NOTE = re.compile(r"\{(?:\\\*)?\\footnote\b")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)


def read_rtf(data: bytes, options: ReadOptions) -> Iterator[Item]:
    """Read rich text as one document: paragraphs, rows of tables, footnotes at the end."""
    blocks = rtf_blocks(data)
    if not any(block.text.strip() for block in blocks):
        raise DocumentError("the file holds no text.", advice=NO_TEXT)
    yield Record(tuple(blocks), "rtf")


def rtf_blocks(data: bytes) -> list[Block]:
    """Return the paragraphs and rows of a rich text."""
    from striprtf import striprtf

    plain: Callable[..., str] = striprtf.rtf_to_text
    source, notes = _notes_apart(data.decode("latin-1"))
    try:
        text = plain(source, errors="replace")
        noted = [plain(_head(source) + note + "}", errors="replace").strip() for note in notes]
    except Exception as error:  # whatever the broken part makes the library raise
        raise DocumentError(
            "the rich text is damaged.", advice="Open it in Word and save it as .docx."
        ) from error
    blocks = [_block(line) for line in text.split("\n") if line.strip()]
    return blocks + [
        Block(note, "paragraph", f"footnote {number}") for number, note in enumerate(noted, start=1) if note
    ]


def _block(line: str) -> Block:
    """Return the block of a line; the cells of a row end with a bar each."""
    cells = line.split("|")
    if len(cells) > 2 and not cells[-1].strip():
        return Block("\t".join(cell.strip() for cell in cells[:-1]), "row")
    return Block(line, "paragraph")


def _head(source: str) -> str:
    """Return what says the code page and the fonts: everything before the first paragraph."""
    at = source.find("\\pard")
    return source[: at if at >= 0 else source.find("\\par")]


def _notes_apart(source: str) -> tuple[str, list[str]]:
    """Cut the footnotes out of a rich text, each up to the brace that closes it."""
    kept: list[str] = []
    notes: list[str] = []
    at = 0
    for start in _NOTE.finditer(source):
        if start.start() < at:
            continue
        depth = 1
        for brace in _BRACE.finditer(source, start.end()):
            depth += {"{": 1, "}": -1}.get(brace[0], 0)
            if not depth:
                break
        else:
            break
        kept.append(source[at : start.start()])
        notes.append(source[start.end() : brace.start()])
        at = brace.end()
    return "".join([*kept, source[at:]]), notes
