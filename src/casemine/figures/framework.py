"""The framework of a codebook: its selective categories around the aim, each with its role and members."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Rectangle

from casemine.figures import NothingToDraw
from casemine.figures.labels import both, counted, fitted, width
from casemine.figures.page import leading, sheet, write
from casemine.figures.style import GREY, INK, LIGHT, LINE, SMALL, TALLEST, TEXT, Style, colours

# In mm: padding of a box, space between boxes, the largest box, the space for lines to the aim.
_PAD, _BETWEEN, _WIDEST, _WAY = 2.0, 5.0, 54.0, 10.0
_NAME = TEXT + 1
_CHIP = 3.9
# How many paths, and axial categories in each, are shown at most: the first of these that a page holds.
_EXTENTS = ((12, 12), (12, 7), (12, 4), (10, 4), (8, 4), (6, 4), (4, 4))


@dataclass(frozen=True)
class _Box:
    """One selective category as it is written: role, name and count, members with counts, height in mm."""

    role: str
    name: str
    count: str
    members: list[tuple[str, str]]
    colour: str

    @property
    def head(self) -> float:
        lines = self.name.count("\n") + 1
        return _PAD + (_CHIP + 0.8 if self.role else 0) + lines * (LINE + 0.6) + 0.9

    @property
    def height(self) -> float:
        rows = sum(label.count("\n") + 1 for label, _ in self.members)
        return self.head + (rows * LINE + _PAD if rows else 0)


def framework(
    codes: pd.DataFrame,
    aim: str,
    cases: Mapping[str, int],
    total: int,
    style: Style,
    *,
    leading_cases: Mapping[str, int] | None = None,
    source: str = "",
) -> Figure:
    """Draw the selective categories of a codebook around its aim, with role and axial categories.

    `codes` is `CODEBOOK`, `cases` are code -> documents that have it (empty: no numbers), `total` counts the
    documents. With two columns the paths stand around the aim, with one below it. `leading_cases` are the
    documents that have a code among their keywords; `source` stands below the figure.
    """
    counts = _Counts(cases, leading_cases, total)
    upper = codes[codes["level"] == "selective"]
    if upper.empty:
        raise NothingToDraw("the codebook has no selective category.")
    wide = min(
        (style.width - 2 - 2 * _WAY - 1) / 3 if style.columns == 2 else (style.width - 2 - _BETWEEN) / 2,
        _WIDEST,
    )
    shades = colours(upper["code"])
    by_cases = sorted(upper["code"], key=lambda code: -cases.get(code, 0))
    for paths, members in _EXTENTS:
        chosen = upper[upper["code"].isin(by_cases[:paths])]
        boxes = [_box(codes, row, counts, wide, members, shades[row[0]])
                 for row in zip(chosen["code"], chosen["role"], strict=True)]  # fmt: skip
        around = style.columns == 2 and len(boxes) > 1
        note = leading(len(boxes), len(upper), "个选择式编码", *filter(None, [source]))
        figure = (_around if around else _below)(boxes, aim, wide, style, note)
        if figure.get_size_inches()[1] * 25.4 <= TALLEST:
            break
    return figure


@dataclass(frozen=True)
class _Counts:
    """Documents that have each code, those with it among their keywords (None: not told), and all."""

    cases: Mapping[str, int]
    leading_cases: Mapping[str, int] | None
    total: int

    def leading(self, code: str) -> int | None:
        return None if self.leading_cases is None else self.leading_cases.get(code, 0)


def _box(
    codes: pd.DataFrame,
    path: tuple[str, str],
    counts: _Counts,
    wide: float,
    most: int,
    colour: str,
) -> _Box:
    inner = wide - 2 * _PAD
    cases = counts.cases
    members = codes.loc[codes["parent"] == path[0], "code"].tolist()
    shown = members
    if len(members) > most:
        lead = set(sorted(members, key=lambda code: -cases.get(code, 0))[: most - 1])
        shown = [code for code in members if code in lead]
    numbers = {code: both(cases.get(code, 0), counts.leading(code)) if cases else "" for code in shown}
    told = [
        (fitted(code, inner - 2.5 - width(numbers[code], SMALL), SMALL, 2), numbers[code]) for code in shown
    ]
    if len(shown) < len(members):
        told.append((f"另有 {len(members) - len(shown):,} 个轴心编码", ""))
    had = cases.get(path[0], 0)
    count = ""
    if cases and counts.total:
        count = counted(had, counts.total, " 个案例", leading=counts.leading(path[0]))
    role = fitted(path[1], inner - width(count, SMALL) - 3 if count else inner, SMALL)
    return _Box(role, fitted(path[0], inner, _NAME, 2), count, told, colour)


def _around(boxes: Sequence[_Box], aim: str, wide: float, style: Style, note: str) -> Figure:
    """Put the boxes clockwise around the aim: above, right, below, left."""
    above = boxes[:1] if len(boxes) > 2 else []
    rest = boxes[len(above) :]
    below = len(rest) % 2 and len(boxes) > 2
    side = len(rest) // 2
    right, left = rest[:side], rest[len(rest) - side :][::-1]
    under = rest[side : side + 1] if below else []
    goal = fitted(aim, wide - 2 * _PAD, _NAME + 1, 3)
    centre = goal.count("\n") * 4.6 + 13.0
    sides = max(_stacked(left), _stacked(right))
    middle = sum(box.height + _WAY for box in [*above, *under]) + centre
    height = max(sides, middle)
    figure, axes = sheet(style, height + 2, note)
    lefts = (1.0, (style.width - wide) / 2, style.width - 1 - wide)
    hub = 1 + height / 2
    if len(above) != len(under):
        slack = max(height - middle, 0)
        hub = 1 + above[0].height + _WAY + centre / 2 + slack / 2
    for column, x in ((left, lefts[0]), (right, lefts[2])):
        _stack(axes, column, x, wide, height, (style.width / 2, hub), (wide, centre))
    for box in above:
        _line(axes, (style.width / 2, 1 + box.height), (style.width / 2, hub - centre / 2))
        _draw(axes, box, lefts[1], 1, wide)
    for box in under:
        y = 1 + height - box.height
        _line(axes, (style.width / 2, y), (style.width / 2, hub + centre / 2))
        _draw(axes, box, lefts[1], y, wide)
    _aim(axes, goal, lefts[1], hub - centre / 2, wide, centre)
    return figure


def _stacked(boxes: Sequence[_Box]) -> float:
    return sum(box.height for box in boxes) + _BETWEEN * max(len(boxes) - 1, 0)


def _stack(
    axes: Axes, boxes: Sequence[_Box], x: float, wide: float, height: float, hub: tuple[float, float],
    centre: tuple[float, float],
) -> None:  # fmt: skip
    """Draw boxes one below another over the whole height, each with a line to the near side of the aim."""
    if not boxes:
        return
    loose = max(height - sum(box.height for box in boxes), 0)
    gap = loose / (len(boxes) + 1) if len(boxes) == 1 else loose / (len(boxes) - 1)
    y = 1 + (height - sum(box.height for box in boxes) - gap * (len(boxes) - 1)) / 2
    to_left = x > hub[0]
    for at, box in enumerate(boxes):
        edge = (x if to_left else x + wide, y + box.height / 2)
        spread = centre[1] * 0.6 * ((at + 0.5) / len(boxes) - 0.5)
        _line(axes, edge, (hub[0] + (centre[0] if to_left else -centre[0]) / 2, hub[1] + spread))
        _draw(axes, box, x, y, wide)
        y += box.height + gap


def _below(boxes: Sequence[_Box], aim: str, wide: float, style: Style, note: str) -> Figure:
    """Put the aim on top and the boxes below it in two columns, on a line that comes down from it."""
    goal = fitted(aim, style.width * 0.7, _NAME + 1, 3)
    centre = goal.count("\n") * 4.6 + 11.0
    pairs = [boxes[at : at + 2] for at in range(0, len(boxes), 2)]
    tops, y = [], 1 + centre + _BETWEEN
    for pair in pairs:
        tops.append(y)
        y += max(box.height for box in pair) + _BETWEEN
    figure, axes = sheet(style, y - _BETWEEN + 1, note)
    spine = style.width / 2
    for pair, top in zip(pairs, tops, strict=True):
        for side, box in enumerate(pair):
            x = 1 if side == 0 else style.width - 1 - wide
            alone = len(boxes) == 1
            x = spine - wide / 2 if alone else x
            if not alone:
                across = top + box.head / 2
                axes.plot([spine, x if side else x + wide], [across, across], color=GREY, lw=0.7)
            _draw(axes, box, x, top, wide)
    last = max(tops[-1] + box.head / 2 for box in pairs[-1]) if len(boxes) > 1 else tops[-1]
    _line(axes, (spine, last), (spine, 1 + centre))
    _aim(axes, goal, style.width * 0.12, 1, style.width * 0.76, centre)
    return figure


def _line(axes: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Draw an arrow towards the aim."""
    look = {"arrowstyle": "-|>,head_length=0.35,head_width=0.16", "color": GREY, "lw": 0.7}
    axes.annotate("", end, start, arrowprops=look | {"shrinkA": 0, "shrinkB": 1.0}, zorder=1)


