"""Word vectors of gensim: its word2vec files, read and written, and training by Word2Vec or FastText."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from casemine.bounded import read_beginning
from casemine.coding.vectors import WINDOW, Cut, WordVectors, quantised
from casemine.errors import UnreadableError, UsageError
from casemine.needs_gensim import gensim_module
from casemine.parallel import Mapper, in_process
from casemine.segment import Segmenter

METHODS = ("word2vec", "fasttext")
# Files of gensim's `KeyedVectors.save_word2vec_format`, by ending: whether they are binary.
ENDINGS = {".txt": False, ".vec": False, ".bin": True}
_MOST_BYTES = 16 << 30
_LONGEST_HEADER = 100


def read(path: Path) -> WordVectors:
    """Read a file of the word2vec format, text (.txt, .vec) or binary (.bin), as gensim writes it.

    The format keeps no counts: words by falling frequency are taken to follow Zipf's law. Raises
    `UsageError` when the file is missing or something else, or gensim is.
    """
    keyed = gensim_module("models.keyedvectors").KeyedVectors
    try:
        _check_claim(path)
        held = keyed.load_word2vec_format(str(path), binary=ENDINGS[path.suffix], unicode_errors="strict")
    except (OSError, EOFError, ValueError, MemoryError, UnreadableError) as error:
        why = f" ({error.cause.rstrip('.')})" if isinstance(error, UnreadableError) else ""
        raise UsageError(
            f"is no file of the word2vec format{why}.",
            place=str(path),
            advice="The first line gives the numbers of words and dimensions; .bin is binary, others text.",
        ) from error
    words = tuple(map(str, held.index_to_key))
    counts = np.rint(1e6 / np.arange(1, len(words) + 1)).astype(np.int64)
    about = {"method": "word2vec format", "dimensions": int(held.vector_size), "tokens": int(counts.sum())}
    return WordVectors(words, counts, quantised(held.vectors.astype(np.float32)), about)


def _check_claim(path: Path) -> None:
    """Raise `ValueError` unless a file can hold as many numbers as its first line says.

    gensim makes room for them before it reads any. Raises `UnreadableError` for what is no regular file.
    """
    beginning, size = read_beginning(path, _LONGEST_HEADER, _MOST_BYTES)
    words, dimensions = map(int, beginning.partition(b"\n")[0].split())
    # In text a number and the space before it, in binary four bytes; before them a word and a space.
    least = dimensions * (4 if ENDINGS[path.suffix] else 2) + 2
    if min(words, dimensions) < 1 or words * least > size + 1:
        raise ValueError("the first line claims other than is there")


def write(vectors: WordVectors, path: Path, *, binary: bool = False) -> None:
    """Write vectors, each of length 1, in the word2vec format, text or binary."""
    keyed = gensim_module("models.keyedvectors").KeyedVectors(vectors.codes.shape[1])
    keyed.add_vectors(list(vectors.words), vectors.unit)
    keyed.save_word2vec_format(str(path), binary=binary, write_header=True)


def train(
    texts: Iterable[str],
    segmenter: Segmenter,
    *,
    method: str = "word2vec",
    dimensions: int = 150,
    vocabulary: int = 15_000,
    window: int = WINDOW,
    min_count: int = 5,
    epochs: int = 5,
    seed: int = 0,
    mapper: Mapper = in_process,
) -> WordVectors:
    """Train skip-gram vectors with gensim's Word2Vec or FastText (`method`), in one thread.

    Mikolov et al. (2013), arXiv:1301.3781; Bojanowski et al. (2017), TACL 5. The same texts in any order,
    with the same seed, give the same vectors. Raises `UsageError` when no word occurs `min_count` times.
    """
    models = {"word2vec": ("models.word2vec", "Word2Vec"), "fasttext": ("models.fasttext", "FastText")}
    if method not in models:
        raise UsageError(f"no such method: {method}.", advice=f"Give one of {', '.join(METHODS)}.")
    module, name = models[method]
    cut = [[word for word in words if word] for words in mapper(Cut(segmenter), sorted(texts))]
    try:
        model = getattr(gensim_module(module), name)(
            cut, vector_size=dimensions, window=window, min_count=min_count, max_final_vocab=vocabulary,
            sg=1, epochs=epochs, seed=seed, workers=1,
        )  # fmt: skip
    except RuntimeError as error:
        raise UsageError(f"no word occurs {min_count} times or more.", advice="Give more texts.") from error
    words = tuple(model.wv.index_to_key)
    counts = np.array([model.wv.get_vecattr(word, "count") for word in words], dtype=np.int64)
    about = {
        "texts": len(cut), "tokens": sum(map(len, cut)), "dimensions": dimensions, "window": window,
        "min_count": min_count, "seed": seed, "epochs": epochs, "method": f"gensim {name}, skip-gram, int8",
    }  # fmt: skip
    return WordVectors(words, counts, quantised(model.wv.vectors), about)
