"""CSV as Excel wants it: UTF-8 with BOM, nothing a formula.

A text cell that begins with = + - @ tab CR or ' is written with one ' in front, and `read_csv` takes
exactly one away, so that every text comes back as it was. Numbers are never escaped.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "'")
# As much as a C long holds on every system; the csv module's own limit is 131,072.
_LONGEST_FIELD = 2**31 - 1


def to_csv_text(frame: pd.DataFrame) -> str:
    """Return `frame` as CSV text with LF line ends, text cells escaped, without BOM and index."""
    return csv_text({str(name): _cells(column) for name, column in frame.items()})


def csv_text(columns: Mapping[str, Sequence[object]]) -> str:
    """Return columns of one length as CSV text, as `to_csv_text` does a frame of them."""
    header = _escaped(list(columns))
    cells = [_escaped(column) for column in columns.values()]
    # Python before 3.13 leaves a carriage return unquoted, and readers take it for a line end.
    returns = any("\r" in "".join(_texts(column)) for column in (header, *cells))
    written = io.StringIO()
    writer = csv.writer(
        written, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC if returns else csv.QUOTE_MINIMAL
    )
    writer.writerow(header)
    writer.writerows(zip(*cells, strict=True))
    return written.getvalue()


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
    path.write_text(to_csv_text(frame), encoding="utf-8-sig", newline="")


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
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")  # saved again by Excel on Chinese Windows
    import pandas as pd

    frame = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)
    return frame.rename(columns=_unescape).map(_unescape)


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
