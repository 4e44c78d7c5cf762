"""Word vectors: positive pointwise mutual information, reduced by singular value decomposition, in 8 bits.

Levy, Goldberg & Dagan (2015), Improving distributional similarity with lessons learned from word
embeddings, TACL 3: PPMI with context-distribution smoothing 0.75, U times the root of S.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from casemine.bounded import parse_json, read_arrays
from casemine.errors import UnreadableError, UsageError
from casemine.parallel import Mapper, in_process
from casemine.segment import Segmenter

WINDOW = 5
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f]+")
_SMOOTHING = 0.75
# Words of one batch of co-occurrence counts: bounds memory, changes no count.
_BATCH = 1_000_000
# Arora, Liang & Ma (2017): a word counts a / (a + p) in the mean of a phrase.
_COMMON = 1e-3
# Words that stand for the vocabulary when it is asked what is near and what only usual.
_ORDINARY = 500

Ids = NDArray[np.int32]
Array = NDArray[np.float32]


@dataclass(frozen=True)
class WordVectors:
    """Words by falling frequency, their counts, and one 8-bit vector a word (direction alone counts)."""

    words: tuple[str, ...]
    counts: NDArray[np.int64]
    codes: NDArray[np.int8]
    about: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def index(self) -> dict[str, int]:
        """Word -> its row."""
        return {word: row for row, word in enumerate(self.words)}

    @cached_property
    def unit(self) -> Array:
        """The vectors at length 1, (words, dimensions)."""
        return _unit(self.codes.astype(np.float32))

    @cached_property
    def weights(self) -> Array:
        """What each word counts in the mean of a phrase: the rarer the more, at most 1."""
        share = self.counts / max(1, int(self.about.get("tokens", self.counts.sum())))
        weights: Array = (_COMMON / (_COMMON + share)).astype(np.float32)
        return weights

    def ordinary(self) -> Array:
        """Return vectors of words taken evenly out of the vocabulary, at most 500: (words, dimensions)."""
        rows = np.linspace(0, len(self.words) - 1, min(_ORDINARY, len(self.words))).astype(np.int64)
        vectors: Array = self.unit[rows]
        return vectors

    def mean(self, words: Iterable[str]) -> Array:
        """Return the weighted mean vector of `words` at length 1; zeros where none is known."""
        rows = [self.index[word] for word in words if word in self.index]
        if not rows:
            return np.zeros(self.codes.shape[1], dtype=np.float32)
        mean: Array = _unit((self.unit[rows] * self.weights[rows, None]).sum(axis=0)[None])[0]
        return mean

    def nearest(self, word: str, count: int = 10) -> list[tuple[str, float]]:
        """Return the words nearest to `word` with their cosine, itself left out; none when unknown."""
        if word not in self.index:
            return []
        likeness = self.unit @ self.unit[self.index[word]]
        order = sorted(range(len(self.words)), key=lambda row: (-likeness[row], row))
        return [(self.words[row], float(likeness[row])) for row in order if self.words[row] != word][:count]


def train(
    texts: Iterable[str],
    segmenter: Segmenter,
    *,
    dimensions: int = 150,
    vocabulary: int = 15_000,
    window: int = WINDOW,
    min_count: int = 5,
    seed: int = 0,
    mapper: Mapper = in_process,
) -> WordVectors:
    """Train vectors of the `vocabulary` most frequent words of `texts`; their order plays no part.

    Raises `UsageError` when fewer words occur `min_count` times than there are dimensions.
    """
    paragraphs, words = _number(mapper(Cut(segmenter), texts))
    totals = np.bincount(np.concatenate([np.zeros(0, np.int32), *paragraphs]), minlength=len(words))
    order = sorted(
        (row for row in range(1, len(words)) if totals[row] >= min_count),
        key=lambda row: (-totals[row], words[row]),
    )[:vocabulary]
    if len(order) <= dimensions:
        raise UsageError(
            f"only {len(order)} words occur {min_count} times or more; {dimensions} dimensions need more.",
            advice="Give more texts or fewer --dimensions.",
        )
    rank = np.full(len(words), -1, dtype=np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    together = _together((rank[ids] for ids in paragraphs), len(order), window)
    vectors = _decompose(_ppmi(together), dimensions, seed)
    about = {
        "texts": len(paragraphs),
        "tokens": int(totals[1:].sum()),
        "dimensions": dimensions,
        "window": window,
        "min_count": min_count,
        "seed": seed,
        "method": "PPMI (context smoothing 0.75) + SVD, int8",
    }
    counts = totals[order].astype(np.int64)
    return WordVectors(tuple(words[row] for row in order), counts, quantised(vectors), about)


class Cut:
    """Cuts a text into words, "" at each end of a line: picklable, so that workers can do it."""

    def __init__(self, segmenter: Segmenter) -> None:
        self.segmenter = segmenter

    def __call__(self, text: str) -> list[str]:
        """Return the words of `text`, "" for whatever is no word of Chinese characters."""
        return [word if _HAN.fullmatch(word) else "" for word in self.segmenter.cut(text) if word != " "]


def _number(cut: Iterable[Sequence[str]]) -> tuple[list[Ids], list[str]]:
    """Return each text as numbers of words, and the words; 0 is whatever is no Han word."""
    numbers: dict[str, int] = {"": 0}
    texts = [
        np.array([numbers.setdefault(word, len(numbers)) for word in words], dtype=np.int32) for words in cut
    ]
    return texts, list(numbers)


def _together(texts: Iterable[Ids], size: int, window: int) -> Any:
    """Return how often words stand within `window` of each other, a symmetric sparse matrix."""
    from scipy.sparse import csr_matrix

    total = csr_matrix((size, size), dtype=np.int32)
    for ids in _batches(texts, window):
        pairs = [(ids[:-distance], ids[distance:]) for distance in range(1, window + 1)]
        left = np.concatenate([pair[0] for pair in pairs])
        right = np.concatenate([pair[1] for pair in pairs])
        known = (left >= 0) & (right >= 0)
        ones = np.ones(int(known.sum()), dtype=np.int32)
        total = total + csr_matrix((ones, (left[known], right[known])), shape=(size, size))
    return total + total.T


def _batches(texts: Iterable[Ids], window: int) -> Iterator[Ids]:
    """Join texts to batches, `window` unknown words between any two."""
    gap = np.full(window, -1, dtype=np.int32)
    batch: list[Ids] = []
    held = 0
    for ids in texts:
        batch += [ids, gap]
        held += len(ids)
        if held >= _BATCH:
            yield np.concatenate(batch)
            batch, held = [], 0
    if batch:
        yield np.concatenate(batch)


def _ppmi(together: Any) -> Any:
    """Return the positive pointwise mutual information (natural logarithm) of a matrix of counts."""
    rows = np.asarray(together.sum(axis=1)).ravel().astype(np.float64)
    smooth = rows**_SMOOTHING
    smooth /= smooth.sum()
    cells = together.tocoo()
    values = np.log(cells.data / (rows[cells.row] * smooth[cells.col]))
    kept = values > 0
    from scipy.sparse import csr_matrix

    shape = together.shape
    return csr_matrix((values[kept].astype(np.float32), (cells.row[kept], cells.col[kept])), shape=shape)


def _decompose(matrix: Any, dimensions: int, seed: int) -> Array:
    """Return U times the root of S of the leading singular triplets, signs fixed."""
    from scipy.sparse.linalg import svds

    # A fixed starting vector makes ARPACK repeatable.
    start = np.random.default_rng(seed).standard_normal(min(matrix.shape)).astype(np.float32)
    left, values, _ = svds(matrix, k=dimensions, v0=start)
    order = np.argsort(-values, kind="stable")
    vectors: Array = left[:, order] * np.sqrt(values[order])
    strongest = np.abs(vectors).argmax(axis=0)
    vectors *= np.sign(vectors[strongest, np.arange(dimensions)])
    return vectors


def quantised(vectors: Array) -> NDArray[np.int8]:
    """Return vectors in 8 bits, the largest number of each as 127."""
    largest = np.abs(vectors).max(axis=1, keepdims=True)
    scaled: NDArray[np.int8] = np.rint(vectors / np.where(largest > 0, largest, 1) * 127).astype(np.int8)
    return scaled


def _unit(rows: Array) -> Array:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Array = (rows / np.where(lengths > 0, lengths, 1)).astype(np.float32)
    return unit


def save(vectors: WordVectors, path: Path) -> None:
    """Write vectors as a NumPy archive: the same vectors give the same bytes."""
    words = np.frombuffer("\n".join(vectors.words).encode(), dtype=np.uint8)
    about = np.frombuffer(json.dumps(dict(vectors.about), sort_keys=True).encode(), dtype=np.uint8)
    with path.open("wb") as file:
        np.savez_compressed(file, codes=vectors.codes, counts=vectors.counts, words=words, about=about)


def load(path: Path) -> WordVectors:
    """Read vectors that `save` wrote; raise `UsageError` when the file is missing or something else."""
    try:
        held = read_arrays(path, ("words", "about", "counts", "codes"))
        words = held["words"].tobytes().decode().split("\n")
        about = parse_json(held["about"].tobytes(), str(path))
        made = WordVectors(tuple(words), held["counts"], held["codes"], about)
        _check_arrays(made)
    except (OSError, UnreadableError, TypeError, ValueError) as error:
        why = f" ({error.cause.rstrip('.')})" if isinstance(error, UnreadableError) else ""
        raise UsageError(
            f"is no table of word vectors{why}.",
            place=str(path),
            advice="Make one with `casemine vectors FOLDER -o FILE`.",
        ) from error
    if not len(made.words) == len(made.counts) == len(made.codes):
        raise UsageError("is damaged: words and vectors differ in number.", place=str(path))
    return made


def _check_arrays(made: WordVectors) -> None:
    """Raise `TypeError` for arrays of another kind or form than `save` writes."""
    right = made.codes.dtype == np.int8 and made.codes.ndim == 2 and made.codes.shape[1] > 0
    counts = made.counts.dtype.kind in "iu" and made.counts.ndim == 1
    tokens = made.about.get("tokens", 1) if isinstance(made.about, dict) else ""
    if not (right and counts and isinstance(tokens, int)):
        raise TypeError("arrays of another form")
