"""Figures of categories: how many cases have each, and how many of each region or year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from casemine.figures import NothingToDraw
from casemine.figures.category_rows import INDENT, Outline, outline
from casemine.figures.labels import both, counted, fitted, width
from casemine.figures.page import NOTE, leading, sheet, write
from casemine.figures.style import FAINT, GREY, INK, LIGHT, LINE, MAIN, SHADES, SMALL, TALLEST, Style

_AXIAL = "#7FB2D6"
# Where a heat map has no room for both counts.
_NARROW = "格中为有该编码的案例数，其中以自身关键词得此编码者见各组编码表"
# In mm: a cell of a heat map is no narrower (all provinces fit a page) and no wider; below the map comes
# its scale.
_NARROWEST, _WIDEST = 4.0, 18.0
_SCALE = 10.0
# The heading of a column at most (新疆生产建设兵团 stands whole), a character of one that stands upright,
# the colour scale with its title.
_HEAD, _UPRIGHT, _BAR = 21.0, 2.6, 36.0


def category_shares(
    codes: pd.DataFrame,
    cases: Mapping[str, int],
    total: int,
    style: Style,
    *,
    leading_cases: Mapping[str, int] | None = None,
    source: str = "",
) -> Figure:
    """Draw how many cases have each selective and axial category, and which share of all.

    `codes` is `CODEBOOK`, `cases` are code -> documents that have it, `total` counts the documents.
    `leading_cases` are those of them that have it among their keywords, drawn as the dark part of a bar;
    `source` says below the figure where the codes come from.
    """
    room = style.width * (0.40 if style.columns == 1 else 0.30)
    lines = outline(codes, cases, room, TALLEST - 3 - NOTE)
    note = leading(len(lines.rows), lines.of, "个类属", *filter(None, [source]))
    figure, axes = sheet(style, lines.height + 2, note)
    told = {
        row.code: counted(cases.get(row.code, 0), total, leading=_of(leading_cases, row.code))
        for row in lines.rows
    }
    most = max(max(cases.get(row.code, 0) for row in lines.rows), 1)
    left = _labels_width(lines, room)
    _label_rows(axes, lines, 1)
    reach = style.width - 1 - left - max(width(text, SMALL) for text in told.values()) - 1.5
    for row in lines.rows:
        long = reach * cases.get(row.code, 0) / most
        thick = 2.9 if row.selective else 2.2
        shade = MAIN if row.selective else _AXIAL
        place = (left, 1 + row.middle - thick / 2)
        # Where both counts are told, the whole bar is pale and the keywords' part of it full.
        whole = 1.0 if leading_cases is None else 0.4
        axes.add_patch(Rectangle(place, long, thick, lw=0, fc=shade, alpha=whole))
        if leading_cases is not None:
            part = reach * leading_cases.get(row.code, 0) / most
            axes.add_patch(Rectangle(place, part, thick, lw=0, fc=shade))
        write(axes, left + long + 1.0, 1 + row.middle, told[row.code], size=SMALL)
    axes.plot([left, left], [1, 1 + lines.height], color=GREY, lw=0.6)
    return figure


def _of(leading_cases: Mapping[str, int] | None, code: str) -> int | None:
    return None if leading_cases is None else leading_cases.get(code, 0)


def _label_rows(axes: Axes, lines: Outline, top: float) -> None:
    for row in lines.rows:
        write(axes, 1 + (0 if row.selective else INDENT), top + row.middle, row.label, size=row.size)


def _labels_width(lines: Outline, room: float) -> float:
    """Return where what stands beside the labels begins, in mm."""
    widest = max(width(row.label, row.size) + (0 if row.selective else INDENT) for row in lines.rows)
    return min(widest, room) + 3.0


def codes_by_group(
    table: pd.DataFrame,
    codes: pd.DataFrame,
    cases: Mapping[str, int],
    style: Style,
    *,
    kind: str,
    unnamed: str,
    ordered: bool,
    both_counts: bool = False,
    source: str = "",
) -> Figure:
    """Draw a heat map, categories down and groups across: the share of the group's cases, and the cases.

    `table` is `BY_GROUP`; `kind` names the groups (地区), `unnamed` is the group of documents without one.
    `ordered` groups, as years, keep their order; others go by falling number of cases. Where a page does
    not hold them, those of the most cases stay. `both_counts` writes the cases that have the category among
    their keywords behind a stroke, where the cells are wide enough for all; `source` stands below the figure.
    """
    if set(table["group"]) <= {unnamed}:
        raise NothingToDraw(f"no document has a {kind}; manifest.csv can give it.")
    room = style.width * (0.31 if style.columns == 1 else 0.24)
    lines = outline(codes, cases, room, TALLEST - 3 - _HEAD - _SCALE - NOTE)
    left = _labels_width(lines, room)
    sizes = {str(group): int(rows["group_documents"].iloc[0]) for group, rows in table.groupby("group")}
    named = sorted(set(sizes) - {unnamed}, key=lambda group: (-sizes[group], group))
    # What stands in a column: the cases of its group, of which each cell is a part.
    least = max(_NARROWEST, width(f"{max(sizes.values()):,}", SMALL) + 1.0)
    shown = named[: int((style.width - 1 - left) / least) - (unnamed in sizes)]
    groups = [*(sorted(shown) if ordered else shown), *[unnamed] * (unnamed in sizes)]
    cell = min((style.width - 1 - left) / len(groups), _WIDEST)
    heads, turned, head = _headings(groups, cell)
    top = 1 + head + LINE + 1.5
    told = [f"案例最多的 {len(shown):,} 个{kind}，共 {len(named):,} 个"] * (len(shown) < len(named))
    counts, fits = _told(table, [row.code for row in lines.rows], groups, cell, both_counts=both_counts)
    behind = source if fits or not both_counts else _NARROW
    note = leading(len(lines.rows), lines.of, "个类属", *told, *filter(None, [behind]))
    figure, axes = sheet(style, top + lines.height + _SCALE, note)
    _label_rows(axes, lines, top)
    write(axes, left - 1.5, 1 + head + LINE / 2, "案例数", size=SMALL, color=GREY, ha="right")
    look = {"size": SMALL, "ha": "center"}
    for at, group in enumerate(groups):
        x = left + (at + 0.5) * cell
        write(axes, x, 1 + head - 0.4, heads[at], va="bottom", rotation=90 * turned, linespacing=1.0, **look)
        write(axes, x, 1 + head + LINE / 2, f"{sizes[group]:,}", color=GREY, **look)
    most = _cells(axes, table, lines, groups, (left, top, cell), counts)
    right = left + max(cell * len(groups), _BAR)
    _scale(axes, right, top + lines.height + 3.5, most, f"占该{kind}案例的比例")
    return figure


def _told(
    table: pd.DataFrame, codes: Sequence[str], groups: Sequence[str], cell: float, *, both_counts: bool
) -> tuple[dict[tuple[str, str], str], bool]:
    """Return (code, group) -> what its cell says, and whether both counts fit into all cells."""
    shown = table[table["code"].isin(list(codes)) & table["group"].isin(list(groups))]
    names = ["code", "group", "documents", "keyword_documents"]
    rows = list(shown[names].itertuples(index=False, name=None))
    full = {(code, group): both(count, leading_count) for code, group, count, leading_count in rows}
    fits = both_counts and max(width(text, SMALL) for text in full.values()) <= cell - 0.6
    plain = {(code, group): f"{count:,}" for code, group, count, _ in rows}
    return (full if fits else plain), fits


def _cells(
    axes: Axes,
    table: pd.DataFrame,
    lines: Outline,
    groups: Sequence[str],
    place: tuple[float, float, float],
    told: Mapping[tuple[str, str], str],
) -> float:
    """Draw a cell for each row and group, from `place` (left, top, width in mm) on; return the darkest."""
    left, top, wide = place
    spread = table.set_index(["code", "group"])[["share", "documents"]].unstack()
    rows = [row.code for row in lines.rows]
    shares = spread["share"].loc[rows, list(groups)].to_numpy(float)
    counts = spread["documents"].loc[rows, list(groups)].to_numpy(int)
    most = float(max(np.ceil(shares.max() * 10 - 1e-9) / 10, 0.1))
    for (at, to), count in np.ndenumerate(counts):
        row, x, depth = lines.rows[at], left + to * wide, shares[at, to] / most
        look = {"fc": SHADES(depth), "ec": "white"} if count else {"fc": "white", "ec": FAINT}
        axes.add_patch(Rectangle((x, top + row.middle - row.height / 2), wide, row.height, lw=0.4, **look))
        if count:
            write(axes, x + wide / 2, top + row.middle, told[row.code, groups[to]], size=SMALL, ha="center",
                  color="white" if depth > 0.55 else INK)  # fmt: skip
    return most


def _headings(groups: Sequence[str], cell: float) -> tuple[list[str], bool, float]:
    """Return the headings of columns `cell` mm wide, whether they are turned, and the height they need.

    Chinese stands upright in a column where it does not fit across; anything else is turned.
    """
    longest = max(width(group, SMALL) for group in groups)
    if longest <= cell - 0.8:
        return list(groups), False, LINE
    if all(not char.isascii() for group in groups for char in group):
        most = int(_HEAD / _UPRIGHT)
        cut = [group if len(group) <= most else group[: most - 1] + "…" for group in groups]
        return ["\n".join(group) for group in cut], False, _UPRIGHT * max(map(len, cut)) + 0.6
    cut = [fitted(group, _HEAD, SMALL) for group in groups]
    return cut, True, max(width(group, SMALL) for group in cut) + 0.6


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
