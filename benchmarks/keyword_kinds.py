"""Fit and measure what tells the kinds of keywords apart (`casemine.weigh.kinds`).

    python benchmarks/keyword_kinds.py LABELS CORPUS=STUDY ... [--papers FILE.jsonl ...] [--fit]

LABELS is a CSV file of keywords read by eye: corpus, doc_id, word, kind (term, person, place, body, series,
clause, generic); a word without doc_id is read in the document where it weighs most. Each corpus is a study
folder. Author keywords of the tuning half of `--papers` count as terms, a fifth each; names of places among
them are passed over, for they are what researchers of cases do not want. Documents are cut in five by a hash:
the model is fitted on four parts and measured on the fifth. `--fit` fits it on all and writes
dictionaries/keyword-kinds.csv.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

import keywords as papers
from casemine import ingest
from casemine.document import Document
from casemine.resources import dictionary, word_list
from casemine.segment import Segmenter
from casemine.study import Study
from casemine.weigh import KeywordWeigher
from casemine.weigh.evidence import NAME_LIKE, Evidence, in_document, of_facts
from casemine.weigh.kinds import KINDS, LEAST, Kinds, dimensions
from casemine.weigh.meanings import mean, vectors
from casemine.weigh.spans import names_of

CLASSES = ("term", *KINDS)
STRENGTH = 0.05
# How much the dimensions of meaning, put on one scale, count beside other evidence.
MEANING = 0.7
# What an author keyword counts beside a keyword that was read in a document: enough that it stays a term.
AUTHORS = 0.2
PARTS = 5
RARE = 5


class Example(NamedTuple):
    group: str
    evidence: dict[str, float]
    meaning: np.ndarray
    kind: str
    weight: float
    source: str  # read, author, word
    ruled_out: bool  # by what weighing knows without the model: counties, the commonest words


Labels = Mapping[str, Mapping[str, str]]  # doc_id -> word -> kind; "" for any document


def examples(
    documents: Sequence[Document], new: Mapping[str, str], labels: Labels, source: str
) -> Iterator[Example]:
    segmenter = Segmenter()
    evidence, kinds = Evidence(segmenter), Kinds(segmenter)
    weigher = KeywordWeigher(
        segmenter=segmenter, stopwords=word_list(dictionary("stopwords.txt")), new_words=new
    ).fit(documents)
    best: dict[str, tuple[float, Example]] = {}
    for weighed in weigher.weighed(documents):
        document, candidates = weighed.document, weighed.candidates
        own, free = labels.get(document.doc_id, {}), labels.get("", {})
        wanted = np.isin(candidates.names, names_of(sorted({*own, *free})))
        for index in np.flatnonzero(wanted).tolist():
            word, weight = weighed.word(index), float(weighed.weights[index])
            tag, facts, pieces = weighed.tag(index), weighed.facts(index), evidence.pieces(word)
            values = evidence.of(word, tag, pieces)
            ruled_out = "county" in values or kinds.is_common(word, tag, facts)
            name_like = any(name in values for name in NAME_LIKE)
            values |= of_facts(word, facts)
            values |= in_document(word, document) if name_like else {}
            meant = mean([piece.text for piece in pieces], vectors())
            if word in own:
                counts = 1.0 if source == "read" else AUTHORS
                yield Example(document.doc_id, values, meant, own[word], counts, source, ruled_out)
            elif word in free and weight > best.get(word, (-1.0,))[0]:
                best[word] = weight, Example(word, values, meant, free[word], 0.5, "word", ruled_out)
    yield from (example for _, example in best.values())


def of_study(folder: Path, labels: Labels) -> Iterator[Example]:
    study = Study(folder)
    words = study.new_words
    kept = words[words["absorbed_by"] == ""]
    new = dict(zip(kept["word"], kept["pos"], strict=True))
    yield from examples(study.texts, new, labels, "read")


def of_papers(path: Path) -> Iterator[Example]:
    documents, gold = papers.read(path)
    places = ingest.gazetteer().places
    labels = {
        doc_id: {word: "term" for word in words if word not in places}
        for doc_id, words in gold.items()
        if not papers.held_out(doc_id)
    }
    yield from examples(documents, papers.discovered(documents), labels, "author")


def fitted(features: np.ndarray, found: Sequence[Example]) -> LogisticRegression:
    model = LogisticRegression(C=STRENGTH, max_iter=1000, tol=1e-3)
    weights = [example.weight for example in found]
    return model.fit(features, [example.kind for example in found], sample_weight=weights)


def part(group: str) -> int:
    return int(hashlib.sha256(group.encode()).hexdigest(), 16) % PARTS


def measure(features: np.ndarray, found: Sequence[Example]) -> None:
    parts = np.array([part(example.group) for example in found])
    chance, told = np.zeros(len(found)), np.empty(len(found), dtype=object)
    for each in range(PARTS):
        rest = [example for example, own in zip(found, parts, strict=True) if own != each]
        model = fitted(features[parts != each], rest)
        odds = model.predict_proba(features[parts == each])
        chance[parts == each] = odds[:, list(model.classes_).index("term")]
        told[parts == each] = model.classes_[odds.argmax(axis=1)]
    read = np.array([example.source == "read" for example in found])
    terms = np.array([example.kind == "term" for example in found])
    out = (chance < LEAST) | np.array([example.ruled_out for example in found])
    print(f"read by eye: {read.sum()} keywords, {terms[read].mean():.3f} terms")
    print(f"left out: {out[read & ~terms].mean():.3f} of others, {out[read & terms].mean():.3f} of terms")
    print(f"terms among those that stay: {terms[read & ~out].mean():.3f}")
    authors = np.array([example.source == "author" for example in found])
    if authors.any():
        print(f"author keywords left out: {out[authors].mean():.3f} of {authors.sum()}")
    print(
        Counter(zip([example.kind for example in found if example.source == "read"], told[read], strict=True))
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("labels", type=Path)
    parser.add_argument("studies", nargs="+", metavar="CORPUS=STUDY")
    parser.add_argument("--papers", type=Path, nargs="*", default=[])
    parser.add_argument("--fit", action="store_true")
    arguments = parser.parse_args()
    labels: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    with arguments.labels.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            labels[row["corpus"]][row["doc_id"]][row["word"]] = row["kind"]
    found = [
        example
        for corpus, folder in (argument.split("=", 1) for argument in arguments.studies)
        for example in of_study(Path(folder), labels[corpus])
    ]
    found += [example for path in arguments.papers for example in of_papers(path)]
    count = Counter(name for example in found for name, value in example.evidence.items() if value)
    names = sorted(name for name in count if count[name] >= RARE)
    evidence = np.array([[example.evidence.get(name, 0.0) for name in names] for example in found])
    meant = np.array([example.meaning for example in found])
    features = np.hstack([evidence, meant])
    scale = np.append(evidence.std(axis=0), np.full(meant.shape[1], meant.std() / MEANING)) + 1e-9
    names += dimensions()
    measure(features / scale, found)
    if arguments.fit:
        model = fitted(features / scale, found)
        place = [list(model.classes_).index(kind) for kind in CLASSES]
        path = dictionary("function-words.txt").with_name("keyword-kinds.csv")
        with path.open("w", encoding="utf-8", newline="\n") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["evidence", *CLASSES])
            writer.writerow(["", *(f"{value:.4f}" for value in model.intercept_[place])])
            for name, values in zip(names, (model.coef_[place] / scale).T, strict=True):
                writer.writerow([name, *(f"{value:.4f}" for value in values)])


if __name__ == "__main__":
    main()
