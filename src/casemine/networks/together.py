"""How often items stand in the same unit of text, and how strong that makes the tie between two of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from casemine import schema

WEIGHTS = ("count", "equivalence", "jaccard")


@dataclass(frozen=True)
class Together:
    """Items and in how many units each two of them stand, on the diagonal each one."""

    items: list[str]
    counts: NDArray[np.float64]

    @classmethod
    def of(cls, incidence: Any, items: Sequence[str]) -> Together:
        """Count from a sparse matrix, units x items, of any numbers: what is not 0 stands there."""
        standing = (incidence > 0).astype(np.float64)
        return cls(list(items), np.asarray((standing.T @ standing).todense()))

    def mean(self) -> int:
        """Return the mean of the counts of pairs that stand together at all, rounded up, at least 2."""
        pairs = self.counts[np.triu_indices(len(self.items), 1)]
        return max(2, int(np.ceil(pairs[pairs > 0].mean()))) if pairs.any() else 2

    def weights(self, kind: str) -> NDArray[np.float64]:
        """Return the ties, square, 0 on the diagonal: count, equivalence or jaccard.

        Equivalence is c²/(a·b), as co-word analysis has it (Callon, Courtial & Laville 1991,
        Scientometrics 22: 155-205); Jaccard c/(a + b - c); c units have both, a and b have each.
        """
        own = self.counts.diagonal()
        either = own[:, np.newaxis] + own[np.newaxis, :] - self.counts
        product = np.outer(own, own)
        made = {
            "count": self.counts,
            "equivalence": self.counts**2 / np.where(product > 0, product, 1),
            "jaccard": self.counts / np.where(either > 0, either, 1),
        }[kind].copy()
        np.fill_diagonal(made, 0)
        return made

    def edges(self, least: int) -> pd.DataFrame:
        """Return the table `schema.NETWORK_EDGES`: pairs that share `least` units or more, most first."""
        first, second = np.nonzero(np.triu(self.counts >= max(least, 1), 1))
        ties = {kind: self.weights(kind)[first, second] for kind in WEIGHTS}
        rows = {
            "first": [self.items[at] for at in first],
            "second": [self.items[at] for at in second],
            **ties,
        }
        table = schema.NETWORK_EDGES.frame(rows)
        return table.sort_values(["count", "equivalence"], ascending=False, kind="stable", ignore_index=True)
