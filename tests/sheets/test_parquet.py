"""Parquet gives back what CSV gives back, in the same bytes each time."""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemine import schema, sheets
from casemine.errors import UnreadableError

pytestmark = pytest.mark.filterwarnings("error")
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=6)
ROWS = st.lists(st.tuples(TEXT, st.integers(0, 9), st.floats(0, 1)), max_size=9, unique_by=lambda row: row[0])
WORDS = schema.Table(
    "words",
    ("word",),
    (
        schema.Column("word", "text", "词", ""),
        schema.Column("many", "count", "数", ""),
        schema.Column("share", "number", "比", ""),
        schema.Column("new", "flag", "新", ""),
    ),
    "",
)


def test_without_pyarrow_reading_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setattr("casemine.sheets.parquet.find_spec", lambda name: None)
    assert not sheets.has_parquet()
    with pytest.raises(UnreadableError, match="not installed"):
        sheets.read_parquet(tmp_path / "a.parquet", 1000)


def test_what_is_damaged_is_one_error(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    (tmp_path / "a.parquet").write_bytes(b"PAR1 no PAR1")
    with pytest.raises(UnreadableError, match="is damaged"):
        sheets.read_parquet(tmp_path / "a.parquet", 1000)


def test_one_of_more_cells_than_its_csv_has_bytes_is_not_read(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    frame = WORDS.frame([{"word": str(at), "many": 0, "share": 0.0, "new": False} for at in range(9)])
    sheets.write_parquet_parts([frame], tmp_path / "a.parquet")
    assert len(sheets.read_parquet(tmp_path / "a.parquet", 9 * 4)) == 9
    with pytest.raises(UnreadableError, match="more than the CSV"):
        sheets.read_parquet(tmp_path / "a.parquet", 9 * 4 - 1)


@given(ROWS, st.integers(1, 4))
def test_it_gives_back_what_csv_gives_back(
    tmp_path_factory: pytest.TempPathFactory, given: list[tuple[str, int, float]], group: int
) -> None:
    pytest.importorskip("pyarrow")
    folder = tmp_path_factory.mktemp("p")
    frame = WORDS.frame(
        [{"word": word, "many": many, "share": share, "new": many > 4} for word, many, share in given]
    )
    sheets.write_csv(frame, folder / "a.csv")
    for name in ("a", "b"):
        parts = [frame.iloc[at : at + group] for at in range(0, max(len(frame), 1), group)]
        sheets.write_parquet_parts(parts, folder / f"{name}.parquet")
    assert (folder / "a.parquet").read_bytes() == (folder / "b.parquet").read_bytes()
    read = WORDS.frame(sheets.read_parquet(folder / "a.parquet", (folder / "a.csv").stat().st_size))
    of_csv = WORDS.parse(sheets.read_csv(folder / "a.csv"))
    assert read.to_dict("list") == of_csv.to_dict("list")
    assert read.dtypes.astype(str).tolist() == of_csv.dtypes.astype(str).tolist()
