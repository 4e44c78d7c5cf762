"""One reader per format, and the one door to them: `read_file`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath

from casemine.errors import DocumentError, UsageError
from casemine.ingest.readers.archive import read_zip
from casemine.ingest.readers.docx import read_docx
from casemine.ingest.readers.epub import read_epub
from casemine.ingest.readers.html import read_html
from casemine.ingest.readers.mail import read_eml, read_mht
from casemine.ingest.readers.ocr import read_image
from casemine.ingest.readers.ofd import read_ofd
from casemine.ingest.readers.office import read_office
from casemine.ingest.readers.opendocument import read_odt
from casemine.ingest.readers.options import Item, ReadOptions
from casemine.ingest.readers.pdf import read_pdf
from casemine.ingest.readers.plain import read_md, read_txt
from casemine.ingest.readers.rtf import read_rtf
from casemine.ingest.readers.sniff import kind_of
from casemine.ingest.readers.spreadsheets import read_html_sheets, read_spreadsheet_ml, read_xls
from casemine.ingest.readers.table import read_csv, read_json, read_jsonl, read_tsv, read_xlsx
from casemine.ingest.readers.xml import read_xml
from casemine.ingest.source import EMPTY, PassedOver, Record
from casemine.lexicon.script import as_read, is_traditional

__all__ = ["Item", "ReadOptions", "read_file"]

Reader = Callable[[bytes, ReadOptions], Iterator[Item]]

_READERS: dict[str, Reader] = {
    "txt": read_txt,
    "md": read_md,
    "docx": read_docx,
    "pdf": read_pdf,
    "ofd": read_ofd,
    "odt": read_odt,
    "rtf": read_rtf,
    "epub": read_epub,
    "html": read_html,
    "mht": read_mht,
    "eml": read_eml,
    "xml": read_xml,
    "csv": read_csv,
    "tsv": read_tsv,
    "xlsx": read_xlsx,
    "html-sheets": read_html_sheets,
    "spreadsheet-xml": read_spreadsheet_ml,
    "json": read_json,
    "jsonl": read_jsonl,
    "image": read_image,
    **{kind: partial(read_xls, kind=kind) for kind in ("xls", "et", "ods")},
    **{kind: partial(read_office, kind=kind) for kind in ("doc", "wps")},
}
# What the column `script` of documents.csv says of a text that was converted.
CONVERTED = "simplified from traditional"
# A folder of reports has files of megabytes; scanned books reach some hundred.
MOST_BYTES = 1 << 30
_FILLED = re.compile(rb"[^\0 \t\r\n\xef\xbb\xbf]")
_LOCK_LENGTHS = (54, 55, 162, 165)


def read_file(source: str | Path | bytes, name: str, options: ReadOptions | None = None) -> Iterator[Item]:
    """Yield the documents of one file, and in their place what of it was passed over or failed.

    `source` is a path or the bytes; `name` is the file's doc_id stem: its ending says the format
    unless the bytes say otherwise, and every place begins with it. Never raises for bad input: an
    error of the whole file is the last item yielded. `UsageError` for an unknown encoding passes.
    """
    given = options or ReadOptions()
    try:
        for item in _read(_bytes(source), name, given):
            if isinstance(item, DocumentError):
                yield _placed(item, name)
            elif isinstance(item, PassedOver):
                yield PassedOver(name + item.place, item.reason)
            else:
                yield _in_script(item, given.script)
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


def _in_script(record: Record, script: str) -> Record:
    """Return a record in the script asked for; one that was converted says so among its metadata."""
    if script == "keep":
        return record
    text = "\n".join(block.text for block in record.blocks)
    if script == "auto" and not is_traditional(text):
        return record
    blocks = tuple(block._replace(text=as_read(block.text, "simplified")) for block in record.blocks)
    metadata = {name: as_read(cell, "simplified") for name, cell in record.metadata.items()}
    if any(new.text != old.text for new, old in zip(blocks, record.blocks, strict=True)):
        metadata["script"] = CONVERTED
    return replace(record, blocks=blocks, metadata=metadata)


def _placed(error: DocumentError, name: str) -> DocumentError:
    return DocumentError(error.cause, place=name + error.place, advice=error.advice)


def _bytes(source: str | Path | bytes) -> bytes:
    if isinstance(source, bytes):
        return source
    path = Path(source)
    try:
        if path.exists() and not path.is_file():  # a pipe or a device may never end
            raise DocumentError("is no regular file; it was not read.")
        if path.stat().st_size > MOST_BYTES:
            raise DocumentError("is larger than 1 GiB.", advice="Part it, and give the parts.")
        return path.read_bytes()
    except OSError as error:
        raise DocumentError(
            f"the file cannot be opened ({error.strerror}).", advice="Close it in other programs."
        ) from error


def _read(data: bytes, name: str, options: ReadOptions, *, inside: bool = False) -> Iterator[Item]:
    """Dispatch on what the bytes are, then on the ending of `name`."""
    if not _FILLED.search(data):
        raise DocumentError("the file is empty.", advice=EMPTY)
    if _is_lock(data):
        yield PassedOver("", "a lock file of Office, made while a document is open")
        return
    kind = kind_of(data, PurePosixPath(name).suffix.lower().lstrip("."))
    if kind == "zip" and inside:
        raise DocumentError("is an archive inside an archive.", advice="Unpack the outer one first.")
    if kind == "zip":
        yield from read_zip(data, options, partial(_read, inside=True))
    else:
        yield from _READERS[kind](data, options)


def _is_lock(data: bytes) -> bool:
    """Tell whether the bytes are an owner file: a length, a user name, padding, the name in UTF-16."""
    return len(data) in _LOCK_LENGTHS and 0 < data[0] <= 54 and data.count(0) > len(data) / 3
