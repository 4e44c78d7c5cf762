"""Quality of new-word discovery against author keywords, casemine alone.

    python benchmarks/new_words.py DATA [--fit] [--ablate]

DATA holds newwords/ (papers.jsonl.xz, gold.csv) and keywords/chinaxiv_fulltext.jsonl. The papers are cut in
two by a hash of doc_id; `--fit` fits the weights on the tuning half alone and prints them; all figures are
given for both halves. The gold is read here and nowhere else.
"""

from __future__ import annotations

import csv
import hashlib
import json
import lzma
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np
import pandas as pd
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from casemine.discover import NewWordDiscoverer, scores
from casemine.discover.candidates import candidates
from casemine.discover.discoverer import least_count
from casemine.segment import Segmenter

MAX_LEN = 10
LEADING = 30
SHORT = 2000
SEGMENTER = Segmenter()

Weigh = Callable[[pd.DataFrame], np.ndarray]


@dataclass
class Sample:
    """Candidates with `gold` marked: of one corpus, or of single documents (`doc` numbers them)."""

    words: pd.DataFrame
    gold: int  # gold words that could be found


def find(texts: Sequence[str], min_count: int) -> pd.DataFrame:
    return pd.DataFrame(candidates(texts, SEGMENTER, min_count, MAX_LEN))


def corpus(texts: Sequence[str], gold: frozenset[str]) -> Sample:
    """All texts at once; gold: keywords of the field that occur five times or more."""
    words = find(texts, 5)
    joined = "\n".join(texts)
    return Sample(
        words.assign(gold=words["word"].isin(gold)), sum(joined.count(word) >= 5 for word in sorted(gold))
    )


def singles(papers: Iterable[dict[str, object]], cut: int | None = None) -> Sample:
    """Each text alone; gold: its own keywords that stand in it and not in the dictionary."""
    tables, total = [], 0
    for number, paper in enumerate(papers):
        text = str(paper["text"])[:cut]
        own = {word for word in keywords(paper) if word in text and word not in SEGMENTER and len(word) > 1}
        words = find([text], least_count(len(text)))
        tables.append(words.assign(doc=number, gold=words["word"].isin(own)))
        total += len(own)
    return Sample(pd.concat(tables, ignore_index=True), total)


def shipped(texts: Sequence[str], gold: frozenset[str]) -> Sample:
    """What `casemine discover` lists of all texts, in its order."""
    words = pd.DataFrame(NewWordDiscoverer(min_count=5, max_len=MAX_LEN).fit(texts).columns_)
    return Sample(words.assign(gold=words["word"].isin(gold)), 1)


def as_listed(words: pd.DataFrame) -> np.ndarray:
    return -np.arange(len(words), dtype=np.float64)


def keywords(paper: dict[str, object]) -> list[str]:
    given = paper["keywords"]
    return given.split(";") if isinstance(given, str) else list(given)  # type: ignore[call-overload]


def given(papers: Iterable[dict[str, object]]) -> frozenset[str]:
    """Return the keywords that the authors of these papers gave and the dictionary lacks."""
    return frozenset(
        word for paper in papers for word in keywords(paper) if word not in SEGMENTER and len(word) > 1
    )


def ranked(sample: Sample, weigh: Weigh) -> pd.DataFrame:
    order = ["doc"] if "doc" in sample.words else []
    words = sample.words.assign(weight=weigh(sample.words))
    by = [*order, "weight", "frequency", "word"]
    return words.sort_values(by, ascending=[name in {"doc", "word"} for name in by])


def precision(sample: Sample, weigh: Weigh) -> str:
    gold = ranked(sample, weigh)["gold"].to_numpy()
    return " ".join(f"{gold[:top].mean():.3f}" for top in (100, 500, 1000))


def leading_recall(sample: Sample, weigh: Weigh) -> float:
    return float(ranked(sample, weigh).groupby("doc").head(LEADING)["gold"].sum() / sample.gold)


def report(name: str, samples: dict[str, Sample], weigh: Weigh) -> None:
    cells = [
        f"{leading_recall(sample, weigh):.3f}" if "doc" in sample.words else precision(sample, weigh)
        for sample in samples.values()
    ]
    print(f"{name:16s} | " + " | ".join(cells), flush=True)


def fit(tuning: Sequence[Sample], without: frozenset[str] = frozenset()) -> tuple[float, dict[str, float]]:
    """Return intercept and coefficients of the logistic regression, names in `without` left out."""
    words = pd.concat([sample.words for sample in tuning], ignore_index=True)
    evidence = pd.DataFrame(scores.features(words)).drop(columns=[*without, *scores.SET])
    model = LogisticRegression(max_iter=10_000).fit(evidence, words["gold"])
    coefficients = dict(zip(evidence.columns, model.coef_[0].tolist(), strict=True))
    return float(model.intercept_[0]), coefficients | scores.SET


