import numpy as np
from scipy import sparse

from casemine.networks.together import Together

# Four sentences: 甲乙, 甲乙丙, 甲, 丙.
INCIDENCE = sparse.csr_matrix(np.array([[2, 1, 0], [1, 1, 1], [1, 0, 0], [0, 0, 1]]))


def test_counts_and_the_weights_of_ties() -> None:
    together = Together.of(INCIDENCE, ["甲", "乙", "丙"])
    assert together.counts.tolist() == [[3, 2, 1], [2, 2, 1], [1, 1, 2]]
    assert together.weights("count").tolist() == [[0, 2, 1], [2, 0, 1], [1, 1, 0]]
    assert together.weights("equivalence")[0].round(4).tolist() == [0, 0.6667, 0.1667]
    assert together.weights("jaccard")[0].round(4).tolist() == [0, 0.6667, 0.25]


def test_edges_fall_and_the_mean_is_where_matrices_are_cut() -> None:
    together = Together.of(INCIDENCE, ["甲", "乙", "丙"])
    assert together.edges(1)[["first", "second", "count"]].values.tolist() == [
        ["甲", "乙", 2], ["乙", "丙", 1], ["甲", "丙", 1]
    ]  # fmt: skip
    assert together.mean() == 2
    assert len(together.edges(together.mean())) == 1
    assert Together.of(INCIDENCE[:, :1], ["甲"]).mean() == 2
