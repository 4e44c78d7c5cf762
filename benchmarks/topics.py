"""Coherence and stability of `casemine topics` beside plain gensim LDA, on the same paragraphs.

    python benchmarks/topics.py STUDY [--topics 10]

STUDY is any folder that `casemine extract` made. Plain LDA is what the tutorials of gensim show: jieba's
words of every paragraph, `Dictionary.filter_extremes()` and `LdaModel` as they come. Each is scored by the
c_npmi of its ten leading words in the paragraphs as it cut them, and in all words as casemine cuts them; the
first also by gensim's `CoherenceModel`, which forgets the second of two equal words in a window and passes
over paragraphs without any of the words.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Sequence

import numpy as np

from casemine.document import units
from casemine.needs_gensim import gensim_module
from casemine.pipeline.context import ExtractContext
from casemine.pipeline.paragraphs import Content, Reader
from casemine.segment import Segmenter
from casemine.study import Study
from casemine.topics import choice, model
from casemine.topics.coherence import windows

Texts = Sequence[Sequence[str]]


def coherence(topics: Texts, texts: Texts) -> float:
    counted = windows(texts, [word for words in topics for word in words])
    return float(np.nanmean([counted.coherence(words) for words in topics]))


def gensims(topics: Texts, texts: Texts) -> float:
    dictionary = gensim_module("corpora").Dictionary(texts)
    model = gensim_module("models").CoherenceModel(
        topics=topics, texts=texts, dictionary=dictionary, coherence="c_npmi", window_size=10, processes=1
    )
    return float(np.nanmean(model.get_coherence_per_topic()))


def plain_lda(texts: Texts, count: int, seed: int) -> list[list[str]]:
    dictionary = gensim_module("corpora").Dictionary(texts)
    dictionary.filter_extremes()
    bags = [dictionary.doc2bow(text) for text in texts]
    lda = gensim_module("models").LdaModel(bags, num_topics=count, id2word=dictionary, random_state=seed)
    return [[word for word, _ in lda.show_topic(topic, 10)] for topic in range(count)]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("study")
    asked.add_argument("--topics", type=int, default=10)
    asked.add_argument("--seed", type=int, default=0)
    options = asked.parse_args()
    context = ExtractContext.of(Study(options.study))
    reader = Reader.of(context)
    content = Content.of(context, reader)
    started = time.perf_counter()
    documents = context.study.texts
    every = [list(paragraph.words) for document in documents for paragraph in reader.paragraphs(document)]
    ours = [[word for word in words if content.holds(word)] for words in every]
    of = model.corpus(ours)
    found = choice.measured(of, options.topics, engine="nmf", seed=options.seed, seeds=5, done=lambda: None)
    seconds = time.perf_counter() - started
    cutter = Segmenter()
    plain = [
        [word for word in cutter.cut(document.counted[start:end]) if any(map(str.isalpha, word))]
        for document in documents
        for start, end in units(document.counted, "paragraph")
    ]
    lda = plain_lda(plain, options.topics, options.seed)
    print(f"{len(documents):,} documents, {len(every):,} paragraphs, {len(of.words):,} words")
    print("                     own words  by gensim  all words")
    for name, topics, own in (
        ("casemine topics", found.topics.leading, ours),
        ("plain gensim LDA", lda, plain),
    ):
        shown = (coherence(topics, own), gensims(topics, own), coherence(topics, every))
        print(f"{name:20}", "  ".join(f"{value:9.3f}" for value in shown))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"stability over five samples of 80 %: {found.stability:.2f}")
    print(f"casemine: {seconds:.0f} s; both: {memory:,.0f} MB at most")
    for name, topics in (("casemine topics", found.topics.leading), ("plain gensim LDA", lda)):
        print(name, *("  " + " ".join(words) for words in topics), sep="\n")


if __name__ == "__main__":
    main()
