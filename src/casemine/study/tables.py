"""The tables of a study as files: CSV that is read back, Parquet beside it where a table is large."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from casemine import schema, sheets
from casemine.document import Passage
from casemine.errors import CasemineWarning, SchemaError, StudyError, UnreadableError

if TYPE_CHECKING:
    import pandas as pd

# A table of more rows than this is written as Parquet too.
LARGE = 100_000
PARQUET = ".parquet"


@cache
def parser(table: schema.Table) -> Callable[[Path], pd.DataFrame]:
    """Return the reader of a table; asked again for the same table, the same reader."""

    def parse(path: Path) -> pd.DataFrame:
        try:
            return table.parse(sheets.read_csv(path))
        except UnreadableError as error:
            raise StudyError(error.cause, place=str(path), advice=error.advice) from error
        except (ValueError, OverflowError, SchemaError) as error:  # those of pandas are ValueErrors
            advice = "Undo what was changed in it by hand."
            raise StudyError(f"cannot be read ({error}).", place=str(path), advice=advice) from error

    return parse


def beside(name: str) -> str:
    """Name the Parquet file of a table; "" where none is written: for tables that are meant for people.

    >>> beside("passages.csv"), beside("tables/words.csv")
    ('passages.parquet', '')
    """
    return "" if "/" in name else f"{name.removesuffix('.csv')}{PARQUET}"


def is_copy(name: str) -> bool:
    """Tell whether a file of a study is the Parquet beside a table: without it the CSV is read.

    >>> is_copy("passages.parquet"), is_copy("exports/tidy/codings.parquet")
    (True, False)
    """
    return "/" not in name and name.endswith(PARQUET)


def wants_parquet(name: str, rows: int) -> bool:
    """Tell whether a table is to be written as Parquet too; warn where it cannot be."""
    if rows <= LARGE or not beside(name):
        return False
    if not sheets.has_parquet():
        # Python shows the same line once, for however many tables.
        warnings.warn(
            f"tables of over {LARGE:,} rows were written as CSV alone. With pyarrow (the extra parquet) they "
            "are written as Parquet too, which is read faster.",
            CasemineWarning,
            stacklevel=2,
        )
        return False
    return True


def passages_of(passages: pd.DataFrame) -> Callable[[str], tuple[Passage, ...]]:
    """Return what gives the passages of a document; beside the table only their places are kept."""
    doc_ids, *columns = (passages[name].to_numpy() for name in schema.PASSAGES.names)
    begins = [0, *((doc_ids[1:] != doc_ids[:-1]).nonzero()[0] + 1).tolist()] if len(doc_ids) else []
    runs: dict[str, list[slice]] = {}
    for begin, end in pairwise([*begins, len(doc_ids)]):
        runs.setdefault(doc_ids[begin], []).append(slice(begin, end))

    def of(doc_id: str) -> tuple[Passage, ...]:
        rows = (
            zip(*(column[run].tolist() for column in columns), strict=True) for run in runs.get(doc_id, ())
        )
        return tuple(Passage(*row) for part in rows for row in part)

    return of
