"""Documents that are the same, and documents that are nearly the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from casemine.document import Document

_SHINGLE = 5  # code points
_SKETCH = 256
# Two documents of resemblance 0.8 share about 13 of their 16 smallest hashes, hardly ever fewer than 4.
_PROBES = 16
# They are chosen from so many, those that more documents than this hold last; so many documents are counted
# together.
_POOL, _COMMON, _BLOCK = 64, 1_000, 512
_BASE = np.uint64(0x100000001B3)

Hashes = NDArray[np.uint64]


def digest(document: Document) -> bytes:
    """Return the SHA-256 of the text of a document."""
    return sha256(document.text.encode("utf-8", "surrogatepass")).digest()


def exact(digests: Iterable[tuple[str, bytes]]) -> dict[str, str]:
    """Map each doc_id whose text another one has, by their digests, to that other: the smallest doc_id."""
    same: dict[bytes, list[str]] = defaultdict(list)
    for doc_id, each in digests:
        same[each].append(doc_id)
    pairs = ((doc_id, ids[0]) for ids in map(sorted, same.values()) for doc_id in ids[1:])
    return dict(sorted(pairs))


def sketch(text: str, size: int = _SKETCH) -> Hashes:
    """Return the `size` smallest distinct hashes of the 5-grams of `text`, sorted; whitespace is no part.

    The hash is a polynomial over code points, mixed (splitmix64), modulo 2**64: the same everywhere.
    Source: Broder, On the resemblance and containment of documents (1997).
    """
    solid = "".join(text.split())
    points = np.frombuffer(solid.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    count = len(points) - _SHINGLE + 1
    if count <= 0:
        return np.empty(0, dtype=np.uint64)
    hashes = np.zeros(count, dtype=np.uint64)
    for offset in range(_SHINGLE):
        hashes *= _BASE
        hashes += points[offset : offset + count]
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        hashes ^= hashes >> np.uint64(shift)
        hashes *= np.uint64(factor)
    hashes ^= hashes >> np.uint64(31)
    # The smallest hashes with room for repeats; a copy, so that the others need not be kept.
    least = 4 * size
    while True:
        smallest = np.unique(np.partition(hashes, least)[:least] if least < count else hashes)
        if len(smallest) >= size or least >= count:
            return smallest[:size].copy()
        least *= 4


def resemblance(left: Hashes, right: Hashes, size: int = _SKETCH) -> float:
    """Estimate |A & B| / |A | B| of two sets of 5-grams from their sketches; 0 for an empty one."""
    if not len(left) or not len(right):
        return 0.0
    merged = np.sort(np.concatenate((left, right)))
    again = merged[1:] == merged[:-1]
    shared = np.zeros(len(merged), dtype=bool)
    shared[:-1] = again  # the first of two equal hashes stands for both
    distinct = shared[np.concatenate(([True], ~again))][:size]
    return float(distinct.mean())


def near(documents: Iterable[Document], threshold: float = 0.8) -> dict[str, str]:
    """Map each document to the smallest doc_id before its own that resembles it by `threshold` or more.

    Only documents that share some of their smallest hashes are compared, so the work grows with the number of
    documents and of similar pairs, not with all pairs.
    """
    sketched = {document.doc_id: sketch(document.text) for document in documents}
    ordered = sorted(sketched)
    sketches = [sketched[doc_id] for doc_id in ordered]
    similar: dict[str, str] = {}
    for later, candidates in _candidates(_probes(sketches), threshold):
        alike = (at for at in candidates if resemblance(sketches[at], sketches[later]) >= threshold)
        if (earlier := next(alike, -1)) >= 0:
            similar[ordered[later]] = ordered[earlier]
    return similar


def _probes(sketches: Sequence[Hashes]) -> list[Hashes]:
    """Return of each sketch the smallest hashes by which others are looked for, the common ones last.

    What a thousand documents have (中国特色社会主义 in work reports) tells nothing of two of them, and every
    pair that shares it would have to be counted.
    """
    if not sketches:
        return []
    pools = [hashes[:_POOL] for hashes in sketches]
    _, place, holding = np.unique(np.concatenate(pools), return_inverse=True, return_counts=True)
    common = np.split(holding[place] > _COMMON, np.cumsum([len(pool) for pool in pools])[:-1])
    return [
        np.concatenate((pool[~shared], pool[shared]))[:_PROBES]
        for pool, shared in zip(pools, common, strict=True)
    ]


def _candidates(probes: Sequence[Hashes], threshold: float) -> Iterator[tuple[int, list[int]]]:
    """Yield each document with those before it that share enough of its probes."""
    from scipy import sparse

    sizes = np.array([len(hashes) for hashes in probes], dtype=np.int64)
    if not sizes.sum():
        return
    _, columns = np.unique(np.concatenate(probes), return_inverse=True)
    rows = np.repeat(np.arange(len(probes)), sizes)
    shape = (len(probes), int(columns.max()) + 1)
    holds = sparse.csr_array((np.ones(len(rows), dtype=np.int32), (rows, columns)), shape=shape)
    for begin in range(0, len(probes), _BLOCK):
        end = min(begin + _BLOCK, len(probes))
        shared = (holds[begin:end] @ holds[:end].T).tocoo()
        later, earlier = shared.row + begin, shared.col
        # A third of what is expected, so that chance loses no pair.
        least = np.maximum(1, (np.minimum(sizes[later], sizes[earlier]) * threshold / 3).astype(int))
        enough = (shared.data >= least) & (earlier < later)
        later, earlier = later[enough], earlier[enough]
        order = np.lexsort((earlier, later))
        later, earlier = later[order], earlier[order]
        bounds = np.append(np.flatnonzero(np.diff(later, prepend=-1)), len(later)).tolist()
        for first, last in pairwise(bounds):
            yield int(later[first]), earlier[first:last].tolist()
