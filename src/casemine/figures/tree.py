"""The tree of codes: open codes, axial and selective categories, lines as wide as cases are many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from casemine.figures import NothingToDraw
from casemine.figures.labels import both, fitted, width
from casemine.figures.page import NOTE, leading, sheet, write
from casemine.figures.style import GREY, LINE, SMALL, TALLEST, Style, colours
from casemine.terms import LEVELS

# In mm: an open code, a further line of a category, between axial and between selective categories.
_ROW, _MORE, _AXIAL_GAP, _SELECTIVE_GAP = 3.1, 2.8, 0.5, 1.4
_TOP = LINE + 2.0
_THINNEST, _THICKEST = 0.4, 7.0
# Share of the width that the labels of open codes, axial and selective categories may take.
_ROOMS = {1: (0.28, 0.25, 0.235), 2: (0.25, 0.24, 0.19)}
_HEADERS = tuple(LEVELS.values())


@dataclass(frozen=True)
class _TreeNode:
    """A code: its label, what it belongs to, its selective category, its middle in mm from the first row."""

    code: str
    label: str
    parent: str
    root: str
    y: float


def coding_tree(
    codes: pd.DataFrame,
    cases: Mapping[str, int],
    style: Style,
    *,
    leading_cases: Mapping[str, int] | None = None,
    source: str = "",
) -> Figure:
    """Draw the codes that documents have, with their numbers of documents, in the order of the codebook.

    `codes` is `CODEBOOK`, `cases` are code -> documents that have it; without `cases` all codes are drawn and
    no number. Where a page does not hold them, the codes of the most cases stay. `leading_cases` are the
    documents that have the code among their keywords; `source` stands below the figure.
    """
    numbers = _numbers(cases, leading_cases)
    chains = _chains(codes)
    had = [chain for chain in chains if not cases or cases.get(chain[0], 0)]
    if not had:
        raise NothingToDraw("no document has an open code of the codebook.")
    rooms = [share * style.width for share in _ROOMS[style.columns]]
    had.sort(key=lambda chain: -cases.get(chain[0], 0))
    room = TALLEST - _TOP - NOTE - 1
    shown, height = min(len(had), int(room / _ROW)), room + 1
    while height > room:
        kept = set(had[:shown])
        levels, height = _laid_out([chain for chain in chains if chain in kept], numbers, rooms)
        if height > room:
            shown -= max(1, int((height - room) / _ROW / 2))
    told = [f"另有 {len(chains) - len(had):,} 个编码无案例"] * (len(had) < len(chains))
    told += filter(None, [source])
    figure, axes = sheet(style, _TOP + height + 1, leading(shown, len(had), "个开放式编码", *told))
    _draw(axes, levels, cases, colours(codes.loc[codes["level"] == "selective", "code"]), style)
    return figure


def _chains(codes: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Return (open, axial, selective) of every open code, in the order of the codebook."""
    parents = dict(zip(codes["code"], codes["parent"], strict=True))
    leaves = codes.loc[codes["level"] == "open", "code"]
    return [(code, parents[code], parents.get(parents[code], "")) for code in leaves]


def _numbers(cases: Mapping[str, int], leading_cases: Mapping[str, int] | None) -> dict[str, str]:
    """Return code -> its number of cases as it is written; empty without cases."""
    own = leading_cases or {}
    return {
        code: both(count, None if leading_cases is None else own.get(code, 0))
        for code, count in cases.items()
    }


def _text(code: str, room: float, numbers: Mapping[str, str], lines: int) -> str:
    """Return the label of a code with its number of cases behind it, in `room` mm."""
    number = f" {numbers.get(code, '0')}" if numbers else ""
    return fitted(code, room - width(number, SMALL), SMALL, lines) + number


def _laid_out(
    chains: Sequence[tuple[str, str, str]], numbers: Mapping[str, str], rooms: Sequence[float]
) -> tuple[list[list[_TreeNode]], float]:
    """Place the nodes of the three levels, a category in the middle of its members; return the height too."""
    leaves: list[_TreeNode] = []
    axial: list[_TreeNode] = []
    selective: list[_TreeNode] = []
    at = 0.0
    for top, under in groupby(chains, key=lambda chain: chain[2]):
        first = at
        label = _text(top, rooms[2], numbers, 2)
        for middle, members in groupby(under, key=lambda chain: chain[1]):
            names = [chain[0] for chain in members]
            text = _text(middle, rooms[1], numbers, 2)
            tall = max(_ROW * len(names), LINE + _MORE * text.count("\n"))
            start = at + (tall - _ROW * len(names)) / 2
            for row, name in enumerate(names):
                y = start + (row + 0.5) * _ROW
                leaves.append(_TreeNode(name, _text(name, rooms[0], numbers, 1), middle, top, y))
            axial.append(_TreeNode(middle, text, top, top, at + tall / 2))
            at += tall + _AXIAL_GAP
        at = max(at, first + LINE + _MORE * label.count("\n"))
        own = [node.y for node in axial if node.parent == top]
        selective.append(_TreeNode(top, label, "", top, (min(own) + max(own)) / 2))
        at += _SELECTIVE_GAP
    return [leaves, axial, selective], at - _SELECTIVE_GAP - _AXIAL_GAP


def _draw(
    axes: Axes,
    levels: list[list[_TreeNode]],
    cases: Mapping[str, int],
    shades: Mapping[str, str],
    style: Style,
) -> None:
    middles = {node.code: node.y for level in levels for node in level}
    most = max(cases.get(node.code, 0) for level in levels[:2] for node in level)
    widest = [max([width(node.label, SMALL) for node in level] + [width(header, SMALL)])
              for level, header in zip(levels, _HEADERS, strict=True)]  # fmt: skip
    gap = (style.width - 2 - sum(widest) - 4 * 1.2) / 2
    lefts = [1.0, 1 + widest[0] + gap + 2.4, 1 + widest[0] + widest[1] + 2 * gap + 4.8]
    for left, header in zip(lefts, _HEADERS, strict=True):
        write(axes, left, 1 + LINE / 2, header, size=SMALL, color=GREY)
    for depth, level in enumerate(levels):
        for node in level:
            write(axes, lefts[depth], _TOP + node.y, node.label, size=SMALL)
            if node.parent:
                share = cases.get(node.code, 0) / most if most else 0.15
                start = lefts[depth] + width(node.label, SMALL) + 1.2
                column = (start, lefts[depth] + widest[depth] + 1.2, lefts[depth + 1] - 1.2)
                thick = _THINNEST + (_THICKEST - _THINNEST) * share
                _link(axes, column, node.y, middles[node.parent], thick, shades[node.root])


def _link(
    axes: Axes, along: tuple[float, float, float], y: float, to: float, thick: float, colour: str
) -> None:
    """Draw a line from behind a label straight to the end of its column, then in a curve to the category."""
    begin, turn, end = along
    middle = (turn + end) / 2
    path = Path(
        [(begin, _TOP + y), (turn, _TOP + y), (middle, _TOP + y), (middle, _TOP + to), (end, _TOP + to)],
        [Path.MOVETO, Path.LINETO, Path.CURVE4, Path.CURVE4, Path.CURVE4],
    )
    axes.add_patch(
        PathPatch(path, fc="none", ec=colour, lw=thick, alpha=0.55, capstyle="butt", joinstyle="round")
    )
