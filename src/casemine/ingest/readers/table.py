"""Tables with one document a row (CSV, TSV, xlsx, JSON lines, JSON records)."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from casemine.errors import DocumentError
from casemine.ingest.readers.header import (
    FILE_NAMES,
    METADATA_NAMES,
    PLACE_HINTS,
    TEXT_NAMES,
    Rows,
    column_names,
    from_header,
    plain_name,
)
from casemine.ingest.readers.options import Item, ReadOptions
from casemine.ingest.readers.plain import decode_text, decoded_lines
from casemine.ingest.readers.workbook import read_workbook
from casemine.ingest.readers.xml import text_blocks
from casemine.ingest.source import EMPTY, Block, PassedOver, Record
from casemine.ingest.title import is_doi, without_marks
from casemine.sheets import read_csv_rows

# Half a pair, which JSON can write as an escape and no text file can hold.
_SURROGATE = re.compile("[\ud800-\udfff]")
# Names of the sheets that stand beside a table of documents.
_BESIDE = re.compile(
    r"^(?:封面|封皮|封底|目录|说明|须知|备注|附注|注释|字典|编码表|填表|使用|数据说明|数据字典|变量说明|readme|cover|contents?|notes?|index|legend|about)"
    r"|说明$|须知$|字典$",
    re.I,
)
# A column is taken for the text unasked when its cells are this long and this many times longer.
_LEAST_LENGTH = 30
_TIMES_LONGER = 3


class Source(NamedTuple):
    """Where a table came from: format, encoding, damaged bytes, and what stands before a row number."""

    format: str
    encoding: str = ""
    damaged: int = 0
    sheet: str = ""


class Row(NamedTuple):
    """A row: its number as the user sees it, and its cells by column name."""

    number: int
    cells: dict[str, str]


def read_csv(data: bytes, options: ReadOptions) -> Iterator[Item]:
    """Read CSV: one document a row, row numbers as Excel shows them (the header is row 1)."""
    yield from _delimited(data, options, "csv")


def read_tsv(data: bytes, options: ReadOptions) -> Iterator[Item]:
    """Read tab-separated values: one document a row."""
    yield from _delimited(data, options, "tsv")


def _delimited(data: bytes, options: ReadOptions, kind: str) -> Iterator[Item]:
    decoded = decode_text(data, options)
    header = decoded.text.split("\n", 1)[0]
    # Excel writes semicolons where the comma is the decimal sign.
    delimiter = "\t" if kind == "tsv" else max(",;\t", key=header.count)
    try:
        lines = read_csv_rows(decoded.text, delimiter)
    except csv.Error as error:
        raise DocumentError(f"the table cannot be read: {error}.") from error
    numbered = [(number, cells) for number, cells in enumerate(lines, start=1) if any(map(str.strip, cells))]
    yield from read_cells(numbered, Source(kind, decoded.encoding, decoded.damaged), options)


def read_xlsx(data: bytes, options: ReadOptions) -> Iterator[Item]:
    """Read a workbook: one document a row, "#row", or "#sheet!row" when several sheets are filled.

    Beside a sheet with a column of texts, a cover, a table of contents or notes are passed over by name.
    """
    filled = read_workbook(data)
    if not filled:
        raise DocumentError("the workbook is empty.", advice=EMPTY)
    beside = [name for name, rows in filled if len(filled) > 1 and _is_beside(name, rows, filled)]
    for name, rows in filled:
        sheet = f"{name}!" if len(filled) > 1 else ""
        if name in beside and len(beside) < len(filled):
            yield PassedOver(f"#{name}", "a sheet beside the table: a cover, contents or notes")
            continue
        try:
            yield from read_cells(rows, Source("xlsx", sheet=sheet), options)
        except DocumentError as error:
            yield DocumentError(error.cause, place=f"#{name}" if sheet else "", advice=error.advice)


def _is_beside(name: str, rows: Rows, sheets: Sequence[tuple[str, Rows]]) -> bool:
    """Tell whether a sheet stands beside the table: by its name, or a lone column beside a table of texts."""
    if _BESIDE.search(name):
        return True
    lone = max(len({cell for cell in cells if cell.strip()}) for _, cells in rows) <= 1
    return lone and any(_has_texts(other) for title, other in sheets if title != name)


def _has_texts(rows: Rows) -> bool:
    """Tell whether the header of a sheet names a column of texts beside others."""
    names = [plain_name(name) for name in from_header(rows)[0][1] if name.strip()]
    return len(names) > 1 and bool(TEXT_NAMES.intersection(names))


def read_cells(rows: Rows, source: Source, options: ReadOptions) -> Iterator[Item]:
    """Read numbered rows of cells below their header; a single cell alone is a document."""
    if not rows:
        raise DocumentError("the table is empty.", advice=EMPTY)
    filled = [cell for _, cells in rows for cell in cells if cell.strip()]
    if len(filled) == 1:
        yield Record(tuple(text_blocks(filled[0])), source.format, source.encoding, source.damaged)
        return
    rows = from_header(rows, options.header_row)
    (_, names), *body = rows
    columns = column_names(names, max(len(cells) for _, cells in rows))
    yield from read_rows(
        [
            Row(number, dict(zip(columns, [*cells, *[""] * len(columns)], strict=False)))
            for number, cells in body
        ],
        columns,
        source,
        options,
    )


def read_rows(rows: list[Row], columns: list[str], source: Source, options: ReadOptions) -> Iterator[Item]:
    """Make a document of each row; a row without text is an error of its own, the others still count."""
    if not rows:
        raise DocumentError(
            "the table has a header and no rows.", advice="Take it out, or put its text into it."
        )
    text_column = _given(options.text_column, columns, "--text-column") or _obvious(rows, columns)
    id_column = _given(options.id_column, columns, "--id-column")
    seen: set[str] = set()
    for row in rows:
        # Beside ids, a bare row number could be taken for one.
        place = f"#{source.sheet}{'row ' if id_column else ''}{row.number}"
        name = " ".join(row.cells[id_column].split()) if id_column else ""
        if name and name in seen:
            yield DocumentError(
                f"row {row.number} has the same {id_column} as a row above: {name}.",
                place=place,
                advice="Give each row its own.",
            )
            continue
        seen.add(name)
        place = f"#{source.sheet}{name}" if name else place
        blocks = tuple(text_blocks(row.cells[text_column]))
        if not blocks:
            yield DocumentError(
                f"row {row.number} has no text in column {text_column}.",
                place=place,
                advice="Fill in its text, or take the row out.",
            )
            continue
        metadata = _metadata(row.cells, {text_column, id_column})
        if options.title_counted:
            blocks = _with_title(metadata.get("title", ""), blocks)
        yield Record(blocks, source.format, source.encoding, source.damaged, place, metadata)


def _given(name: str, columns: list[str], option: str) -> str:
    """Return the column meant: of several names (A,B for tables that differ) the first there is."""
    if not name or name in columns:
        return name
    there = [part.strip() for part in name.split(",") if part.strip() in columns]
    if not there:
        raise DocumentError(
            f"there is no column {name}; the columns are {', '.join(columns)}.",
            advice=f"Give {option} NAME, or NAME,NAME for tables that differ.",
        )
    return there[0]


def _obvious(rows: list[Row], columns: list[str]) -> str:
    """Return the text column when there is no doubt: by its name, else by the length of its cells."""
    named = [name for name in columns if plain_name(name) in TEXT_NAMES]
    if len(columns) == 1 or len(named) == 1:
        return named[0] if named else columns[0]
    if not named:
        lengths = {name: sum(len(row.cells[name].strip()) for row in rows) / len(rows) for name in columns}
        longest, second = sorted(columns, key=lambda name: -lengths[name])[:2]
        if lengths[longest] >= _LEAST_LENGTH and lengths[longest] >= _TIMES_LONGER * lengths[second]:
            return longest
    advice = "Give --text-column NAME, or leave the table out."
    if _is_file_list(columns):
        advice = "If it lists the files beside it, call it manifest.csv or manifest.xlsx."
    raise DocumentError(
        f"it is not plain which column holds the text; the columns are {', '.join(columns)}.", advice=advice
    )


def _is_file_list(columns: list[str]) -> bool:
    """Tell whether a table has the columns of a manifest: one that names files, another of metadata."""
    plain = {plain_name(name) for name in columns}
    return bool(plain & FILE_NAMES and plain & METADATA_NAMES.keys() and not plain & TEXT_NAMES)


def _with_title(title: str, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks with the title above them, unless they begin with it or it is a DOI."""
    solid = "".join(without_marks(title).split())
    begins = "".join(blocks[0].text.split()).startswith(solid)
    return blocks if not solid or begins or is_doi(title) else (Block(without_marks(title), "title"), *blocks)


