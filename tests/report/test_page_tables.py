import math

import pytest

from casemine import schema
from casemine.pipeline.report import ReportView
from casemine.report.page_tables import Grid, groups, shown, tables


@pytest.mark.parametrize(
    ("value", "name", "text"),
    [
        (12345, "", "12,345"), (0.12345, "", "0.12"), (0.12345, "share", "12.3%"), (math.nan, "share", "—"),
        (True, "", "是"), (False, "", ""), ("防贫", "", "防贫"), (1234.5, "", "1,234.50"),
    ],
)  # fmt: skip
def test_a_cell_is_written_as_it_is_read(value: object, name: str, text: str) -> None:
    assert shown(value, name) == text


def test_every_row_has_a_text_for_each_header(small: ReportView) -> None:
    for name, grid in tables(small).items():
        assert all(len(row) == len(grid.columns) for row in grid.rows), name
        assert all(isinstance(cell, str) for row in grid.rows for cell in row), name


def test_documents_carry_their_quotations_and_a_title_or_their_name(small: ReportView) -> None:
    grid = tables(small)["documents"]
    headers = list(grid.columns)
    rows = [dict(zip(headers, row, strict=True)) for row in grid.rows]
    assert [row["引文数"] for row in rows] == ["2", "2", "2"]
    assert all(row[schema.DOCUMENTS.headers["title"]] for row in rows)
    assert grid.columns["引文数"] and not grid.columns[schema.DOCUMENTS.headers["title"]]


def test_keywords_carry_the_code_they_were_placed_in(small: ReportView) -> None:
    grid = tables(small)["keywords"]
    headers = list(grid.columns)
    place, code = headers.index(schema.FREQUENCY.headers["keyword"]), headers.index("开放式编码")
    placed = {row[place]: row[code] for row in grid.rows if row[code]}
    own = small.placements[small.placements["status"] == "placed"]
    assert placed == dict(zip(own["keyword"], own["open"], strict=True)) and placed["防贫预警"] == "防贫预警"


def test_one_group_alone_is_no_table(small: ReportView) -> None:
    assert groups(small) == {}


def test_a_grid_is_read_by_the_page() -> None:
    grid = Grid({"编码": False, "案例数": True}, [["防贫", "2"]], [["合计", "2"]], "code")
    assert grid.as_json() == {
        "headers": ["编码", "案例数"],
        "numeric": [False, True],
        "rows": [["防贫", "2"]],
        "foot": [["合计", "2"]],
        "down": "code",
    }
