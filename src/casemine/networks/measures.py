"""The measures of a network's nodes, and its communities."""

from __future__ import annotations

from typing import Any

import networkx
import numpy as np
import pandas as pd

from casemine import schema
from casemine.networks.together import Together

COMMUNITIES = ("louvain", "greedy")
SEED = 0


def graph(together: Together, weight: str, least: int) -> Any:
    """Return the graph of items, ties weighted by `weight`, of pairs that share `least` units or more."""
    ties = together.weights(weight)
    made: Any = networkx.Graph()
    for item, count in zip(together.items, together.counts.diagonal().tolist(), strict=True):
        made.add_node(item, label=item, units=int(count))
    for first, second in zip(*np.nonzero(np.triu(together.counts >= max(least, 1), 1)), strict=True):
        made.add_edge(together.items[first], together.items[second], weight=float(ties[first, second]),
                      count=int(together.counts[first, second]))  # fmt: skip
    return made


def communities(made: Any, method: str) -> dict[str, int]:
    """Return item -> community, 1 the largest: Louvain (seeded) or greedy modularity, by weight.

    Blondel et al. (2008); Clauset, Newman & Moore (2004).
    """
    if not made.number_of_edges():
        return {node: at for at, node in enumerate(made, start=1)}
    if method == "louvain":
        parts = networkx.community.louvain_communities(made, weight="weight", seed=SEED)
    else:
        parts = networkx.community.greedy_modularity_communities(made, weight="weight")
    order = {node: at for at, node in enumerate(made)}
    parts = sorted(parts, key=lambda members: (-len(members), min(order[node] for node in members)))
    return {node: at for at, members in enumerate(parts, start=1) for node in members}


def modularity(made: Any, groups: dict[str, int]) -> float:
    """Return how much more than chance ties lie within communities; 0 without ties."""
    if not made.number_of_edges():
        return 0.0
    parts = [{node for node, own in groups.items() if own == number} for number in set(groups.values())]
    return float(networkx.community.modularity(made, parts, weight="weight"))


def nodes(made: Any, groups: dict[str, int]) -> pd.DataFrame:
    """Return the table `schema.NETWORK_NODES`, the most ties first.

    Degree, betweenness and closeness look at which ties there are, as UCINET does after dichotomising, and
    are normed to 0 to 1; strength and eigenvector at their weights.
    """
    size = max(len(made) - 1, 1)
    degree, strength = dict(made.degree()), dict(made.degree(weight="weight"))
    between = networkx.betweenness_centrality(made)
    close = networkx.closeness_centrality(made)
    leading = _eigenvector(made)
    rows = [
        {
            "item": node, "units": made.nodes[node]["units"], "degree": degree[node],
            "degree_centrality": degree[node] / size, "strength": strength[node],
            "betweenness": between[node], "closeness": close[node], "eigenvector": leading[node],
            "community": groups[node],
        }
        for node in made
    ]  # fmt: skip
    table = schema.NETWORK_NODES.frame(rows)
    return table.sort_values(["degree", "strength"], ascending=False, kind="stable", ignore_index=True)


def _eigenvector(made: Any) -> dict[str, float]:
    """Return each node's share of the leading eigenvector, the greatest being 1."""
    if not made.number_of_edges():
        return dict.fromkeys(made, 0.0)
    ties = networkx.to_numpy_array(made, weight="weight")
    vector = np.abs(np.linalg.eigh(ties)[1][:, -1])
    return dict(zip(made, (vector / vector.max()).tolist(), strict=True))
