"""Zip archives, read within bounds; docx and xlsx are such archives too."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from casemine.errors import DocumentError
from casemine.ingest.readers.options import Item, ReadOptions
from casemine.ingest.source import PassedOver, Record

# The largest archive found in the field (scanned reports) unpacks to a fifth of this.
MOST_IN_ALL = 1 << 30
MOST_A_MEMBER = 200 << 20
MOST_MEMBERS = 20_000
# Text packs 3 to 20 times, styled blank sheets 60 times; a bomb packs a thousand times.
HIGHEST_RATIO = 200
RATIO_COUNTS_FROM = 10 << 20
_CHUNK = 1 << 18

_ENCRYPTED, _UTF8_NAME = 0x1, 0x800
_DRIVE = re.compile(r"^[A-Za-z]:")
_BOMB_ADVICE = "Unpack it yourself and give the files, if you trust it."
_DOCTYPE = tuple("<!DOCTYPE".encode(name) for name in ("ascii", "utf-16-le", "utf-16-be"))


class Archive:
    """A zip held in memory whose members can only be read within the bounds above."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self.members = [member for member in self._zip.infolist() if not member.is_dir()]
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise DocumentError(
                "the zip archive is damaged.", advice="Save or download the file again."
            ) from error
        self._read = 0
        if len(self.members) > MOST_MEMBERS:
            raise DocumentError(f"the archive holds over {MOST_MEMBERS:,} files.", advice=_BOMB_ADVICE)
        if sum(member.file_size for member in self.members) > MOST_IN_ALL:
            raise DocumentError("the archive would unpack to more than 1 GiB.", advice=_BOMB_ADVICE)

    def read(self, member: zipfile.ZipInfo) -> bytes:
        """Return the bytes of `member`; raise `DocumentError` when it is a bomb, encrypted or damaged."""
        if member.flag_bits & _ENCRYPTED:
            raise DocumentError("is protected by a password.", advice="Unpack it with its password first.")
        pieces: list[bytes] = []
        size = 0
        try:
            with self._zip.open(member) as stream:
                while piece := stream.read(_CHUNK):
                    size += len(piece)
                    self._read += len(piece)
                    self._check(size, member.compress_size)
                    pieces.append(piece)
        except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, zlib.error) as error:
            raise DocumentError("is damaged inside the archive.", advice="Make the archive again.") from error
        return b"".join(pieces)

    def named(self, name: str) -> bytes:
        """Return the bytes of the member called `name`, empty when there is none."""
        chosen = next((member for member in self.members if member.filename == name), None)
        return self.read(chosen) if chosen else b""

    def xml_parts(self) -> Iterator[tuple[str, bytes]]:
        """Yield name and bytes of every XML part of an Office file.

        Raises `DocumentError` for a bomb, and for a document type declaration, which Office never
        writes and an entity bomb needs.
        """
        for member in self.members:
            if member.filename.lower().endswith((".xml", ".rels")):
                content = self.read(member)
                refuse_doctype(content)
                yield member.filename, content

    def _check(self, size: int, packed: int) -> None:
        if size > MOST_A_MEMBER or self._read > MOST_IN_ALL:
            raise DocumentError("unpacks to more than is safe to read.", advice=_BOMB_ADVICE)
        if size > RATIO_COUNTS_FROM and size > HIGHEST_RATIO * max(packed, 1):
            raise DocumentError("is packed so densely that it looks like a zip bomb.", advice=_BOMB_ADVICE)


def refuse_doctype(xml: bytes) -> None:
    """Raise `DocumentError` when a part of an Office file declares a document type."""
    if any(mark in xml for mark in _DOCTYPE):
        raise DocumentError(
            "holds an XML document type declaration, as XML bombs do; it was not read.",
            advice="Save the file again from Word or Excel, if you trust it.",
        )


def member_name(member: zipfile.ZipInfo) -> str:
    """Return the name of a member; without the UTF-8 flag it is UTF-8 or GB18030, as Windows packs it."""
    if member.flag_bits & _UTF8_NAME:
        name = member.orig_filename
    else:
        raw = member.orig_filename.encode("cp437", "replace")
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            name = raw.decode("gb18030", "replace")
    return name.replace("\\", "/")


def is_safe(name: str) -> bool:
    """Tell whether a member name stays inside the folder it would be unpacked into."""
    return not (name.startswith("/") or _DRIVE.match(name) or ".." in name.split("/") or "\0" in name)


def read_zip(
    data: bytes, options: ReadOptions, read: Callable[[bytes, str, ReadOptions], Iterator[Item]]
) -> Iterator[Item]:
    """Read every member with the reader of its own format; records are "!member".

    Archives inside an archive, unsafe names and encrypted members are refused one by one.
    """
    archive = Archive(data)
    if not archive.members:
        raise DocumentError("the archive is empty.")
    seen: set[str] = set()
    for member in sorted(archive.members, key=member_name):
        name = member_name(member)
        if name in seen:
            yield PassedOver(f"!{name}", "stands in the archive twice; the first was read")
            continue
        seen.add(name)
        if reason := _left_out(name):
            yield PassedOver(f"!{name}", reason)
            continue
        try:
            yield from _read_member(archive, member, name, options, read)
        except DocumentError as error:
            yield DocumentError(error.cause, place=f"!{name}{error.place}", advice=error.advice)


def _left_out(name: str) -> str:
    path = PurePosixPath(name)
    if path.name.startswith("~$"):
        return "a lock file of Office, made while a document is open"
    if "__MACOSX" in path.parts or path.name in ("Thumbs.db", "desktop.ini"):
        return "a file of the system"
    return "a hidden file" if path.name.startswith(".") and path.name != ".." else ""


def _read_member(
    archive: Archive,
    member: zipfile.ZipInfo,
    name: str,
    options: ReadOptions,
    read: Callable[[bytes, str, ReadOptions], Iterator[Item]],
) -> Iterator[Item]:
    if not is_safe(name):
        raise DocumentError("its name leads out of the archive; it was not read.")
    for item in read(archive.read(member), name, options):
        if isinstance(item, Record):
            yield replace(item, record_id=f"!{name}{item.record_id}")
        elif isinstance(item, PassedOver):
            yield PassedOver(f"!{name}{item.place}", item.reason)
        else:
            yield DocumentError(item.cause, place=f"!{name}{item.place}", advice=item.advice)
