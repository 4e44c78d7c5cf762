"""Figures of plain words: the most frequent, those that mark groups, their trend over the years."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from casemine.figures import NothingToDraw
from casemine.figures.labels import fitted, row_height, width
from casemine.figures.page import NOTE, axes_at, label_rows, leading, page
from casemine.figures.style import GREY, INK, MAIN, MARKERS, PALETTE, SMALL, TALLEST, TEXT, Style
from casemine.terms import NO_GROUP, groups_in_order

# Words of a group, groups of a page, lines of a trend.
_WORDS, _GROUPS, _LINES = 8, 30, 8
_ROW, _HEAD, _GAP = 3.5, 5.0, 3.0


def bars(listed: pd.DataFrame, style: Style) -> Figure:
    """Draw the leading words as bars by occurrences; `listed` is `WORDS`."""
    if listed.empty:
        raise NothingToDraw("the study has no word.")
    shown = listed.head(style.top)
    names = [fitted(name, style.width * 0.3, TEXT, 2) for name in shown["word"]]
    tall = row_height(names)
    shown = shown.head(int((TALLEST - 9 - NOTE) // tall))
    figure = page(style, len(shown) * tall + 9, leading(len(shown), len(listed), "个词语"))
    label = max(width(name, TEXT) for name in names) + 2.5
    axes = axes_at(figure, 1 + label, 1, style.width - 2 - label, len(shown) * tall)
    many = shown["occurrences"].tolist()
    axes.barh(range(len(many)), many, height=0.68, color=MAIN, linewidth=0)
    axes.set(ylim=(len(many) - 0.5, -0.5), xlim=(0, max(many) * 1.12))
    for at, count in enumerate(many):
        axes.annotate(f"{count:,}", (count, at), (2, 0), textcoords="offset points", size=SMALL,
                      va="center", color=INK)  # fmt: skip
    label_rows(axes, names[: len(shown)])
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    axes.grid(axis="x")
    axes.set_xlabel("出现次数", labelpad=2)
    return figure


def marked(table: pd.DataFrame, style: Style) -> Figure:
    """Draw the words that mark each group, a panel a group, by log ratio; `table` is `WORDS_BY`."""
    groups = [str(group) for group in table["group"].unique()][:_GROUPS]
    if not groups:
        raise NothingToDraw("no word marks a group.")
    across = 2 if style.columns == 1 else 5
    down = math.ceil(len(groups) / across)
    tall, wide = _HEAD + _WORDS * _ROW + _GAP, (style.width - 2) / across
    figure = page(style, down * tall + 1, leading(len(groups), table["group"].nunique(), "组"))
    for at, group in enumerate(groups):
        own = table[table["group"] == group].head(_WORDS)
        names = [fitted(word, wide * 0.62, SMALL) for word in own["word"]]
        label = max(width(name, SMALL) for name in names) + 2
        room = wide - label - 3
        axes = axes_at(
            figure, 1 + at % across * wide + label, 1 + at // across * tall + _HEAD, room, _WORDS * _ROW
        )
        axes.barh(range(len(own)), own["log_ratio"], height=0.66, color=PALETTE[2], linewidth=0)
        axes.set(ylim=(_WORDS - 0.5, -0.5), xlim=(0, max(1.0, float(table["log_ratio"].max()))))
        label_rows(axes, names)
        axes.tick_params(axis="y", labelsize=SMALL)
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
        axes.annotate(fitted(group, wide, TEXT), (-label / room, 1), (0, 2), xycoords="axes fraction",
                      textcoords="offset points", size=TEXT, color=INK, va="bottom")  # fmt: skip
    return figure


def trend(table: pd.DataFrame, style: Style) -> Figure:
    """Draw the most frequent words over groups in order, as lines; `table` is `WORD_TREND`."""
    words = list(dict.fromkeys(table["word"]))[:_LINES]
    groups = [group for group in groups_in_order(table["group"]) if group != NO_GROUP]
    at_place = _places(groups)
    height = 62.0 if style.columns == 1 else 80.0
    figure = page(style, height)
    label = max(width(word, SMALL) for word in words) + 10
    axes = axes_at(figure, 12, 2, style.width - 14 - label, height - 16)
    for at, word in enumerate(words):
        own = table[table["word"] == word].set_index("group")["per_10k"].reindex(groups)
        (line,) = axes.plot(at_place, own, ms=2.5, lw=1.0, label=word)
        line.set_color(PALETTE[at % len(PALETTE)])
        line.set_marker(MARKERS[at % len(MARKERS)])
    axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False, fontsize=SMALL, handlelength=1.4)
    apart = (style.width - 14 - label) / max(at_place[-1] - at_place[0], 1)
    named = _apart(at_place, math.ceil((max(width(group, SMALL) for group in groups) + 2) / apart))
    axes.set_xticks([at_place[at] for at in named], [groups[at] for at in named])
    axes.set_ylim(bottom=0)
    axes.grid(axis="y")
    axes.set_ylabel("每万词频率", labelpad=2)
    axes.tick_params(colors=GREY, labelcolor=INK)
    return figure


def _places(groups: Sequence[str]) -> list[int]:
    """Return where groups stand on the axis: years where they are, so that a gap is seen; others in a row."""
    if all(group.isascii() and group.isdigit() for group in groups):
        return [int(group) for group in groups]
    return list(range(len(groups)))


def _apart(places: Sequence[int], least: int) -> list[int]:
    """Return which of rising places are named, so that no two of them are nearer than `least`."""
    named = [0]
    for at, place in enumerate(places):
        if place - places[named[-1]] >= least:
            named.append(at)
    return named
