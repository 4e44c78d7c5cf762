import pandas as pd
import pytest

from casemine import schema
from casemine.schema import TABLES, Table


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_chinese_headers_lead_back_to_the_same_table(table: Table) -> None:
    rows = pd.DataFrame({name: [] for name in table.names}, dtype=str)
    chinese = rows.rename(columns=schema.chinese_headers(table.names))
    assert list(chinese.columns) == [column.header for column in table.columns]
    assert list(table.parse(chinese).columns) == table.names


def test_columns_that_no_table_has_keep_their_names() -> None:
    assert schema.chinese_headers(["keyword", "documents", "mine"]) == {
        "keyword": "关键词",
        "documents": "案例频次",
    }
