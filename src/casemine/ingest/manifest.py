"""`manifest.csv` (or `manifest.xlsx`) beside the documents: title, region, year and more of each file."""

from __future__ import annotations

import csv
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from casemine.bounded import MOST_A_MEMBER, read_file
from casemine.errors import DocumentError
from casemine.ingest.collect import Collected
from casemine.ingest.decode import decode
from casemine.ingest.readers.header import FILE_NAMES, METADATA_NAMES, Rows, from_header, plain_name
from casemine.ingest.readers.workbook import read_workbook
from casemine.sheets import read_csv_rows


def read_manifest(path: Path) -> dict[str, dict[str, str]]:
    """Return the metadata of each file a manifest (csv or xlsx) names, by the file's path as POSIX, NFC.

    Raises `DocumentError` when it cannot be read, names no file column, or names a file twice.
    """
    try:
        rows = _rows(path)
    except (OSError, csv.Error) as error:
        raise DocumentError(f"the manifest cannot be read: {error}.", place=str(path)) from error
    (_, header), *body = from_header(rows) or [(1, [])]
    columns = [_column(name) for name in header]
    if "file" not in columns:
        raise DocumentError(
            "the manifest has no column `file` (文件).",
            place=str(path),
            advice="Columns: file, title, region, year, and any further field.",
        )
    metadata: dict[str, dict[str, str]] = {}
    for number, row in body:
        cells = {name: cell for name, cell in zip(columns, row, strict=False) if cell and name}
        file = normalize("NFC", cells.pop("file", "").replace("\\", "/")).removeprefix("./")
        if file in metadata:
            raise DocumentError(
                f"row {number} names {file} again.", place=str(path), advice="Keep one row a file."
            )
        if file:
            metadata[file] = cells
    return metadata


def _rows(path: Path) -> Rows:
    """Return the numbered rows of a manifest, blanks in cells closed up; of a workbook, its first sheet."""
    if path.suffix.lower() == ".xlsx":
        sheets = read_workbook(read_file(path, MOST_A_MEMBER))
        numbered: Rows = sheets[0][1] if sheets else []
    else:
        lines = read_csv_rows(decode(read_file(path, MOST_A_MEMBER)).text)
        numbered = [
            (number, cells) for number, cells in enumerate(lines, start=1) if any(map(str.strip, cells))
        ]
    return [(number, [" ".join(cell.split()) for cell in cells]) for number, cells in numbered]


def _column(name: str) -> str:
    plain = plain_name(name)
    return "file" if plain in FILE_NAMES else METADATA_NAMES.get(plain, name)


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
            doc_ids = _match(file, beside)
            if len(doc_ids) == 1:
                metadata[doc_ids[0]] = {**metadata.get(doc_ids[0], {}), **cells}
            elif doc_ids:
                errors.append(
                    DocumentError(
                        f"named in {manifest.name}, and {', '.join(sorted(doc_ids))} may be meant.",
                        place=_name(file, manifest, by_path),
                        advice="Write the whole name there, with its ending.",
                    )
                )
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


def _match(file: str, beside: dict[str, str]) -> list[str]:
    """Return the doc_ids a manifest row may mean: as it stands, else in another case, else without ending.

    Windows shows names without ending, and takes one case for the other.
    """
    if file in beside:
        return [beside[file]]
    for mark in ("#", "!"):
        for at in (number for number, char in enumerate(file) if char == mark):
            if doc_id := beside.get(str(PurePosixPath(file[:at]))):
                return [doc_id + file[at:]]
    wanted = file.casefold()
    for name_of in (str.casefold, _without_ending):
        doc_ids = [doc_id for path, doc_id in beside.items() if name_of(path) == wanted]
        if doc_ids:
            return doc_ids
    return []


def _without_ending(path: str) -> str:
    return str(PurePosixPath(path).with_suffix("")).casefold()
