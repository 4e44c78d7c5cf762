"""Bytes -> text: byte order marks, UTF-8, UTF-16, GB18030, Big5-HKSCS, mixtures, damaged bytes."""

from __future__ import annotations

import codecs
import re
from functools import cache
from math import log
from typing import NamedTuple

from casemine.errors import UsageError
from casemine.segment import Segmenter

# UTF-32 first: its little-endian mark begins with the mark of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The superset that reads what the narrower name means in practice.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "cp950": "big5hkscs", "ascii": "utf-8"}
_SAMPLE = 65536
_ESCAPED = re.compile("[\udc80-\udcff]")
_ESCAPED_RUN = re.compile("[\udc80-\udcff]+")
_TWO_BYTE_END, _TWO_BYTE_START = re.compile("[\x80-\u07ff]+$"), re.compile("^[\x80-\u07ff]+")
_SURROGATES = re.compile("[\ud800-\udfff]")
_PLAIN = re.compile(r"[\t\n\r\x20-\x7e]+")
# Plausibility of a character, about its log frequency; a wrong reading averages near _STRANGE.
_STRANGE, _DAMAGED, _CONTROL, _MARK, _NARROW = -2.0, -8.0, -12.0, 7.0, 2.0
# UTF-16 without a mark is rare, so it must read clearly better.
_MARGIN = 1.0
_FEWEST_MIXED = 4
_COMMON_MARKS = frozenset("，。、；：？！（）《》“”‘’【】〔〕—…·％　")


class Decoded(NamedTuple):
    """Text, the encoding(s) it was read as ("utf-8+gb18030" for a mixture), and bytes not explained."""

    text: str
    encoding: str
    damaged: int


def decode(data: bytes, encoding: str = "", *, declared: str = "") -> Decoded:
    """Decode `data`; line ends are left as they are.

    `encoding` overrules everything (`UsageError` when there is no such encoding). Without it a byte
    order mark decides, then valid UTF-8 (a declaration may lie), then `declared` (an HTML or XML
    declaration) when it explains every byte, then the more plausible of UTF-16, GB18030 and
    Big5-HKSCS, line by line when UTF-8 explains some lines and not others. A run of bytes that
    nothing explains becomes one U+FFFD.
    """
    if encoding:
        return _read_as(data, _codec(encoding))
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _read_as(data[len(mark) :], name)
    if b"\0" not in data:
        try:
            return Decoded(data.decode("utf-8"), "utf-8", 0)
        except UnicodeDecodeError as error:
            if error.reason == "unexpected end of data" and not data[: error.start].isascii():
                return _read_as(data, "utf-8")  # cut off in its last character
    if declared and (name := _known(declared)) not in ("", "utf-8", "utf-16", "utf-32"):
        as_declared = _read_as(data, name)
        if not as_declared.damaged:
            return as_declared
    wide = _wide_encoding(data)
    return _read_as(data, wide) if wide else _by_lines(data)


def _codec(name: str) -> str:
    known = _known(name)
    if not known:
        raise UsageError(
            f"there is no text encoding named {name!r}.",
            place="--encoding",
            advice="Examples: utf-8, gb18030, big5hkscs, utf-16.",
        )
    return known


def _known(name: str) -> str:
    """Return the wider codec for an encoding name, "" when Python has no such text encoding."""
    try:
        "".encode(name.strip())
        codec = codecs.lookup(name.strip()).name
    except (LookupError, ValueError, UnicodeError):
        return ""
    return _WIDER.get(codec, codec)


def _read_as(data: bytes, name: str) -> Decoded:
    if name.startswith(("utf-16", "utf-32")):
        return _read_wide(data, name)
    if name == "utf-8-sig":
        data, name = data.removeprefix(codecs.BOM_UTF8), "utf-8"
    try:
        text = data.decode(name, "surrogateescape")
    except UnicodeError:  # a codec that cannot escape
        text = data.decode(name, "replace")
        return Decoded(text, name, text.count("\ufffd"))
    return _marked(text, name)


def _marked(text: str, name: str) -> Decoded:
    damaged = len(_ESCAPED.findall(text))
    return Decoded(_ESCAPED_RUN.sub("\ufffd", text) if damaged else text, name, damaged)


def _read_wide(data: bytes, name: str) -> Decoded:
    unit = 2 if name.startswith("utf-16") else 4
    rest = len(data) % unit
    whole = data[: len(data) - rest]
    if unit == 4:
        text = whole.decode(name, "replace")
        damaged = 4 * text.count("\ufffd")
    else:
        text = whole.decode(name, "surrogatepass")
        damaged = 2 * len(_SURROGATES.findall(text))
        text = _SURROGATES.sub("\ufffd", text)
    return Decoded(text + ("\ufffd" if rest else ""), name, damaged + rest)


