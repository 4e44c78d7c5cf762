"""What a report shows, with some of it changed, and a picture of any size."""

import struct
import zlib
from types import SimpleNamespace
from typing import Any

from casemine.report.content import Content


def changed(content: Content, **values: Any) -> Any:
    names = [name for name in vars(Content) if not name.startswith("_")]
    return SimpleNamespace(**{name: getattr(content, name) for name in names} | values)


def png(width: int, height: int) -> bytes:
    """A grey picture at 72 dots per inch."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    dots = struct.pack(">IIB", 2835, 2835, 1)
    lines = zlib.compress((b"\0" + b"\x80" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        [chunk(b"IHDR", head), chunk(b"pHYs", dots), chunk(b"IDAT", lines), chunk(b"IEND", b"")]
    )
