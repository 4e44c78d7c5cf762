"""The word cloud: keywords as large as their documents are many, none inside another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from numpy.typing import NDArray

from casemine.figures import NothingToDraw
from casemine.figures.labels import MM_PER_POINT, first_free, fitted, width
from casemine.figures.page import leading, sheet, write
from casemine.figures.style import GREY, SMALL, Style

# Points: the largest word is as large as all words still fit, but never beyond or below these.
_LARGEST, _SMALLEST_PEAK = 44.0, 14.0
_GAP = 0.9
# Words beyond this many make no cloud.
_TIMES_TOP = 5
# Share of the width that one word may take.
_LONGEST = 0.7


def word_cloud(frequency: pd.DataFrame, style: Style) -> Figure:
    """Draw keywords in a cloud, five times as many as other figures show; `frequency` is `FREQUENCY`.

    Words go horizontally, none below 6.5 points. What finds no room is left out, the rarest first. Boxes
    never overlap: where Latin letters leave gaps for small words, Han characters do not.
    """
    if frequency.empty:
        raise NothingToDraw("the study has no keyword.")
    ordered = frequency.sort_values(["documents", "occurrences", "keyword"], ascending=[False, False, True])
    lead = ordered.head(style.top * _TIMES_TOP)
    box = (style.width - 2, (style.width - 2) * (0.75 if style.columns == 1 else 0.56))
    words = [fitted(word, box[0] * _LONGEST, SMALL) for word in lead["keyword"]]
    # A word added to the whole corpus leads in none.
    counts = np.maximum(lead["documents"].to_numpy(float), 1)
    sizes, centres = _fill(words, counts, box)
    edges = [(y - tall / 2, y + tall / 2) for (_, y), (_, tall) in
             zip(centres, _boxes(words[: len(centres)], sizes), strict=True)]  # fmt: skip
    top, bottom = min(edge for edge, _ in edges), max(edge for _, edge in edges)
    figure, axes = sheet(style, bottom - top + 2, leading(len(centres), len(ordered), "个关键词"))
    for word, size, count, (x, y) in zip(words, sizes, counts, centres, strict=False):
        colour = _colour(count / counts[0])
        write(axes, 1 + x, 1 + y - top, word, size=size, ha="center", color=colour)
    return figure


def _fill(
    words: Sequence[str], counts: NDArray[np.float64], box: tuple[float, float]
) -> tuple[NDArray[np.float64], list[tuple[float, float]]]:
    """Return the largest sizes at which every word fits, and the centres of those that fit at the least."""
    peak = _LARGEST
    widest = np.array([box[0] * _LONGEST / width(word, 1.0) for word in words])
    while True:
        sizes = np.minimum(SMALL + (peak - SMALL) * _scaled(counts), widest)
        centres = _spiral(_boxes(words, sizes), box)
        if len(centres) == len(words) or peak <= _SMALLEST_PEAK:
            return sizes, centres
        peak = max(peak * 0.88, _SMALLEST_PEAK)


def _scaled(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return 0 for the rarest to 1 for the most frequent; a half where all are alike."""
    span = counts.max() - counts.min()
    return (counts - counts.min()) / span if span else np.full(len(counts), 0.5)


def _boxes(words: Sequence[str], sizes: NDArray[np.float64]) -> list[tuple[float, float]]:
    return [(width(word, size) + _GAP, size * MM_PER_POINT * 1.12 + _GAP / 2)
            for word, size in zip(words, sizes, strict=False)]  # fmt: skip


def _spiral(boxes: Sequence[tuple[float, float]], box: tuple[float, float]) -> list[tuple[float, float]]:
    """Put boxes one after another at the first free place on a spiral from the middle; return their centres.

    Stops at the first that finds none. The way of Wordle (Feinberg 2010), without chance.
    """
    turn = np.sqrt(np.arange(6000.0)) * 1.1
    reach = turn / turn[-1] * 0.72
    path = np.column_stack(
        [box[0] * (0.5 + reach * np.cos(turn * 2)), box[1] * (0.5 + reach * np.sin(turn * 2))]
    )
    centres: list[tuple[float, float]] = []
    taken = np.empty((0, 4))
    for size in boxes:
        at = first_free(path, size, taken, box)
        if at is None:
            break
        spot, half = path[at], np.array(size) / 2
        centres.append((float(spot[0]), float(spot[1])))
        taken = np.vstack([taken, [*spot, *half]])
        path = path[np.any(np.abs(path - spot) >= half, axis=1)]  # no later box has its middle in this one
    return centres


def _colour(share: float) -> str:
    """Return a colour that carries the count a second time: darker and bluer for more."""
    return "#0B4A7D" if share > 0.55 else "#0072B2" if share > 0.3 else "#4B6C82" if share > 0.15 else GREY
