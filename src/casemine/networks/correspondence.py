"""Correspondence analysis: a table of words or codes by group as a map on which what goes together is near.

Greenacre (1984), Theory and Applications of Correspondence Analysis; the singular value decomposition is
numpy's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from casemine import schema

ITEM, GROUP = "item", "group"
_AXES = 2
# Below this a part of the inertia is nothing but rounding.
_NOTHING = 1e-12


@dataclass(frozen=True)
class Correspondence:
    """The map: `points` (`schema.CORRESPONDENCE`), `axes` (`schema.CORRESPONDENCE_AXES`)."""

    points: pd.DataFrame
    axes: pd.DataFrame


def correspondence(
    table: NDArray[np.float64], items: Sequence[str], groups: Sequence[str]
) -> Correspondence | None:
    """Map a table of counts, items x groups, in principal coordinates; None for fewer than 3 x 3.

    Rows and columns of nothing are left out. Of each axis the point farthest out lies on the right.
    """
    rows, columns = table.sum(axis=1) > 0, table.sum(axis=0) > 0
    counts = table[rows][:, columns]
    if min(counts.shape) < 3:
        return None
    shares = counts / counts.sum()
    row, column = shares.sum(axis=1), shares.sum(axis=0)
    standardised = (shares - np.outer(row, column)) / np.sqrt(np.outer(row, column))
    left, singular, right = np.linalg.svd(standardised, full_matrices=False)
    inertia = singular**2
    kept = inertia > _NOTHING
    if kept.sum() < _AXES:
        return None
    of_rows = left / np.sqrt(row)[:, np.newaxis] * singular
    of_columns = right.T / np.sqrt(column)[:, np.newaxis] * singular
    both = np.vstack((of_rows, of_columns))
    turn = np.sign(both[np.abs(both).round(9).argmax(axis=0), np.arange(both.shape[1])])
    both = both * np.where(turn == 0, 1, turn)
    masses = np.concatenate((row, column))
    names = [(ITEM, name) for name, there in zip(items, rows, strict=True) if there]
    names += [(GROUP, name) for name, there in zip(groups, columns, strict=True) if there]
    return Correspondence(_points(both, masses, inertia, names), _axes(inertia[kept]))


def _points(
    both: NDArray[np.float64], masses: NDArray[np.float64], inertia: NDArray[np.float64],
    names: Sequence[tuple[str, str]],
) -> pd.DataFrame:  # fmt: skip
    contributions = masses[:, np.newaxis] * both[:, :_AXES] ** 2 / inertia[:_AXES]
    whole = (both**2).sum(axis=1)
    quality = (both[:, :_AXES] ** 2).sum(axis=1) / np.where(whole > 0, whole, 1)
    return schema.CORRESPONDENCE.frame({
        "kind": [kind for kind, _ in names], "name": [name for _, name in names], "mass": masses,
        "first": both[:, 0], "second": both[:, 1], "first_contribution": contributions[:, 0],
        "second_contribution": contributions[:, 1], "quality": quality,
    })  # fmt: skip


def _axes(inertia: NDArray[np.float64]) -> pd.DataFrame:
    share = inertia / inertia.sum()
    return schema.CORRESPONDENCE_AXES.frame(
        {
            "axis": np.arange(1, len(inertia) + 1),
            "inertia": inertia,
            "share": share,
            "together": share.cumsum(),
        }
    )
