"""Keywords per document against author keywords: casemine's methods beside jieba's, in one run.

    python benchmarks/keywords.py DATA [--ablation]

DATA holds csl.jsonl (abstracts: title, abstract, keywords) and chinaxiv_fulltext.jsonl (papers: title,
text, keywords). All get the same text. F1@k is the macro average over documents of exact matches after
NFKC and lower-casing; a hash of the document id puts each document into the half the constants were
set on or the half held out.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import time
import unicodedata
import warnings
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from casemine import ingest
from casemine.discover import NewWordDiscoverer
from casemine.document import Document, Passage
from casemine.resources import dictionary, generic_list, word_list
from casemine.segment import Segmenter
from casemine.settings import Settings
from casemine.weigh import KeywordWeigher
from casemine.weigh.factors import CUES

Gold = Mapping[str, frozenset[str]]
Keywords = Mapping[str, Sequence[str]]


def normal(word: str) -> str:
    return unicodedata.normalize("NFKC", word).lower()


def read(path: Path) -> tuple[list[Document], Gold]:
    documents, gold = [], {}
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        title = record["title"]
        text = record.get("text") or f"{title}\n{record['abstract']}"
        passages = ()
        if text.startswith(title):
            passages = (Passage(0, len(title), "title"), Passage(len(title), len(text), "body"))
        documents.append(Document(record["id"], text, title, passages=passages))
        gold[record["id"]] = frozenset(map(normal, record["keywords"]))
    return documents, gold


def f1(keywords: Sequence[str], gold: frozenset[str], leading: int) -> float:
    words = {normal(word) for word in keywords[:leading]}
    hits = len(words & gold)
    return 2 * hits / (len(words) + len(gold)) if hits else 0.0


def held_out(doc_id: str) -> bool:
    return int(hashlib.sha256(doc_id.encode()).hexdigest(), 16) % 2 == 1


def figures(keywords: Keywords, gold: Gold) -> str:
    cells = []
    for part in ((False,), (True,), (False, True)):
        ids = [doc_id for doc_id in gold if held_out(doc_id) in part]
        cells += [
            f"{sum(f1(keywords.get(doc_id, ()), gold[doc_id], leading) for doc_id in ids) / len(ids):.3f}"
            for leading in (5, 10)
        ]
    return " ".join(cells)


def weighed(documents: Sequence[Document], weigher: KeywordWeigher) -> Keywords:
    table = weigher.fit_transform(documents)
    return {str(doc_id): list(rows["word"]) for doc_id, rows in table.groupby("doc_id")}


def alone(documents: Sequence[Document], weigher: KeywordWeigher) -> Keywords:
    keywords: dict[str, Sequence[str]] = {}
    for document in documents:
        keywords |= weighed([document], weigher)
    return keywords


def discovered(documents: Sequence[Document]) -> dict[str, str]:
    words = NewWordDiscoverer().fit_transform([document.counted for document in documents])
    kept = words[words["absorbed_by"] == ""]
    return dict(zip(kept["word"], kept["pos"], strict=True))


def peers(documents: Sequence[Document]) -> Iterator[tuple[str, Keywords, float]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
        import jieba.analyse
    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    for name, extract in (
        ("jieba TF-IDF", jieba.analyse.extract_tags),
        ("jieba TextRank", jieba.analyse.textrank),
    ):
        start = time.perf_counter()
        keywords = {document.doc_id: extract(document.text, topK=10) for document in documents}
        yield name, keywords, time.perf_counter() - start


def runs(documents: Sequence[Document], *, ablation: bool) -> Iterator[tuple[str, Keywords, float]]:
    stop = word_list(dictionary("stopwords.txt"))
    # What `casemine extract` takes for generic words and for places.
    lists = (word_list(generic_list(name)) for name in Settings().words.generic)
    words = {
        "stopwords": stop,
        "generic": frozenset().union(*lists),
        "places": frozenset(ingest.gazetteer().places),
    }
    segmenter = Segmenter()

    def timed(name: str, run: object, **parameters: object) -> tuple[str, Keywords, float]:
        start = time.perf_counter()
        weigher = KeywordWeigher(segmenter=segmenter, **words, **parameters)
        keywords = run(documents, weigher)  # type: ignore[operator,arg-type]
        return name, keywords, time.perf_counter() - start

    new = discovered(documents)
    yield timed("casemine tfidf", weighed, new_words=new)
    yield timed("casemine tfidf, nothing left out", weighed, new_words=new, left_out=())
    yield timed("casemine tfidf, no new words", weighed)
    yield timed("casemine tfidf, each document alone", alone)
    yield timed("casemine textrank", weighed, new_words=new, method="textrank")
    yield timed("casemine contrast", weighed, new_words=new, method="contrast")
    if ablation:
        for left_out in CUES:
            kept = [cue for cue in CUES if cue is not left_out]
            yield timed(f"  without {left_out.__name__}", weighed, new_words=new, cues=kept)
        yield timed("  statistic alone", weighed, new_words=new, cues=())


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--ablation", action="store_true", help="leave out each cue in turn")
    arguments = parser.parse_args()
    for name in ("csl", "chinaxiv_fulltext"):
        documents, gold = read(arguments.data / f"{name}.jsonl")
        print(f"{name}: {len(documents)} documents, F1@5 F1@10 of the half tuned on, the half held out, all")
        for each in (peers(documents), runs(documents, ablation=arguments.ablation)):
            for system, keywords, seconds in each:
                print(f"  {system:38} {figures(keywords, gold)}  {seconds:5.1f} s", flush=True)


if __name__ == "__main__":
    main()
