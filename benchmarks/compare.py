"""casemine beside its peers: quality, speed and memory of new words and of keywords, in one run.

    python benchmarks/compare.py --data papers.jsonl.xz [--keywords FILE...] [--rounds 3]
    python benchmarks/compare.py --short

DATA is a .jsonl or .jsonl.xz file with one document a line (doc_id, title, text) or a folder of .txt files;
with gold.csv beside it (word, author_keyword) precision and recall are given too. --keywords takes .jsonl
files whose documents carry the keywords of their authors. Tables go to stdout, every number to
benchmarks/out/compare.json. --short needs no peers: it tries the benchmark itself on the sample cases.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import corpus
import environments
import rounds
import scoring
from casemine.segment import Segmenter
from corpus import Paper
from measure import Measurement, measured
from systems import KEYWORDS, NEW_WORDS, REFERENCE, Casemine, System

CASES = Path(__file__).parents[1] / "corpora" / "cases"
F1_COLUMNS = ("F1@5", "F1@10", "F1@5, held out", "F1@10, held out")
PATHS = ("bojone", "moonshile", "count-ngrams")


class Bench:
    """Runs systems on documents, each in a folder of its own under benchmarks/out/, and keeps what failed."""

    def __init__(self, systems: Sequence[System | Casemine], given: argparse.Namespace) -> None:
        self.given = given
        self.paths = {
            name: str(path.resolve()) for name in PATHS if (path := vars(given)[name.replace("-", "_")])
        }
        self.reasons: dict[str, str] = {}
        self.systems = {system.name: system for system in systems if self._can_run(system)}

    def _can_run(self, system: System | Casemine) -> bool:
        if self.given.only and not any(part in system.name for part in self.given.only):
            return False
        reason = ""
        if lacking := [need for need in system.needs if need not in self.paths]:
            reason = "not run (fetched by hand: " + ", ".join(f"--{need} PATH" for need in lacking) + ")"
        elif isinstance(system, System) and system.distribution:
            reason = self.given.failures.get(system.distribution, "")
        if reason:
            self.reasons[system.name] = reason
        return not reason

    def folder(self, name: str) -> Path:
        """Return the folder a system runs in."""
        folder = environments.OUT / "runs" / "".join(c if c.isalnum() else "-" for c in name)
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def run(self, documents: Path, count: int) -> rounds.Runs:
        """Run all systems on `documents`, `count` interleaved rounds."""

        def once(name: str) -> Measurement:
            folder = self.folder(name)
            command = self.systems[name].command(documents, folder, self.paths)
            run = measured(command, folder, seconds=self.given.timeout)
            print(
                f"{documents.stem}, {name}: {run.failure or f'{run.wall:.1f} s'}",
                file=sys.stderr,
                flush=True,
            )
            return run

        runs = rounds.interleaved(list(self.systems), count, once)
        self.reasons |= {name: reason for name, own in runs.items() if (reason := rounds.failure(own))}
        return runs


def new_words(papers: Sequence[Paper], gold: Sequence[str], bench: Bench) -> dict[str, object]:
    """Compare new words: cost on all documents, quality on all and on the two halves; print the tables."""
    parts = {"all": list(papers)}
    if gold:
        parts["tuned on"] = [paper for paper in papers if not scoring.held_out(paper.doc_id)]
        parts["held out"] = [paper for paper in papers if scoring.held_out(paper.doc_id)]
    known = Segmenter().__contains__
    quality: dict[str, dict[str, dict[str, float]]] = {}
    costs: rounds.Runs = {}
    for part, own in parts.items():
        documents = corpus.write(own, environments.OUT / f"{part.replace(' ', '-')}.jsonl")
        runs = bench.run(documents, bench.given.rounds if part == "all" else 1)
        costs = costs or runs
        frequent = scoring.frequent(gold, "\n".join(paper.text for paper in own))
        quality[part] = {
            name: word_scores(scoring.candidates(system.words(bench.folder(name)), known), gold, frequent)
            for name, system in bench.systems.items()
            if not rounds.failure(runs[name])
        }
    print(words_table(quality["all"], costs, bool(gold)))
    if gold:
        print("\n" + halves_table(quality))
    return {"quality": quality, "runs": numbers(costs)}


def word_scores(words: Sequence[str], gold: Sequence[str], frequent: set[str]) -> dict[str, float]:
    """Return the figures of one ranked list; of its length alone when there is no gold."""
    wanted = frozenset(gold)
    figures = {f"P@{top}": scoring.precision(words, wanted, top) for top in scoring.LEADING} if gold else {}
    if gold:
        figures["recall"] = scoring.recall(words, frequent)
    return figures | {"words": len(words)}


def words_table(quality: Mapping[str, Mapping[str, float]], costs: rounds.Runs, gold: bool) -> str:
    """Return the table of quality and cost on all documents."""
    head = ["new words", *(["P@100 / 500 / 1000", "recall"] if gold else []), "words"]
    rows = []
    for name, figures in quality.items():
        scored = [leading(figures), f"{figures['recall']:.2f}"] if gold else []
        cost = rounds.cost_cells(name, costs, "casemine")
        rows.append([name, *scored, f"{figures['words']:,.0f}", *cost])
    return rounds.table([*head, *rounds.COST], rows)


def halves_table(quality: Mapping[str, Mapping[str, Mapping[str, float]]]) -> str:
    """Return the table of quality on the two halves."""
    rows = []
    for name in quality["all"]:
        cells = [quality[part].get(name) for part in ("tuned on", "held out")]
        rows.append([name, *(f"{leading(own)}, {own['recall']:.2f}" if own else "–" for own in cells)])
    return rounds.table(["P@100 / 500 / 1000, recall", "half tuned on", "half held out"], rows)


def leading(figures: Mapping[str, float]) -> str:
    """Return the precisions as one cell, without the zero before the point."""
    return " / ".join(f"{figures[f'P@{top}']:.3f}".removeprefix("0") for top in scoring.LEADING)


def keywords(path: Path, bench: Bench) -> dict[str, object]:
    """Compare keywords per document with those of the authors; print the table."""
    papers = corpus.read(path)
    gold = {paper.doc_id: paper.keywords for paper in papers if paper.keywords}
    apart = {doc_id: words for doc_id, words in gold.items() if scoring.held_out(doc_id)}
    runs = bench.run(corpus.write(papers, environments.OUT / f"{path.stem}.jsonl"), bench.given.rounds)
    quality, rows = {}, []
    for name, system in bench.systems.items():
        if not rounds.failure(runs[name]):
            keywords_by_document = system.keywords(bench.folder(name))
            quality[name] = {
                f"F1@{top}{part}": scoring.mean_f1(keywords_by_document, wanted, top)
                for part, wanted in (("", gold), (", held out", apart))
                for top in (5, 10)
            }
            figures = [f"{value:.3f}".removeprefix("0") for value in quality[name].values()]
            rows.append([name, *figures, *rounds.cost_cells(name, runs, "casemine")])
    print(f"\n{path.stem}: {size(papers)}\n")
    print(rounds.table(["keywords", *F1_COLUMNS, *rounds.COST], rows))
    return {"quality": quality, "runs": numbers(runs)}


def size(papers: Sequence[Paper]) -> str:
    """Return how much text there is, in words."""
    return f"{len(papers):,} documents, {sum(len(paper.text) for paper in papers):,} characters"


def numbers(runs: rounds.Runs) -> dict[str, list[dict[str, object]]]:
    """Return the measurements for JSON."""
    return {name: [asdict(measurement) for measurement in own] for name, own in runs.items()}


def machine() -> str:
    """Return what it ran on."""
    system = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    return f"{system}, Python {platform.python_version()}"


def full(given: argparse.Namespace) -> dict[str, object]:
    """Run every comparison asked for."""
    report: dict[str, object] = {"machine": machine(), "rounds": given.rounds}
    given.failures = {}
    for environment in environments.ENVIRONMENTS:
        given.failures |= environments.built(environment, given.python)
    if given.data:
        papers = corpus.read(given.data)
        gold_file = given.data.parent / "gold.csv"
        gold = scoring.read_gold(gold_file) if gold_file.exists() else []
        print(f"{machine()}; {size(papers)}; rounds: {given.rounds}\n")
        bench = Bench(NEW_WORDS, given)
        report["new words"] = new_words(papers, gold, bench) | {"not run": bench.reasons}
        print("\n" + rounds.not_run(bench.reasons))
    for path in given.keywords:
        bench = Bench(KEYWORDS, given)
        report[path.stem] = keywords(path, bench) | {"not run": bench.reasons}
        print("\n" + rounds.not_run(bench.reasons))
    return report


def short(given: argparse.Namespace) -> dict[str, object]:
    """Try the benchmark itself on the sample cases: casemine beside jieba's cutting; fail if one does."""
    given.failures, given.rounds = {}, 2
    papers = corpus.sample(CASES)
    bench = Bench((Casemine("casemine", "discover"), REFERENCE), given)
    print(f"{machine()}; {size(papers)} of sample text; rounds: {given.rounds}\n")
    report = new_words(papers, (), bench)
    if bench.reasons:
        raise SystemExit(rounds.not_run(bench.reasons))
    if not bench.systems["casemine"].words(bench.folder("casemine")):
        raise SystemExit("casemine found no word in the sample text.")
    return report


def options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path)
    parser.add_argument("--keywords", type=Path, nargs="+", default=[])
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--timeout", type=float, default=1800, help="seconds after which a run is stopped")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="only systems whose name has this in it")
    parser.add_argument("--python", type=Path, help="Python for the environments of the peers")
    for name in PATHS:
        parser.add_argument(f"--{name}", type=Path, help="a peer fetched by hand, or what it needs")
    return parser


def main() -> None:
    parser = options()
    given = parser.parse_args()
    if not (given.short or given.data or given.keywords):
        parser.error("give --data or --keywords, or --short.")
    environments.OUT.mkdir(exist_ok=True)
    run: Callable[[argparse.Namespace], dict[str, object]] = short if given.short else full
    report = json.dumps(run(given), ensure_ascii=False, indent=2)
    (environments.OUT / "compare.json").write_text(report, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
