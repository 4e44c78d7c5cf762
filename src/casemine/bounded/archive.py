"""Zip archives, read within bounds; docx, xlsx, qdpx and npz are such archives too."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from casemine.errors import UnreadableError

# The largest archive found in the field (scanned reports) unpacks to a fifth of this.
MOST_IN_ALL = 1 << 30
MOST_A_MEMBER = 200 << 20
MOST_MEMBERS = 20_000
# Text packs 3 to 20 times, styled blank sheets 60 times; a bomb packs a thousand times.
HIGHEST_RATIO = 200
RATIO_COUNTS_FROM = 10 << 20
_CHUNK = 1 << 18

_ENCRYPTED = 0x1
_BOMB_ADVICE = "Unpack it yourself and give the files, if you trust it."
_DOCTYPE = tuple("<!DOCTYPE".encode(name) for name in ("ascii", "utf-16-le", "utf-16-be"))
# Whatever zipfile and the codecs below it raise for a file that was cut or has a byte that flipped.
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError, KeyError,
    IndexError, OverflowError, RuntimeError, MemoryError, NotImplementedError,
)  # fmt: skip


class Archive:
    """A zip held in memory whose members can only be read within the bounds above."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self.members = [member for member in self._zip.infolist() if not member.is_dir()]
        except _DAMAGED as error:
            raise UnreadableError(
                "the zip archive is damaged.", advice="Save or download the file again."
            ) from error
        self._read = 0
        if len(self.members) > MOST_MEMBERS:
            raise UnreadableError(f"the archive holds over {MOST_MEMBERS:,} files.", advice=_BOMB_ADVICE)
        if sum(member.file_size for member in self.members) > MOST_IN_ALL:
            raise UnreadableError("the archive would unpack to more than 1 GiB.", advice=_BOMB_ADVICE)

    def read(self, member: zipfile.ZipInfo) -> bytes:
        """Return the bytes of `member`; raise `UnreadableError` when it is a bomb, encrypted or damaged."""
        return b"".join(self.pieces(member))

    def pieces(self, member: zipfile.ZipInfo) -> Iterator[bytes]:
        """Yield the bytes of `member` piece by piece; raises as `read` does, before a bomb has gone off."""
        if member.flag_bits & _ENCRYPTED:
            raise UnreadableError("is protected by a password.", advice="Unpack it with its password first.")
        # What the archive says of itself is enough to refuse it; what it hides is seen while it is read.
        self._check(member.file_size, member.compress_size)
        size = 0
        with self._opened(member) as stream:
            while piece := _piece(stream):
                size += len(piece)
                self._read += len(piece)
                self._check(size, member.compress_size)
                yield piece

    def _opened(self, member: zipfile.ZipInfo) -> IO[bytes]:
        try:
            return self._zip.open(member)
        except _DAMAGED as error:
            raise _damaged() from error

    def named(self, name: str) -> bytes:
        """Return the bytes of the member called `name`, empty when there is none."""
        chosen = next((member for member in self.members if member.filename == name), None)
        return self.read(chosen) if chosen else b""

    def _check(self, size: int, packed: int) -> None:
        if size > MOST_A_MEMBER or self._read > MOST_IN_ALL:
            raise UnreadableError("unpacks to more than is safe to read.", advice=_BOMB_ADVICE)
        if size > RATIO_COUNTS_FROM and size > HIGHEST_RATIO * max(packed, 1):
            raise UnreadableError("is packed so densely that it looks like a zip bomb.", advice=_BOMB_ADVICE)


def refuse_doctype(xml: bytes) -> None:
    """Raise `UnreadableError` when a part of an Office file declares a document type."""
    if any(mark in xml for mark in _DOCTYPE):
        raise UnreadableError(
            "holds an XML document type declaration, as XML bombs do; it was not read.",
            advice="Save the file again from Word or Excel, if you trust it.",
        )


def _piece(stream: IO[bytes]) -> bytes:
    try:
        return stream.read(_CHUNK)
    except _DAMAGED as error:
        raise _damaged() from error


def _damaged() -> UnreadableError:
    return UnreadableError("is damaged inside the archive.", advice="Make the archive again.")
