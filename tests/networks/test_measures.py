import networkx
import numpy as np
import pytest
from scipy import sparse

from casemine.networks import measures
from casemine.networks.together import Together


def karate() -> Together:
    """Zachary's karate club (1977), whose measures networkx documents, each tie once."""
    club = networkx.karate_club_graph()
    rows = np.zeros((club.number_of_edges(), len(club)))
    for at, (first, second) in enumerate(club.edges()):
        rows[at, [first, second]] = 1
    return Together.of(sparse.csr_matrix(rows), [f"{node:02}" for node in club])


def test_measures_are_those_of_the_karate_club() -> None:
    made = measures.graph(karate(), "count", 1)
    groups = measures.communities(made, "louvain")
    table = measures.nodes(made, groups).set_index("item")
    assert table.loc["33", "degree"] == 17 and table.loc["00", "degree"] == 16
    # Published for the unweighted graph: betweenness .4376, closeness .5690 of the instructor; .3734 leads.
    assert table.loc["00", "betweenness"] == pytest.approx(0.4376, abs=1e-4)
    assert table.loc["00", "closeness"] == pytest.approx(0.5690, abs=1e-4)
    assert table.loc["33", "eigenvector"] == 1 and table.loc["00", "eigenvector"] == pytest.approx(
        0.9521, abs=1e-3
    )
    assert measures.modularity(made, groups) == pytest.approx(0.42, abs=0.02)
    assert groups == measures.communities(made, "louvain")
    assert max(measures.communities(made, "greedy").values()) == 3


def test_a_network_without_ties_has_measures_of_nought() -> None:
    together = Together(["甲", "乙"], np.diag([2.0, 1.0]))
    made = measures.graph(together, "jaccard", 1)
    groups = measures.communities(made, "greedy")
    assert measures.nodes(made, groups)["degree"].tolist() == [0, 0]
    assert measures.modularity(made, groups) == 0
