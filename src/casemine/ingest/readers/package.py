"""Packages of XML parts (Office, OpenDocument, OFD, EPUB): parts parsed safely, elements by local name."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from casemine.bounded import refuse_doctype
from casemine.errors import DocumentError

if TYPE_CHECKING:
    from lxml import etree

# Deeper than any program nests; lxml itself would go on.
MOST_DEPTH = 250


def parse(xml: bytes) -> etree._Element:
    """Return the root of an XML part; raise `DocumentError` when it is damaged, an XML bomb or too deep."""
    from lxml import etree

    refuse_doctype(xml)
    # libxml2 itself stops at 256 levels and at 10 MB in one text, unless told otherwise.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=len(xml) > 10**7
    )
    try:
        return etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error).lower():
            raise DocumentError("a part of the document is nested too deeply to be one.") from error
        raise DocumentError(
            "a part of the document is damaged.",
            advice="Open it in the program that made it, repair it and save it again.",
        ) from error


def name_of(element: etree._Element) -> str:
    """Return the local name of an element, "" for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Yield the children with one of the local names."""
    return (child for child in element if name_of(child) in names)


def named(root: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Yield the elements at or below `root` with one of the local names, in document order."""
    return (element for element in root.iter() if name_of(element) in names)


def find(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Return the first element down the path of local names, None where it breaks off."""
    for name in path:
        element = None if element is None else next(children(element, name), None)
    return element


def attribute(element: etree._Element | None, name: str = "val") -> str | None:
    """Return an attribute by its local name."""
    for key, value in () if element is None else element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def beside(part: str, target: str) -> str:
    """Return the name of the member that `target`, in the part called `part`, points to.

    >>> beside("Doc_0/Document.xml", "Pages/Page_0/Content.xml"), beside("word/document.xml", "/word/a.htm")
    ('Doc_0/Pages/Page_0/Content.xml', 'word/a.htm')
    """
    target = unquote(target.partition("#")[0].replace("\\", "/"))
    if target.startswith("/"):
        return posixpath.normpath(target.lstrip("/"))
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))
