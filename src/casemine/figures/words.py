"""Figures of words: how often keywords occur, the word cloud, the new words."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullLocator

from casemine.figures import NothingToDraw
from casemine.figures.labels import fitted, place_beside, width
from casemine.figures.page import NOTE, axes_at, note, page, sheet, write
from casemine.figures.style import GREY, INK, LIGHT, LINE, MAIN, SMALL, TALLEST, TEXT, Style

_ROW = 4.0
_GAP = 6.0
# A bar chart of more rows than this goes on in a second column, where the page is wide enough.
_ROWS_AT_ONCE = 30
_MM_PER_POINT = 25.4 / 72


def keyword_frequency(frequency: pd.DataFrame, style: Style) -> Figure:
    """Draw the leading keywords as bars by the documents that have them; `frequency` is `FREQUENCY`."""
    if frequency.empty:
        raise NothingToDraw("the study has no keyword.")
    found = frequency.sort_values(["documents", "occurrences", "keyword"], ascending=[False, False, True])
    most_rows = int((TALLEST - 12 - NOTE) // _ROW)
    panels = min(style.columns, math.ceil(min(len(found), style.top) / _ROWS_AT_ONCE))
    shown = found.head(min(style.top, most_rows * panels))
    rows = math.ceil(len(shown) / panels)
    height = rows * _ROW + 9 + (NOTE if len(shown) < len(found) else 0)
    figure = page(style, height)
    room = (style.width - 2 - _GAP * (panels - 1)) / panels
    names = [fitted(name, room * 0.45, TEXT) for name in shown["keyword"]]
    label = max(width(name, TEXT) for name in names) + 2.5
    most = int(shown["documents"].max())
    for at in range(panels):
        part = slice(at * rows, (at + 1) * rows)
        counts = shown["documents"].iloc[part].tolist()
        left = 1 + at * (room + _GAP) + label
        axes = axes_at(figure, left, 1, room - label, len(counts) * _ROW)
        _bars(axes, names[part], counts, most, room - label)
    note(figure, len(shown), len(found), "个关键词")
    return figure


def _bars(axes: Axes, names: list[str], counts: list[int], most: int, room: float) -> None:
    number = width(f"{most:,}", SMALL) + 1.5
    axes.set(ylim=(len(counts) - 0.5, -0.5), xlim=(0, most * room / (room - number)))
    axes.barh(range(len(counts)), counts, height=0.68, color=MAIN, linewidth=0)
    for at, count in enumerate(counts):
        axes.annotate(f"{count:,}", (count, at), (2, 0), textcoords="offset points", size=SMALL,
                      va="center", color=INK)  # fmt: skip
    axes.set_yticks(range(len(names)), names, size=TEXT)
    axes.tick_params(axis="y", length=0, pad=3)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=max(2, int(room / 14)), min_n_ticks=2))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x")
    axes.set_xlabel("案例频次", labelpad=2)


def word_cloud(frequency: pd.DataFrame, style: Style) -> Figure:
    """Draw keywords as large as their documents are many; five times as many as other figures show.

    `frequency` is `FREQUENCY`. Words go horizontally, none smaller than 6.5 points; those without room are
    left out, the rarest first.
    """
    if frequency.empty:
        raise NothingToDraw("the study has no keyword.")
    from wordcloud import WordCloud

    found = frequency.sort_values(["documents", "occurrences", "keyword"], ascending=[False, False, True])
    wide, tall = style.width - 2, (style.width - 2) * (0.72 if style.columns == 1 else 0.55)
    per_mm = 12  # of the raster in which places are sought
    cloud = WordCloud(
        font_path=str(style.fonts[0]), width=round(wide * per_mm), height=round(tall * per_mm),
        max_words=style.top * 5, min_font_size=math.ceil(SMALL * _MM_PER_POINT * per_mm),
        max_font_size=round(tall * per_mm / 5), prefer_horizontal=1, relative_scaling=0.6,
        margin=9, random_state=0,
    )  # fmt: skip
    # Equal counts go by occurrences: a hair heavier, so that the order stays.
    weights = {word: count - at * 1e-6 for at, (word, count) in
               enumerate(zip(found["keyword"], found["documents"], strict=True))}  # fmt: skip
    cloud.generate_from_frequencies(weights)
    placed = [(word, size / per_mm / _MM_PER_POINT, x / per_mm, y / per_mm)
              for (word, _), size, (y, x), _, _ in cloud.layout_]  # fmt: skip
    bottom = max(y + _extent(word, size)[3] for word, size, _, y in placed) + 2
    figure, axes = sheet(style, bottom + (NOTE if len(placed) < len(found) else 0))
    counts = dict(zip(found["keyword"], found["documents"], strict=True))
    for word, size, x, y in placed:
        left, top, _, _ = _extent(word, size)
        write(axes, 1 + x - left, 1 + y + top, word, size=size, ha="left", va="baseline",
              color=_cloud_colour(counts[word], int(found["documents"].iloc[0])))  # fmt: skip
    note(figure, len(placed), len(found), "个关键词")
    return figure


def _extent(word: str, size: float) -> tuple[float, float, float, float]:
    """Return in mm: where the ink begins right of the origin and above it, its width and height."""
    box = TextPath((0, 0), word, size=size, prop=FontProperties(), usetex=False).get_extents()
    return tuple(float(part) * _MM_PER_POINT for part in (box.x0, box.y1, box.width, box.height))  # type: ignore[return-value]


def _cloud_colour(count: int, most: int) -> str:
    """Return a colour that carries the count a second time: darker and bluer for more."""
    share = math.sqrt(count / most)
    return "#0B4A7D" if share > 0.75 else "#0072B2" if share > 0.5 else "#4B6C82" if share > 0.3 else GREY


def new_words(words: pd.DataFrame, style: Style) -> Figure:
    """Draw each new word's weight against its frequency, the heaviest with their names.

    `words` is `NEW_WORDS`. Words without content and those inside a longer new word are left out.
    """
    kept = words[~words["generic"] & (words["absorbed_by"] == "")]
    kept = kept.sort_values(["weight", "frequency", "word"], ascending=[False, False, True])
    if kept.empty:
        raise NothingToDraw("the study has no new word.")
    height = 74.0 if style.columns == 1 else 105.0
    figure = page(style, height)
    wide, tall = style.width - 13, height - 11 - NOTE
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
    more = [f"标注权重最高的 {len(named):,} 个"] if len(named) < len(kept) else []
    note(figure, len(kept), len(kept), more=[f"新词共 {len(kept):,} 个", *more])
    return figure


def _name_points(axes: Axes, kept: pd.DataFrame, style: Style, box: tuple[float, float]) -> list[str]:
    """Write the names of the leading points where they cover nothing; return the words that got one."""
    wide, tall = box
    unit = axes.transData.transform(kept[["frequency", "weight"]].to_numpy(float))
    frame = axes.get_window_extent()
    spots = np.column_stack([(unit[:, 0] - frame.x0) / frame.width * wide,
                             (frame.y1 - unit[:, 1]) / frame.height * tall])  # fmt: skip
    lead = kept.head(style.top)
    names = [fitted(word, wide / 3, SMALL) for word in lead["word"]]
    sizes = [(width(name, SMALL) + 0.6, LINE * 0.92) for name in names]
    found = place_beside(spots[: len(lead)], sizes, box, spots[: len(lead)])
    named = []
    for word, name, spot, (x, y) in zip(lead["word"], names, found, spots, strict=False):
        if spot is None:
            continue
        named.append(word)
        place = (spot[0] / wide, 1 - spot[1] / tall)
        near = math.hypot(spot[0] - x, spot[1] - y) < width(name, SMALL) / 2 + 2.5
        if not near:
            axes.annotate("", (x / wide, 1 - y / tall), place, xycoords="axes fraction",
                          arrowprops={"arrowstyle": "-", "color": LIGHT, "lw": 0.5, "shrinkB": 2}, zorder=1)  # fmt: skip
        axes.text(*place, name, transform=axes.transAxes, size=SMALL, ha="center", va="center", zorder=4,
                  bbox=None if near else {"fc": "white", "ec": "none", "pad": 0.3})  # fmt: skip
    return named


