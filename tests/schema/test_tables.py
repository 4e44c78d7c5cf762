"""All tables: what holds for every one of them, built from its own definition."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from casemine import schema, sheets
from casemine.errors import SchemaError
from casemine.schema import TABLES, Table

ALL = pytest.mark.parametrize("table", TABLES, ids=[table.name for table in TABLES])
_VALUES: dict[str, tuple[Any, Any]] = {
    "text": ("甲", "=乙"), "count": (1, 20), "number": (0.12345, -2.5), "flag": (True, False),
}  # fmt: skip


def rows(table: Table) -> list[dict[str, Any]]:
    """Two rows that differ in every column."""
    return [{column.name: _VALUES[column.kind][at] for column in table.columns} for at in (0, 1)]


def test_every_table_has_a_name_of_its_own() -> None:
    assert len(TABLES) == len({table.name for table in TABLES}) > 30
    assert {id(table) for table in TABLES} == {
        id(value) for value in vars(schema).values() if isinstance(value, Table)
    }


@ALL
def test_columns_and_key_are_named_once_and_explained(table: Table) -> None:
    assert len(set(table.names)) == len(table.names)
    assert table.key and set(table.key) <= set(table.names)
    assert len(set(table.headers.values())) == len(table.names)
    assert table.meaning and all(column.header and column.meaning for column in table.columns)
    assert {column.kind for column in table.columns} <= set(_VALUES)


@ALL
def test_rows_come_back_from_the_file_as_they_were(table: Table, tmp_path: Path) -> None:
    frame = table.frame(rows(table))
    for column in table.columns:
        # Four decimals: what a table holds and what its file says are the same number.
        number = [0.123 if column.digits else 0.1234, -2.5]
        expected = number if column.kind == "number" else list(_VALUES[column.kind])
        assert frame[column.name].tolist() == expected
    sheets.write_csv(frame, tmp_path / "t.csv")
    pd.testing.assert_frame_equal(table.parse(sheets.read_csv(tmp_path / "t.csv")), frame)


@ALL
def test_a_key_comes_once_and_no_column_lacks(table: Table) -> None:
    first = rows(table)[0]
    with pytest.raises(SchemaError, match="two rows have the key"):
        table.frame([first, first])
    with pytest.raises(SchemaError, match="columns lacking"):
        table.check(table.frame([first]).drop(columns=table.names[-1]))


@ALL
def test_a_file_of_an_earlier_version_gets_what_it_lacks(table: Table) -> None:
    texts = table.frame(rows(table)).astype(str)
    for column in table.columns:
        rest = texts.drop(columns=column.name)
        if column.absent is None:
            with pytest.raises(SchemaError, match=f"columns lacking: {column.name}"):
                table.parse(rest)
        elif column.kind == "text":
            assert set(table.parse(rest)[column.name]) == {column.absent}


@ALL
def test_columns_without_pandas_are_those_of_the_frame(table: Table) -> None:
    frame = table.frame(rows(table))
    assert table.columns_of({name: frame[name] for name in table.names}) == frame[table.names].to_dict("list")
    with pytest.raises(SchemaError, match="two rows have the same key"):
        table.columns_of({name: [frame[name][0]] * 2 for name in table.names if name not in numbers(table)}
                         | {name: frame[name].iloc[[0, 0]] for name in numbers(table)})  # fmt: skip


def numbers(table: Table) -> list[str]:
    return [column.name for column in table.columns if column.kind == "number"]
