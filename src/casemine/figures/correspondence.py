"""The figure of a correspondence analysis: words or codes and groups on one map."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from casemine.figures import NothingToDraw
from casemine.figures.labels import fitted, place_beside, width
from casemine.figures.page import axes_at, page
from casemine.figures.style import GREY, INK, LIGHT, LINE, MAIN, PALETTE, SMALL, Style
from casemine.sheets import percent

# Items that are named on a page: those that contribute most to its two axes.
_NAMED = 45


def correspondence(points: pd.DataFrame, axes_table: pd.DataFrame, style: Style) -> Figure:
    """Draw items as dots and groups as squares in principal coordinates, both axes to one scale.

    `points` is the table `schema.CORRESPONDENCE`, `axes_table` `schema.CORRESPONDENCE_AXES`.
    """
    if points.empty:
        raise NothingToDraw("a map needs three groups and three words or codes, and two axes.")
    inertia = dict(zip(axes_table["axis"], axes_table["share"], strict=True))
    share = points["first_contribution"] * inertia[1] + points["second_contribution"] * inertia[2]
    order = points.assign(leading=(points["kind"] == "group").astype(float) * 10 + share)
    shown = order.sort_values("leading", ascending=False, kind="stable").reset_index(drop=True)
    tall = style.width * 0.72
    figure = page(style, tall + 12, "方块为分组，圆点为词语或编码；同类的点相距越近，分布越相似")
    box = (style.width - 16, tall)
    axes = axes_at(figure, 13, 2, *box)
    spots = shown[["first", "second"]].to_numpy(float)
    low, high = spots.min(axis=0), spots.max(axis=0)
    unit = max((high[0] - low[0]) / box[0], (high[1] - low[1]) / box[1], 1e-9) * 1.15
    middle = (low + high) / 2
    limits = np.array([middle - np.array(box) / 2 * unit, middle + np.array(box) / 2 * unit])
    axes.set(xlim=limits[:, 0], ylim=limits[:, 1])
    axes.axhline(0, color=LIGHT, lw=0.5, zorder=0)
    axes.axvline(0, color=LIGHT, lw=0.5, zorder=0)
    for at, name in ((1, "set_xlabel"), (2, "set_ylabel")):
        getattr(axes, name)(f"第{'一二'[at - 1]}维（{percent(inertia[at])}%）", labelpad=2)
    groups = (shown["kind"] == "group").to_numpy()
    axes.plot(*spots[~groups].T, "o", ms=2.6, mfc=MAIN, mec="none", zorder=2)
    axes.plot(*spots[groups].T, "s", ms=4.6, mfc=PALETTE[5], mec="white", mew=0.4, zorder=3)
    named = min(len(shown), int(groups.sum()) + _NAMED)
    names = [fitted(str(name), box[0] / 4, SMALL) for name in shown["name"][:named]]
    places = np.column_stack(((spots[:, 0] - limits[0, 0]) / unit, (limits[1, 1] - spots[:, 1]) / unit))
    for at, label in enumerate(
        place_beside(places, [(width(name, SMALL) + 0.6, LINE * 0.92) for name in names], box)
    ):
        if label is None:
            continue
        look: dict[str, Any] = {"transform": axes.transAxes, "color": PALETTE[5] if groups[at] else INK}
        axes.text(label.x / box[0], 1 - label.y / box[1], names[at], size=SMALL, ha="center", va="center",
                  zorder=4, **look)  # fmt: skip
        if label.leader:
            (x, y), (to_x, to_y) = places[at], label.leader
            ends = ([x / box[0], to_x / box[0]], [1 - y / box[1], 1 - to_y / box[1]])
            axes.plot(*ends, color=GREY, lw=0.3, transform=axes.transAxes, zorder=1)
    return figure
