"""How `casemine discover` grows with its input: seconds, memory, traffic, one process, two, a Dask cluster.

    python benchmarks/scaling.py --data work_reports.jsonl.xz [--millions 2 10 49] [--jobs 1 2] [--dask]

DATA is a .jsonl or .jsonl.xz file with one document a line (doc_id, title, text); the first documents of it,
up to so many million characters, are a run's input. Every run is a whole process (starting Python, reading
the file, discovery, writing CSV). Peak memory is that of the process tree. Tables in Markdown go to stdout.
"""

from __future__ import annotations

import argparse
import json
import lzma
import math
import pickle
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from casemine.discover import store
from casemine.discover.candidates import Means, candidates
from casemine.discover.discoverer import least_count
from casemine.segment import Segmenter
from measure import Measurement, measured
from rounds import table

# UTF-8 bytes, and what they come to in Chinese text with its punctuation, digits and line feeds.
SIZES = {"10 GB": 10e9, "1 TB": 1e12}
WORKERS = (1, 16, 256)


def cut(data: Path, millions: float, target: Path) -> tuple[int, int]:
    """Write the first documents of `data`; return their characters and bytes."""
    opened = lzma.open if data.suffix == ".xz" else open
    characters = size = 0
    with opened(data, "rt", encoding="utf-8") as lines, target.open("w", encoding="utf-8") as file:
        for line in lines:
            if characters >= millions * 1e6:
                break
            text = json.loads(line)["text"]
            characters += len(text)
            size += len(text.encode())
            file.write(line)
    return characters, size


def run(data: Path, folder: Path, timeout: float, *options: str) -> Measurement:
    command = [
        sys.executable,
        "-m",
        "casemine",
        "discover",
        "--quiet",
        str(data),
        "-o",
        "words.csv",
        *options,
    ]
    found = measured(command, folder, seconds=timeout)
    if found.failure:
        raise SystemExit(f"{' '.join(command)}: {found.failure}")
    return found


@contextmanager
def cluster(workers: int) -> Iterator[str]:
    """Give the address of a Dask cluster on this machine."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as local:
        yield local.scheduler_address


def exponent(points: Sequence[tuple[float, float]]) -> float:
    """Return b of seconds = a characters^b, fitted to the logarithms by least squares."""
    logs = [(math.log(size), math.log(seconds)) for size, seconds in points]
    x, y = (sum(column) / len(logs) for column in zip(*logs, strict=True))
    return sum((u - x) * (v - y) for u, v in logs) / sum((u - x) ** 2 for u, _ in logs)


class Traffic:
    """A mapper in this process that counts what would travel: calls, and files written and read."""

    def __init__(self) -> None:
        self.calls = self.written = self.read = 0

    def __call__(self, function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
        for item in items:
            result = function(item)
            self.calls += len(pickle.dumps((function, item))) + len(pickle.dumps(result))
            yield result

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Count what goes into and out of `store.Folder`."""
        put, get = store.Folder.put, store.Folder.get

        def counted_put(folder: store.Folder, name: str, value: object) -> None:
            put(folder, name, value)
            self.written += (folder.path / name).stat().st_size

        def counted_get(folder: store.Folder, name: str) -> Any:
            self.read += (folder.path / name).stat().st_size
            return get(folder, name)

        store.Folder.put, store.Folder.get = counted_put, counted_get  # type: ignore[method-assign]
        try:
            yield
        finally:
            store.Folder.put, store.Folder.get = put, get  # type: ignore[method-assign]


def traffic(data: Path) -> Traffic:
    with data.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    counter = Traffic()
    with counter.watched():
        candidates(texts, Segmenter(), least_count(sum(map(len, texts))), 10, Means(counter))
    return counter


def ways(given: argparse.Namespace) -> Iterator[tuple[str, list[str]]]:
    """Yield the ways to run: a name and the options of the command."""
    for jobs in given.jobs:
        yield f"--jobs {jobs}", ["--jobs", str(jobs)]
    if given.dask:
        with cluster(given.dask) as address:
            yield f"Dask, {given.dask} workers (client alone)", ["--scheduler", address]


