"""Plain text and Markdown."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterable, Iterator

from casemine.errors import DocumentError
from casemine.ingest.decode import Decoded, decode
from casemine.ingest.readers.options import Item, ReadOptions
from casemine.ingest.source import Block, Record

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_MOST_DAMAGE = 0.2

_FRONT_MATTER = re.compile(r"\A---\n.*?\n(?:---|\.\.\.)\n", re.DOTALL)
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)(?:\s+#+)?\s*$")
_UNDERLINE = re.compile(r"^ {0,3}(?:=+|-{2,})\s*$")
_RULE = re.compile(r"^ {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$")
_TABLE_RULE = re.compile(r"^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_QUOTE_OR_LIST = re.compile(r"^\s*(?:>\s?)*(?:[-*+]\s+(?:\[[ xX]\]\s+)?)?")
_REFERENCE = re.compile(r"^\s*\[[^\]]+\]:\s*\S+.*$")
# Each stops at the next mark of its kind, so that marks that are never closed cost one look each.
_INLINE = (
    (re.compile(r"!\[[^\[\]]*\]\([^()]*\)"), ""),
    (re.compile(r"!\[[^\[\]]*\]\[[^\[\]]*\]"), ""),
    (re.compile(r"\[([^\[\]]+)\]\([^()]*\)"), r"\1"),
    (re.compile(r"\[([^\[\]]+)\]\[[^\[\]]*\]"), r"\1"),
    (re.compile(r"<(https?://[^<>\s]+)>"), r"\1"),
    (re.compile(r"</?[A-Za-z][^<>]*>"), ""),
    (re.compile(r"\*\*\*(?=\S)([^*]+)(?<=\S)\*\*\*"), r"\1"),
    (re.compile(r"\*\*(?=\S)((?:[^*]|\*(?!\*))+)(?<=\S)\*\*"), r"\1"),
    (re.compile(r"\*(?=\S)([^*]+)(?<=\S)\*"), r"\1"),
    (re.compile(r"(?<!\w)___(?=\S)([^_]+)(?<=\S)___(?!\w)"), r"\1"),
    (re.compile(r"(?<!\w)__(?=\S)((?:[^_]|_(?!_))+)(?<=\S)__(?!\w)"), r"\1"),
    (re.compile(r"(?<!\w)_(?=\S)([^_]+)(?<=\S)_(?!\w)"), r"\1"),
    (re.compile(r"~~([^~]+)~~"), r"\1"),
    (re.compile(r"(?<!`)`++([^`]+)`+"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!|>~-])"), r"\1"),
)
# No one sets words this far apart; a longer gap says nothing more.
_LONG_GAP = re.compile(r"[ \t\xa0\u3000]{64,}")
# A text of more is no document; it is the size of a library.
MOST_TEXT = 200_000_000
# Bytes that are looked at together.
_HEAD = 1 << 20
_PART_ADVICE = "Part it, and give the parts."


def decode_text(data: bytes, options: ReadOptions, *, declared: str = "") -> Decoded:
    """Decode `data` with LF line ends; raise `DocumentError` when it is no text, or too long for one."""
    if len(data) > MOST_TEXT:
        raise DocumentError(f"holds over {MOST_TEXT:,} bytes of text.", advice=_PART_ADVICE)
    decoded = decode(data, options.encoding, declared=declared)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    if len(_CONTROL.findall(text[:65536])) + decoded.damaged > _MOST_DAMAGE * len(data):
        raise DocumentError(
            "the bytes are not text in any encoding known here.",
            advice="Give --encoding, or remove the file.",
        )
    return Decoded(_LONG_GAP.sub(" " * 63, text), decoded.encoding, decoded.damaged)


def decoded_lines(data: bytes, options: ReadOptions) -> tuple[Iterator[str], str, int]:
    """Return the lines of `data` as `decode_text` reads them, the encoding and the damaged bytes.

    Valid UTF-8 with LF line ends is decoded line by line, so that a large file is not held twice.
    """
    head = data[:_HEAD].decode("utf-8", "ignore")[:65536]
    is_text = len(_CONTROL.findall(head)) <= _MOST_DAMAGE * len(data) and len(data) <= MOST_TEXT
    if is_text and not options.encoding and _is_plain_utf8(data):
        return (_LONG_GAP.sub(" " * 63, line.decode()) for line in io.BytesIO(data)), "utf-8", 0
    decoded = decode_text(data, options)
    return iter(decoded.text.split("\n")), decoded.encoding, decoded.damaged


def _is_plain_utf8(data: bytes) -> bool:
    """Tell whether bytes are valid UTF-8 without mark, NUL and line ends other than LF."""
    if data.startswith(codecs.BOM_UTF8) or any(byte in data for byte in (b"\0", b"\r", b"\f")):
        return False
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for begin in range(0, len(data), _HEAD):
            decoder.decode(data[begin : begin + _HEAD], final=begin + _HEAD >= len(data))
    except UnicodeDecodeError:
        return False
    return True


def without_stretches(text: str, opening: str, closing: str) -> str:
    """Return `text` without what stands between two marks, the marks included; one never closed stays.

    >>> without_stretches("县<!-- 注 -->里<!-- 开", "<!--", "-->")
    '县里<!-- 开'
    """
    kept: list[str] = []
    at = 0
    while (start := text.find(opening, at)) >= 0 and (end := text.find(closing, start + len(opening))) >= 0:
        kept.append(text[at:start])
        at = end + len(closing)
    return "".join([*kept, text[at:]])


def read_txt(data: bytes, options: ReadOptions) -> Iterator[Item]:
    """Read plain text: one document of lines, whose layout is repaired later."""
    decoded = decode_text(data, options)
    blocks = tuple(_line(line, number) for number, line in enumerate(decoded.text.split("\n"), start=1))
    yield Record(blocks, "txt", decoded.encoding, decoded.damaged)


def _line(line: str, number: int) -> Block:
    return Block(line, "line", f"line {number}") if line.strip() else Block("", "blank")


def read_md(data: bytes, options: ReadOptions) -> Iterator[Item]:
    """Read Markdown: marks stripped lightly, headings and tables as such, code kept as text."""
    decoded = decode_text(data, options)
    text = without_stretches(_FRONT_MATTER.sub("", decoded.text), "<!--", "-->")
    yield Record(tuple(_markdown_blocks(text.split("\n"))), "md", decoded.encoding, decoded.damaged)


def _markdown_blocks(lines: list[str]) -> Iterator[Block]:
    fenced = False
    for number, (line, following) in enumerate(zip(lines, [*lines[1:], ""], strict=True)):
        if _FENCE.match(line):
            fenced = not fenced
        elif fenced:
            yield Block(line, "paragraph") if line.strip() else Block("", "blank")
        elif heading := _HEADING.match(line):
            yield Block(_inline(heading[2]), "heading")
        elif _UNDERLINE.match(line) and number and lines[number - 1].strip():
            continue  # it made the line before a heading
        elif _RULE.match(line) or _REFERENCE.match(line) or (_TABLE_RULE.match(line) and "|" in line):
            yield Block("", "blank")
        elif line.count("|") >= 2 and line.strip().startswith("|"):
            yield Block("\t".join(_cells(line)), "row")
        elif line.strip() and _UNDERLINE.match(following) and not line.lstrip().startswith((">", "-", "|")):
            yield Block(_inline(line.strip()), "heading")
        else:
            yield from _markdown_line(line)


def _markdown_line(line: str) -> Iterable[Block]:
    content = _inline(line[_QUOTE_OR_LIST.match(line).end() :])  # type: ignore[union-attr]
    if not content.strip():
        return [Block("", "blank")]
    # A list item opens a paragraph of its own; its further lines may be hard-wrapped.
    return ([Block("", "blank")] if re.match(r"\s*(?:[-*+]|\d+[.)])\s", line) else []) + [Block(content)]


def _cells(line: str) -> list[str]:
    return [_inline(cell.strip()) for cell in line.strip().strip("|").split("|")]


def _inline(text: str) -> str:
    for mark, kept in _INLINE:
        text = mark.sub(kept, text)
    return text
