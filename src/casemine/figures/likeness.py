"""Figures of documents: which are near which, and what passed from earlier ones to later ones."""

from __future__ import annotations

from collections.abc import Mapping

import networkx as nx
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from casemine.figures import NothingToDraw
from casemine.figures.cooccurrence import mark, spread
from casemine.figures.labels import fitted, place_near, width
from casemine.figures.page import NOTE, leading, sheet, write
from casemine.figures.style import GREY, LIGHT, LINE, MAIN, PALETTE, SMALL, TALLEST, Style

# Documents and flows that one page shows.
_DOCUMENTS, _FLOWS = 40, 30
_MARK = (2.2, 5.0)
_ARROW = {
    "arrowstyle": "-|>,head_width=0.14,head_length=0.3",
    "connectionstyle": "arc3,rad=0.12",
    "color": GREY,
    "shrinkA": 2.5,
    "shrinkB": 2.5,
}


def near(pairs: pd.DataFrame, documents: pd.DataFrame, titles: Mapping[str, str], style: Style) -> Figure:
    """Draw documents that are near one another by their words; colour and shape are the clusters.

    `pairs` is the table `schema.SIMILAR`, `documents` `schema.SIMILAR_DOCUMENTS`. Of many, those with
    most near others are drawn.
    """
    linked = pairs.dropna(subset=["cosine"])
    if linked.empty:
        raise NothingToDraw("no two documents are near by their words.")
    inside = _most_linked(linked)
    graph = nx.Graph()
    graph.add_nodes_from(sorted({*inside["first"], *inside["second"]}))
    graph.add_weighted_edges_from(inside[["first", "second", "cosine"]].itertuples(index=False, name=None))
    nodes = list(graph.nodes)
    names = [fitted(titles.get(node) or node, style.width / 5, SMALL, 2) for node in nodes]
    degree = np.array([graph.degree(node) for node in nodes], dtype=float)
    marks = _MARK[0] + (_MARK[1] - _MARK[0]) * np.sqrt(degree / max(degree.max(), 1))
    boxes = np.array([(max(size, width(name, SMALL)) + 1, size + LINE * (1 + name.count("\n")))
                      for name, size in zip(names, marks, strict=True)])  # fmt: skip
    area = boxes.prod(axis=1).sum()
    tall = float(np.clip(area * 4 / (style.width - 2), style.width * 0.45, TALLEST - NOTE - 2))
    box = (style.width - 2, tall)
    lower = np.array([(-1.0, -1 + LINE * (1 + name.count("\n")) / 2) for name in names])
    centres = place_near(spread(graph, box), boxes, box) - lower
    cluster = dict(zip(documents["doc_id"], documents["cluster"], strict=True))
    groups = [max(int(cluster[node]) - 1, 0) for node in nodes]
    others = ["灰色为其余聚类"] * (max(groups) >= len(PALETTE))
    figure, axes = sheet(style, tall + 2, leading(len(nodes), len(documents), "篇文档", *others))
    where = dict(zip(nodes, centres, strict=True))
    for first, second, cosine in graph.edges.data("weight"):
        xs, ys = zip(where[first], where[second], strict=True)
        axes.plot(xs, ys, color=LIGHT, lw=0.3 + 1.4 * cosine, zorder=1, solid_capstyle="round")
    for at, name in enumerate(names):
        mark(axes, centres[at], float(marks[at]), groups[at], name)
    return figure


def _most_linked(linked: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs among at most `_DOCUMENTS`, those whose documents have most near others first.

    Pairs are chosen, not documents: of forty documents with one near other each, none may be near another.
    """
    ends = pd.concat([linked["first"], linked["second"]]).value_counts()
    others = linked["first"].map(ends) + linked["second"].map(ends)
    ordered = linked.assign(others=others).sort_values(
        ["others", "cosine", "first", "second"], ascending=[False, False, True, True]
    )
    kept = set[str]()
    for pair in ordered[["first", "second"]].itertuples(index=False, name=None):
        if len(kept.union(pair)) <= _DOCUMENTS:
            kept.update(pair)
    return linked[linked["first"].isin(kept) & linked["second"].isin(kept)]


def passed(flows: pd.DataFrame, titles: Mapping[str, str], style: Style) -> Figure:
    """Draw what passed on as arrows over the years, a row a document, the earliest above.

    `flows` is the table `schema.DIFFUSION`; the largest flows are drawn, the wider the more letters.
    """
    shown = flows[(flows["source_date"] != "") & (flows["target_date"] != "")].head(_FLOWS)
    if shown.empty:
        raise NothingToDraw("no passage passed from a document to one of a later date.")
    dates = {**dict(zip(shown["source"], shown["source_date"], strict=True)),
             **dict(zip(shown["target"], shown["target_date"], strict=True))}  # fmt: skip
    at = {name: _year(date) for name, date in dates.items()}
    rows = sorted(dates, key=lambda name: (at[name], name))
    first, last = int(min(at.values())), int(max(at.values())) + 1
    row = min(5.5, (TALLEST - 12 - NOTE) / len(rows))
    room = style.width * 0.36
    told = leading(len(shown), len(flows), "条扩散关系", "箭头越粗，传下的字数越多")
    figure, axes = sheet(style, row * len(rows) + 9, told)
    left, right = 1 + room + 3, style.width - 4

    def x_of(year: float) -> float:
        return left + (right - left) * (year - first) / max(last - first, 1)

    step = max(1, -(-(last - first) // 10))
    for year in range(first, last + 1, step):
        axes.plot([x_of(year)] * 2, [2, row * len(rows) + 3], color=LIGHT, lw=0.4, zorder=0)
        write(axes, x_of(year), row * len(rows) + 6, str(year), size=SMALL, ha="center", color=GREY)
    y_of = {name: 2.5 + row * (number + 0.5) for number, name in enumerate(rows)}
    for name in rows:
        title = fitted(titles.get(name) or name, room, SMALL)
        write(axes, 1 + room, y_of[name], title, size=SMALL, ha="right")
        axes.plot([left - 1.5, right], [y_of[name]] * 2, color=LIGHT, lw=0.25, zorder=0)
        axes.plot([x_of(at[name])], [y_of[name]], "o", ms=4, mfc=MAIN, mec="white", mew=0.5, zorder=3)
    most = max(int(shown["letters"].max()), 1)
    for flow in shown.to_dict("records"):
        start, end = ((x_of(at[flow[side]]), y_of[flow[side]]) for side in ("source", "target"))
        thick = 0.4 + 1.6 * flow["letters"] / most
        axes.annotate("", end, start, zorder=2, arrowprops={**_ARROW, "lw": thick})
    return figure


def _year(date: str) -> float:
    """Return a date as years; a year alone is its middle."""
    parts = [int(part) for part in date.split("-") if part.isdigit()] or [0]
    month, day = parts[1:3] if len(parts) > 2 else (7, 1)
    return parts[0] + (month - 1) / 12 + (day - 1) / 365
