"""Characters on a page to the pieces of its lines: doubles out, runs on a base line, rows.

Lengths are in the units of the page (points, millimetres); y grows downwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor
from typing import NamedTuple

# In ems of the characters concerned.
_SAME_BASE = 0.12
_PIECE_GAP = 1.0
_SPACE_GAP = 0.28
_OVERLAP = 0.35
_DOUBLE = 0.15
_ABOVE, _BELOW = 0.86, 0.14
_LARGEST_RATIO = 2.2
# Rows above in which a run may have its place.
_LOOK_BACK = 12
_WIDE = re.compile("[“”‘’…—·\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f\U00020000-\U0003134f]")


class Glyph(NamedTuple):
    """A character, the left and right end of its advance, its base line and its size (the em)."""

    char: str
    left: float
    right: float
    base: float
    size: float


@dataclass
class Run:
    """Characters on one base line that follow one another: a line, or a cell of a row.

    `order` is when the first was drawn, `row` the number of its row from the top.
    """

    glyphs: list[Glyph]
    order: int
    left: float
    right: float
    base: float
    size: float
    row: int = 0

    @property
    def top(self) -> float:
        """The upper edge of the characters, about."""
        return self.base - _ABOVE * self.size

    @property
    def bottom(self) -> float:
        """The lower edge of the characters, about."""
        return self.base + _BELOW * self.size


def once(glyphs: list[Glyph]) -> list[Glyph]:
    """Leave out what is drawn again in place: shadows, bold by a second pass, whole pages twice."""
    seen: dict[tuple[str, int, int], tuple[float, float]] = {}
    kept: list[Glyph] = []
    for glyph in glyphs:
        if glyph.char.isspace():
            kept.append(glyph)
            continue
        near = _DOUBLE * max(glyph.size, 1e-6)
        # In cells twice as wide, a neighbour stands in the same cell or in the nearer one on either axis.
        x, y = glyph.left / (2 * near), glyph.base / (2 * near)
        column, row = floor(x), floor(y)
        columns = (column, column + 1 if x - column > 0.5 else column - 1)
        rows = (row, row + 1 if y - row > 0.5 else row - 1)
        for key in ((glyph.char, at, down) for at in columns for down in rows):
            place = seen.get(key)
            if place and abs(place[0] - glyph.left) < near and abs(place[1] - glyph.base) < near:
                break
        else:
            seen[glyph.char, column, row] = (glyph.left, glyph.base)
            kept.append(glyph)
    return kept


def runs_down(glyphs: Sequence[Glyph]) -> bool:
    """Tell whether the text is set in columns: most characters stand straight below the one before."""
    solid = [glyph for glyph in glyphs if not glyph.char.isspace()]
    down = across = 0
    for before, glyph in pairwise(solid):
        x, y = glyph.left - before.left, glyph.base - before.base
        down += abs(x) < 0.3 * glyph.size and 0.7 * glyph.size < y < 2 * glyph.size
        across += abs(y) < 0.3 * glyph.size and 0.2 * glyph.size < x < 2 * glyph.size
    return down >= 8 and down > 4 * across


def runs_of(glyphs: Iterable[Glyph]) -> list[Run]:
    """Join the characters that follow one another on a base line."""
    runs: list[Run] = []
    run: Run | None = None
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
            else:
                run.glyphs += _gap(run.glyphs[-1], glyph)
            run.glyphs.append(glyph)
            run.right = max(run.right, glyph.right)
        else:
            run = Run([glyph], order, glyph.left, glyph.right, glyph.base, size)
            runs.append(run)
        blanks = []
    return runs


def pieces_of(runs: list[Run]) -> list[Run]:
    """Number the rows of a page and join the runs of a row that touch; a piece is a cell or a line."""
    rows: list[list[Run]] = []
    widest: list[Run] = []
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


def _level(run: Run, other: Run) -> bool:
    """Tell whether two runs stand on one row: half the lower of them lies beside the other."""
    if max(run.size, other.size) > _LARGEST_RATIO * min(run.size, other.size):
        return False
    shared = min(run.bottom, other.bottom) - max(run.top, other.top)
    return shared >= 0.5 * min(run.size, other.size)


def _joined(runs: list[Run], row: int) -> list[Run]:
    """Join the runs of one row whose gap is less than a character."""
    pieces: list[Run] = []
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
