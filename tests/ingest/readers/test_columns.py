from hypothesis import given
from hypothesis import strategies as st

from casemine.ingest.readers.columns import by_row, regions
from casemine.ingest.readers.glyphs import Glyph, Run

EM = 10.0


def piece(row: int, left: float, width: float, order: int = 0) -> Run:
    base = 20.0 * (row + 1)
    return Run([Glyph("村", left, left + width, base, EM)], order, left, left + width, base, EM, row)


def rows_of(region: list[Run]) -> list[tuple[int, float]]:
    return [(run.row, run.left) for run in region]


def prose(left: float, rows: range, first: int = 0) -> list[Run]:
    return [piece(row, left, 200, first + number) for number, row in enumerate(rows)]


def test_columns_are_regions_one_after_the_other() -> None:
    left, right = prose(0, range(8)), prose(240, range(8), 8)
    assert regions([*right, *left]) == [left, right]


def test_what_runs_across_stands_in_its_place() -> None:
    title = piece(0, 0, 440)
    left, right = prose(0, range(1, 9), 1), prose(240, range(1, 9), 9)
    foot = piece(9, 0, 440, 17)
    assert regions([title, *left, *right, foot]) == [[title], left, right, [foot]]


def test_three_columns_are_three_regions() -> None:
    columns = [prose(240.0 * number, range(8), 8 * number) for number in range(3)]
    assert regions([run for column in columns for run in column]) == columns


def test_a_table_drawn_cell_by_cell_is_one_region() -> None:
    # Cells of two lines, drawn one after the other.
    places = [(2 * cell + line, 240.0 * side) for cell in range(4) for side in (0, 1) for line in (0, 1)]
    (region,) = regions([piece(row, left, 200, order) for order, (row, left) in enumerate(places)])
    assert len(region) == 16


def test_narrow_columns_and_few_rows_are_none() -> None:
    narrow = [piece(row, 60.0 * side, 40, 8 * side + row) for side in (0, 1) for row in range(8)]
    assert len(regions(narrow)) == 1
    assert len(regions([*prose(0, range(2)), *prose(240, range(2), 2)])) == 1
    assert regions([]) == []


def test_pieces_are_gathered_by_row_from_the_top() -> None:
    low, left, right = piece(3, 0, 10), piece(1, 0, 10), piece(1, 50, 10)
    assert by_row([low, left, right]) == [[left, right], [low]]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 60), st.integers(1, 30)), max_size=30))
def test_every_piece_is_in_one_region(places: list[tuple[int, int, int]]) -> None:
    pieces = [piece(row, 10.0 * x, 10.0 * width, at) for at, (row, x, width) in enumerate(places)]
    together = [run.order for region in regions(pieces) for run in region]
    assert sorted(together) == list(range(len(places)))
