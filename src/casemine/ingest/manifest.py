"""`manifest.csv` beside the documents: title, region, year and further fields of each file."""

from __future__ import annotations

import csv
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from casemine.errors import DocumentError
from casemine.ingest.collect import Collected
from casemine.ingest.decode import decode
from casemine.ingest.readers.table import METADATA_NAMES
from casemine.sheets import read_csv_rows

_FILE_NAMES = frozenset({"file", "filename", "文件", "文件名", "文件名称"})


def read_manifest(path: Path) -> dict[str, dict[str, str]]:
    """Return the metadata of each file a manifest names, by the file's path as POSIX, NFC.

    Raises `DocumentError` when it cannot be read, names no file column, or names a file twice.
    """
    try:
        lines = read_csv_rows(decode(path.read_bytes()).text)
    except (OSError, csv.Error) as error:
        raise DocumentError(f"the manifest cannot be read: {error}.", place=str(path)) from error
    header, *rows = [[" ".join(cell.split()) for cell in line] for line in lines] or [[]]
    columns = [_column(name) for name in header]
    if "file" not in columns:
        raise DocumentError(
            "the manifest has no column `file` (文件).",
            place=str(path),
            advice="Columns: file, title, region, year, and any further field.",
        )
    metadata: dict[str, dict[str, str]] = {}
    for number, row in enumerate(rows, start=2):
        cells = {name: cell for name, cell in zip(columns, row, strict=False) if cell and name}
        file = normalize("NFC", cells.pop("file", "").replace("\\", "/")).removeprefix("./")
        if file in metadata:
            raise DocumentError(
                f"row {number} names {file} again.", place=str(path), advice="Keep one row a file."
            )
        if file:
            metadata[file] = cells
    return metadata


def _column(name: str) -> str:
    lowered = name.strip().lower()
    return "file" if lowered in _FILE_NAMES else METADATA_NAMES.get(lowered, name)


def manifest_metadata(collected: Collected) -> tuple[dict[str, dict[str, str]], list[DocumentError]]:
    """Return the metadata the manifests give, by doc_id, and an error for each row without a file.

    A row for a file that exists and was not asked for is no error.

    A row may name a record of a file as its doc_id does: `table.csv#3`, `archive.zip!member.docx`.
    """
    by_path = {file.path: file.doc_id for file in collected.files}
    metadata: dict[str, dict[str, str]] = {}
    errors: list[DocumentError] = []
    for manifest in collected.manifests:
        try:
            rows = read_manifest(manifest)
        except DocumentError as error:
            place = _name(manifest.name, manifest, by_path)
            errors.append(DocumentError(error.cause, place=place, advice=error.advice))
            continue
        beside = {
            normalize("NFC", path.relative_to(manifest.parent).as_posix()): doc_id
            for path, doc_id in by_path.items()
            if path.is_relative_to(manifest.parent)
        }
        for file, cells in rows.items():
            if doc_id := _match(file, beside):
                metadata[doc_id] = cells
            elif not (manifest.parent / file).exists():
                errors.append(
                    DocumentError(
                        f"named in {manifest.name}, but there is no such file.",
                        place=_name(file, manifest, by_path),
                        advice="Correct the name there, or take the row out.",
                    )
                )
    return metadata, errors


def _name(file: str, manifest: Path, by_path: dict[Path, str]) -> str:
    """Name a file beside a manifest as the documents there are named, wherever the folder lies."""
    beside = next((doc_id for path, doc_id in by_path.items() if path.parent == manifest.parent), "")
    return str(PurePosixPath(beside).parent / file)


def _match(file: str, beside: dict[str, str]) -> str:
    """Return the doc_id a manifest row means, "" when there is none."""
    if file in beside:
        return beside[file]
    for mark in ("#", "!"):
        for at in (number for number, char in enumerate(file) if char == mark):
            if doc_id := beside.get(str(PurePosixPath(file[:at]))):
                return doc_id + file[at:]
    return ""
