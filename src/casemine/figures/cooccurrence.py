"""Figures of what stands together: the co-occurrence network and the dendrogram of keywords."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from numpy.typing import NDArray
from scipy.cluster import hierarchy
from scipy.spatial.distance import squareform

from casemine.figures import NothingToDraw
from casemine.figures.labels import MM_PER_POINT, fitted, place_near, row_height, width
from casemine.figures.page import NOTE, axes_at, label_rows, leading, page, sheet, write
from casemine.figures.style import GREY, LIGHT, LINE, MARKERS, PALETTE, SMALL, TALLEST, TEXT, Style

_SEED = 0
# Lines drawn for each keyword, on average and at most.
_LINES = 3
# In mm: the smallest and the largest mark of a keyword.
_MARK = (1.6, 5.5)
# Every pair attracts a little, so that parts without a common case stay on the page.
_EVERYWHERE = 0.03
_OTHERS = "#8A8A8A"
# Share of a page that marks and labels may cover: the rest is for the lines between them.
_FILLED = 0.4


def cooccurrence(
    counts: pd.DataFrame,
    style: Style,
    *,
    of: int,
    communities: Mapping[str, int] | None = None,
    unit: str = "个关键词",
) -> Figure:
    """Draw the keywords that share documents as a network.

    `counts` is square: documents that have both, on its diagonal documents that have the keyword, the most
    frequent first; `of` is how many keywords there are in all. Marks grow with documents, lines with shared
    ones; colour and shape are communities (Louvain, modularity), or
    those given (1 the largest). What a page does not hold is left out.
    """
    names = [fitted(str(name), style.width / 3, SMALL) for name in counts.index]
    both = counts.to_numpy(float)
    marks = _MARK[0] + (_MARK[1] - _MARK[0]) * np.sqrt(both.diagonal() / both.max(initial=1))
    boxes = np.array([(max(mark, width(name, SMALL)) + 1.0, mark + LINE)
                      for name, mark in zip(names, marks, strict=True)]).reshape(-1, 2)  # fmt: skip
    page_area = (style.width - 2) * (TALLEST - 2 - NOTE)
    fitting = int((boxes.prod(axis=1).cumsum() <= page_area * _FILLED).sum())
    linked = np.triu(both[:fitting, :fitting], 1)
    pairs, drawn = _strongest(linked, both.diagonal())
    if not pairs:
        raise NothingToDraw("no two of the leading keywords share a document.")
    graph = nx.Graph()
    graph.add_nodes_from(sorted({node for pair in drawn for node in pair}))
    graph.add_weighted_edges_from((first, second, linked[first, second]) for first, second in drawn)
    nodes = list(graph.nodes)
    tall = float(np.clip(boxes[nodes].prod(axis=1).sum() * 4.5 / (style.width - 2),
                         style.width * 0.45, TALLEST - 2 - NOTE))  # fmt: skip
    box = (style.width - 2, tall)
    centres = place_near(spread(graph, box), boxes[nodes], box) + np.array([1, 1 - LINE / 2])
    told = [f"连线为最强的 {len(drawn):,} 条，共 {pairs:,} 条"] * (len(drawn) < pairs)
    figure, axes = sheet(style, tall + 2, leading(len(nodes), of, unit, *told))
    where = dict(zip(nodes, centres, strict=True))
    for first, second in drawn:
        thick = 0.35 + 1.6 * (linked[first, second] - 1) / max(linked.max() - 1, 1)
        xs, ys = zip(where[first], where[second], strict=True)
        axes.plot(xs, ys, color=LIGHT, lw=thick, zorder=1, solid_capstyle="round")
    groups = communities_of(graph)
    if communities is not None:
        groups = {node: communities[str(counts.index[node])] - 1 for node in nodes}
    for node, group in groups.items():
        mark(axes, where[node], marks[node], group, names[node])
    return figure


def _strongest(linked: NDArray[np.float64], each: NDArray[np.float64]) -> tuple[int, list[tuple[int, int]]]:
    """Return how many pairs share a document, and those to draw: by shared documents, then by Ochiai."""
    pairs = [(int(first), int(second)) for first, second in zip(*np.nonzero(linked), strict=True)]
    falling = sorted(
        pairs, key=lambda pair: (-linked[pair], -linked[pair] / np.sqrt(each[pair[0]] * each[pair[1]]), pair)
    )
    return len(pairs), falling[: _LINES * len(linked)]


def mark(axes: Axes, at: NDArray[np.float64], size: float, group: int, name: str) -> None:
    """Draw a keyword: the mark of its community, `size` mm across, its name below."""
    x, y = float(at[0]), float(at[1])
    colour, shape = (PALETTE[group], MARKERS[group]) if group < len(PALETTE) else (_OTHERS, "o")
    axes.plot([x], [y], shape, ms=size / MM_PER_POINT, mfc=colour, mec="white", mew=0.5, zorder=2)
    below = y + size / 2 + LINE * (1 + name.count("\n")) / 2 - 0.2
    text = write(axes, x, below, name, size=SMALL, ha="center", zorder=3)
    text.set_path_effects([withStroke(linewidth=1.6, foreground="white")])


def spread(graph: nx.Graph, box: tuple[float, float]) -> NDArray[np.float64]:
    """Return where each node goes in `box`, in mm: Fruchterman-Reingold from a fixed start."""
    pulled = nx.complete_graph(list(graph.nodes))
    nx.set_edge_attributes(pulled, _EVERYWHERE, "weight")
    mean = float(np.mean([weight for _, _, weight in graph.edges.data("weight")]))
    for first, second, weight in graph.edges.data("weight"):
        pulled[first][second]["weight"] = weight / mean
    places = nx.spring_layout(
        pulled, seed=_SEED, weight="weight", iterations=300, k=2.2 / np.sqrt(len(graph))
    )
    spots = np.array([places[node] for node in graph.nodes])
    span = np.ptp(spots, axis=0)
    return np.asarray((spots - spots.min(axis=0)) / np.where(span, span, 1) * np.array(box))


def communities_of(graph: nx.Graph) -> dict[int, int]:
    """Return node -> number of its community, 0 being the largest."""
    communities = nx.community.louvain_communities(graph, weight="weight", seed=_SEED)
    communities.sort(key=lambda members: (-len(members), min(members)))
    return {node: number for number, members in enumerate(communities) for node in members}


def dendrogram(ochiai: pd.DataFrame, style: Style, *, of: int) -> Figure:
    """Draw a tree of keywords: average linkage on 1 - Ochiai, cut into groups that are coloured.

    `ochiai` is square with 1 on its diagonal; `of` is how many keywords there are in all. A keyword that
    shares no document with another is left out. The cut makes about as many groups as the root of half
    the keywords (Mardia, Kent & Bibby 1979, p. 365).
    """
    shares = ochiai.to_numpy(float)
    beside = (shares - np.diag(shares.diagonal())).max(axis=1, initial=0) > 0
    kept = np.flatnonzero(beside)
    labels = [fitted(str(name), style.width * 0.4, TEXT, 2) for name in ochiai.index]
    tall = row_height(labels)
    kept = kept[: int((TALLEST - 10 - NOTE) // tall)]
    if len(kept) < 3:
        raise NothingToDraw("fewer than three of the leading keywords share a document with another.")
    distance = 1 - shares[np.ix_(kept, kept)]
    joined = hierarchy.linkage(squareform(distance, checks=False), method="average", optimal_ordering=True)
    cut = _cut(joined[:, 2])
    tree = _coloured(joined, cut)
    names = [labels[kept[leaf]] for leaf in tree["leaves"]]
    label = max(width(name, TEXT) for name in names) + 3
    told = [f"虚线处分为 {len(set(hierarchy.fcluster(joined, cut, criterion='distance')))} 类"]
    told += [f"{int((~beside).sum()):,} 个与其他关键词无共现，未列入"] * bool((~beside).any())
    figure = page(style, len(kept) * tall + 10, leading(len(kept), of, "个关键词", *told))
    axes = axes_at(figure, 1 + label, 1, style.width - label - 5, len(kept) * tall)
    look: dict[str, Any] = {"lw": 1.0, "solid_joinstyle": "miter", "clip_on": False}
    for along, across, colour in zip(tree["dcoord"], tree["icoord"], tree["color_list"], strict=True):
        axes.plot(along, (np.array(across) - 5) / 10, color=colour, **look)
    axes.axvline(cut, color=LIGHT, lw=0.6, ls=(0, (4, 3)), zorder=0)
    axes.set(xlim=(0, max(joined[:, 2].max() * 1.02, 0.1)), ylim=(len(names) - 0.5, -0.5))
    label_rows(axes, names)
    axes.set_xlabel("距离（1 − Ochiai系数）", labelpad=2)
    return figure


def _coloured(joined: NDArray[np.float64], cut: float) -> dict[str, list[Any]]:
    """Return leaves and lines of a tree, those below `cut` in the colour of their group."""
    hierarchy.set_link_color_palette(list(PALETTE))
    try:
        drawn = hierarchy.dendrogram(joined, no_plot=True, color_threshold=cut, above_threshold_color=GREY)
    finally:
        hierarchy.set_link_color_palette(None)
    return dict(drawn)


def _cut(heights: NDArray[np.float64]) -> float:
    """Return where a tree falls into the root of half its leaves many parts, or more where heights tie."""
    wanted = max(2, round(np.sqrt((len(heights) + 1) / 2)))
    above, below = heights[-(wanted - 1)], heights[: -(wanted - 1)]
    lower = below[below < above - 1e-9]
    return float((above + lower.max()) / 2) if len(lower) else float(above) / 2
