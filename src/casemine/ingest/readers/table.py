"""Tables with one document a row (CSV, TSV, xlsx, JSON lines, JSON records)."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from casemine.errors import DocumentError
from casemine.ingest.readers.archive import Archive
from casemine.ingest.readers.options import Item, ReadOptions
from casemine.ingest.readers.plain import decode_text
from casemine.ingest.readers.xml import text_blocks
from casemine.ingest.source import Record
from casemine.sheets import read_csv_rows, read_xlsx_rows

# fmt: off
_TEXT_NAMES = frozenset({
    "text", "content", "fulltext", "full_text", "body",
    "article", "正文", "内容", "全文", "文本", "原文", "文本内容", "正文内容",
    "政策文本", "政策内容", "政策正文", "政策全文", "案例文本", "案例内容", "案例正文",
})
# fmt: on
# Headers a researcher writes -> the names the study has for them.
METADATA_NAMES = {
    "title": "title",
    "标题": "title",
    "题目": "title",
    "题名": "title",
    "文档标题": "title",
    "政策名称": "title",
    "案例名": "title",
    "案例名称": "title",
    "主题": "title",
    "留言主题": "title",
    "region": "region",
    "province": "region",
    "地区": "region",
    "省份": "region",
    "省": "region",
    "区域": "region",
    "year": "year",
    "年份": "year",
    "年": "year",
    "年度": "year",
}
# Only those that state their place (r): a later cell without one is counted from those before it.
_BLANK_CELL = re.compile(rb"<(?:\w+:)?c\s(?:[^<>]*\s)?r=[^<>]*(?:/>|></(?:\w+:)?c>)")
_BLANK_ROW = re.compile(rb"<(?:\w+:)?row\s(?:[^<>]*\s)?r=[^<>]*(?:/>|>\s*</(?:\w+:)?row>)")
_EXCEL_ESCAPE = re.compile("_x([0-9A-F]{4})_")
# Half a pair, which JSON can write as an escape and no text file can hold.
_SURROGATE = re.compile("[\ud800-\udfff]")
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


def _plain(cell: str) -> str:
    """Give back the characters that Excel writes as _x000D_, since XML cannot hold them."""
    return _EXCEL_ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), cell)


def read_xlsx(data: bytes, options: ReadOptions) -> Iterator[Item]:
    """Read a workbook: one document a row, "#row", or "#sheet!row" when several sheets are filled."""
    book = _without_blanks(Archive(data))
    try:
        sheets = [
            (name, [(number, [*map(_plain, cells)]) for number, cells in rows])
            for name, rows in read_xlsx_rows(book)
        ]
    except Exception as error:  # openpyxl raises whatever the broken part makes it raise
        raise DocumentError(
            "the workbook is damaged.", advice="Open it in Excel and save it as .xlsx again."
        ) from error
    filled = [(name, rows) for name, rows in sheets if rows]
    if not filled:
        raise DocumentError("the workbook is empty.")
    for name, rows in filled:
        sheet = f"{name}!" if len(filled) > 1 else ""
        try:
            yield from read_cells(rows, Source("xlsx", sheet=sheet), options)
        except DocumentError as error:
            yield DocumentError(error.cause, place=f"#{name}" if sheet else "", advice=error.advice)


def _without_blanks(archive: Archive) -> io.BytesIO:
    """Return a workbook without the rows and cells that hold only a style, tens of thousands in some."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as copy:
        for name, content in archive.xml_parts():
            if "/worksheets/" in name:
                content = _BLANK_ROW.sub(b"", _BLANK_CELL.sub(b"", content))
            copy.writestr(name, content)
    written.seek(0)
    return written


def read_cells(
    rows: Sequence[tuple[int, Sequence[str]]], source: Source, options: ReadOptions
) -> Iterator[Item]:
    """Read numbered rows of cells, the first the header; a single cell alone is a document."""
    if not rows:
        raise DocumentError("the table is empty.")
    (_, names), *body = rows
    filled = [cell for _, cells in rows for cell in cells if cell.strip()]
    if len(filled) == 1:
        yield Record(tuple(text_blocks(filled[0])), source.format, source.encoding, source.damaged)
        return
    columns = _column_names(names, max(len(cells) for _, cells in rows))
    yield from read_rows(
        [
            Row(number, dict(zip(columns, [*cells, *[""] * len(columns)], strict=False)))
            for number, cells in body
        ],
        columns,
        source,
        options,
    )


def _column_names(names: Sequence[str], width: int) -> list[str]:
    """Return distinct column names; nameless ones are called by their place."""
    columns: list[str] = []
    for number in range(width):
        name = " ".join(names[number].split()) if number < len(names) else ""
        name = name or f"column {number + 1}"
        columns.append(name if name not in columns else f"{name} ({number + 1})")
    return columns


def read_rows(rows: list[Row], columns: list[str], source: Source, options: ReadOptions) -> Iterator[Item]:
    """Make a document of each row; a row without text is an error of its own, the others still count."""
    if not rows:
        raise DocumentError("the table has a header and no rows.")
    text_column = _given(options.text_column, columns, "--text-column") or _obvious(rows, columns)
    id_column = _given(options.id_column, columns, "--id-column")
    seen: set[str] = set()
    for row in rows:
        # Beside ids, a bare row number could be taken for one.
        place = f"#{source.sheet}{'row ' if id_column else ''}{row.number}"
        name = " ".join(row.cells[id_column].split()) if id_column else ""
        if name and name in seen:
            yield DocumentError(
                f"row {row.number} has the same {id_column} as a row above: {name}.", place=place
            )
            continue
        seen.add(name)
        place = f"#{source.sheet}{name}" if name else place
        blocks = tuple(text_blocks(row.cells[text_column]))
        if not blocks:
            yield DocumentError(f"row {row.number} has no text in column {text_column}.", place=place)
            continue
        metadata = _metadata(row.cells, {text_column, id_column})
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
    named = [name for name in columns if name.rpartition(".")[2].strip().lower() in _TEXT_NAMES]
    if len(columns) == 1 or len(named) == 1:
        return named[0] if named else columns[0]
    if not named:
        lengths = {name: sum(len(row.cells[name].strip()) for row in rows) / len(rows) for name in columns}
        longest, second = sorted(columns, key=lambda name: -lengths[name])[:2]
        if lengths[longest] >= _LEAST_LENGTH and lengths[longest] >= _TIMES_LONGER * lengths[second]:
            return longest
    raise DocumentError(
        f"it is not plain which column holds the text; the columns are {', '.join(columns)}.",
        advice="Give --text-column NAME, or leave the table out.",
    )


def _metadata(cells: dict[str, str], used: set[str]) -> dict[str, str]:
    metadata: dict[str, str] = {}
    for name, cell in cells.items():
        if name not in used and cell.strip():
            metadata.setdefault(
                METADATA_NAMES.get(name.rpartition(".")[2].strip().lower(), name), cell.strip()
            )
    return metadata


def read_jsonl(data: bytes, options: ReadOptions) -> Iterator[Item]:
    """Read JSON lines: one document a line; a line that is no JSON object is an error of its own."""
    decoded = decode_text(data, options)
    rows: list[Row] = []
    for number, line in enumerate(decoded.text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            rows.append(Row(number, _flat(json.loads(line))))
        except (ValueError, RecursionError):
            yield DocumentError(f"line {number} is not valid JSON.", place=f"#{number}")
    yield from _json_rows(rows, Source("jsonl", decoded.encoding, decoded.damaged), options)


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
