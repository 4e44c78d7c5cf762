"""Figures of categories: how many cases have each, and how many of each region or year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from casemine.figures import NothingToDraw
from casemine.figures.labels import width
from casemine.figures.outline import INDENT, Outline, outline
from casemine.figures.page import NOTE, note, sheet, write
from casemine.figures.style import FAINT, GREY, INK, LIGHT, LINE, MAIN, SHADES, SMALL, TALLEST, Style

_AXIAL = "#7FB2D6"
# In mm: a cell of a heat map is no narrower and no wider; below the map comes its scale.
_NARROWEST, _WIDEST = 4.4, 11.0
_SCALE = 10.0


def category_shares(codes: pd.DataFrame, cases: Mapping[str, int], total: int, style: Style) -> Figure:
    """Draw how many cases have each selective and axial category, and which share of all.

    `codes` is `CODEBOOK`, `cases` are code -> documents that have it, `total` counts the documents.
    """
    room = style.width * (0.40 if style.columns == 1 else 0.30)
    lines = outline(codes, cases, room, TALLEST - 3 - NOTE)
    figure, axes = sheet(style, lines.height + 2 + _note_height(lines))
    told = {row.code: f"{cases.get(row.code, 0):,}（{cases.get(row.code, 0) / total:.1%}）" for row in lines.rows}
    most = max(max(cases.get(row.code, 0) for row in lines.rows), 1)
    left = _label_rows(axes, lines, room)
    reach = style.width - 1 - left - max(width(text, SMALL) for text in told.values()) - 1.5
    for row in lines.rows:
        long = reach * cases.get(row.code, 0) / most
        thick = 2.9 if row.selective else 2.2
        axes.add_patch(Rectangle((left, 1 + row.middle - thick / 2), long, thick, lw=0,
                                 fc=MAIN if row.selective else _AXIAL))  # fmt: skip
        write(axes, left + long + 1.0, 1 + row.middle, told[row.code], size=SMALL)
    axes.plot([left, left], [1, 1 + lines.height], color=GREY, lw=0.6)
    note(figure, len(lines.rows), lines.of, "个类属")
    return figure


def _label_rows(axes: Axes, lines: Outline, room: float, top: float = 1.0) -> float:
    """Write the labels of the rows; return where what stands beside them begins, in mm."""
    for row in lines.rows:
        x = 1 if row.selective else 1 + INDENT
        write(axes, x, top + row.middle, row.label, size=row.size, color=INK)
    widest = max(width(row.label, row.size) + (0 if row.selective else INDENT) for row in lines.rows)
    return min(widest, room) + 3.0


def _note_height(lines: Outline) -> float:
    return NOTE if len(lines.rows) < lines.of else 0


def codes_by_group(
    table: pd.DataFrame,
    codes: pd.DataFrame,
    cases: Mapping[str, int],
    style: Style,
    *,
    kind: str,
    unnamed: str,
    ordered: bool,
) -> Figure:
    """Draw a heat map, categories down and groups across: the share of the group's cases, and the cases.

    `table` is `BY_GROUP`; `kind` names the groups (地区), `unnamed` is the group of documents without one.
    `ordered` groups, as years, keep their order; others go by falling number of cases.
    """
    if set(table["group"]) <= {unnamed}:
        raise NothingToDraw(f"no document has a {kind}; manifest.csv can give it.")
    room = style.width * (0.31 if style.columns == 1 else 0.24)
    sizes = table.drop_duplicates("group").set_index("group")["group_documents"]
    named = [group for group in sizes.index if group != unnamed]
    by_size = sorted(named, key=lambda group: (-sizes[group], group))
    lines = outline(codes, cases, room, TALLEST - 3 - 16 - _SCALE - NOTE)
    left = min(max(width(row.label, row.size) + (0 if row.selective else INDENT) for row in lines.rows), room) + 3.0
    cell = max(_NARROWEST, width(f"{max(cases.values()):,}", SMALL) + 1.0)
    fits = int((style.width - 1 - left) / cell)
    shown = by_size[: fits - (unnamed in sizes)]
    groups = [*(sorted(shown) if ordered else shown), *([unnamed] if unnamed in sizes else [])]
    return _heat_map(table, sizes, groups, lines, left, style, kind, (len(shown), len(named)))


def _heat_map(
    table: pd.DataFrame,
    sizes: pd.Series,
    groups: Sequence[str],
    lines: Outline,
    left: float,
    style: Style,
    kind: str,
    extent: tuple[int, int],
) -> Figure:
    cell = min((style.width - 1 - left) / len(groups), _WIDEST)
    heads, turned, head = _headings(groups, cell)
    top = 1 + head + LINE + 1.5
    told = [f"前 {extent[0]} 个{kind}，共 {extent[1]} 个"] * (extent[0] < extent[1])
    more = NOTE if told or len(lines.rows) < lines.of else 0
    figure, axes = sheet(style, top + lines.height + _SCALE + more)
    _label_rows(axes, lines, left, top)
    write(axes, left - 1.5, 1 + head + LINE / 2, "案例数", size=SMALL, color=GREY, ha="right")
    for at, group in enumerate(groups):
        x = left + (at + 0.5) * cell
        write(axes, x, 1 + head - 0.4, heads[at], size=SMALL, ha="center", va="bottom", rotation=90 * turned,
              linespacing=1.0)  # fmt: skip
        write(axes, x, 1 + head + LINE / 2, f"{sizes[group]:,}", size=SMALL, color=GREY, ha="center")
    found = table.set_index(["code", "group"])
    shares = found["share"].unstack().reindex(index=[row.code for row in lines.rows], columns=list(groups))
    counts = found["documents"].unstack().reindex_like(shares)
    most = _round_up(float(shares.to_numpy().max()))
    for row in lines.rows:
        for at, group in enumerate(groups):
            share, count = float(shares.loc[row.code, group]), int(counts.loc[row.code, group])
            place = (left + at * cell, top + row.middle - row.height / 2)
            axes.add_patch(Rectangle(place, cell, row.height, fc=SHADES(share / most) if count else "white",
                                     ec=FAINT if not count else "white", lw=0.4))  # fmt: skip
            if count:
                write(axes, place[0] + cell / 2, top + row.middle, f"{count:,}", size=SMALL, ha="center",
                      color="white" if share / most > 0.55 else INK)  # fmt: skip
    _scale(axes, style.width - 1, top + lines.height + 3.5, most, f"占该{kind}案例的比例")
    note(figure, len(lines.rows), lines.of, "个类属", told)
    return figure


def _headings(groups: Sequence[str], cell: float) -> tuple[list[str], bool, float]:
    """Return the headings of columns `cell` mm wide, whether they are turned, and the height they need.

    Chinese stands upright in a column where it does not fit across; anything else is turned.
    """
    longest = max(width(group, SMALL) for group in groups)
    if longest <= cell - 0.8:
        return list(groups), False, LINE
    from casemine.figures.labels import fitted

    room = 22.0
    if all(not char.isascii() for group in groups for char in group):
        most = int(room / 2.6)
        cut = [group if len(group) <= most else group[: most - 1] + "…" for group in groups]
        return ["\n".join(group) for group in cut], False, 2.6 * max(map(len, cut)) + 0.6
    cut = [fitted(group, room, SMALL) for group in groups]
    return cut, True, max(width(group, SMALL) for group in cut) + 0.6


def _round_up(share: float) -> float:
    """Return the end of a scale that reaches `share`: a whole number of tens of per cent."""
    return float(max(np.ceil(share * 10 - 1e-9) / 10, 0.1))


def _scale(axes: Axes, right: float, y: float, most: float, title: str) -> None:
    """Draw the colour scale as a bar that ends at `right`, its title before it and its ends below it."""
    long, tall, steps = 32.0, 2.2, 40
    left = right - long
    for at in range(steps):
        axes.add_patch(Rectangle((left + at * long / steps, y), long / steps + 0.05, tall, lw=0,
                                 fc=SHADES((at + 0.5) / steps)))  # fmt: skip
    axes.add_patch(Rectangle((left, y), long, tall, fc="none", ec=LIGHT, lw=0.4))
    write(axes, left - 1.5, y + tall / 2, title, size=SMALL, ha="right")
    for share, side in ((0.0, "left"), (most / 2, "center"), (most, "right")):
        write(axes, left + long * share / most, y + tall + 0.6, f"{share:.0%}", size=SMALL, ha=side, va="top")
