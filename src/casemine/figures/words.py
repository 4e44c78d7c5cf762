"""Figures of words: how often keywords occur, and the new words."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullLocator

from casemine.figures import NothingToDraw
from casemine.figures.labels import fitted, place_beside, row_height, width
from casemine.figures.page import NOTE, axes_at, label_rows, leading, page
from casemine.figures.style import INK, LIGHT, LINE, MAIN, SMALL, TALLEST, TEXT, Style

_GAP = 6.0
# A bar chart of more rows than this goes on in a second column, where the page is wide enough.
_ROWS_AT_ONCE = 30


def keyword_frequency(frequency: pd.DataFrame, style: Style) -> Figure:
    """Draw the leading keywords as bars by the documents that have them; `frequency` is `FREQUENCY`.

    Before the stroke stands in how many documents the word stands at all: all before own, as in the figures
    of codes.
    """
    if frequency.empty:
        raise NothingToDraw("the study has no keyword.")
    ordered = frequency.sort_values(["documents", "occurrences", "keyword"], ascending=[False, False, True])
    panels = min(style.columns, math.ceil(min(len(ordered), style.top) / _ROWS_AT_ONCE))
    room = (style.width - 2 - _GAP * (panels - 1)) / panels
    names = [fitted(name, room * 0.45, TEXT, 2) for name in ordered["keyword"].head(style.top)]
    tall = row_height(names)
    rows = min(math.ceil(len(names) / panels), int((TALLEST - 9 - NOTE) // tall))
    shown = ordered.head(min(len(names), rows * panels))
    names = names[: len(shown)]
    told = leading(
        len(shown), len(ordered), "个关键词", "斜线前为文中有该词的案例数，条长与斜线后为以其为关键词的案例数"
    )
    figure = page(style, rows * tall + 9, told)
    label = max(width(name, TEXT) for name in names) + 2.5
    # Words that were all added to the corpus lead in no document.
    most = max(int(shown["documents"].max()), 1)
    for at in range(panels):
        part = slice(at * rows, (at + 1) * rows)
        counts = list(shown[["documents", "containing"]].iloc[part].itertuples(index=False, name=None))
        left = 1 + at * (room + _GAP) + label
        axes = axes_at(figure, left, 1, room - label, len(counts) * tall)
        _bars(axes, names[part], counts, most, room - label)
    return figure


def _bars(axes: Axes, names: list[str], counts: Sequence[tuple[int, int]], most: int, room: float) -> None:
    number = max(width(f"{containing:,}/{count:,}", SMALL) for count, containing in counts) + 1.5
    axes.set(ylim=(len(counts) - 0.5, -0.5), xlim=(0, most * room / (room - number)))
    axes.barh(range(len(counts)), [count for count, _ in counts], height=0.68, color=MAIN, linewidth=0)
    for at, (count, containing) in enumerate(counts):
        axes.annotate(f"{containing:,}/{count:,}", (count, at), (2, 0), textcoords="offset points",
                      size=SMALL, va="center", color=INK)  # fmt: skip
    label_rows(axes, names)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=max(2, int(room / 14)), min_n_ticks=2))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    axes.grid(axis="x")
    axes.set_xlabel("案例频次", labelpad=2)


def new_words(words: pd.DataFrame, style: Style) -> Figure:
    """Draw each new word's weight against its frequency, the heaviest with their names.

    `words` are rows of `NEW_WORDS`. Words without content and those inside a longer new word are left out.
    """
    kept = words[~words["generic"] & (words["absorbed_by"] == "")]
    kept = kept.sort_values(["weight", "frequency", "word"], ascending=[False, False, True])
    if kept.empty:
        raise NothingToDraw("the study has no new word that is a term.")
    height = 74.0 if style.columns == 1 else 105.0
    figure = page(
        style,
        height,
        f"新词 {len(kept):,} 个（人名、地名、栏目名、泛化词与各种片段除外），标注其中权重居前者",
    )
    wide, tall = style.width - 13, height - 11
    axes = axes_at(figure, 11, 2, wide, tall)
    frequent, heavy = kept["frequency"].to_numpy(float), kept["weight"].to_numpy(float)
    axes.set_xscale("log", base=2)
    axes.set_xlim(frequent.min() / 1.25, frequent.max() * 1.6)
    low, high = min(0.0, heavy.min()), heavy.max()
    axes.set_ylim(low - 0.03 * (high - low), high + 0.06 * (high - low) + 1e-9)
    axes.xaxis.set_major_locator(LogLocator(base=2))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    axes.yaxis.set_major_locator(MaxNLocator(5))
    axes.grid()
    axes.set_xlabel("频次（对数刻度）", labelpad=2)
    axes.set_ylabel("权重", labelpad=2)
    named = _name_points(axes, kept, style, (wide, tall))
    lead = kept["word"].isin(named).to_numpy()
    axes.plot(frequent[~lead], heavy[~lead], "o", ms=2.2, mfc=LIGHT, mec="none", zorder=2)
    axes.plot(frequent[lead], heavy[lead], "o", ms=3.4, mfc=MAIN, mec="white", mew=0.4, zorder=3)
    return figure


def _name_points(axes: Axes, kept: pd.DataFrame, style: Style, box: tuple[float, float]) -> list[str]:
    """Write the names of the leading points where they cover nothing; return the words that got one."""
    wide, tall = box
    pixels = axes.transData.transform(kept[["frequency", "weight"]].to_numpy(float))
    frame = axes.get_window_extent()
    points = np.column_stack([(pixels[:, 0] - frame.x0) / frame.width * wide,
                              (frame.y1 - pixels[:, 1]) / frame.height * tall])  # fmt: skip
    lead = kept["word"].head(style.top).tolist()
    names = [fitted(word, wide / 3, SMALL) for word in lead]
    sizes = [(width(name, SMALL) + 0.6, LINE * 0.92) for name in names]
    named = []
    for at, label in enumerate(place_beside(points, sizes, box)):
        if label is None:
            continue
        named.append(lead[at])
        if label.leader:
            (x, y), (to_x, to_y) = points[at], label.leader
            axes.plot([x / wide, to_x / wide], [1 - y / tall, 1 - to_y / tall], transform=axes.transAxes,
                      color=LIGHT, lw=0.5, zorder=1)  # fmt: skip
        axes.text(label.x / wide, 1 - label.y / tall, names[at], transform=axes.transAxes, size=SMALL,
                  ha="center", va="center", zorder=4)  # fmt: skip
    return named