def _aim(axes: Axes, goal: str, x: float, y: float, wide: float, tall: float) -> None:
    axes.add_patch(FancyBboxPatch((x + 2, y + 2), wide - 4, tall - 4, boxstyle="round,pad=2,rounding_size=4",
                                  fc=INK, ec="none", zorder=2))  # fmt: skip
    write(axes, x + wide / 2, y + tall / 2, goal, size=_NAME + 1, color="white", ha="center", zorder=3)


def _draw(axes: Axes, box: _Box, x: float, y: float, wide: float) -> None:
    """Draw one box: a bar in its colour, role, name, cases, a rule, the axial categories with cases."""
    axes.add_patch(Rectangle((x, y), wide, box.height, fc="white", ec=LIGHT, lw=0.6, zorder=2))
    axes.add_patch(Rectangle((x, y), wide, 1.1, fc=box.colour, ec="none", zorder=3))
    left, right, at = x + _PAD, x + wide - _PAD, y + _PAD
    if box.role:
        chip = width(box.role, SMALL) + 2.4
        axes.add_patch(Rectangle((left, at), chip, _CHIP, fc=box.colour, ec="none", zorder=3))
        ink = INK if _light(box.colour) else "white"
        write(axes, left + chip / 2, at + _CHIP / 2, box.role, size=SMALL, color=ink, ha="center", zorder=4)
    line = _CHIP if box.role else LINE + 0.6
    write(axes, right, at + line / 2, box.count, size=SMALL, color=GREY, ha="right", zorder=3)
    at += _CHIP + 0.8 if box.role else 0
    lines = box.name.count("\n") + 1
    write(axes, left, at + lines * (LINE + 0.6) / 2, box.name, size=_NAME, zorder=3)
    at = y + box.head + 0.6
    if box.members:
        axes.plot([left, right], [y + box.head] * 2, color=LIGHT, lw=0.5, zorder=3)
    for label, number in box.members:
        rows = label.count("\n") + 1
        write(axes, left, at + rows * LINE / 2, label, size=SMALL, zorder=3)
        write(axes, right, at + LINE / 2, number, size=SMALL, color=GREY, ha="right", zorder=3)
        at += rows * LINE


def _light(colour: str) -> bool:
    """Tell whether dark letters read better on `colour` (relative luminance, WCAG 2)."""
    parts = np.array(to_rgb(colour))
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return bool(linear @ [0.2126, 0.7152, 0.0722] > 0.25)
