"""Parquet beside a CSV: the same table with its types, read in a small part of the time. It needs pyarrow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casemine.errors import UnreadableError

if TYPE_CHECKING:
    import pandas as pd

# Rows of a group: what is written, and can be read, together.
ROW_GROUP = 65_536


def has_parquet() -> bool:
    """Tell whether Parquet can be written and read here: is pyarrow installed?"""
    return find_spec("pyarrow") is not None


def row_groups(frame: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield the rows of a frame as `write_parquet_parts` takes them."""
    for begin in range(0, len(frame), ROW_GROUP):
        yield frame.iloc[begin : begin + ROW_GROUP]


def write_parquet_parts(frames: Iterable[pd.DataFrame], path: Path) -> None:
    """Write frames of the same columns, each as a row group; memory holds one of them at a time.

    The same frames give the same bytes with the same version of pyarrow: neither times nor what pandas would
    add of itself are written. Text cells that are empty are written as "".
    """
    from pyarrow import parquet

    writer = None
    try:
        for frame in frames:
            group = _arrow(frame)
            writer = writer or parquet.ParquetWriter(
                path, group.schema, compression="zstd", store_schema=False
            )
            writer.write_table(group, row_group_size=len(frame) or 1)
    finally:
        if writer:
            writer.close()


def _arrow(frame: pd.DataFrame) -> Any:
    import pyarrow
    from pandas.api import types

    columns = {}
    for name, column in frame.items():
        if types.is_bool_dtype(column):
            kind = pyarrow.bool_()
        elif types.is_integer_dtype(column):
            kind = pyarrow.int64()
        elif types.is_float_dtype(column):
            kind = pyarrow.float64()
        else:
            kind, column = pyarrow.string(), column.where(column.notna(), "")
        columns[str(name)] = pyarrow.array(column.tolist(), type=kind)
    return pyarrow.table(columns)


def read_parquet(path: Path, most: int) -> pd.DataFrame:
    """Return what `write_parquet_parts` wrote; raise `UnreadableError` for others, or without pyarrow.

    `most` is the size in bytes of the CSV beside it, which has more bytes than the table has cells.
    """
    if not has_parquet():
        raise UnreadableError("pyarrow is not installed.", place=str(path), advice="Read the CSV beside it.")
    from pyarrow import parquet

    advice = "Read the CSV beside it."
    try:
        with parquet.ParquetFile(path) as file:
            if file.metadata.num_rows * file.metadata.num_columns > most:
                raise UnreadableError("says more than the CSV beside it.", place=str(path), advice=advice)
            frame: pd.DataFrame = file.read(use_threads=False).to_pandas()
    except UnreadableError:
        raise
    except Exception as error:  # pyarrow raises whatever the broken part makes it raise
        raise UnreadableError("is damaged.", place=str(path), advice=advice) from error
    return frame