def _metadata(cells: dict[str, str], used: set[str]) -> dict[str, str]:
    """Return the cells that are filled by the names that the study has for their columns."""
    metadata: dict[str, str] = {}
    for name, cell in cells.items():
        if name not in used and cell.strip():
            metadata.setdefault(METADATA_NAMES.get(plain_name(name), name), cell.strip())
    for name, ours in PLACE_HINTS.items():
        if metadata.get(name):
            metadata.setdefault(ours, metadata[name])
    return metadata


def read_jsonl(data: bytes, options: ReadOptions) -> Iterator[Item]:
    """Read JSON lines: one document a line; a line that is no JSON object is an error of its own."""
    lines, encoding, damaged = decoded_lines(data, options)
    rows: list[Row] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            rows.append(Row(number, _flat(json.loads(line))))
        except (ValueError, RecursionError):
            yield DocumentError(f"line {number} is not valid JSON.", place=f"#{number}")
    yield from _json_rows(rows, Source("jsonl", encoding, damaged), options)


def read_json(data: bytes, options: ReadOptions) -> Iterator[Item]:
    """Read JSON: the longest list of records in it, one document a record, else the whole as one record."""
    decoded = decode_text(data, options)
    try:
        value = json.loads(decoded.text)
    except (ValueError, RecursionError) as error:
        if decoded.text.lstrip().startswith("{") and "\n{" in decoded.text:
            yield from read_jsonl(data, options)
            return
        raise DocumentError("the file is not valid JSON.") from error
    records = _records(value)
    rows = [Row(number, _flat(record)) for number, record in enumerate(records, start=1)]
    yield from _json_rows(rows, Source("json", decoded.encoding, decoded.damaged), options)


