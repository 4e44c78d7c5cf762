"""The columns of a page: gutters that prose on both sides leaves free.

Recursive cuts after Nagy and Seth, Hierarchical representation of optically scanned documents (ICPR 1984).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

import numpy as np

from casemine.ingest.readers.glyphs import Run

# In ems of the text.
_GUTTER = 0.8
NARROWEST_COLUMN = 7.0
_FEWEST_ROWS = 3
# Rows of a column of prose that reach across it, at least, and how far.
_FILLED_ROWS = 0.4
_FILLED = 0.8
# Gutters one in the other; a newspaper has seven columns.
MOST_COLUMNS = 6
_MOST_STEPS = 4000


def regions(pieces: list[Run], depth: int = 0) -> list[list[Run]]:
    """Part the pieces of a page into regions in reading order: what runs across, and each column."""
    gutter = _gutter(pieces) if depth < MOST_COLUMNS else None
    if gutter is None:
        return [pieces] if pieces else []
    ordered: list[list[Run]] = []
    across: list[Run] = []
    for bridged, band in _bands(pieces, gutter):
        left = [piece for piece in band if piece.right <= gutter]
        right = [piece for piece in band if piece.right > gutter]
        if bridged or not _are_columns(left, right):
            across += band
            continue
        ordered += [across] if across else []
        ordered += [*regions(left, depth + 1), *regions(right, depth + 1)]
        across = []
    return [*ordered, across] if across else ordered


def _bands(pieces: Sequence[Run], gutter: float) -> list[tuple[bool, list[Run]]]:
    """Return the stretches of rows that bridge the gutter and those that leave it free, from the top."""
    bands: list[tuple[bool, list[Run]]] = []
    for row in by_row(pieces):
        bridged = any(piece.left < gutter < piece.right for piece in row)
        if not bands or bands[-1][0] != bridged:
            bands.append((bridged, []))
        bands[-1][1].extend(row)
    return bands


def by_row(pieces: Sequence[Run]) -> list[list[Run]]:
    """Return the pieces of each row, from the top."""
    rows: dict[int, list[Run]] = {}
    for piece in pieces:
        rows.setdefault(piece.row, []).append(piece)
    return [rows[number] for number in sorted(rows)]


def _gutter(pieces: Sequence[Run]) -> float | None:
    """Return the x that most rows with text on both sides leave free, None when there is no such column."""
    rows = by_row(pieces)
    if len(rows) < _FEWEST_ROWS:
        return None
    em = median(piece.size for piece in pieces)
    start, end = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    if end - start < 2 * NARROWEST_COLUMN * em:
        return None
    step = em / 4
    covered = np.zeros((len(rows), min(int((end - start) / step) + 2, _MOST_STEPS)), dtype=bool)
    margin = _GUTTER / 2 * em
    for number, row in enumerate(rows):
        for piece in row:
            first = int(max(piece.left - margin - start, 0) / step)
            covered[number, first : int((piece.right + margin - start) / step) + 1] = True
    before = np.logical_or.accumulate(covered, axis=1)
    after = np.logical_or.accumulate(covered[:, ::-1], axis=1)[:, ::-1]
    free = (~covered & before & after).sum(axis=0)
    best = int(free.max())
    if best < _FEWEST_ROWS:
        return None
    widest = max(_stretches(free == best), key=lambda ends: (ends[1] - ends[0], -ends[0]))
    return float(start + step * (widest[0] + widest[1]) / 2)


def _stretches(flags: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> list[tuple[int, int]]:
    """Return start and end of each stretch of True."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.view(np.int8), [0]))))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _are_columns(left: Sequence[Run], right: Sequence[Run], depth: int = 0) -> bool:
    """Tell columns of prose from those of a table: wide, filled by their lines, not drawn as cells."""
    if len({p.row for p in left}) < _FEWEST_ROWS or len({p.row for p in right}) < _FEWEST_ROWS:
        return False
    if min(_column_width(left), _column_width(right)) < NARROWEST_COLUMN or _drawn_as_cells(left, right):
        return False
    return _is_prose(left, depth) and _is_prose(right, depth)


def _is_prose(side: Sequence[Run], depth: int) -> bool:
    """Tell whether a column is filled by its lines, or made of columns that are."""
    if _filled(side):
        return True
    gutter = _gutter(side) if depth < MOST_COLUMNS else None
    if gutter is None:
        return False
    left, right = [p for p in side if p.right <= gutter], [p for p in side if p.right > gutter]
    return _are_columns(left, right, depth + 1)


def _drawn_as_cells(left: Sequence[Run], right: Sequence[Run]) -> bool:
    """Tell whether stretches of the left and the right were drawn in turns, each beside the one before.

    So a word processor draws the rows of a table whose cells have several lines.
    """
    sides = [(piece.order, side, piece.row) for side, part in enumerate((left, right)) for piece in part]
    # Side, first and last row, and number of rows of each stretch.
    stretches: list[tuple[int, int, int, int]] = []
    for _, side, row in sorted(sides):
        if stretches and stretches[-1][0] == side and row >= stretches[-1][2]:
            _, first, last, rows = stretches[-1]
            stretches[-1] = (side, first, row, rows + (row > last))
        else:
            stretches.append((side, row, row, 1))
    pairs = [
        first[1] <= second[2] and second[1] <= first[2] + 1
        for first, second in pairwise(stretches)
        if first[0] < second[0]
    ]
    in_turns = len(pairs) >= 2 and sum(pairs) >= 0.8 * len(pairs)
    return in_turns and sum(rows for *_, rows in stretches) >= 1.5 * len(stretches)


def _column_width(side: Sequence[Run]) -> float:
    em = median(piece.size for piece in side)
    return (max(piece.right for piece in side) - min(piece.left for piece in side)) / em


def _filled(side: Sequence[Run]) -> bool:
    """Tell whether enough rows of a column reach across it."""
    rows = by_row(side)
    widths = [max(p.right for p in row) - min(p.left for p in row) for row in rows]
    # A line number or a formula that stands out may not set the measure.
    measure = sorted(widths)[int(0.9 * (len(widths) - 1))]
    whole = sum(width >= _FILLED * measure and len(row) == 1 for width, row in zip(widths, rows, strict=True))
    return whole >= _FILLED_ROWS * len(rows)
