"""How well PDFs are read: word error, order error and milliseconds a page, beside other readers.

    python benchmarks/pdf.py [--data FOLDER] [--keep FOLDER] [--python PYTHON] [--each]

Forty PDFs are made from the sample cases, two of each layout, so that the right text is known to the
character; with --data, those of a folder whose manifest.csv names a truth_file are read as well. casemine's
text is what it counts (running heads out, notes at the end, lines joined); the peers' is what they extract.
Blanks and line ends are left out on both sides.

word error: 1 - F1 of the words (jieba's, with their numbers) of the text read and of the true text.
order error: the share of the true lines found in the text that do not stand in the true order (outside the
longest increasing run of their places).
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
import time
from bisect import bisect_left
from collections import Counter
from pathlib import Path
from statistics import mean

import environments
import pdf_layouts
from casemine.ingest.compose import compose
from casemine.ingest.readers import read_file
from casemine.ingest.source import Record
from casemine.segment import Segmenter
from rounds import table

PEERS = ("pdfplumber", "pdfminer.six", "pypdfium2")
ADAPTER = Path(__file__).parent / "peers" / "pdf_text.py"
# A line this short may stand in many places.
SHORTEST = 8


def read(path: Path) -> str:
    """Return the text casemine reads, one paragraph a line."""
    return "\n".join(
        compose(item.blocks)[0] for item in read_file(path, path.name) if isinstance(item, Record)
    )


def solid(text: str) -> str:
    return "".join(text.split())


def word_error(text: str, truth: str, segmenter: Segmenter) -> float:
    """Return 1 - F1 of the bags of words."""
    here, there = (Counter(segmenter.cut(solid(part))) for part in (text, truth))
    shared = sum((here & there).values())
    return 1 - 2 * shared / max(here.total() + there.total(), 1)


def order_error(text: str, truth: str) -> float:
    """Return the share of the true lines that stand out of order in `text`."""
    flat = solid(text)
    lines = [line for line in map(solid, truth.split("\n")) if len(line) >= SHORTEST]
    places = [at for line in lines if (at := flat.find(line)) >= 0]
    return 1 - longest_rising(places) / len(places) if places else 1.0


def longest_rising(places: list[int]) -> int:
    ends: list[int] = []
    for place in places:
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
    return len(ends)


def by_casemine(paths: list[Path]) -> dict[str, tuple[str, float]]:
    """Return for each path the text and the seconds it took."""
    texts = {}
    for path in paths:
        start = time.perf_counter()
        text = read(path)
        texts[str(path)] = (text, time.perf_counter() - start)
    return texts


def by_peer(peer: str, paths: list[Path], folder: Path) -> dict[str, tuple[str, float]]:
    """Run a peer in its environment over all paths; return for each the text and the seconds it took."""
    listed, written = folder / "paths.json", folder / "texts.json"
    listed.write_text(json.dumps([str(path) for path in paths]), encoding="utf-8")
    subprocess.run([environments.python("pdf"), ADAPTER, peer, listed, written], check=True)
    return {path: (text, seconds) for path, text, seconds in json.loads(written.read_text(encoding="utf-8"))}


def real(folder: Path) -> list[tuple[str, Path, str, int]]:
    """Return the PDFs of a folder whose true text its manifest names."""
    listed = list(csv.DictReader((folder / "manifest.csv").read_text(encoding="utf-8-sig").splitlines()))
    documents = []
    for row in listed:
        name, truth = row.get("file", ""), row.get("truth_file", "")
        if (
            name.endswith(".pdf")
            and truth
            and any(isinstance(i, Record) for i in read_file(folder / name, name))
        ):
            documents.append(
                ("real: " + name, folder / name, (folder / truth).read_text(encoding="utf-8"), 6)
            )
    return documents


def scored(
    documents: list[tuple[str, Path, str, int]], texts: dict[str, tuple[str, float]], segmenter: Segmenter
) -> dict[str, list[tuple[float, float, float]]]:
    """Return by layout the word error, order error and milliseconds a page of each document."""
    scores: dict[str, list[tuple[float, float, float]]] = {}
    for layout, path, truth, pages in documents:
        text, seconds = texts[str(path)]
        # Of a real document the PDF may hold a part alone.
        truth = truth if not layout.startswith("real") else truth[: int(1.02 * len(text))]
        score = (word_error(text, truth, segmenter), order_error(text, truth), 1000 * seconds / pages)
        scores.setdefault(layout, []).append(score)
    return scores


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, help="a folder of real PDFs with manifest.csv")
    parser.add_argument("--keep", type=Path, help="write the PDFs and their true texts here")
    parser.add_argument("--python", type=Path, help="interpreter for the peers")
    parser.add_argument("--alone", action="store_true", help="casemine without its peers")
    parser.add_argument("--each", action="store_true", help="a table of layouts for casemine and the peers")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        documents = pdf_layouts.made(folder) + (real(given.data) if given.data else [])
        paths = [path for _, path, _, _ in documents]
        by_casemine(paths[:1])  # the dictionary is loaded
        results = {"casemine": by_casemine(paths)}
        if not given.alone:
            environment = next(item for item in environments.ENVIRONMENTS if item.name == "pdf")
            for peer, failure in environments.built(environment, given.python).items():
                if failure:
                    print(f"{peer}: {failure}", file=sys.stderr)
                else:
                    results[peer] = by_peer(peer, paths, Path(scratch))
    segmenter = Segmenter()
    scores = {name: scored(documents, texts, segmenter) for name, texts in results.items()}
    print(f"{len(documents)} PDFs, {sum(pages for *_, pages in documents)} pages\n")
    rows = []
    for name, by_layout in scores.items():
        every = [score for layout in by_layout.values() for score in layout]
        words, order, milliseconds = (mean(values) for values in zip(*every, strict=True))
        rows.append([name, f"{words:.3f}", f"{order:.3f}", f"{milliseconds:.1f}"])
    print(table(["reader", "word error", "order error", "ms a page"], rows))
    if given.each:
        header = ["layout", *(f"{name}: word, order" for name in scores)]
        layouts = list(dict.fromkeys(layout for layout, *_ in documents))
        print(
            "\n"
            + table(header, [[layout, *(pair(by[layout]) for by in scores.values())] for layout in layouts])
        )


def pair(scores: list[tuple[float, float, float]]) -> str:
    return f"{mean(score[0] for score in scores):.3f}, {mean(score[1] for score in scores):.3f}"


if __name__ == "__main__":
    main()
