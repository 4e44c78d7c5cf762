"""A table that flows between the stages: its columns, their types, its key and its meaning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casemine.errors import SchemaError

if TYPE_CHECKING:
    import pandas as pd

# What a table holds and what its file says are the same number.
DECIMALS = 4
_DTYPES = {"text": "str", "count": "int64", "number": "float64", "flag": "bool"}


@dataclass(frozen=True)
class Column:
    """A column: machine name, kind (text / count / number / flag), Chinese header, meaning.

    `absent` is what a table holds that lacks the column, as files of an earlier version do; a table
    without a column that has None there is none. `digits`, of a number, is how many significant digits it
    keeps; 0: what `DECIMALS` leaves of it.
    """

    name: str
    kind: str
    header: str
    meaning: str
    absent: str | None = None
    digits: int = 0


def _listed(values: Any, column: Column) -> list[Any]:
    if column.kind == "number":
        values = _rounded(values, column.digits)
    return list(getattr(values, "tolist", lambda: values)())


def _rounded(values: Any, digits: int) -> Any:
    """Return numbers (an array or a series) as the table holds them."""
    if not digits:
        return values.round(DECIMALS)
    rounded = [float(f"{value:.{digits}g}") for value in values]
    return type(values)(rounded, index=values.index) if hasattr(values, "index") else rounded


def _read(texts: pd.Series, kind: str) -> pd.Series:
    if kind == "flag":
        return texts.str.lower() == "true"
    return texts.replace("", "nan") if kind == "number" else texts


@dataclass(frozen=True)
class Table:
    """A table: its file name without ending, key columns, columns and meaning."""

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    meaning: str
    extra_columns: bool = False

    @property
    def names(self) -> list[str]:
        """The column names in order."""
        return [column.name for column in self.columns]

    @property
    def headers(self) -> dict[str, str]:
        """Machine name -> Chinese header."""
        return {column.name: column.header for column in self.columns}

    @property
    def machine_names(self) -> dict[str, str]:
        """Chinese header -> machine name, for tables that were written with Chinese headers."""
        return {column.header: column.name for column in self.columns}

    def frame(self, rows: Any) -> pd.DataFrame:
        """Build the table from records (dicts) or columns, typed and checked."""
        import pandas as pd

        built = pd.DataFrame(rows)
        for column in self.columns:
            if column.name not in built:
                built[column.name] = (
                    pd.Series(column.absent, index=built.index, dtype=_DTYPES[column.kind])
                    if column.absent is not None
                    else pd.Series(dtype=_DTYPES[column.kind])
                )
        extra = [name for name in built.columns if name not in self.names] if self.extra_columns else []
        built = built[[*self.names, *extra]]
        built = built.astype({column.name: _DTYPES[column.kind] for column in self.columns})
        for column in self.columns:
            if column.kind == "number":
                built[column.name] = _rounded(built[column.name], column.digits)
        return self.check(built.reset_index(drop=True))

    def columns_of(self, found: Mapping[str, Any]) -> dict[str, list[Any]]:
        """Return the columns of the table in their order, as `frame` would hold them, without pandas.

        `found` maps names to lists or arrays whose types are right; raises `SchemaError` for a key that
        comes twice.
        """
        columns = {column.name: _listed(found[column.name], column) for column in self.columns}
        parts = [columns[name] for name in self.key]
        keys = set(parts[0]) if len(parts) == 1 else set(zip(*parts, strict=True))
        if len(keys) < len(parts[0]):
            raise SchemaError("two rows have the same key.", place=self.name)
        return columns

    def parse(self, texts: pd.DataFrame) -> pd.DataFrame:
        """Build the table from a frame of texts, as read back from CSV; raise `SchemaError` without a column.

        The headers may be the Chinese ones.
        Excel writes a flag back as TRUE or FALSE. An empty number is none: a coefficient that is undefined.
        """
        texts = texts.rename(columns=self.machine_names)
        lacking = [column for column in self.columns if column.name not in texts]
        if strange := [column.name for column in lacking if column.absent is None]:
            raise SchemaError(f"columns lacking: {', '.join(strange)}.", place=self.name)
        texts = texts.assign(**{column.name: column.absent for column in lacking})
        kinds = {column.name: column.kind for column in self.columns}
        return self.frame({name: _read(texts[name], kinds.get(str(name), "text")) for name in texts})

    def check(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return `frame` when columns, types and key are right; else raise `SchemaError`."""
        lacking = [name for name in self.names if name not in frame.columns]
        foreign = [str(name) for name in frame.columns if name not in self.names]
        if lacking or (foreign and not self.extra_columns):
            raise SchemaError(f"columns lacking: {lacking}, not known: {foreign}.", place=self.name)
        for column in self.columns:
            if str(frame[column.name].dtype) not in (_DTYPES[column.kind], "object"):
                raise SchemaError(f"column {column.name} is {frame[column.name].dtype}.", place=self.name)
        doubled = frame.duplicated(list(self.key))
        if doubled.any():
            row = frame.loc[doubled, list(self.key)].iloc[0].to_dict()
            raise SchemaError(f"two rows have the key {row}.", place=self.name)
        return frame
