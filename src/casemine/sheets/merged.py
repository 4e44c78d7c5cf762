"""Which cells of a workbook are merged: what a reader row by row does not see."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from posixpath import join, normpath
from typing import IO, TYPE_CHECKING, NamedTuple

from casemine.bounded import MOST_A_MEMBER, open_workbook, read_file
from casemine.errors import UnreadableError

if TYPE_CHECKING:
    from lxml import etree

_CHUNK = 1 << 16
_LONGEST_TAG = 400
# Sheets longer than this, unpacked, are read by nobody: their merged cells are not looked for.
_MOST = 256 << 20
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^<>]*?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class MergedCells(NamedTuple):
    """A range of cells that Excel shows as one: rows and columns counted from 1, the last among them."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


def read_merged_cells(source: Path) -> dict[str, list[MergedCells]]:
    """Return the merged cells of each sheet of an xlsx file, by the sheet's name, in the file's order.

    Raises `UnreadableError` for what is no workbook, or larger than one can be.
    """
    try:
        with open_workbook(read_file(source, MOST_A_MEMBER)) as (_, copied):
            return merged_cells(copied)
    except UnreadableError as error:
        raise UnreadableError(error.cause, place=error.place or str(source), advice=error.advice) from error


def merged_cells(copied: IO[bytes]) -> dict[str, list[MergedCells]]:
    """Return the merged cells of each sheet of a workbook that `bounded.open_workbook` has opened."""
    from openpyxl.utils import range_boundaries

    merged: dict[str, list[MergedCells]] = {}
    with zipfile.ZipFile(copied) as archive:
        for title, part in _parts(archive):
            ranges = merged.setdefault(title, [])
            with archive.open(part) as stream:
                for reference in _references(stream):
                    left, top, right, bottom = range_boundaries(reference)
                    rows, columns = (int(top or 1), int(bottom or 1)), (int(left or 1), int(right or 1))
                    ranges.append(MergedCells(*rows, *columns))
    return merged


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield the name of each worksheet and the part of the file it stands in."""
    targets = {
        relation.get("Id"): relation.get("Target") or ""
        for relation in _elements(archive, "xl/_rels/workbook.xml.rels", "Relationship")
    }
    for sheet in _elements(archive, "xl/workbook.xml", "sheet"):
        target = targets.get(sheet.get(_RELATION), "")
        part = normpath(target.lstrip("/") if target.startswith("/") else join("xl", target))
        if part in archive.namelist():
            yield sheet.get("name") or "", part


def _elements(archive: zipfile.ZipFile, part: str, name: str) -> list[etree._Element]:
    from lxml import etree  # heavy: the command line loads this room before it reads a workbook

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(archive.read(part), parser)
    return [element for element in root.iter() if str(element.tag).rpartition("}")[2] == name]


def _references(stream: IO[bytes]) -> Iterator[str]:
    """Yield the ranges that a worksheet names, its text read piece by piece."""
    rest = b""
    read = 0
    while (chunk := stream.read(_CHUNK)) and read < _MOST:
        read += len(chunk)
        text = rest + chunk
        end = 0
        for match in _MERGED.finditer(text):
            yield match[1].decode("ascii")
            end = match.end()
        rest = text[max(end, len(text) - _LONGEST_TAG) :]
