"""The saturation curve: how many codes the documents read so far have brought."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from casemine.figures import NothingToDraw
from casemine.figures.labels import both, width
from casemine.figures.page import axes_at, page
from casemine.figures.style import GREY, PALETTE, SMALL, Style
from casemine.terms import LEVELS

_BOTH = ["cumulative", "keyword_cumulative"]
_KEYWORDS = "灰线与斜线后的数：文档以自身关键词得到的编码"


def saturation(curve: pd.DataFrame, style: Style) -> Figure:
    """Draw the codes found so far against the documents read, for each level; `curve` is `SATURATION`.

    The line is the mean over random orders, the band holds nine tenths of them, dots are the order given.
    Where documents have fewer codes among their keywords, a grey line and a number behind a stroke say so.
    """
    if curve.empty:
        raise NothingToDraw("there is no saturation curve yet: casemine saturation STUDY.")
    height = 62.0 if style.columns == 1 else 88.0
    figure = page(style, height, _KEYWORDS if _two(curve) else "")
    levels = [level for level in LEVELS if level in set(curve["level"])]
    two = _two(curve)
    counts = {
        level: [int(curve.loc[curve["level"] == level, name].max()) for name in _BOTH] for level in levels
    }
    ends = {
        level: f"{LEVELS[level]} {both(count, own if two else None)}"
        for level, (count, own) in counts.items()
    }
    label = max(width(end, SMALL) for end in ends.values()) + 2.5
    axes = axes_at(figure, 11, 2, style.width - 12 - label, height - 12)
    last = int(curve["position"].max())
    top = float(curve["high"].max()) * 1.06
    for at, level in enumerate(levels):
        own = curve[curve["level"] == level]
        colour = PALETTE[(0, 5, 2)[at]]
        axes.fill_between(own["position"], own["low"], own["high"], color=colour, alpha=0.16, lw=0)
        axes.plot(own["position"], own["mean_cumulative"], color=colour, lw=1.3)
        axes.plot(own["position"], own["cumulative"], color=colour, lw=0.8, ls=(0, (2, 1.5)))
        if two:
            axes.plot(own["position"], own["keyword_cumulative"], color=GREY, lw=0.8)
    gap = 3.2 / (height - 12) * top
    totals = {level: float(curve.loc[curve["level"] == level, "cumulative"].max()) for level in levels}
    for level, y in _apart(totals, gap).items():
        axes.annotate(ends[level], (last, y), (4, 0), textcoords="offset points", size=SMALL, va="center")
    axes.set(xlim=(1, max(last, 2)), ylim=(0, top))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=5))
    axes.grid(axis="y")
    axes.set_xlabel("已读文档数", labelpad=2)
    axes.set_ylabel("累计编码数", labelpad=2)
    axes.tick_params(colors=GREY, labelcolor="#222222")
    return figure


def _two(curve: pd.DataFrame) -> bool:
    """Tell whether codes come from keywords and from elsewhere, so that they are counted in two ways."""
    return bool(curve["keyword_cumulative"].any() and (curve[_BOTH[0]] != curve[_BOTH[1]]).any())


def _apart(ends: dict[str, float], gap: float) -> dict[str, float]:
    """Move the ends of lines apart by `gap` at least, upwards from the lowest, for their labels."""
    placed: dict[str, float] = {}
    least = 0.0
    for level, y in sorted(ends.items(), key=lambda item: item[1]):
        placed[level] = max(y, least)
        least = placed[level] + gap
    return placed
