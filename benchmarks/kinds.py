"""Fit and measure what tells the kinds of new words apart (`casemine.discover.kinds`).

    python benchmarks/kinds.py LABELS CORPUS=FOLDER ... [--fit]

LABELS is a CSV file of words read by eye: corpus, word, kind. Each corpus is read and its new words found.
The words are cut in two by a hash; the model is fitted on one half and measured on the other, then the other
way round. `--fit` fits it on all and writes dictionaries/word-kinds.csv.
"""

from __future__ import annotations

import csv
import hashlib
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from casemine import ingest
from casemine.discover import kinds
from casemine.discover.candidates import candidates
from casemine.discover.discoverer import least_count
from casemine.resources import dictionary
from casemine.segment import Segmenter

STRENGTH = 0.3  # of the coefficients: the inverse of the penalty


def evidence(folder: str) -> pd.DataFrame:
    files = ingest.collect([folder], recursive=True)
    texts, _ = ingest.read_texts(files, ingest.ReadOptions(), map, None)
    table = candidates(texts, Segmenter(), least_count(sum(map(len, texts))), 10)
    return pd.DataFrame(kinds.features(table), index=table["word"])


def fit(table: pd.DataFrame, labels: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Return intercepts by kind and coefficients (features, kinds), scales folded in; 0 for absent kinds."""
    scaler = StandardScaler().fit(table)
    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit(scaler.transform(table), labels)
    intercept, values = np.full(len(kinds.KINDS), -20.0), np.zeros((table.shape[1], len(kinds.KINDS)))
    for kind, own, coefficient in zip(model.classes_, model.intercept_, model.coef_, strict=True):
        scaled = coefficient / scaler.scale_
        intercept[kinds.KINDS.index(kind)] = own - scaled @ scaler.mean_
        values[:, kinds.KINDS.index(kind)] = scaled
    return intercept, values


def half(word: str) -> int:
    return int(hashlib.sha256(word.encode()).hexdigest(), 16) % 2


def main(labels: Path, corpora: dict[str, str], *, write: bool) -> None:
    with labels.open(encoding="utf-8-sig", newline="") as lines:
        read = pd.DataFrame(csv.DictReader(lines))
    tables = {name: evidence(folder) for name, folder in corpora.items()}
    known = [word in tables[corpus].index for corpus, word in zip(read["corpus"], read["word"], strict=True)]
    read = read[known]
    rows = [tables[corpus].loc[word] for corpus, word in zip(read["corpus"], read["word"], strict=True)]
    table, kind = pd.DataFrame(rows), read["kind"].to_numpy()
    halves = np.array([half(word) for word in read["word"]])
    wrong: Counter[tuple[str, str]] = Counter()
    for measured in (0, 1):
        model = fit(table[halves != measured], kind[halves != measured])
        odds = table[halves == measured].to_numpy() @ model[1] + model[0]
        told = [kinds.KINDS[at] for at in odds.argmax(axis=1)]
        right = np.array(told) == kind[halves == measured]
        print(f"half {measured}: {right.mean():.3f} of {len(told)} words")
        wrong.update(zip(kind[halves == measured], told, strict=True))
    print(pd.Series(wrong).unstack(fill_value=0))
    if write:
        intercept, values = fit(table, kind)
        with (
            dictionary("function-words.txt")
            .with_name("word-kinds.csv")
            .open("w", encoding="utf-8", newline="\n") as file
        ):
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["feature", *kinds.KINDS])
            for name, row in zip(["", *table.columns], [intercept, *values], strict=True):
                writer.writerow([name, *(f"{value:.4f}" for value in row)])


if __name__ == "__main__":
    given = [argument for argument in sys.argv[2:] if "=" in argument]
    main(Path(sys.argv[1]), dict(argument.split("=", 1) for argument in given), write="--fit" in sys.argv)
