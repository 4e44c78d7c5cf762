"""Make dictionaries/termhood/author-keywords.npz: what author keywords are made of, as weights of n-grams,
and a sketch of how many papers have each.

    python benchmarks/make_termhood.py KEYWORDS.csv PAPERS.jsonl.xz EVALUATED.jsonl [-o FILE]

KEYWORDS.csv holds author keywords (`keyword`) and the number of papers that have each (`papers`);
PAPERS.jsonl.xz papers (`doc_id`, `text`) whose other phrases say what a keyword is not; papers that stand
in EVALUATED.jsonl too are passed over. Needs scikit-learn; takes about a minute.
"""

from __future__ import annotations

import argparse
import csv
import json
import lzma
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array, vstack
from sklearn.linear_model import LogisticRegression

from casemine.resources import dictionary, word_list
from casemine.segment import Segmenter
from casemine.weigh.candidates import fitting
from casemine.weigh.lexicon import MAX_WORDS, Settings
from casemine.weigh.phrases import phrases_of
from casemine.weigh.reading import Reading, read
from casemine.weigh.spans import Ints, names_of
from casemine.weigh.termhood import BITS, PHRASE_BITS, UNIT, features, sketched
from scoring import normal

# Other phrases for each keyword, and how strongly weights are held down.
OTHERS = 6
STRENGTH = 0.3
BATCH = 20


def matrix(reading: Reading, index: Ints, count: Ints) -> csr_array:
    pairs = list(features(reading, index, count))
    rows = np.concatenate([each for each, _ in pairs])
    columns = np.concatenate([each for _, each in pairs])
    shape = (len(index), 2**BITS)
    made = coo_array((np.ones(len(rows)), (rows, columns)), shape=shape).tocsr()
    # scikit-learn takes no other indices.
    made.indices, made.indptr = made.indices.astype(np.int32), made.indptr.astype(np.int32)
    return made


def counted(path: Path) -> dict[str, int]:
    """Return keyword -> papers whose authors gave it."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["keyword"]: int(row["papers"]) for row in csv.DictReader(file)}


def keywords(papers: Mapping[str, int], settings: Settings) -> tuple[csr_array, list[str], Ints]:
    words = sorted(word for word in papers if 1 < len(word) <= 20)
    reading = read(words, settings)
    index = np.searchsorted(reading.documents, np.arange(len(words)))
    count = np.diff(np.append(index, len(reading.documents))) - 1
    kept = (count <= MAX_WORDS) & (count > 0)
    return matrix(reading, index[kept], count[kept]), words, np.array([papers[word] for word in words])[kept]


def sketch(words: Sequence[str], papers: Sequence[int]) -> NDArray[np.uint8]:
    """Count the papers of each keyword at its two places (`casemine.weigh.termhood.papers`)."""
    spelt: Counter[str] = Counter()
    for word, count in zip(words, papers, strict=True):
        spelt[normal(word)] += count
    counts = np.zeros(2**PHRASE_BITS, dtype=np.uint8)
    for places in sketched(list(spelt)):
        np.maximum.at(counts, places, np.minimum(list(spelt.values()), 255).astype(np.uint8))
    return counts


def others(texts: list[str], words: list[str], settings: Settings, limit: int) -> Iterator[csr_array]:
    listed = np.sort(names_of(words))
    order = np.random.default_rng(7)
    for at in range(0, len(texts), BATCH):
        reading = read(texts[at : at + BATCH], settings)
        phrases = phrases_of(reading)
        fits = fitting(phrases, reading) & ~np.isin(phrases.names, listed)
        share = limit * len(texts[at : at + BATCH]) // len(texts)
        chosen = np.sort(order.permutation(np.flatnonzero(fits))[:share])
        yield matrix(reading, phrases.index[chosen], phrases.count[chosen])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("keywords", type=Path)
    parser.add_argument("papers", type=Path)
    parser.add_argument("evaluated", type=Path)
    parser.add_argument("-o", type=Path, default=Path("dictionaries/termhood/author-keywords.npz"))
    arguments = parser.parse_args()
    stop = word_list(dictionary("stopwords.txt"))
    settings = Settings(Segmenter(), {}, stop, frozenset())
    records = [json.loads(line) for line in arguments.evaluated.open(encoding="utf-8")]
    evaluated = {record[name].removesuffix(".md") for record in records for name in ("id", "title")}
    with lzma.open(arguments.papers, "rt", encoding="utf-8") as file:
        records = [json.loads(line) for line in file]
    texts = [
        record["text"]
        for record in records
        if not {record["title"], record["doc_id"].removesuffix(".md")} & evaluated
    ]
    given = counted(arguments.keywords)
    terms, words, papers = keywords(given, settings)
    rest = vstack(list(others(texts, words, settings, OTHERS * terms.shape[0])))
    print(f"{len(texts)} papers, {terms.shape[0]} keywords, {rest.shape[0]} other phrases")
    target = np.append(np.ones(terms.shape[0]), np.zeros(rest.shape[0]))
    weight = np.append(1 + np.log(papers), np.ones(rest.shape[0]))
    model = LogisticRegression(C=STRENGTH, solver="liblinear", max_iter=200)
    both = vstack([terms, rest]).tocsr()
    both.indices, both.indptr = both.indices.astype(np.int32), both.indptr.astype(np.int32)
    model.fit(both, target, sample_weight=weight)
    weights = np.append(model.coef_[0], model.intercept_) / UNIT
    np.savez_compressed(
        arguments.o,
        weights=np.clip(np.rint(weights), -127, 127).astype(np.int8),
        papers=sketch(list(given), list(given.values())),
    )


if __name__ == "__main__":
    main()
