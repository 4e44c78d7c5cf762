"""The PMC surfaces of policies: nine main variables as a matrix of three by three, seen from the side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from casemine.figures import NothingToDraw
from casemine.figures.labels import fitted
from casemine.figures.page import page
from casemine.figures.style import GREY, SHADES, SMALL, Style

# Surfaces on one page.
_MOST = 12
# In mm: what stands above a surface; the height of a surface in widths.
_HEAD, _TALL = 11.0, 0.72


def surfaces(matrices: Sequence[NDArray[np.float64]], titles: Sequence[str], style: Style) -> Figure:
    """Draw the PMC surface of each policy; the first of them where there are more than a page holds.

    `matrices` are 3 x 3, of values 0 to 1; `titles` say what each is, its score
    after a line end.
    """
    if not matrices:
        raise NothingToDraw("a PMC surface needs nine main variables.")
    shown = min(len(matrices), _MOST)
    across = 3 if style.columns == 2 else 2
    down = -(-shown // across)
    wide = style.width / across
    legend = "横轴为列，纵轴为行，高度为一级变量得分：X1 X2 X3 / X4 X5 X6 / X7 X8 X9"
    more = f"；前 {shown} 篇，共 {len(matrices)} 篇" * (len(matrices) > shown)
    row = _HEAD + wide * _TALL
    figure = page(style, row * down + 2, legend + more)
    height = figure.get_size_inches()[1] * 25.4
    grid = np.meshgrid(range(1, 4), range(1, 4))
    for at in range(shown):
        left, top = at % across * wide, at // across * row
        axes: Any = figure.add_axes(
            (left / style.width, 1 - (top + row) / height, wide / style.width, wide * _TALL / height),
            projection="3d",
        )
        axes.plot_surface(*grid, matrices[at], cmap=SHADES, vmin=-0.2, vmax=1, edgecolor=GREY, lw=0.4)
        axes.set(
            xlim=(1, 3), ylim=(3, 1), zlim=(0, 1), xticks=(1, 2, 3), yticks=(1, 2, 3), zticks=(0, 0.5, 1)
        )
        axes.tick_params(labelsize=SMALL, pad=-3)
        axes.view_init(elev=28, azim=-58)
        title, _, told = titles[at].partition("\n")
        figure.text((left + wide / 2) / style.width, 1 - (top + _HEAD) / height,
                    f"{fitted(title, wide - 4, SMALL, 2)}\n{told}", size=SMALL, ha="center", va="bottom",
                    linespacing=1.3)  # fmt: skip
    return figure
