"""Reading REFI-QDA: codebooks (.qdc) and projects (.qdpx) as any program of the standard writes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from lxml import etree

from casemine.errors import UsageError
from casemine.exchange.positions import Stretch, resolved

_VERSION = re.compile(r"\{urn:QDA-XML:(?P<kind>project|codebook):(?P<version>[^}]*)\}")
# 1:0 stands in files of early exporters for 1.0.
_VERSIONS = ("1.0", "1:0")
_MEDIA = ("PictureSource", "AudioSource", "VideoSource")
_UNKNOWN = "unknown"

Element = etree._Element
# Returns the text of a file of the project by the path that stands in it, None when there is no such file.
Texts = Callable[[str], str | None]


@dataclass(frozen=True)
class Entry:
    """A code as the file has it: its GUID, that of the code above it ("" at the top), name, description."""

    guid: str
    parent: str
    name: str
    description: str


@dataclass(frozen=True)
class Selection:
    """A stretch `[start, end)` of code points that one user coded: GUIDs of codes, description."""

    start: int
    end: int
    user: str
    codes: tuple[str, ...]
    description: str


@dataclass(frozen=True)
class Source:
    """A text of a project, with LF line ends, and what was coded in it."""

    name: str
    text: str
    selections: tuple[Selection, ...]


@dataclass(frozen=True)
class Note:
    """What a user wrote about a source, by its name, or about a code, by its GUID; the other is ""."""

    source: str
    code: str
    user: str
    title: str
    text: str


@dataclass(frozen=True)
class Project:
    """What a project holds that casemine can take.

    `unread` says what was passed over, and why; `doubtful` names the texts whose quotations may be off.
    """

    name: str
    origin: str
    codes: tuple[Entry, ...]
    sources: tuple[Source, ...]
    unread: tuple[str, ...]
    doubtful: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def coders(self) -> tuple[str, ...]:
        """The users who coded anything, sorted."""
        return tuple(sorted({one.user for source in self.sources for one in source.selections}))

    def silent(self) -> list[tuple[str, str]]:
        """Return the texts in which a coder of the project coded nothing: pairs of source and coder.

        Who coded any text of a project is taken to have read all that stand in it.
        """
        return [
            (source.name, coder)
            for source in self.sources
            for coder in self.coders
            if all(selection.user != coder for selection in source.selections)
        ]


def read_codebook(data: bytes, place: str) -> tuple[Entry, ...]:
    """Read a .qdc. Raises `UsageError`, at `place`, when it is none that casemine knows."""
    return tuple(_entries(_parse(data, "codebook", place)))


def read_project(data: bytes, texts: Texts, place: str, unit: str = "") -> Project:
    """Read the project.qde of a .qdpx, its texts through `texts`.

    `unit` says how the program counted characters beyond U+FFFF, where it is known: one of
    `casemine.exchange.positions.UNITS`. Raises `UsageError` at `place` when it is no project.
    """
    root = _parse(data, "project", place)
    users = _users(root)
    origin = root.get("origin") or ""
    sources: list[Source] = []
    unread: list[str] = []
    doubtful: list[str] = []
    for element, name in _sources(root):
        lost = _lost(element)
        text = None if _local(element) in _MEDIA else _text(element, texts)
        if text is None:
            reason = "is no text" if _local(element) in _MEDIA else "its plain text is not in the file"
            unread.append(f"{name}: {reason}{lost}")
            continue
        if _local(element) == "PDFSource" and lost:
            unread.append(f"{name}: areas of a page are no text{lost}")
        source, doubt = _source(element, name, text, users, origin, unit)
        sources.append(source)
        doubtful += [name] * doubt
    entries = tuple(_entries(root))
    notes = tuple(_notes(root, texts, users))
    return Project(
        root.get("name") or "", origin, entries, tuple(sources), tuple(unread), tuple(doubtful), notes
    )


def _users(root: Element) -> dict[str, str]:
    """Return GUID -> name; two users of one name are told apart by a number, as sources are."""
    names: dict[str, str] = {}
    for user in _all(root, "User"):
        names.setdefault(_id(user), _distinct(user.get("name") or user.get("id") or _UNKNOWN, names.values()))
    return names


def _distinct(name: str, taken: Collection[str]) -> str:
    """Return `name`, with the first number from 2 on that makes it differ from those taken."""
    number = 1
    distinct = name
    while distinct in taken:
        number += 1
        distinct = f"{name} {number}"
    return distinct


def _parse(data: bytes, kind: str, place: str) -> Element:
    # Without huge_tree libxml2 itself bounds what entities in attributes may grow to.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UsageError(f"the XML is not well-formed ({error.msg}).", place=place) from error
    if etree.ElementTree(root).docinfo.doctype:  # type: ignore[attr-defined]
        raise UsageError(
            "holds an XML document type declaration, as XML bombs do; it was not read.", place=place
        )
    version = _VERSION.match(str(root.tag))
    if not version or version["kind"] != kind:
        raise UsageError(f"is no REFI-QDA {kind}.", place=place, advice="Give a .qdc or a .qdpx.")
    if version["version"] not in _VERSIONS:
        raise UsageError(
            f"is REFI-QDA {kind} {version['version']}; casemine reads 1.0.",
            place=place,
            advice="Export it again from a current version of the program.",
        )
    return root


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _children(element: Element, *names: str) -> Iterator[Element]:
    return (child for child in element if _local(child) in names)


def _all(root: Element, *names: str) -> Iterator[Element]:
    return (element for element in root.iter() if _local(element) in names)


def _id(element: Element, attribute: str = "guid") -> str:
    """Return a GUID as it is compared: some programs write braces and capitals."""
    return (element.get(attribute) or "").strip("{}").lower()


def _said(element: Element) -> str:
    return "\n".join((child.text or "").strip() for child in _children(element, "Description"))


def _entries(root: Element) -> Iterator[Entry]:
    """Yield the codes, each before those below it."""
    waiting = [(code, "") for codes in _all(root, "Codes") for code in _children(codes, "Code")][::-1]
    while waiting:
        element, parent = waiting.pop()
        yield Entry(_id(element), parent, element.get("name") or "", _said(element))
        waiting += [(child, _id(element)) for child in _children(element, "Code")][::-1]


def _sources(root: Element) -> Iterator[tuple[Element, str]]:
    """Yield the sources with names that differ."""
    taken: set[str] = set()
    for group in _children(root, "Sources"):
        for element in _children(group, "TextSource", "PDFSource", *_MEDIA):
            path = PurePosixPath(element.get("plainTextPath") or element.get("path") or "").stem
            name = _distinct(element.get("name") or path or _id(element), taken)
            taken.add(name)
            yield element, name


def _notes(root: Element, texts: Texts, users: dict[str, str]) -> Iterator[Note]:
    """Yield the notes on whole sources and on codes; those on stretches are in their descriptions."""
    written: dict[str, tuple[str, str, str]] = {}
    for group in _children(root, "Notes"):
        for note in _children(group, "Note"):
            user = users.get(_id(note, "creatingUser")) or _only(list(users.values()))
            written[_id(note)] = user, note.get("name") or "", (_text(note, texts) or "").strip()
    owners = [(element, name, "") for element, name in _sources(root)]
    owners += [(element, "", _id(element)) for element in _all(root, "Code")]
    for element, source, code in owners:
        for ref in _children(element, "NoteRef"):
            user, title, text = written.get(_id(ref, "targetGUID"), ("", "", ""))
            if text:
                yield Note(source, code, user, title, text)


def _lost(element: Element) -> str:
    """Say how many codings of a source cannot be taken: those of pictures, sounds and areas of pages."""
    inside = _all(element, "PDFSelection") if _local(element) == "PDFSource" else [element]
    lost = sum(1 for part in inside for _ in _all(part, "Coding"))
    return f" ({lost} codings)" if lost else ""


def _plain(element: Element) -> Element:
    """Return the element that holds the plain text: of a PDF its representation, else itself."""
    return next(_children(element, "Representation"), element)


def _text(element: Element, texts: Texts) -> str | None:
    plain = _plain(element)
    inline = [child.text or "" for child in _children(plain, "PlainTextContent")]
    path = plain.get("plainTextPath")
    return texts(path) if path else inline[0] if inline else None


def _source(
    element: Element, name: str, text: str, users: dict[str, str], origin: str, unit: str
) -> tuple[Source, bool]:
    """Return a source, and whether its positions are doubtful."""
    plain = _plain(element)
    parts = list(_children(plain, "PlainTextSelection"))
    text, spans, doubtful = resolved(text, [_stretch(part) for part in parts], origin, unit)
    places = list(zip(parts, spans, strict=True))
    # A coding of the whole source.
    owners = [plain] if plain is element else [plain, element]
    places += [(owner, (0, len(text))) for owner in owners]
    selections = [
        selection for part, (start, end) in places for selection in _selections(part, start, end, users)
    ]
    return Source(name, text, tuple(selections)), doubtful


def _stretch(part: Element) -> Stretch:
    start, end = (_position(part, name) for name in ("startPosition", "endPosition"))
    return Stretch(start, end, part.get("name") or "")


def _position(element: Element, attribute: str) -> int:
    value = element.get(attribute) or ""
    return int(value[:18]) if value.isascii() and value.isdigit() else 0


def _selections(part: Element, start: int, end: int, users: dict[str, str]) -> Iterator[Selection]:
    """Yield what each user coded in one place; the user of a coding goes before that of the selection."""
    by_user: dict[str, list[str]] = {}
    for coding in _children(part, "Coding"):
        user = users.get(_id(coding, "creatingUser")) or users.get(_id(part, "creatingUser"))
        codes = [_id(ref, "targetGUID") for ref in _children(coding, "CodeRef")]
        by_user.setdefault(user or _only(list(users.values())), []).extend(codes)
    for user, codes in by_user.items():
        yield Selection(start, end, user, tuple(dict.fromkeys(codes)), _said(part))


def _only(users: Sequence[str]) -> str:
    return users[0] if len(users) == 1 else _UNKNOWN
