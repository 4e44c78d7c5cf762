"""Web pages: the main text out of menus, scripts and share buttons, with its headings, lists and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from casemine.errors import DocumentError
from casemine.ingest.decode import Decoded
from casemine.ingest.readers.options import Item, ReadOptions
from casemine.ingest.readers.plain import decode_text
from casemine.ingest.source import NO_TEXT, Block, Record

_DECLARED = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
# fmt: off
_DROPPED = frozenset({
    "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas",
    "audio", "video", "map", "head", "select", "option", "button", "input", "textarea", "link",
    "meta",
})
# fmt: on
# Around the text, unless a page puts the greater part of its text there.
_AROUND = frozenset(["nav", "header", "footer", "aside", "form", "menu"])
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "caption", "legend"])
# fmt: off
_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "img", "ins", "kbd", "label", "mark", "o:p", "q", "rb", "rp", "rt", "ruby", "s",
    "samp", "small", "span", "st1", "strike", "strong", "sub", "sup", "time", "tt", "u",
    "ucaptitle", "var", "wbr",
})
# fmt: on
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SITE_NAME = re.compile(r"\s*(?:--|__|[-_|—–])\s*[^-_|—–]{2,30}$")
_TITLE_METAS = ('meta[name="ArticleTitle"]', 'meta[property="og:title"]')
_DATE_METAS = ('meta[name="PubDate"]', 'meta[name="publishdate"]', 'meta[property="article:published_time"]')
_SPACE = re.compile(r"[ \t\r\n\f\xa0]+")
# A line break of the source between two Han characters is no space on a Chinese page.
_BROKEN = re.compile(
    r"(?<=[\u2e80-\u9fff\u3000-\u303f\uff00-\uffef])[ \t]*\n\s*(?=[\u2e80-\u9fff\uff00-\uffef])"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_TAIL = re.compile(
    r"(?:推荐阅读|相关阅读|相关新闻|相关稿件|相关链接|延伸阅读|热门推荐|更多阅读|扫一扫.{0,16})[：:]?$"
)
_SENTENCE = re.compile(r"[。；！？]")
_DEEPEST = 200
MOST_DEPTH = 3000
# Elements that hold others and have an end tag of their own.
_NESTING = re.compile(
    r"<(/?)(?:div|span|font|table|ul|ol|dl|section|article|blockquote|center|em|strong|form|main|[abiuqs])\b",
    re.IGNORECASE,
)
_LONG_TAG = re.compile(r"<([A-Za-z][\w:-]{0,30})\s[^<>]{10000,}>")
_LONGEST_TITLE = 500
# The main text is where this share of a page's prose stands.
_MAIN_SHARE = 0.8
_FEW = 0.3
_LINK_LIST = 0.6


@dataclass
class _Node:
    """An element: its Han characters, those inside links, and those in prose (sentences, no link)."""

    tag: str
    children: list[_Node | str] = field(default_factory=list)
    han: int = 0
    linked: int = 0
    prose: int = 0


_Child: TypeAlias = _Node | str


def read_html(data: bytes, options: ReadOptions) -> Iterator[Item]:
    """Read a page as one document: title, then the element that holds the greater part of the prose."""
    text, encoding, damaged = html_text(data, options)
    page = page_of(text)
    title = _title(page)
    blocks = _titled(_page_blocks(page.body), title)
    if not any(block.text for block in blocks):
        raise DocumentError("the page holds no text.", advice=NO_TEXT)
    published = _content(page, _DATE_METAS)
    metadata = {"title": title, "published": published} if published else {"title": title}
    yield Record(tuple(blocks), "html", encoding, damaged, metadata=metadata if title else {})


def html_text(data: bytes, options: ReadOptions) -> Decoded:
    """Decode a page, with what it declares as a hint."""
    declared = _DECLARED.search(data[:4096])
    return decode_text(data, options, declared=declared[1].decode("ascii") if declared else "")


def page_of(text: str) -> Any:
    """Return the parsed page (a selectolax `LexborHTMLParser`).

    Raises `DocumentError` when it is nested too deeply: the parser's time grows with the square of that, as
    with that of the attributes of one tag, which are left out where they are too many.
    """
    from selectolax.lexbor import LexborHTMLParser

    text = _LONG_TAG.sub(r"<\1>", text)
    if _depth(text) > MOST_DEPTH:
        raise DocumentError(
            f"its elements are nested over {MOST_DEPTH:,} deep.", advice="Save the page again."
        )
    return LexborHTMLParser(text)


def _depth(text: str) -> int:
    """Return how deep the elements that must be closed are nested, about."""
    if text.count("<") <= MOST_DEPTH:
        return 0
    depth = deepest = 0
    for tag in _NESTING.finditer(text):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def html_blocks(fragment: str) -> list[Block]:
    """Return the blocks of a piece of HTML, all of it taken for text."""
    body = page_of(fragment).body
    return [] if body is None else [*_blocks(_build(body, in_link=False, depth=0))]


def is_html(text: str) -> bool:
    """Tell whether a string is a piece of HTML rather than plain text."""
    return bool(re.search(r"</(?:p|div|span|a|b|strong|li|td|h\d)>|<(?:br|p)\s*/?>", text, re.IGNORECASE))


def _content(page: Any, selectors: tuple[str, ...]) -> str:
    for selector in selectors:
        for node in page.css(selector):
            if content := _squeezed(node.attributes.get("content") or ""):
                return content
    return ""


def _title(page: Any) -> str:
    if title := _content(page, _TITLE_METAS):
        return title
    headings = [_squeezed(node.text(separator="")) for node in page.css("h1")]
    if len(headings) == 1 and len(headings[0]) >= 4:
        return headings[0]
    node = page.css_first("title")
    title = _squeezed(node.text())[:_LONGEST_TITLE] if node else ""
    while len(shorter := _SITE_NAME.sub("", title)) < len(title) and len(shorter) >= 6:
        title = shorter
    return title


def _titled(blocks: list[Block], title: str) -> list[Block]:
    """Mark the block that repeats the title, or put the title in front."""
    wanted = "".join(title.split())
    if not wanted:
        return blocks
    for number, block in enumerate(blocks[:8]):
        if "".join(block.text.split()) == wanted:
            return [*blocks[:number], block._replace(kind="title"), *blocks[number + 1 :]]
    return [Block(title, "title"), *blocks]


def _page_blocks(body: Any) -> list[Block]:
    if body is None:
        return []
    root = _build(body, in_link=False, depth=0)
    _prune(root, root)
    return _without_tail([*_blocks(_main(root))])


def _without_tail(blocks: list[Block]) -> list[Block]:
    """Cut what follows the article (further reading, a code to scan) when it is in the second half."""
    half = sum(len(block.text) for block in blocks) / 2
    before = 0
    for number, block in enumerate(blocks):
        if before > half and _TAIL.match(block.text):
            return blocks[:number]
        before += len(block.text)
    return blocks


def _build(element: Any, *, in_link: bool, depth: int) -> _Node:
    node = _Node(element.tag)
    child = element.child
    while child is not None:
        if child.tag == "-text":
            _add_text(node, child.text(deep=False) or "", in_link)
        elif depth > _DEEPEST:
            _add_text(node, child.text(separator="\n"), in_link)
        elif not _is_dropped(child):
            inner = _build(child, in_link=in_link or child.tag == "a", depth=depth + 1)
            node.children.append(inner)
            node.han += inner.han
            node.linked += inner.linked
            node.prose += inner.prose
        child = child.next
    return node


def _add_text(node: _Node, text: str, in_link: bool) -> None:
    if text:
        han = len(_HAN.findall(text))
        node.children.append(text)
        node.han += han
        node.linked += han if in_link else 0
        node.prose += han if not in_link and _SENTENCE.search(text) else 0


def _is_dropped(element: Any) -> bool:
    if element.tag in _DROPPED or not element.tag or element.tag.startswith(("_", "-", "!")):
        return True
    attributes = element.attributes
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or bool(_HIDDEN.search(attributes.get("style") or ""))
    )


def _prune(node: _Node, root: _Node) -> None:
    """Take out what stands around the text, and lists of links."""
    kept: list[_Child] = []
    for child in node.children:
        if isinstance(child, _Node):
            around = child.tag in _AROUND and child.prose <= _FEW * root.prose
            links = child.tag not in _INLINE and child.linked > _LINK_LIST * child.han and child.prose < 20
            if around or links:
                continue
            _prune(child, root)
        kept.append(child)
    node.children = kept


def _main(node: _Node) -> _Node:
    """Go down into the one child that holds nearly all the prose, as long as there is one."""
    while node.prose:
        inner = [child for child in node.children if isinstance(child, _Node) and child.tag not in _INLINE]
        best = max(inner, key=lambda child: child.prose, default=None)
        if best is None or best.tag == "p" or best.prose < _MAIN_SHARE * node.prose:
            break
        node = best
    return node


def _blocks(node: _Node, kind: str = "paragraph") -> Iterator[Block]:
    """Yield the blocks of `node`: text joined across inline elements, cut at block elements and br."""
    pieces: list[str] = []
    for part in _flat(node):
        if isinstance(part, str):
            pieces.append(part)
            continue
        yield from _text_block(pieces, kind)
        pieces = []
        if part.tag == "table":
            yield from _table(part)
        elif part.tag != "br":
            yield from _blocks(part, "heading" if part.tag in _HEADINGS else kind)
    yield from _text_block(pieces, kind)


def _flat(node: _Node) -> Iterator[_Child]:
    for child in node.children:
        if isinstance(child, _Node) and child.tag in _INLINE:
            if child.tag not in ("rt", "rp"):
                yield from _flat(child)
        else:
            yield child


def _text_block(pieces: list[str], kind: str) -> Iterator[Block]:
    if text := _squeezed("".join(pieces)):
        yield Block(text, kind)


def _squeezed(text: str) -> str:
    return _SPACE.sub(" ", _BROKEN.sub("", text)).strip()


def _table(table: _Node) -> Iterator[Block]:
    """Yield a block a row; a table that lays out the page is read cell by cell."""
    for part in _inner(table, ("tr", "caption")):
        if part.tag == "caption":
            yield from _blocks(part, "heading")
            continue
        cells = [[*_blocks(cell)] for cell in _inner(part, ("td", "th"))]
        filled = [cell for cell in cells if cell]
        if len(filled) > 1 and all(len(cell) == 1 for cell in filled):
            yield Block("\t".join(cell[0].text if cell else "" for cell in cells), "row")
        else:
            yield from (block for cell in filled for block in cell)


def _inner(node: _Node, tags: tuple[str, ...]) -> Iterator[_Node]:
    for child in node.children:
        if isinstance(child, _Node):
            if child.tag in tags:
                yield child
            elif child.tag in ("thead", "tbody", "tfoot"):
                yield from _inner(child, tags)