def _json_rows(rows: list[Row], source: Source, options: ReadOptions) -> Iterator[Item]:
    columns = list(dict.fromkeys(name for row in rows for name in row.cells))
    if not columns:
        raise DocumentError("the file holds no records.")
    padded = [Row(row.number, {name: row.cells.get(name, "") for name in columns}) for row in rows]
    yield from read_rows(padded, columns, source, options)


def _records(value: Any) -> list[Any]:
    """Return `value` if it is a list, the longest list of objects among its values, else itself alone."""
    if isinstance(value, list):
        return value
    lists = [child for child in value.values() if _is_records(child)] if isinstance(value, dict) else []
    return max(lists, key=len) if lists else [value]


def _is_records(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _flat(value: Any, name: str = "") -> dict[str, str]:
    """Return the strings and numbers of a JSON value under dotted names."""
    if isinstance(value, dict):
        named = ((_SURROGATE.sub("\ufffd", key), child) for key, child in value.items())
        parts = [_flat(child, f"{name}.{key}" if name else key) for key, child in named]
        return {key: text for part in parts for key, text in part.items()}
    if isinstance(value, list):
        return {name or "text": "\n".join(text for child in value for text in _flat(child).values())}
    return {name or "text": "" if value is None else _SURROGATE.sub("\ufffd", str(value))}