def fit_listing(tuning: Sequence[Sample]) -> dict[str, float]:
    """Return what `scores.listing` adds, fitted beside the shipped coefficients."""
    words = pd.concat([sample.words for sample in tuning], ignore_index=True)
    chance = scores.evident(words) / 100
    shape, gold = pd.DataFrame(scores.shape(words)), words["gold"].to_numpy(dtype=np.float64)
    held = np.log(chance / (1 - chance))

    def loss(values: np.ndarray) -> tuple[float, np.ndarray]:
        odds = held + shape.to_numpy() @ values
        slope = shape.to_numpy().T @ (1 / (1 + np.exp(-odds)) - gold)
        return float(np.logaddexp(0, odds).sum() - gold @ odds), slope

    found = minimize(loss, np.zeros(len(shape.columns)), jac=True, method="BFGS")
    return dict(zip(shape.columns, found.x.tolist(), strict=True))


def fitted(model: tuple[float, dict[str, float]]) -> Weigh:
    intercept, coefficients = model
    return lambda words: (
        intercept
        + pd.DataFrame(scores.features(words))[list(coefficients)].to_numpy() @ list(coefficients.values())
    )


def product(words: pd.DataFrame) -> np.ndarray:
    """What the same evidence gives without fitting: PMI x least neighbour entropy x grammar."""
    freedom = words[["left_entropy", "right_entropy"]].min(axis=1)
    return (words["cohesion"].clip(lower=0) * freedom * words["grammar"]).to_numpy()


def main(data: Path, arguments: frozenset[str]) -> None:
    with lzma.open(data / "newwords/papers.jsonl.xz", "rt", encoding="utf-8") as lines:
        papers = [json.loads(line) for line in lines]
    with (data / "newwords/gold.csv").open(encoding="utf-8-sig", newline="") as rows:
        gold = frozenset(row["word"] for row in csv.DictReader(rows) if row["author_keyword"] == "1")
    others = [json.loads(line) for line in (data / "keywords/chinaxiv_fulltext.jsonl").open(encoding="utf-8")]
    halves: tuple[list[dict[str, object]], ...] = ([], [])
    for paper in papers:
        halves[int(hashlib.sha256(paper["doc_id"].encode()).hexdigest(), 16) % 2].append(paper)
    tuned, untouched = halves
    texts = [[str(paper["text"]) for paper in part] for part in (tuned, untouched, papers)]
    samples = {
        "tuning half": corpus(texts[0], gold),
        "other half": corpus(texts[1], gold),
        "all": corpus(texts[2], gold),
        "150 papers": singles(others),
        "first 2000": singles(others, SHORT),
        "other half, own": corpus(texts[1], given(untouched)),
        "150 at once": corpus([str(paper["text"]) for paper in others], given(others)),
    }
    for name, sample in samples.items():
        print(
            f"{name}: {len(sample.words)} candidates, recall {sample.words['gold'].sum() / sample.gold:.3f}"
        )
    titles = {paper["title"] for paper in others}
    apart = [paper for paper in tuned if paper["title"] not in titles]
    print(f"{'':16s} | " + " | ".join(samples))
    listed = {name: shipped(part, gold) for name, part in zip(samples, texts, strict=False)}
    report("as listed", listed, as_listed)
    report("weights alone", samples, scores.weigh)
    report("- listing", samples, scores.evident)
    report("plain product", samples, product)
    if arguments & {"--fit", "--ablate"}:
        tuning = [samples["tuning half"], singles(apart), singles(apart, SHORT)]
        model = fit(tuning)
        print(f"INTERCEPT = {model[0]:.3f}")
        print(
            "\n".join(
                f'    "{name}": {value:.3f},' for name, value in model[1].items() if name not in scores.SET
            )
        )
        print("\n".join(f'    "{name}": {value:.3f},' for name, value in fit_listing(tuning).items()))
        report("fitted", samples, fitted(model))
    if "--ablate" in arguments:
        for part in ABLATIONS:
            report("- " + part.replace("first_", ""), samples, fitted(fit(tuning, frozenset(part.split()))))


ABLATIONS = (
    "cohesion", "freedom", "grammar", "frequency", "title", "early", "after_of after_and", "listed", "closed",
    "functions",
    "first_single last_single", "first_plain last_plain",
    "first_compounds last_compounds first_common last_common",
)  # fmt: skip


if __name__ == "__main__":
    begin = perf_counter()
    main(Path(sys.argv[1]), frozenset(sys.argv[2:]))
    print(f"{perf_counter() - begin:.0f} s")