def growth(inputs: dict[int, Path], given: argparse.Namespace, folder: Path) -> dict[str, list[float]]:
    """Print time and memory of every way to run; return the seconds of each."""
    rows: list[list[str]] = []
    seconds: dict[str, list[float]] = {}
    for name, options in ways(given):
        for characters, path in inputs.items():
            took = run(path, folder, given.timeout, *options)
            seconds.setdefault(name, []).append(took.wall)
            if took.cpu is not None and options[0] == "--jobs":
                seconds.setdefault(f"{name}, processor", []).append(took.cpu)
            cpu = "–" if took.cpu is None else f"{took.cpu:.1f}"
            peak = "–" if took.peak is None else f"{took.peak / 2**20:,.0f}"
            rate = f"{characters / took.wall:,.0f}"
            rows.append([name, f"{characters / 1e6:.1f}", f"{took.wall:.1f}", cpu, rate, peak])
            print(*rows[-1], file=sys.stderr)
    head = ["", "million characters", "seconds", "processor seconds", "characters a second", "peak MiB"]
    print(table(head, rows), end="\n\n")
    return seconds


def exponents(characters: Sequence[int], seconds: dict[str, list[float]]) -> str:
    """Say how the seconds of each way grow, over all sizes and between the two largest."""
    said = []
    for name, taken in seconds.items():
        points = list(zip(characters, taken, strict=True))
        said.append(f"{exponent(points):.2f}, {exponent(points[-2:]):.2f} ({name})")
    return "Exponent of characters over all sizes, and between the two largest: " + "; ".join(said) + "."


def prospects(characters: int, size: int, seconds: float, power: float, moved: float) -> str:
    """Return what far more text would take, from the largest run and what travels per character."""
    rows = []
    for name, wanted in SIZES.items():
        length = wanted / size * characters
        core = seconds * (length / characters) ** power
        hours = [f"{core / 3600 / workers:,.1f}" for workers in WORKERS]
        rows.append([name, f"{length / 1e6:,.0f}", *hours, f"{moved * length / 1e12:,.1f}"])
    head = ["text", "million characters", *(f"hours, {workers} workers" for workers in WORKERS), "TB moved"]
    return table(head, rows)


def asked(description: str | None) -> argparse.Namespace:
    """Return what a command line asks for: the data, its sizes, the ways to run."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--millions", type=float, nargs="+", default=[2, 10, 49])
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--dask", type=int, nargs="?", const=2, default=0, metavar="WORKERS")
    parser.add_argument("--timeout", type=float, default=3600)
    return parser.parse_args()


def main() -> None:
    given = asked(__doc__)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        inputs: dict[int, Path] = {}
        sizes: dict[int, int] = {}
        for millions in sorted(given.millions):
            path = folder / f"first{millions:g}.jsonl"
            characters, size = cut(given.data, millions, path)
            inputs[characters], sizes[characters] = path, size
        seconds = growth(inputs, given, folder)
        order = list(inputs)
        if len(order) > 1:
            print(exponents(order, seconds), end="\n\n")
        # What travels is proportional to the text: the second size is enough to count it.
        counted = order[min(1, len(order) - 1)]
        seen = traffic(inputs[counted])
    per = [amount / counted for amount in (seen.written, seen.read, seen.calls)]
    print(
        f"Per million characters {per[0]:.0f} MB go to the spill folder, {per[1]:.0f} MB come from it, and "
        f"{per[2]:.1f} MB pass through the mapper.\n"
    )
    first = next(iter(seconds))
    one = seconds.get(f"{first}, processor", seconds[first])
    points = list(zip(order, one, strict=True))
    power = max(1.0, exponent(points[-2:])) if len(points) > 1 else 1.0
    print(prospects(order[-1], sizes[order[-1]], one[-1], power, sum(per)))


if __name__ == "__main__":
    main()
