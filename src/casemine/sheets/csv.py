"""CSV as Excel wants it: UTF-8 with BOM, nothing a formula.

A text cell that begins with = + - @ tab CR or ' is written with one ' in front, and `read_csv` takes
exactly one away, so that every text comes back as it was. Numbers are never escaped.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from casemine.bounded import read_text
from casemine.errors import UnreadableError

if TYPE_CHECKING:
    import pandas as pd

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "'")
# As much as a C long holds on every system; the csv module's own limit is 131,072.
_LONGEST_FIELD = 2**31 - 1
_MOST_BYTES = 8 << 30
_MOST_COLUMNS = 16_384
# Rows that are turned into text together.
_PART = 50_000
_HAND = "Undo what was changed in it by hand, or take it from a copy."


def to_csv_text(frame: pd.DataFrame) -> str:
    """Return `frame` as CSV text with LF line ends, text cells escaped, without BOM and index."""
    return csv_text({str(name): _cells(column) for name, column in frame.items()})


def csv_text(columns: Mapping[str, Sequence[object]]) -> str:
    """Return columns of one length as CSV text, as `to_csv_text` does a frame of them."""
    written = io.StringIO()
    _write(written, list(columns), lambda: [list(columns.values())])
    return written.getvalue()


def _write(
    file: TextIO, names: Sequence[str], parts: Callable[[], Iterable[Sequence[Sequence[object]]]]
) -> None:
    """Write a header and the rows of parts, each part a list of columns; they are gone through twice."""
    header = _escaped(names)
    # Python before 3.13 leaves a carriage return unquoted, and readers take it for a line end.
    returns = any("\r" in "".join(_texts(column)) for part in parts() for column in (header, *part))
    writer = csv.writer(
        file, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC if returns else csv.QUOTE_MINIMAL
    )
    writer.writerow(header)
    for part in parts():
        writer.writerows(zip(*map(_escaped, part), strict=True))


def escaped(frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` with one ' in front of each text and name that a spreadsheet could run as a formula."""
    import pandas as pd

    made = frame.copy()
    for name in frame:
        if not pd.api.types.is_numeric_dtype(frame[name]):
            made[name] = frame[name].map(_escaped_one)
    return made.rename(columns=_escaped_one)


def _escaped_one(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_DANGEROUS) else cell


def _cells(column: pd.Series) -> list[object]:
    """Return the cells of a column, None for those that are empty."""
    cells: list[object] = column.astype(object).where(column.notna(), None).tolist()
    return cells


def _texts(cells: Sequence[object]) -> list[str]:
    return [cell for cell in cells if isinstance(cell, str)]


def _escaped(cells: Sequence[object]) -> Sequence[object]:
    # Hardly a column has any such cell: a look at the first characters decides.
    if {text[:1] for text in _texts(cells)}.isdisjoint(_DANGEROUS):
        return cells
    return [f"'{cell}" if isinstance(cell, str) and cell.startswith(_DANGEROUS) else cell for cell in cells]


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write `frame` as CSV that Excel opens: UTF-8 with BOM, LF, no index."""

    def part(rows: pd.DataFrame) -> list[list[object]]:
        return [_cells(column) for _, column in rows.items()]

    def parts() -> Iterator[list[list[object]]]:  # memory holds the cells of one of them
        for begin in range(0, len(frame), _PART):
            yield part(frame.iloc[begin : begin + _PART])

    only = None if len(frame) > _PART else [part(frame)]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        _write(file, [str(name) for name in frame], parts if only is None else lambda: only)


def write_csv_parts(frames: Iterable[pd.DataFrame], path: Path) -> None:
    """Write frames of one form, the first of which may be empty, as `write_csv` writes them together.

    Memory holds one of them at a time.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        for number, frame in enumerate(frames):
            text = to_csv_text(frame)
            file.write(text if number == 0 else text.partition("\n")[2])


def read_csv_parts(path: Path, rows: int) -> Iterator[pd.DataFrame]:
    """Yield a CSV of ours as `read_csv` reads it, so many rows at a time."""
    import pandas as pd

    if not _is_utf8(path):
        yield read_csv(path)
        return
    with pd.read_csv(path, dtype=str, keep_default_na=False, chunksize=rows, encoding="utf-8-sig") as parts:
        for frame in parts:
            yield frame.rename(columns=_unescape).map(_unescape)


def _is_utf8(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8-sig") as file:
            while file.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return False
    return True


def read_csv(path: Path) -> pd.DataFrame:
    """Read a CSV of ours back, every cell a text, one leading ' taken away; LF or CRLF, BOM or none."""
    import pandas as pd

    text = read_text(path, _MOST_BYTES)  # GB18030 where Excel on Chinese Windows saved it again
    _check_header(text, path)
    try:
        frame = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False, index_col=False)
    except (ValueError, RecursionError) as error:  # those of pandas are ValueErrors
        raise UnreadableError(
            f"is no table ({' '.join(str(error).split())}).", place=str(path), advice=_HAND
        ) from error
    # pandas fills a row that is too short with what is no text.
    last = frame.iloc[:, -1].tolist() if len(frame.columns) else []
    row = next((number for number, cell in enumerate(last, start=2) if not isinstance(cell, str)), 0)
    if row:
        raise UnreadableError(
            f"record {row} has fewer cells than the header, which has {len(frame.columns)}.",
            place=str(path),
            advice=_HAND,
        )
    return frame.rename(columns=_unescape).map(_unescape)


def _check_header(text: str, path: Path) -> None:
    """Raise `UnreadableError` for what is no table: empty, more columns than a sheet has, a NUL in it."""
    if "\0" in text:
        raise UnreadableError("holds a NUL, which no text does.", place=str(path), advice=_HAND)
    if text.partition("\n")[0].count(",") > _MOST_COLUMNS:
        raise UnreadableError("has more columns than a sheet can have.", place=str(path), advice=_HAND)


def _unescape(cell: str) -> str:
    return cell.removeprefix("'")


def read_csv_rows(text: str, delimiter: str = ",") -> list[list[str]]:
    """Return the rows of anyone's CSV text as they stand, blank lines as empty rows, fields of any length.

    Raises `csv.Error` when the text is no CSV.
    """
    limit = csv.field_size_limit(_LONGEST_FIELD)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    finally:
        csv.field_size_limit(limit)
