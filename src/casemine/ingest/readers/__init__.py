"""One reader per format, and the one door to them: `read_file`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath

from casemine.errors import DocumentError, UsageError
from casemine.ingest.readers.archive import Archive, read_zip
from casemine.ingest.readers.docx import read_docx
from casemine.ingest.readers.html import read_html
from casemine.ingest.readers.ocr import read_image
from casemine.ingest.readers.office import read_office
from casemine.ingest.readers.options import Item, ReadOptions
from casemine.ingest.readers.pdf import read_pdf
from casemine.ingest.readers.plain import read_md, read_txt
from casemine.ingest.readers.table import read_csv, read_json, read_jsonl, read_tsv, read_xlsx
from casemine.ingest.readers.xml import read_xml
from casemine.ingest.source import PassedOver

__all__ = ["Item", "ReadOptions", "read_file"]

Reader = Callable[[bytes, ReadOptions], Iterator[Item]]

_READERS: dict[str, Reader] = {
    "txt": read_txt,
    "md": read_md,
    "docx": read_docx,
    "pdf": read_pdf,
    "html": read_html,
    "xml": read_xml,
    "csv": read_csv,
    "tsv": read_tsv,
    "xlsx": read_xlsx,
    "json": read_json,
    "jsonl": read_jsonl,
    "image": read_image,
    **{kind: partial(read_office, kind=kind) for kind in ("doc", "wps", "rtf", "odt")},
}
_ENDINGS = {
    **{kind: kind for kind in _READERS if kind != "image"},
    "text": "txt",
    "markdown": "md",
    "docm": "docx",
    "htm": "html",
    "xhtml": "html",
    "shtml": "html",
    "tmx": "xml",
    "rss": "xml",
    "atom": "xml",
    "xlsm": "xlsx",
    "ndjson": "jsonl",
    "zip": "zip",
    **dict.fromkeys(("png", "jpg", "jpeg", "tif", "tiff", "bmp"), "image"),
}
_SUPPORTED = (
    "txt, md, docx, pdf, html, xml, tmx, rss, csv, tsv, xlsx, json, jsonl, zip, "
    "doc, wps, rtf, odt (with LibreOffice), png, jpg, tif, bmp (with the OCR extra)"
)
_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
)
_ZIP, _OLE = (b"PK\x03\x04", b"PK\x05\x06"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*(?:<\?xml[^>]*\?>\s*)?(?:<!doctype\s+html|<html)", re.I | re.S
)
_BINARY = frozenset({"docx", "pdf", "xlsx", "zip", "image", "doc", "wps", "odt", "rtf"})
_LOCK_LENGTHS = (54, 55, 162, 165)


def read_file(source: str | Path | bytes, name: str, options: ReadOptions | None = None) -> Iterator[Item]:
    """Yield the documents of one file, and in their place what of it was passed over or failed.

    `source` is a path or the bytes; `name` is the file's doc_id stem: its ending says the format
    unless the bytes say otherwise, and every place begins with it. Never raises for bad input: an
    error of the whole file is the last item yielded. `UsageError` for an unknown encoding passes.
    """
    try:
        for item in _read(_bytes(source), name, options or ReadOptions()):
            if isinstance(item, DocumentError):
                yield _placed(item, name)
            else:
                yield PassedOver(name + item.place, item.reason) if isinstance(item, PassedOver) else item
    except DocumentError as error:
        yield _placed(error, name)
    except UsageError:
        raise
    except Exception as error:  # a fault of a library at one file may not cost the others
        yield DocumentError(
            f"the file could not be read ({type(error).__name__}).",
            place=name,
            advice="Open it in the program that made it and save it again.",
        )


def _placed(error: DocumentError, name: str) -> DocumentError:
    return DocumentError(error.cause, place=name + error.place, advice=error.advice)


def _bytes(source: str | Path | bytes) -> bytes:
    if isinstance(source, bytes):
        return source
    try:
        return Path(source).read_bytes()
    except OSError as error:
        raise DocumentError(
            f"the file cannot be opened ({error.strerror}).", advice="Close it in other programs."
        ) from error


def _read(data: bytes, name: str, options: ReadOptions, *, inside: bool = False) -> Iterator[Item]:
    """Dispatch on what the bytes are, then on the ending of `name`."""
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise DocumentError("the file is empty.")
    if _is_lock(data):
        yield PassedOver("", "a lock file of Office, made while a document is open")
        return
    kind = _kind(data, PurePosixPath(name).suffix.lower().lstrip("."))
    if kind == "zip" and inside:
        raise DocumentError("is an archive inside an archive.", advice="Unpack the outer one first.")
    if kind == "zip":
        yield from read_zip(data, options, partial(_read, inside=True))
    else:
        yield from _READERS[kind](data, options)


def _is_lock(data: bytes) -> bool:
    """Tell whether the bytes are an owner file: a length, a user name, padding, the name in UTF-16."""
    return len(data) in _LOCK_LENGTHS and 0 < data[0] <= 54 and data.count(0) > len(data) / 3


def _kind(data: bytes, ending: str) -> str:
    """Return the key of the reader; raise `DocumentError` for a format that has none."""
    kind = _sniffed(data, ending)
    if kind:
        return kind
    if ending not in _ENDINGS:
        raise DocumentError("unsupported format.", advice=f"casemine reads {_SUPPORTED}.")
    kind = _ENDINGS[ending]
    if kind in _BINARY:
        raise DocumentError(
            f"is not a .{ending} file inside, whatever its name says.",
            advice="Open it in the program that made it and save it again.",
        )
    return kind


def _sniffed(data: bytes, ending: str) -> str:
    """Return what the first bytes say the format is, "" when they say nothing."""
    for mark, kind in _MAGIC:
        if data.startswith(mark):
            return kind
    if data.startswith(_ZIP):
        return _packed(data)
    if data.startswith(_OLE):
        return _compound(data, ending)
    if b"%PDF-" in data[:1024] and ending == "pdf":
        return "pdf"
    if data.startswith(b"BM") and ending == "bmp":
        return "image"
    known = _ENDINGS.get(ending, "")
    return "html" if (known in _BINARY or known == "txt") and _HTML.match(data[:4096]) else ""


def _packed(data: bytes) -> str:
    names = {member.filename for member in Archive(data).members}
    if "word/document.xml" in names or any(name.startswith("word/document") for name in names):
        return "docx"
    if "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names):
        return "xlsx"
    if "[Content_Types].xml" in names or "AndroidManifest.xml" in names:
        raise DocumentError("unsupported format.", advice=f"casemine reads {_SUPPORTED}.")
    return "odt" if {"mimetype", "content.xml"} <= names else "zip"


def _compound(data: bytes, ending: str) -> str:
    """Tell the OLE compound files apart: an encrypted docx or xlsx, a workbook, a text document."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise DocumentError("is protected by a password.", advice="Save a copy without the password.")
    if ending in ("xls", "et") or ("Workbook".encode("utf-16-le") in data and ending not in ("doc", "wps")):
        raise DocumentError("is a workbook in an old format.", advice="Save it as .xlsx.")
    return ending if ending in ("doc", "wps") else "doc"
