"""Interleaved rounds and what they come to: medians, ratios paired by round, Markdown tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from statistics import median

from measure import Measurement

Runs = dict[str, list[Measurement]]
# The head of the columns that `cost_cells` fills.
COST = ("seconds", "times casemine", "processor seconds", "MiB")


def interleaved(names: Sequence[str], rounds: int, run: Callable[[str], Measurement]) -> Runs:
    """Run every system once a round, A B C A B C; one that fails is not run again."""
    runs: Runs = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            if not any(measurement.failure for measurement in runs[name]):
                runs[name].append(run(name))
    return runs


def ratio(runs: Sequence[Measurement], reference: Sequence[Measurement]) -> float:
    """Return the median over rounds of wall time to the reference's in the same round."""
    return median(one.wall / other.wall for one, other in zip(runs, reference, strict=True))


def failure(runs: Sequence[Measurement]) -> str:
    """Return why a system gave nothing, or an empty text."""
    return next((measurement.failure for measurement in runs if measurement.failure), "")


def cost_cells(name: str, runs: Runs, reference: str) -> list[str]:
    """Return wall seconds, ratio to the reference, processor seconds and peak memory: all medians."""
    own, other = runs[name], runs.get(reference, [])
    times = f"{ratio(own, other):.1f}" if other and not failure(other) else "–"
    wall = f"{median(measurement.wall for measurement in own):.1f}"
    cpu = [measurement.cpu for measurement in own if measurement.cpu is not None]
    peaks = [measurement.peak / 2**20 for measurement in own if measurement.peak is not None]
    return [wall, times, f"{median(cpu):.1f}" if cpu else "–", f"{median(peaks):,.0f}" if peaks else "–"]


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table, the first column to the left and the others to the right."""
    lines = ["| " + " | ".join(cells) + " |" for cells in (head, *rows)]
    return "\n".join((lines[0], "|---|" + "---:|" * (len(head) - 1), *lines[1:]))


def not_run(reasons: Mapping[str, str]) -> str:
    """Return a list of the systems that gave nothing, with the reason."""
    return "\n".join(f"- {name}: {reason}" for name, reason in reasons.items())
