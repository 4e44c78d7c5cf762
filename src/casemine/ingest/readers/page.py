"""The reading order of a page, from where its characters stand rather than when they were drawn.

Runs of characters become pieces of lines; pieces are parted by columns (a gutter that prose on both sides
leaves free) and, within a column, read from the top down, a cell of a table whole. The order of drawing is
used for one thing: lines drawn one below the other belong together, as the lines of a cell do.
Recursive cuts after Nagy and Seth, Hierarchical representation of optically scanned documents (ICPR 1984).

Lengths are in the units of the page (points, millimetres); y grows downwards.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import numpy as np

# In ems of the characters concerned.
_SAME_BASE = 0.12
_PIECE_GAP = 1.0
_SPACE_GAP = 0.22
_OVERLAP = 0.35
_DOUBLE = 0.15
_ABOVE, _BELOW = 0.86, 0.14
_LARGEST_RATIO = 2.2
_LINE_STEP = 2.6
_GUTTER = 0.8
_NARROWEST_COLUMN = 7.0
_FEWEST_ROWS = 3
# Rows of a column of prose that reach across it, at least.
_FILLED_ROWS = 0.4
_FILLED = 0.8
_MOST_COLUMNS = 6
_LOOK_BACK = 12
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f\U00020000-\U0003134f]")


class Glyph(NamedTuple):
    """A character, the left and right end of its advance, its base line and its size (the em)."""

    char: str
    left: float
    right: float
    base: float
    size: float


class Line(NamedTuple):
    """A line of a page in reading order, and where it stands; `column` numbers the columns of the page."""

    text: str
    left: float
    right: float
    base: float
    size: float
    column: int


@dataclass
class _Run:
    """Characters on one base line that follow one another; `order` is when the first was drawn."""

    glyphs: list[Glyph]
    order: int
    left: float
    right: float
    base: float
    size: float
    row: int = 0

    @property
    def top(self) -> float:
        return self.base - _ABOVE * self.size

    @property
    def bottom(self) -> float:
        return self.base + _BELOW * self.size


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """Return the lines of a page in reading order, from its characters in the order of drawing.

    Text drawn again in (nearly) the same place counts once. Text set in columns that run down, from the
    right, is read so.

    >>> page = [Glyph(char, 10 * at, 10 * at + 10, base, 10) for base, line in [(40, "二行"), (20, "一行")]
    ...         for at, char in enumerate(line)]
    >>> [line.text for line in lines_of(page)]
    ['一行', '二行']
    """
    drawn = _once(list(glyphs))
    if _runs_down(drawn):
        drawn = [Glyph(g.char, g.base - g.size, g.base, -g.left, g.size) for g in drawn]
    pieces = _pieces(_runs(drawn))
    lines: list[Line] = []
    for column, region in enumerate(_regions(pieces)):
        lines += _lines(region, column)
    return lines


def _once(glyphs: list[Glyph]) -> list[Glyph]:
    """Leave out what is drawn again in place: shadows, bold by a second pass, whole pages twice."""
    seen: dict[tuple[str, int, int], tuple[float, float]] = {}
    kept: list[Glyph] = []
    for glyph in glyphs:
        if glyph.char.isspace():
            kept.append(glyph)
            continue
        cell = max(_DOUBLE * glyph.size, 1e-6)
        x, y = int(glyph.left // cell), int(glyph.base // cell)
        near = (seen.get((glyph.char, x + dx, y + dy)) for dx in (0, -1, 1) for dy in (0, -1, 1))
        if any(
            at is not None and abs(at[0] - glyph.left) < cell and abs(at[1] - glyph.base) < cell
            for at in near
        ):
            continue
        seen[glyph.char, x, y] = (glyph.left, glyph.base)
        kept.append(glyph)
    return kept


def _runs_down(glyphs: Sequence[Glyph]) -> bool:
    """Tell whether the text is set in columns: most characters stand straight below the one before."""
    solid = [glyph for glyph in glyphs if not glyph.char.isspace()]
    down = across = 0
    for before, glyph in pairwise(solid):
        x, y = glyph.left - before.left, glyph.base - before.base
        down += abs(x) < 0.3 * glyph.size and 0.7 * glyph.size < y < 2 * glyph.size
        across += abs(y) < 0.3 * glyph.size and 0.2 * glyph.size < x < 2 * glyph.size
    return down >= 8 and down > 4 * across


def _runs(glyphs: Iterable[Glyph]) -> list[_Run]:
    """Join the characters that follow one another on a base line."""
    runs: list[_Run] = []
    run: _Run | None = None
    blanks: list[Glyph] = []
    for order, glyph in enumerate(glyphs):
        if glyph.char.isspace():
            blanks.append(glyph)
            continue
        size = max(glyph.size, 1e-6)
        if (
            run is not None
            and abs(glyph.base - run.base) <= _SAME_BASE * size
            and -_OVERLAP * size <= glyph.left - run.right <= _PIECE_GAP * size
            and 0.75 <= size / run.size <= 1.34
        ):
            if blanks:
                run.glyphs.append(Glyph(" ", run.right, glyph.left, run.base, size))
            run.glyphs.append(glyph)
            run.right = max(run.right, glyph.right)
        else:
            run = _Run([glyph], order, glyph.left, glyph.right, glyph.base, size)
            runs.append(run)
        blanks = []
    return runs


def _pieces(runs: list[_Run]) -> list[_Run]:
    """Number the rows of a page and join the runs of a row that touch; a piece is a cell or a line."""
    rows: list[list[_Run]] = []
    widest: list[_Run] = []
    for run in sorted(runs, key=lambda run: (run.base, run.left)):
        for at in range(len(rows) - 1, max(len(rows) - 1 - _LOOK_BACK, -1), -1):
            if _level(run, widest[at]):
                rows[at].append(run)
                if run.size > widest[at].size:
                    widest[at] = run
                break
        else:
            rows.append([run])
            widest.append(run)
    order = sorted(range(len(rows)), key=lambda at: widest[at].base)
    return [piece for number, at in enumerate(order) for piece in _joined(rows[at], number)]


def _level(run: _Run, other: _Run) -> bool:
    """Tell whether two runs stand on one row: half the lower of them lies beside the other."""
    if max(run.size, other.size) > _LARGEST_RATIO * min(run.size, other.size):
        return False
    shared = min(run.bottom, other.bottom) - max(run.top, other.top)
    return shared >= 0.5 * min(run.size, other.size)


def _joined(runs: list[_Run], row: int) -> list[_Run]:
    """Join the runs of one row whose gap is less than a character."""
    pieces: list[_Run] = []
    for run in sorted(runs, key=lambda run: (run.left, run.order)):
        run.row = row
        last = pieces[-1] if pieces else None
        if last is None or run.left - last.right > _PIECE_GAP * max(run.size, last.size):
            pieces.append(run)
            continue
        inside = run.left < last.right - _OVERLAP * min(run.size, last.size)
        if inside:
            # Blanks between Chinese are the gaps left for marks of another font.
            glyphs = [g for g in (*last.glyphs, *run.glyphs) if g.char != " "]
            last.glyphs = _spaced(sorted(glyphs, key=lambda glyph: glyph.left))
        else:
            last.glyphs = [*last.glyphs, *_gap(last.glyphs[-1], run.glyphs[0]), *run.glyphs]
        last.right = max(last.right, run.right)
        last.order = min(last.order, run.order)
        if run.size > last.size:
            last.base, last.size = run.base, run.size
    return pieces


def _gap(before: Glyph, after: Glyph) -> list[Glyph]:
    """Return the blank that stands between two characters where words are parted by blanks."""
    apart = after.left - before.right > _SPACE_GAP * min(before.size, after.size)
    latin = not (_WIDE.match(before.char) and _WIDE.match(after.char))
    return [Glyph(" ", before.right, after.left, before.base, before.size)] if apart and latin else []


def _spaced(glyphs: list[Glyph]) -> list[Glyph]:
    spaced = glyphs[:1]
    for before, after in pairwise(glyphs):
        spaced += [*_gap(before, after), after]
    return spaced


# ------------------------------------------------------------------------------------------------- columns


def _regions(pieces: list[_Run], depth: int = 0) -> list[list[_Run]]:
    """Part the pieces of a page into regions in reading order: what runs across, and each column."""
    gutter = _gutter(pieces) if depth < _MOST_COLUMNS else None
    if gutter is None:
        return [pieces] if pieces else []
    regions: list[list[_Run]] = []
    across: list[_Run] = []
    band: list[_Run] = []
    for row in _by_row(pieces):
        if any(piece.left < gutter < piece.right for piece in row):
            across = _closed(band, gutter, depth, regions, across)
            band = []
            across += row
        else:
            band += row
    across = _closed(band, gutter, depth, regions, across)
    return [*regions, across] if across else regions


def _closed(
    band: list[_Run], gutter: float, depth: int, regions: list[list[_Run]], across: list[_Run]
) -> list[_Run]:
    """Add a band of rows that leave the gutter free: as two columns, or as rows like any others."""
    left = [piece for piece in band if piece.right <= gutter]
    right = [piece for piece in band if piece.right > gutter]
    if not _are_columns(left, right):
        return across + band
    if across:
        regions.append(across)
    regions += [*_regions(left, depth + 1), *_regions(right, depth + 1)]
    return []


def _by_row(pieces: Sequence[_Run]) -> list[list[_Run]]:
    rows: dict[int, list[_Run]] = {}
    for piece in pieces:
        rows.setdefault(piece.row, []).append(piece)
    return [rows[number] for number in sorted(rows)]


def _gutter(pieces: Sequence[_Run]) -> float | None:
    """Return the x that most rows with text on both sides leave free, None when there is no such column."""
    rows = _by_row(pieces)
    if len(rows) < _FEWEST_ROWS:
        return None
    em = median(piece.size for piece in pieces)
    start, end = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    if end - start < 2 * _NARROWEST_COLUMN * em:
        return None
    step = em / 4
    covered = np.zeros((len(rows), min(int((end - start) / step) + 2, 4000)), dtype=bool)
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


def _are_columns(left: Sequence[_Run], right: Sequence[_Run]) -> bool:
    """Tell columns of prose from those of a table: wide, and filled by most of their lines."""
    if len({p.row for p in left}) < _FEWEST_ROWS or len({p.row for p in right}) < _FEWEST_ROWS:
        return False
    widths = [_column_width(side) for side in (left, right)]
    if min(widths) < _NARROWEST_COLUMN:
        return False
    return _filled(left) and _filled(right)


def _column_width(side: Sequence[_Run]) -> float:
    em = median(piece.size for piece in side)
    return (max(piece.right for piece in side) - min(piece.left for piece in side)) / em


def _filled(side: Sequence[_Run]) -> bool:
    """Tell whether enough rows of a column reach across it."""
    rows = _by_row(side)
    widths = [max(p.right for p in row) - min(p.left for p in row) for row in rows]
    # A line number or a formula that stands out may not set the measure.
    measure = sorted(widths)[int(0.9 * (len(widths) - 1))]
    whole = sum(width >= _FILLED * measure and len(row) == 1 for width, row in zip(widths, rows, strict=True))
    return whole >= _FILLED_ROWS * len(rows)


# ----------------------------------------------------------------------------------- rows, cells, paragraphs


@dataclass
class _Block:
    """Lines drawn one below the other; each line is its pieces from left to right."""

    lines: list[list[_Run]]
    left: float
    right: float
    top: float
    bottom: float


def _lines(region: list[_Run], column: int) -> list[Line]:
    margin = _margin(region)
    return [
        _line(pieces, margin, column) for group in _cut(_blocks(region), 0) for pieces in _rows_joined(group)
    ]


def _margin(region: Sequence[_Run]) -> float:
    """Return the left edge that the lines of a column share."""
    starts = [min(piece.left for piece in row) for row in _by_row(region)]
    em = median(piece.size for piece in region)
    shared = Counter(round(2 * left / em) for left in starts)
    often = [at for at, number in shared.items() if number >= max(2, 0.15 * len(starts))]
    return min(often) * em / 2 if often else min(starts)


def _line(pieces: Sequence[_Run], margin: float, column: int) -> Line:
    ordered = sorted(pieces, key=lambda piece: piece.left)
    text = " ".join("".join(glyph.char for glyph in piece.glyphs) for piece in ordered)
    first, size = ordered[0], max(piece.size for piece in ordered)
    indent = max(0, round((first.left - margin) / size * 2)) if len(ordered) == 1 else 0
    right = max(piece.right for piece in ordered)
    return Line(" " * min(indent, 40) + text, first.left, right, first.base, size, column)


def _blocks(region: Sequence[_Run]) -> list[_Block]:
    """Join the pieces that were drawn one after the other, to the right or one line down."""
    blocks: list[_Block] = []
    for piece in sorted(region, key=lambda piece: piece.order):
        block = blocks[-1] if blocks else None
        last = block.lines[-1] if block else []
        if block and last[-1].row == piece.row and piece.left >= last[-1].right:
            last.append(piece)
        elif block and _is_below(piece, last):
            block.lines.append([piece])
        else:
            blocks.append(_Block([[piece]], piece.left, piece.right, piece.top, piece.bottom))
            continue
        block.left, block.right = min(block.left, piece.left), max(block.right, piece.right)
        block.top, block.bottom = min(block.top, piece.top), max(block.bottom, piece.bottom)
    return blocks


def _is_below(piece: _Run, line: Sequence[_Run]) -> bool:
    step = piece.base - line[-1].base
    size = max(piece.size, line[-1].size)
    beside = min(piece.right, line[-1].right) > max(piece.left, line[0].left)
    return piece.row > line[-1].row and step <= _LINE_STEP * size and beside


def _cut(blocks: list[_Block], depth: int) -> list[list[_Block]]:
    """Order blocks: bands from the top down, in a band from the left; blocks side by side are one group."""
    ordered: list[list[_Block]] = []
    for band in _apart(blocks, lambda block: (block.top, block.bottom)):
        columns = _apart(band, lambda block: (block.left, block.right))
        if len(columns) == 1:
            ordered += [[block] for block in sorted(band, key=lambda b: (b.top, b.left))]
        elif all(len(column) == 1 for column in columns) or depth >= _MOST_COLUMNS:
            ordered.append([block for column in columns for block in column])
        else:
            for column in columns:
                ordered += _cut(column, depth + 1)
    return ordered


def _apart(blocks: list[_Block], extent: object) -> list[list[_Block]]:
    """Part blocks where no extent bridges the gap between them."""
    assert callable(extent)
    groups: list[list[_Block]] = []
    reach = float("-inf")
    for block in sorted(blocks, key=extent):
        start, end = extent(block)
        if start < reach - 1e-9:
            groups[-1].append(block)
        else:
            groups.append([block])
        reach = max(reach, end)
    return groups


def _rows_joined(group: list[_Block]) -> list[list[_Run]]:
    """Return the lines of blocks side by side: one row where each is a single line, else cell by cell."""
    lines = [line for block in group for line in block.lines]
    if len(group) > 1 and len({piece.row for line in lines for piece in line}) == 1:
        return [[piece for line in lines for piece in line]]
    return lines
