"""Figures of topics: their words, where they lie, how they change, and how many there should be."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Circle
from matplotlib.ticker import FuncFormatter, MaxNLocator
from numpy.typing import NDArray

from casemine.figures import NothingToDraw
from casemine.figures.labels import fitted, place_beside, width
from casemine.figures.page import axes_at, label_rows, page, sheet, write
from casemine.figures.style import (
    FAINT,
    GREY,
    INK,
    LINE,
    MAIN,
    PALETTE,
    SHADES,
    SMALL,
    TALLEST,
    TEXT,
    Style,
)
from casemine.sheets import percent

Array = NDArray[np.float64]
# Words of a topic, topics of a page; rows and gaps in mm.
_WORDS, _TOPICS = 8, 24
# Numbers of topics that are all named on the axis.
_TICKS = 10
_ROW, _GAP, _HEAD = 3.5, 4.0, 5.0


def bars(words: pd.DataFrame, summary: pd.DataFrame, style: Style) -> Figure:
    """Draw the leading words of topics as bars, a panel a topic; tables `TOPICS` and `TOPIC_SUMMARY`."""
    count = min(len(summary), _TOPICS)
    across = 2 if style.columns == 1 else 5
    down = math.ceil(count / across)
    tall = _HEAD + _WORDS * _ROW + _GAP
    wide = (style.width - 2) / across
    note = f"前 {count} 个主题，共 {len(summary)} 个" if count < len(summary) else ""
    figure = page(style, min(down * tall + 1, TALLEST), note)
    for at in range(count):
        number, share = int(summary["topic"].iloc[at]), float(summary["share"].iloc[at])
        own = words[words["topic"] == number].head(_WORDS)
        names = [fitted(word, wide * 0.62, SMALL) for word in own["word"]]
        label = max(width(name, SMALL) for name in names) + 2
        left, top = 1 + at % across * wide, 1 + at // across * tall
        axes = axes_at(figure, left + label, top + _HEAD, wide - label - 3, _WORDS * _ROW)
        axes.barh(range(len(own)), own["weight"], height=0.66, color=PALETTE[0], linewidth=0)
        axes.set(ylim=(_WORDS - 0.5, -0.5), xlim=(0, float(own["weight"].max()) or 1))
        label_rows(axes, names)
        axes.tick_params(axis="y", labelsize=SMALL)
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
        axes.annotate(f"主题{number}（{100 * share:.1f}%）", (-label / (wide - label - 3), 1),
                      (0, 2), xycoords="axes fraction", textcoords="offset points", size=TEXT,
                      color=INK, va="bottom")  # fmt: skip
    return figure


def plane(words: pd.DataFrame, summary: pd.DataFrame, style: Style) -> Figure:
    """Draw topics as circles on their plane, the area by their share, with their first words."""
    if len(summary) < 3:
        raise NothingToDraw("a map needs three topics.")
    placed, tall = _on_page(summary[["x", "y"]].to_numpy(float), style)
    figure, axes = sheet(style, tall)
    radii = 9.0 * np.sqrt(summary["share"].to_numpy(float) / max(float(summary["share"].max()), 1e-9))
    names = words.drop_duplicates("topic").set_index("topic")["label"]
    for topic, (x, y), radius in zip(summary["topic"], placed, radii, strict=True):
        axes.add_artist(_circle(x, y, radius))
        write(axes, x, y, str(topic), size=SMALL, ha="center", color=INK)
    texts = [fitted(f"{topic} {names[topic]}", style.width / 3, SMALL) for topic in summary["topic"]]
    sizes = [(width(text, SMALL) + 0.8, LINE) for text in texts]
    for at, found in enumerate(place_beside(placed, sizes, (style.width, tall), radii.tolist())):
        if found is None:
            continue
        if found.leader:
            axes.plot([placed[at][0], found.leader[0]], [placed[at][1], found.leader[1]], color=GREY, lw=0.5)
        write(axes, found.x, found.y, texts[at], size=SMALL, ha="center")
    return figure


def _on_page(points: Array, style: Style) -> tuple[Array, float]:
    """Return points in mm from the upper left corner, both axes to one scale, and the height of the page."""
    tallest, margin = (80.0, 12.0) if style.columns == 1 else (105.0, 24.0)
    low, high = points.min(axis=0), points.max(axis=0)
    span = np.maximum(high - low, 1e-9)
    scale = min((style.width - 2 * margin) / span[0], (tallest - 24) / span[1])
    tall = float(span[1] * scale + 24)
    middle = np.array([style.width, tall]) / 2
    return (points - (low + high) / 2) * (scale, -scale) + middle, tall


def _circle(x: float, y: float, radius: float) -> Circle:
    return Circle((x, y), radius, fc=MAIN, alpha=0.22, ec=MAIN, lw=0.7)


def by_group(table: pd.DataFrame, style: Style) -> Figure:
    """Draw the shares of topics by group as shaded cells, topics down, groups across; table `TOPICS_BY`."""
    cells = table.pivot(index="topic", columns="group", values="share").sort_index()
    groups = [str(name) for name in cells.columns]
    labels = table.drop_duplicates("topic").set_index("topic")["label"]
    names = [fitted(f"{topic} {labels[topic]}", style.width * 0.34, TEXT) for topic in cells.index]
    label = max(width(name, TEXT) for name in names) + 3
    head = max(width(name, SMALL) for name in groups) + 2
    tall, wide = min(5.5, (TALLEST - head - 12) / len(cells)), style.width - label - 2
    numbered = wide / len(groups) > 5.5
    values = cells.to_numpy(float)
    top = float(np.nanmax(values)) or 1.0
    told = f"颜色随占比，最深为{percent(top)}%；" + ("数字为百分比" if numbered else "数值见表")
    figure = page(style, head + tall * len(cells) + 2, told)
    axes = axes_at(figure, label, head, wide, tall * len(cells))
    axes.imshow(values, aspect="auto", cmap=SHADES, vmin=0, vmax=top)
    label_rows(axes, names)
    axes.set_xticks(range(len(groups)), groups, rotation=90, size=SMALL)
    axes.xaxis.tick_top()
    axes.tick_params(axis="x", length=0, pad=2)
    for spine in axes.spines.values():
        spine.set_visible(False)
    if numbered:
        for row, column in np.ndindex(values.shape):
            if not np.isnan(values[row, column]):
                axes.text(column, row, f"{100 * values[row, column]:.0f}", size=SMALL, ha="center",
                          va="center", color="white" if values[row, column] > 0.6 * top else INK)  # fmt: skip
    return figure


def choice(curve: pd.DataFrame, style: Style) -> Figure:
    """Draw coherence and stability against the number of topics, the number chosen marked."""
    height = 34.0
    figure = page(style, 2 * height + 12)
    measures = (("coherence", "一致性（c_npmi）"), ("stability", "稳定性（Jaccard）"))
    chosen = int(curve.loc[curve["chosen"], "topics"].iloc[0])
    for at, (name, header) in enumerate(measures):
        axes = axes_at(figure, 15, 2 + at * (height + 2), style.width - 17, height - 3)
        axes.plot(curve["topics"], curve[name], "o-", color=PALETTE[at], ms=3)
        axes.axvline(chosen, color=GREY, lw=0.7, ls=(0, (2, 1.5)))
        axes.set_ylabel(header, labelpad=2)
        axes.grid(axis="y", color=FAINT)
        axes.yaxis.set_major_locator(MaxNLocator(4))
        if len(curve) <= _TICKS:
            axes.set_xticks(curve["topics"].tolist())
        else:
            axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0f}"))
        if at == 0:
            axes.tick_params(axis="x", labelbottom=False)
        else:
            axes.set_xlabel(f"主题数（选用 {chosen}）", labelpad=2)
    return figure
