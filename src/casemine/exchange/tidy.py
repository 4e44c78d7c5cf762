"""Tables for R, pandas and Excel: one file a table with a data dictionary, or all in one workbook."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from casemine import sheets
from casemine.errors import UsageError
from casemine.schema import DICTIONARY, DOCUMENTS, Column, Table

# What Excel holds in one sheet, the header among them.
_MOST_ROWS = 1_048_576
# A number that would come back otherwise (007) is a text.
_WHOLE = r"0|-?[1-9][0-9]{0,17}"


class ExportTable(NamedTuple):
    """A table to be exported: its definition, its Chinese title, its rows."""

    table: Table
    title: str
    frame: pd.DataFrame


def dictionary(tables: Sequence[ExportTable]) -> pd.DataFrame:
    """Return the table `DICTIONARY` of tables; a column of the user's own is named as it stands."""
    known = {sheet.table.name: {column.name: column for column in sheet.table.columns} for sheet in tables}
    return DICTIONARY.frame(
        [
            {"table": table.name, "about": table.meaning, "rows": len(frame), "column": name,
             "key": name in table.key, "type": _type(frame[name]), "header": column.header,
             "meaning": column.meaning}
            for table, _, frame in tables
            for name in map(str, frame.columns)
            for column in [known[table.name].get(name) or Column(name, "text", name, "from the manifest")]
        ]
    )  # fmt: skip


def _type(column: pd.Series) -> str:
    types = pd.api.types
    if types.is_bool_dtype(column):
        return "boolean"
    return (
        "integer" if types.is_integer_dtype(column) else "number" if types.is_float_dtype(column) else "text"
    )


def is_whole(column: pd.Series) -> bool:
    """Tell whether a column of texts holds whole numbers, and at least one; empty texts do not count."""
    given = column[column != ""]
    return bool(len(given) and given.str.fullmatch(_WHOLE).all())


def with_numbers(documents: pd.DataFrame) -> pd.DataFrame:
    """Return the table `schema.DOCUMENTS` with the year, and what else the manifest counts, as numbers."""
    asked = ["year", *(name for name in documents if name not in DOCUMENTS.names)]
    numbers = {name: pd.to_numeric(documents[name]) for name in asked if is_whole(documents[name])}
    return documents.assign(**{str(name): values.astype("Int64") for name, values in numbers.items()})


def write_csv(tables: Sequence[ExportTable], folder: Path, *, formulas: bool = False) -> None:
    """Write each table as CSV for programs: UTF-8 without byte order mark, real numbers.

    A text that a spreadsheet could run as a formula gets one ' in front, as in every CSV of casemine;
    `formulas` leaves all texts as they are.
    """
    for name, frame in _named(tables).items():
        if not formulas:
            frame = sheets.escaped(frame)
        # Python before 3.13 leaves a carriage return unquoted.
        frame.to_csv(folder / f"{name}.csv", index=False, encoding="utf-8", lineterminator="\n",
                     quoting=csv.QUOTE_NONNUMERIC if _has_return(frame) else csv.QUOTE_MINIMAL)  # fmt: skip


def _has_return(frame: pd.DataFrame) -> bool:
    texts = frame.select_dtypes(exclude=["number", "bool"])
    return any(texts[name].astype(str).str.contains("\r", regex=False).any() for name in texts)


def write_parquet(tables: Sequence[ExportTable], folder: Path) -> None:
    """Write each table as Parquet. Raises `UsageError` where pyarrow is not installed."""
    try:
        import pyarrow  # noqa: F401
    except ImportError as error:
        raise UsageError(
            "Parquet needs pyarrow, which is not installed.",
            place="--format parquet",
            advice='Install it, in casemine\'s folder: pip install ".[parquet]"; or take --format csv.',
        ) from error
    for name, frame in _named(tables).items():
        frame.to_parquet(folder / f"{name}.parquet", engine="pyarrow", index=False)


def _named(tables: Sequence[ExportTable]) -> dict[str, pd.DataFrame]:
    return {table.name: frame for table, _, frame in tables} | {DICTIONARY.name: dictionary(tables)}


def write_workbook(shown: Mapping[str, pd.DataFrame], path: Path) -> None:
    """Write title -> frame as the sheets of a workbook.

    Raises `UsageError` for a frame of more rows than Excel holds.
    """
    for title, frame in shown.items():
        if len(frame) >= _MOST_ROWS:
            raise UsageError(
                f"the sheet {title} would have {len(frame):,} rows, and Excel holds {_MOST_ROWS - 1:,}.",
                place="--format xlsx",
                advice="Take --format csv.",
            )
    sheets.write_xlsx(shown, path)
