"""Saturation: whether more documents would still bring new codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from casemine.errors import UsageError
from casemine.schema import HELD_OUT, SATURATION

PERMUTATIONS = 100
# At most this share of new codes counts as saturated: Guest, Namey & Chen (2020), PLoS ONE 15(5).
THRESHOLD = 0.05
_FEWEST = 3


@dataclass(frozen=True)
class Saturation:
    """The curve (`SATURATION`) and what the held-out documents added (`HELD_OUT`)."""

    curve: pd.DataFrame
    summary: pd.DataFrame


def saturation(
    coded: pd.DataFrame,
    documents: Sequence[str],
    *,
    held_out: float = 1 / 3,
    seed: int = 0,
    permutations: int = PERMUTATIONS,
    leading: pd.DataFrame | None = None,
) -> Saturation:
    """Count new codes by document, and those that only a held-out part of the documents has.

    `coded` has the columns level, code and doc_id; `documents` are all of the study, in order, those
    without a code among them. `leading` are those rows of `coded` by which a document has the code among
    its keywords (default: all); they are counted beside.
    The documents held out are drawn from the sorted identifiers, so that neither they nor the averages
    depend on the order given. Raises `UsageError` for fewer than three documents, or a share that holds out
    none or all of them.
    """
    held = round(len(documents) * held_out)
    if len(documents) < _FEWEST or not 0 < held < len(documents):
        raise UsageError(
            f"{len(documents)} documents cannot be divided into two parts at {held_out:.3g}.",
            place="saturation",
            advice="Give at least three documents, and a --held-out between 0 and 1.",
        )
    generator = np.random.default_rng(seed)
    orders = np.array([generator.permutation(len(documents)) for _ in range(permutations)])
    names = sorted(documents)
    given = np.array([names.index(doc_id) for doc_id in documents])
    curves, rows = [], []
    for level, of_level in coded.groupby("level", sort=False):
        having = _presence(of_level, names)
        last = orders[0, -held:]
        of_keywords = of_level if leading is None else leading[leading["level"] == level]
        own = _presence(of_keywords, names)
        curves.append(_curve(having.to_numpy(), given, orders).assign(
            level=level, doc_id=list(documents), held_out=np.isin(given, last),
            keyword_cumulative=_new(own.to_numpy(), given).cumsum(),
        ))  # fmt: skip
        rows.append({"level": level, **_summary(having, given, orders, held), **_beside(own, orders, held)})
    return Saturation(SATURATION.frame(pd.concat(curves) if curves else []), HELD_OUT.frame(rows))


def _presence(of_level: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Return documents x codes, True where the document has the code; sorted both ways."""
    counts = pd.crosstab(of_level["doc_id"], of_level["code"])
    return counts.reindex(index=list(names), fill_value=0) > 0


def _first(having: NDArray[np.bool_], order: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return at which position of `order` each code first appears."""
    return np.asarray(having[order].argmax(axis=0), dtype=np.int64)


def _new(having: NDArray[np.bool_], order: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.bincount(_first(having, order), minlength=len(order))


def _curve(having: NDArray[np.bool_], given: NDArray[np.int64], orders: NDArray[np.int64]) -> pd.DataFrame:
    new = _new(having, given)
    drawn = np.array([_new(having, order) for order in orders])
    sums = drawn.cumsum(axis=1)
    low, high = np.quantile(sums, [0.05, 0.95], axis=0)
    return pd.DataFrame(
        {"position": np.arange(1, len(given) + 1), "codes": having[given].sum(axis=1), "new": new,
         "cumulative": new.cumsum(), "mean_new": drawn.mean(axis=0), "mean_cumulative": sums.mean(axis=0),
         "low": low, "high": high}
    )  # fmt: skip


def _summary(
    having: pd.DataFrame, given: NDArray[np.int64], orders: NDArray[np.int64], held: int
) -> dict[str, object]:
    present = having.to_numpy()
    cut = len(given) - held
    late = np.array([_first(present, order) >= cut for order in orders])
    base = present.shape[1] - late.sum(axis=1)
    shares = late.sum(axis=1) / np.maximum(base, 1)
    single = int((present.sum(axis=0) == 1).sum())
    return {
        "documents": len(given),
        "held_out": held,
        "codes": present.shape[1],
        "base": int(base[0]),
        "new": int(late[0].sum()),
        "share": float(shares[0]),
        "mean_share": float(shares.mean()),
        "last_new": int(_first(present, given).max()) + 1,
        "single": single,
        "new_codes": "；".join(having.columns[late[0]]),
        "verdict": _verdict(int(late[0].sum()), float(shares[0]), float(shares.mean())),
    }


def _beside(own: pd.DataFrame, orders: NDArray[np.int64], held: int) -> dict[str, object]:
    """Return the counts of the first split over the codes that documents have among their keywords."""
    late = int((_first(own.to_numpy(), orders[0]) >= len(own) - held).sum()) if own.shape[1] else 0
    codes = own.shape[1]
    return {"keyword_codes": codes, "keyword_new": late, "keyword_share": late / max(codes - late, 1)}


def _verdict(new: int, share: float, mean_share: float) -> str:
    """Say in words whether the codes are saturated: this split and the average of splits must agree."""
    added = "adds no code" if not new else f"adds {new} code{'s' * (new != 1)} ({share:.0%})"
    if share <= THRESHOLD and mean_share <= THRESHOLD:
        word = "saturated"
    elif share <= THRESHOLD or mean_share <= THRESHOLD:
        word = "nearly saturated"
    else:
        word = "not saturated"
    average = f"over all splits {mean_share:.1%} on average (threshold {THRESHOLD:.0%})"
    why = f"the part held out {added}, {average}"
    return f"{word}: {why}"
