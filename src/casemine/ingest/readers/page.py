"""The reading order of a page, from where its characters stand rather than when they were drawn.

Characters become pieces of lines (`glyphs.py`), pieces are parted by columns (`columns.py`) and, within a
column, read from the top down, a cell of a table whole. The order of drawing is used for one thing: lines
drawn one below the other belong together, as the lines of a cell do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from casemine.ingest.readers.columns import MOST_COLUMNS, NARROWEST_COLUMN, by_row, regions
from casemine.ingest.readers.glyphs import Glyph, Run, once, pieces_of, runs_down, runs_of

__all__ = ["Glyph", "Line", "lines_of"]

_LINE_STEP = 2.6  # ems


class Line(NamedTuple):
    """A line of a page in reading order, and where it stands; `column` numbers the columns of the page."""

    text: str
    left: float
    right: float
    base: float
    size: float
    column: int


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """Return the lines of a page in reading order, from its characters in the order of drawing.

    Text drawn again in (nearly) the same place counts once. Text set in columns that run down, from the
    right, is read so.

    >>> page = [Glyph(char, 10 * at, 10 * at + 10, base, 10) for base, line in [(40, "二行"), (20, "一行")]
    ...         for at, char in enumerate(line)]
    >>> [line.text for line in lines_of(page)]
    ['一行', '二行']
    """
    drawn = once(list(glyphs))
    if runs_down(drawn):
        drawn = [Glyph(g.char, g.base - g.size, g.base, -g.left, g.size) for g in drawn]
    pieces = pieces_of(runs_of(drawn))
    lines: list[Line] = []
    for column, region in enumerate(regions(pieces)):
        lines += _lines(region, column)
    return lines


@dataclass
class _Block:
    """Lines drawn one below the other; each line is its pieces from left to right."""

    lines: list[list[Run]]
    left: float
    right: float
    top: float
    bottom: float


def _lines(region: list[Run], column: int) -> list[Line]:
    margin = _margin(region)
    lines: list[Line] = []
    for group in _cut(_blocks(region), 0):
        for pieces in _rows_joined(group):
            # Of blocks side by side, each has its own margin.
            left = margin if len(group) == 1 else min(piece.left for piece in pieces)
            lines.append(_line(pieces, left, column))
    return lines


def _margin(region: Sequence[Run]) -> float:
    """Return the left edge that the lines of a column share."""
    starts = [min(piece.left for piece in row) for row in by_row(region)]
    em = median(piece.size for piece in region)
    shared = Counter(round(2 * left / em) for left in starts)
    often = [at for at, number in shared.items() if number >= max(2, 0.15 * len(starts))]
    return min(often) * em / 2 if often else min(starts)


def _line(pieces: Sequence[Run], margin: float, column: int) -> Line:
    ordered = sorted(pieces, key=lambda piece: piece.left)
    text = " ".join("".join(glyph.char for glyph in piece.glyphs) for piece in ordered)
    first, size = ordered[0], max(piece.size for piece in ordered)
    indent = max(0, round((first.left - margin) / size * 2)) if len(ordered) == 1 else 0
    right = max(piece.right for piece in ordered)
    return Line(" " * min(indent, 40) + text, first.left, right, first.base, size, column)


def _blocks(region: Sequence[Run]) -> list[_Block]:
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


def _is_below(piece: Run, line: Sequence[Run]) -> bool:
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
        elif all(len(column) == 1 for column in columns) or depth >= MOST_COLUMNS:
            ordered.append([block for column in columns for block in column])
        else:
            for column in columns:
                ordered += _cut(column, depth + 1)
    return ordered


def _apart(blocks: list[_Block], extent: Callable[[_Block], tuple[float, float]]) -> list[list[_Block]]:
    """Part blocks where no extent bridges the gap between them."""
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


def _rows_joined(group: list[_Block]) -> list[list[Run]]:
    """Return the lines of blocks side by side: row by row where each line is a cell, else cell by cell."""
    lines = [line for block in group for line in block.lines]
    rows = [[piece.row for line in block.lines for piece in line] for block in group]
    if len(group) == 1 or any(part != rows[0] for part in rows):
        return lines
    wide = sum(block.right - block.left >= NARROWEST_COLUMN * block.lines[0][0].size for block in group)
    if len(set(rows[0])) > 1 and wide > 1:
        return lines
    return [[piece for line in lines for piece in line if piece.row == row] for row in rows[0]]
