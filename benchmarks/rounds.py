"""Interleaved rounds and what they come to: medians, ratios paired by round, Markdown tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from statistics import median

from measure import Measurement

Runs = dict[str, list[Measurement]]
# The head of the columns that `cost_cells` fills.
COST = ("seconds", "times casemine", "processor seconds", "times casemine", "MiB")


def interleaved(names: Sequence[str], rounds: int, run: Callable[[str], Measurement]) -> Runs:
    """Run every system once a round, A B C A B C; one that fails is not run again."""
    runs: Runs = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            if not any(measurement.failure for measurement in runs[name]):
                runs[name].append(run(name))
    return runs


def ratio(own: Sequence[float], reference: Sequence[float]) -> float:
    """Return the median over rounds of the ratio to the reference in the same round."""
    return median(one / other for one, other in zip(own, reference, strict=True))


def failure(runs: Sequence[Measurement]) -> str:
    """Return why a system gave nothing, or an empty text."""
    return next((measurement.failure for measurement in runs if measurement.failure), "")


def cost_cells(name: str, runs: Runs, reference: str) -> list[str]:
    """Return wall seconds, processor seconds, each with its ratio to the reference, and peak memory."""
    own, other = runs[name], runs.get(reference, [])
    comparable = not failure(other)
    cells: list[str] = []
    for wall in (True, False):
        mine, its = (_seconds(measured, wall=wall) for measured in (own, other))
        cells.append(f"{median(mine):.1f}" if mine else "–")
        cells.append(f"{ratio(mine, its):.1f}" if mine and its and comparable else "–")
    peaks = [measurement.peak / 2**20 for measurement in own if measurement.peak is not None]
    return [*cells, f"{median(peaks):,.0f}" if peaks else "–"]


def _seconds(runs: Sequence[Measurement], *, wall: bool) -> list[float]:
    """Return wall or processor seconds of each round; none where they cannot be had."""
    taken = [measurement.wall if wall else measurement.cpu for measurement in runs]
    return [seconds for seconds in taken if seconds is not None]


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table, the first column to the left and the others to the right."""
    lines = ["| " + " | ".join(cells) + " |" for cells in (head, *rows)]
    return "\n".join((lines[0], "|---|" + "---:|" * (len(head) - 1), *lines[1:]))


def not_run(reasons: Mapping[str, str]) -> str:
    """Return a list of the systems that gave nothing, with the reason."""
    return "\n".join(f"- {name}: {reason}" for name, reason in reasons.items())
