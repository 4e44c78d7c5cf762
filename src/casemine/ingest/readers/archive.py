"""Zip archives of documents: each member read by the reader of its own format."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from casemine.bounded import Archive
from casemine.errors import DocumentError
from casemine.ingest.readers.options import Item, ReadOptions
from casemine.ingest.source import PassedOver, Record

_UTF8_NAME = 0x800
_DRIVE = re.compile(r"^[A-Za-z]:")


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
        raise DocumentError(
            "its name leads out of the archive; it was not read.", advice="Unpack it, and give the file."
        )
    for item in read(archive.read(member), name, options):
        if isinstance(item, Record):
            yield replace(item, record_id=f"!{name}{item.record_id}")
        elif isinstance(item, PassedOver):
            yield PassedOver(f"!{name}{item.place}", item.reason)
        else:
            yield DocumentError(item.cause, place=f"!{name}{item.place}", advice=item.advice)