def _wide_encoding(data: bytes) -> str:
    """Return utf-16-le or utf-16-be when that reading is more plausible than any by single bytes."""
    sample = data[:_SAMPLE]
    if len(sample) < 4:
        return ""
    scores = {name: _plausibility(_read_wide(sample, name).text) for name in ("utf-16-le", "utf-16-be")}
    best = max(scores, key=lambda name: scores[name])
    narrow = max(_plausibility(_escaped(sample, name)) for name in ("utf-8", "gb18030", "big5hkscs"))
    return best if scores[best] > narrow + _MARGIN else ""


def _escaped(data: bytes, name: str) -> str:
    return data.decode(name, "surrogateescape")


def _by_lines(data: bytes) -> Decoded:
    """Read each line as UTF-8, GB18030 or Big5-HKSCS, whichever explains it best."""
    lines = data.split(b"\n")
    foreign = b"\n".join(line for line in lines if not _is_utf8(line))
    legacy = _legacy_encoding(foreign[:_SAMPLE])
    texts: list[str] = []
    used: set[str] = set()
    for line in lines:
        text, names = (line.decode("ascii"), ()) if line.isascii() else _line(line, legacy)
        texts.append(text)
        used.update(names)
    # Damage at the join of two lines cannot run over a line end, so marks are set on the whole.
    names_in_order = [name for name in ("utf-8", legacy) if name in used] or ["utf-8"]
    return _marked("\n".join(texts), "+".join(names_in_order))


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _legacy_encoding(data: bytes) -> str:
    """Return gb18030 or big5hkscs: the reading of `data` with the more familiar characters."""
    gb, big5 = (_plausibility(_escaped(data, name)) for name in ("gb18030", "big5hkscs"))
    return "big5hkscs" if big5 > gb else "gb18030"


def _line(line: bytes, legacy: str) -> tuple[str, tuple[str, ...]]:
    """Read a line that is not ASCII: whole as UTF-8, whole as `legacy`, or one after the other."""
    utf8, old = _escaped(line, "utf-8"), _escaped(line, legacy)
    bad = len(_ESCAPED.findall(utf8))
    if bad > 0.5 * sum(byte > 127 for byte in line) and not _ESCAPED.search(old):
        return old, (legacy,)
    readings: list[tuple[str, tuple[str, ...]]] = [(utf8, ("utf-8",)), (old, (legacy,))]
    if bad:
        # A GB pair may be a two-byte UTF-8 character by accident, so that the change came earlier.
        head, tail = _ESCAPED_RUN.split(utf8)[0], _ESCAPED_RUN.split(utf8)[-1]
        for first in (len(head.encode()), len(_TWO_BYTE_END.sub("", head).encode())):
            parts = _escaped(line[:first], "utf-8"), _escaped(line[first:], legacy)
            readings += _mixed(parts, parts[1], legacy)
        for last in (len(tail.encode()), len(_TWO_BYTE_START.sub("", tail).encode())):
            cut = len(line) - last
            parts = _escaped(line[:cut], legacy), _escaped(line[cut:], "utf-8")
            readings += _mixed(parts, parts[0], legacy)
    # The first of equals: UTF-8 seldom decodes by accident.
    return max(readings, key=lambda reading: _plausibility(reading[0]))


def _mixed(parts: tuple[str, str], old: str, legacy: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return the reading of a line in two encodings; a few odd bytes are damage, not an encoding."""
    enough = len(_PLAIN.sub("", old)) >= _FEWEST_MIXED
    return [("".join(parts), ("utf-8", legacy))] if enough else []


def _plausibility(text: str) -> float:
    """Return the mean familiarity of the characters of `text` outside plain ASCII (0 when none)."""
    rest = _PLAIN.sub("", text)
    if not rest:
        return 0.0
    return sum(map(_familiarity, rest)) / len(rest)


@cache
def _dictionary() -> Segmenter:
    return Segmenter()


@cache
def _familiarity(char: str) -> float:
    """Return how familiar a character is in Chinese text, on the scale of log dictionary frequency."""
    if char in _COMMON_MARKS:
        return _MARK
    if "\udc80" <= char <= "\udcff":
        return _DAMAGED
    if char < " " or "\x7f" <= char <= "\x9f" or char == "\ufffd" or "\ue000" <= char <= "\uf8ff":
        return _CONTROL
    if "\u4e00" <= char <= "\u9fff":
        frequency = _dictionary().frequency(char)
        return log(frequency) if frequency > 1 else _STRANGE
    if char.isalnum() and ("\uff00" <= char <= "\uff5e" or "\u2160" <= char <= "\u24ff"):
        return _NARROW
    return _STRANGE
