"""Files to documents: find them, decode them, repair their layout, name title, region and year."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from casemine import schema
from casemine.document import Document
from casemine.errors import DocumentError
from casemine.ingest import duplicates
from casemine.ingest.collect import Collected, Found, collect
from casemine.ingest.compose import compose
from casemine.ingest.manifest import manifest_metadata
from casemine.ingest.metadata import describe
from casemine.ingest.readers import ReadOptions, read_file
from casemine.ingest.regions import gazetteer
from casemine.ingest.source import NO_TEXT, PassedOver, Record
from casemine.ingest.spool import Spool, Spooled
from casemine.parallel import Mapper, in_process

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "Collected",
    "Ingested",
    "LeftOut",
    "ReadOptions",
    "collect",
    "gazetteer",
    "read_documents",
    "read_texts",
]

# Metadata may bring any column; one named as a column of ours takes a mark.
_OWN_COLUMNS = frozenset(schema.DOCUMENTS.names)
_MARK = "_given"
# What to do about a failure of which nothing better is known.
_ADVICE = "Open it, put it right and save it again, or take it out."


class LeftOut(NamedTuple):
    """A row of `left_out`."""

    file: str
    status: str
    reason: str
    advice: str = ""


@dataclass(frozen=True)
class _Read:
    """A document, and the columns of its row that say where it came from (or what of it is counted)."""

    document: Document
    row: dict[str, object]


# By doc_id, the metadata that manifests give.
Manifest = Mapping[str, Mapping[str, str]]
# What makes a document of a composed one, given its record, its file and the manifest.
Describe = Callable[[Document, Record, Found, Manifest], _Read]


@dataclass(frozen=True)
class Ingested:
    """Documents by doc_id, their table (`schema.DOCUMENTS`, text_file still empty) and what was left out.

    The documents are on disk, each read when it is asked for.
    """

    documents: Sequence[Document]
    table: pd.DataFrame
    left_out: pd.DataFrame


def read_documents(
    collected: Collected, options: ReadOptions | None = None, mapper: Mapper = in_process
) -> Ingested:
    """Read all documents of the files collected.

    What cannot be read is named in `left_out` and stops nothing. Of documents with the same text the
    one with the smallest doc_id stays.
    """
    spool = Spool()
    kept, left_out = _kept(collected, options, mapper, _described, spool)
    documents = Spooled(spool, [item.document.doc_id for item in kept])
    similar = duplicates.near(documents)
    rows = [{**item.row, "similar_to": similar.get(item.document.doc_id, "")} for item in kept]
    table = schema.DOCUMENTS.frame(rows).fillna("")
    return Ingested(documents, table, schema.LEFT_OUT.frame([item._asdict() for item in left_out]))


def read_texts(
    collected: Collected,
    options: ReadOptions | None = None,
    mapper: Mapper = in_process,
    expect: Callable[[str], None] | None = None,
) -> tuple[list[str], list[LeftOut]]:
    """Read what is counted of the documents that `read_documents` would read, and what was left out.

    For work that asks for no metadata: title, region, year and likeness are not looked for. `expect`, for a
    mapper in this process alone, is told each text as soon as it is read, also one that will be left out.
    """
    kept, left_out = _kept(collected, options, mapper, partial(_bare, expect=expect))
    return [str(item.row["counted"]) for item in kept], left_out


def _kept(
    collected: Collected,
    options: ReadOptions | None,
    mapper: Mapper,
    describe: Describe,
    spool: Spool | None = None,
) -> tuple[list[_Read], list[LeftOut]]:
    """Read all files; return one document of each text, by doc_id, and what was left out.

    Where there is a `spool`, it takes the texts.
    """
    manifest, unmatched = manifest_metadata(collected)
    read_each = partial(_read_file, options=options or ReadOptions(), manifest=manifest, describe=describe)
    read: list[_Read] = []
    left = [LeftOut(place, "passed over", reason) for place, reason in collected.passed_over]
    left += [LeftOut(error.place, "failed", error.cause, error.advice) for error in unmatched]
    digests: list[tuple[str, bytes]] = []
    sized = [(file, _size(file)) for file in collected.files]
    found = mapper(partial(_read_if_there, read=read_each), sized)
    for file, items in zip(collected.files, found, strict=True):
        # A worker on another machine may not reach the file, or have another one of its name.
        for item in read_each(file) if items is None else items:
            if isinstance(item, LeftOut):
                left.append(item)
                continue
            digests.append((item.document.doc_id, duplicates.digest(item.document)))
            read.append(replace(item, document=spool.put(item.document)) if spool else item)
    read.sort(key=lambda item: item.document.doc_id)
    same = duplicates.exact(digests)
    doubled = [LeftOut(doc_id, "passed over", f"the same text as {first}") for doc_id, first in same.items()]
    return [item for item in read if item.document.doc_id not in same], _left_out([*left, *doubled])


def _left_out(left: Sequence[LeftOut]) -> list[LeftOut]:
    """Return what was left out, each file once: of one passed over that also failed, the failure."""
    by_file = {item.file: item for item in sorted(left, key=lambda item: (item.status == "failed", item))}
    return sorted(_advised(item) for item in by_file.values())


def _advised(item: LeftOut) -> LeftOut:
    """Return a row of `left_out` with what to do, where something failed and nobody said it."""
    return item._replace(advice=_ADVICE) if item.status == "failed" and not item.advice else item


def _size(file: Found) -> int:
    """Return the bytes of a file; -1 when it cannot be looked at: reading it says why."""
    try:
        return file.path.stat().st_size
    except OSError:
        return -1


def _read_if_there(
    sized: tuple[Found, int], *, read: Callable[[Found], list[_Read | LeftOut]]
) -> list[_Read | LeftOut] | None:
    """Read a file, in a worker; None when there is no such file of that size here."""
    file, size = sized
    return read(file) if _size(file) == size else None


def _read_file(
    file: Found, *, options: ReadOptions, manifest: Manifest, describe: Describe
) -> list[_Read | LeftOut]:
    """Read one file, in a worker: its documents, and in their place what of it was left out."""
    results: list[_Read | LeftOut] = []
    for item in read_file(file.path, file.doc_id, options):
        if isinstance(item, PassedOver):
            results.append(LeftOut(item.place, "passed over", item.reason))
        elif isinstance(item, DocumentError):
            results.append(LeftOut(item.place, "failed", item.cause, item.advice))
        else:
            results.append(_document(item, file, manifest, describe))
    return results or [LeftOut(file.doc_id, "failed", "nothing in it could be read.", NO_TEXT)]


def _document(record: Record, file: Found, manifest: Manifest, describe: Describe) -> _Read | LeftOut:
    doc_id = file.doc_id + record.record_id
    text, passages = compose(record.blocks)
    if not text:
        return LeftOut(doc_id, "failed", "there is no text in it.", NO_TEXT)
    return describe(Document(doc_id, text, passages=passages), record, file, manifest)


def _bare(
    document: Document,
    record: Record,
    file: Found,
    manifest: Manifest,
    *,
    expect: Callable[[str], None] | None,
) -> _Read:
    """Leave a document without metadata, in their place what is counted of it."""
    counted = document.counted
    if expect:
        expect(counted)
    return _Read(document, {"counted": counted})


def _described(document: Document, record: Record, file: Found, manifest: Manifest) -> _Read:
    """Name a document: the manifest wins over the record, the record over the text."""
    doc_id, text = document.doc_id, document.text
    given = {**record.metadata, **manifest.get(file.doc_id, {}), **manifest.get(doc_id, {})}
    stem = PurePosixPath(doc_id.partition("#")[0].rpartition("!")[2]).stem
    described = describe(text, document.passages, stem, given)
    own = described.columns
    row: dict[str, object] = {
        "doc_id": doc_id,
        **own,
        "source": file.doc_id,
        "format": record.format,
        "encoding": record.encoding,
        "damaged": record.damaged,
        "chars": len(text),
        "sha256": sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        **{
            name + _MARK if name in _OWN_COLUMNS else name: cell
            for name, cell in sorted(described.further.items())
        },
    }
    return _Read(replace(document, title=own["title"], region=own["region"], year=own["year"]), row)
