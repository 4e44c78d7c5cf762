"""XML: translation memories (TMX), web feeds (RSS, Atom), and any other by the text of its elements."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from casemine.errors import DocumentError
from casemine.ingest.decode import Decoded
from casemine.ingest.readers.html import html_blocks, is_html
from casemine.ingest.readers.options import Item, ReadOptions
from casemine.ingest.readers.plain import decode_text
from casemine.ingest.source import Block, Record

if TYPE_CHECKING:
    from lxml import etree

_DECLARED = re.compile(rb"""\A\s*<\?xml[^>]*encoding\s*=\s*["']([\w-]+)["']""")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
# Control characters that XML 1.0 forbids and hand-made feeds hold.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# An ampersand, with the name or number of a reference where one follows.
_AMPERSAND = re.compile(r"&(#[xX]?[0-9A-Fa-f]{1,8}(?=;)|[A-Za-z][A-Za-z0-9]{0,31}(?=;)|);?")
_VERBATIM = ("<![CDATA[", "]]>")
_XML_NAMES = frozenset(("amp", "lt", "gt", "quot", "apos"))
_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffd-\uffff]")
_LONG_TEXT = 10_000_000
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_ITEM_TEXT = ("encoded", "content", "description", "summary")


def read_xml(data: bytes, options: ReadOptions) -> Iterator[Item]:
    """Read an XML file as one document.

    A TMX gives its Chinese segments, a feed the title and text of each item, any other the elements with
    Chinese text. References to characters that XML does not have are left out. Raises `DocumentError` when
    it is not well-formed or declares entities.
    """
    root, decoded = parse_xml(data, options)
    name = _name(root)
    kind = "tmx" if name == "tmx" else "rss" if name in ("rss", "feed", "RDF") else "xml"
    blocks = {"tmx": _tmx, "rss": _feed, "xml": _any}[kind](root)
    if not blocks:
        raise DocumentError("the file holds no Chinese text.")
    yield Record(tuple(blocks), kind, decoded.encoding, decoded.damaged)


def parse_xml(data: bytes, options: ReadOptions) -> tuple[etree._Element, Decoded]:
    """Return the root of an XML file and how it was decoded; an ampersand that is no reference is text."""
    declared = _DECLARED.search(data[:512])
    decoded = decode_text(data, options, declared=declared[1].decode("ascii") if declared else "")
    return _parse(decoded.text), decoded


def _parse(text: str) -> etree._Element:
    from lxml import etree

    if "<!ENTITY" in text:
        raise DocumentError("the XML declares entities, as XML bombs do; it was not read.")
    cleaned = _FORBIDDEN.sub("", _DECLARATION.sub("", text)).strip()
    try:
        return _root(cleaned)
    except etree.XMLSyntaxError:
        # Hand-made feeds: &nbsp;, &#11; or a bare & beside good text.
        mended = "".join(_mended(cleaned))
    try:
        return _root(mended)
    except etree.XMLSyntaxError as error:
        raise DocumentError(f"the XML is not well-formed ({error.msg}).") from error


def _mended(text: str) -> Iterator[str]:
    """Yield a text piece by piece with its ampersands mended; what is marked as verbatim stays."""
    opening, closing = _VERBATIM
    at = 0
    while (start := text.find(opening, at)) >= 0 and (end := text.find(closing, start)) >= 0:
        yield _AMPERSAND.sub(_reference, text[at:start])
        at = end + len(closing)
        yield text[start:at]
    yield _AMPERSAND.sub(_reference, text[at:])


def _root(text: str) -> etree._Element:
    from lxml import etree

    # libxml2 stops at 256 levels and 10 MB in one text, unless told otherwise.
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=len(text) > _LONG_TEXT,
    )
    return etree.fromstring(text.encode("utf-8"), parser)


def _reference(match: re.Match[str]) -> str:
    """Return what stands for an ampersand and the name or number after it, so that it is XML."""
    name = match[1]
    if name in _XML_NAMES:
        return f"&{name};"
    if not name:
        return "&amp;"
    char = html.unescape(f"&{name};")
    if name.startswith("#"):
        if not char or _NO_CHARACTER.match(char):
            return ""
        return f"&{name};" if char in "<&" else char
    return f"&amp;{name}" if char.startswith("&") else char


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _named(root: etree._Element, *names: str) -> Iterator[etree._Element]:
    return (element for element in root.iter() if _name(element) in names)


def _text(element: etree._Element) -> str:
    return "".join(str(piece) for piece in element.itertext())


def _tmx(root: etree._Element) -> list[Block]:
    """Return the Chinese segments, one paragraph each."""
    chinese = [
        unit
        for unit in _named(root, "tuv")
        if (unit.get(_LANGUAGE) or unit.get("lang") or "").lower().startswith("zh")
    ]
    return [
        Block(text, "paragraph")
        for unit in chinese
        for segment in _named(unit, "seg")
        if (text := _text(segment).strip())
    ]


def _feed(root: etree._Element) -> list[Block]:
    """Return title and text of each item; the full content where there is some, else the description."""
    blocks: list[Block] = []
    for item in _named(root, "item", "entry"):
        parts = {_name(child): _text(child) for child in item if _text(child).strip()}
        if title := parts.get("title", "").strip():
            blocks.append(Block(_plain(title), "heading"))
        body = next((parts[name] for name in _ITEM_TEXT if name in parts), "")
        blocks += text_blocks(body)
    return blocks


def _plain(text: str) -> str:
    return " ".join(block.text for block in html_blocks(text)) if is_html(text) else text


def _any(root: etree._Element) -> list[Block]:
    """Return the elements whose own text is Chinese, in document order, inline children joined in."""
    blocks: list[Block] = []
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if not _name(element):
            continue
        own = [element.text or "", *(child.tail or "" for child in element)]
        if any(_HAN.search(piece) for piece in own):
            blocks += text_blocks(_text(element))
        else:
            waiting += reversed(element)
    return blocks


def text_blocks(text: str) -> list[Block]:
    """Return the paragraphs of a string that is plain text or a piece of HTML."""
    if is_html(text):
        return html_blocks(text)
    return [Block(line.strip(), "paragraph") for line in text.splitlines() if line.strip()]
