"""`casemine vectors`: word vectors, trained on documents or taken from where they lie."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from casemine import ingest, parallel, resources
from casemine.coding import vectors, word2vec
from casemine.coding.likeness import Semantics
from casemine.errors import UsageError
from casemine.pipeline.context import Progress, quiet
from casemine.pipeline.discover import input_paths
from casemine.segment import Segmenter
from casemine.study import replacing

SHIPPED = "work-reports"


def train_vectors(
    inputs: Iterable[str | os.PathLike[str]],
    output: Path,
    *,
    dimensions: int,
    vocabulary: int,
    min_count: int,
    seed: int,
    method: str = "ppmi",
    jobs: int = 0,
    progress: Progress = quiet,
) -> vectors.WordVectors:
    """Train word vectors on the documents of `inputs` and write them to `output`.

    `method` is ppmi, or word2vec or fasttext, which gensim trains. `output` is a table of casemine (.npz) or
    a file of the word2vec format (.txt, .vec, .bin).
    """
    train = vectors.train if method == "ppmi" else partial(word2vec.train, method=method)
    with parallel.workers(jobs or 1) as mapper:
        documents = ingest.read_documents(ingest.collect(input_paths(inputs)), mapper=mapper).documents

        def reported(function: Any, items: Any) -> Any:
            for done, result in enumerate(mapper(function, items), start=1):
                progress("segment", done, len(documents))
                yield result

        trained = train(
            [document.counted for document in documents],
            Segmenter(),
            dimensions=dimensions,
            vocabulary=vocabulary,
            min_count=min_count,
            seed=seed,
            mapper=reported,
        )
    with replacing(output) as temporary:
        if output.suffix in word2vec.ENDINGS:
            word2vec.write(trained, temporary, binary=word2vec.ENDINGS[output.suffix])
        else:
            vectors.save(trained, temporary)
    return trained


def vectors_file(name: str) -> Path | None:
    """Return the file of word vectors: shipped, of the user, or None for `none`."""
    if name == "none":
        return None
    if name == SHIPPED:
        return resources.dictionary(f"vectors/{name}.npz")
    if not Path(name).is_file():
        advice = f"Give a file that `casemine vectors` wrote, {SHIPPED} or none."
        raise UsageError("no such word vectors.", place=name, advice=advice)
    return Path(name)


def semantics(name: str) -> Semantics | None:
    """Return word vectors by name with the segmenter that cuts texts into their words; None for `none`."""
    path = vectors_file(name)
    if path is None:
        return None
    load = word2vec.read if path.suffix in word2vec.ENDINGS else vectors.load
    return Semantics(load(path), Segmenter())
