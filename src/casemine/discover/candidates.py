"""The walk from texts to candidates: the same steps over one shard in memory or many on many machines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from casemine.discover import shards, spelling
from casemine.discover.absorb import absorbed_by
from casemine.discover.corpus import Segmentation
from casemine.discover.cutting import Cutting
from casemine.discover.ngrams import Flags, Ints
from casemine.discover.scores import Columns, evident
from casemine.discover.shards import Work
from casemine.discover.store import opened
from casemine.parallel import Mapper, in_process
from casemine.segment import Segmenter

# What is done to a table of candidates; it can be pickled.
Finish = Callable[[Columns], Columns]
# Bytes of memory that one process may take for its part of the work.
MEMORY = 2_000_000_000
# Bytes that a character of a shard takes at most while it is worked on, that one takes in the store, and that
# one adds, at most, to what is asked at a time.
_WORKED_ON = 200
HELD = 150
_ASKED = 25
# So many shards that of many workers none is idle for long, and so large that none has too little to do.
_SHARDS = 32
_LEAST_SHARD = 1_000_000
_PARTS = 8
# Least weight (percent) of a word of single characters that is fed back as a token: of two characters,
# which are often the rest of something longer, and of more.
_UNKNOWN_PAIR = 2.0
_UNKNOWN = 1.0


@dataclass(frozen=True)
class Means:
    """What the work may use; no result depends on it.

    `mapper` spreads it; `cutting` cuts texts into words when one process holds all; `memory` in bytes for
    each process; `spill` is the folder or fsspec URL where shards are kept when memory does not hold them
    or several processes share them ("": the system's own). `shard`, `parts`: characters of a shard and
    parts of a question (0: chosen).
    """

    mapper: Mapper = in_process
    memory: int = MEMORY
    spill: str | Path = ""
    shard: int = 0
    parts: int = 0
    cutting: Cutting | None = None


def candidates(
    texts: Iterable[str],
    segmenter: Segmenter,
    min_count: int,
    max_len: int,
    using: Means | None = None,
    characters: int | None = None,
    finish: Finish | None = None,
) -> Columns:
    """Return every string that may be a new word, with what speaks for it, by word.

    Columns: word, pos, frequency, documents, cohesion, left_entropy, right_entropy (bits), left_only,
    right_only (the one character always beside it, if it is one) and those of `features.means`. Candidates
    occur `min_count` times or more, have 2 to `max_len` characters, two of them Han, are not in the
    dictionary, and begin and end at token borders, with words that may begin and end a term, often enough
    (`features.stands_alone`). With `characters`, their length together, texts are gone through once and none
    is kept beside its shard. `finish` is done to the table part by part, and what it leaves is returned.
    """
    using = using or Means()
    with dealt(texts, segmenter, min_count, using, characters) as work:
        walk = ShardRun(work, using.mapper)
        slogans = spelling.slogans(walk.shards(shards.quoted))
        total = sum(walk.shards(shards.read, slogans=slogans))
        # Counting asks for no tokens: they may be made beside it.
        begun = work.cutting.begin(work.store.get("text/0")) if work.cutting else None
        lengths = walk.count(max_len)
        if lengths < 2:
            return {}
        if begun:
            segmenter.load()
            tokens, vocabulary = begun()
            shard = work.store.get("shard/0")
            work.store.put("cut/0", Segmentation.of(tokens, vocabulary, segmenter, shard))
        else:
            walk.all(shards.cut)
        work.store.drop("text")
        work.store.put("found/0", unknown(walk.measured("cut", lengths, total, _weighed, single=True)))
        walk.all(shards.join)
        work.store.drop("cut")
        return walk.measured("joined", lengths, total, finish, single=False)


@contextmanager
def dealt(
    texts: Iterable[str], segmenter: Segmenter, min_count: int, using: Means, characters: int | None = None
) -> Iterator[Work]:
    """Deal the texts, of so many `characters` if that is known, out to shards, but the empty ones."""
    if characters is None:
        texts = list(texts)
        characters = sum(map(len, texts))
    total = characters
    single = using.mapper is in_process
    in_memory = single and total * HELD <= using.memory
    size = using.shard or (total if in_memory else _shard_size(total, using.memory, single=single))
    with opened(None if in_memory else using.spill) as store:
        number = 0
        for some in _cut(filter(None, texts), size):
            store.put(f"text/{number}", some)
            number += 1
        store.put("segmenter/0", segmenter)
        cutting = (using.cutting or Cutting(segmenter)) if in_memory and number == 1 else None
        spread = 1 if in_memory else min(number, _PARTS)
        parts = using.parts or max(spread, 2 * total * _ASKED // using.memory)
        yield Work(store, number, parts, min_count, cutting)


def _shard_size(total: int, memory: int, *, single: bool) -> int:
    """Return the characters of a shard; one process takes the largest, which repeat least of each other."""
    most = memory // _WORKED_ON
    return most if single else min(most, max(_LEAST_SHARD, total // _SHARDS))


def _cut(texts: Iterable[str], size: int) -> Iterator[list[str]]:
    """Cut into runs of whole texts of `size` characters or a little more."""
    some: list[str] = []
    size_so_far = 0
    for text in texts:
        some.append(text)
        size_so_far += len(text)
        if size_so_far >= size:
            yield some
            some, size_so_far = [], 0
    if some:
        yield some


@dataclass(frozen=True)
class ShardRun:
    """The steps, each done for every shard or every part before the next begins."""

    work: Work
    mapper: Mapper

    def shards(self, step: Callable[..., Any], **given: object) -> Iterator[Any]:
        """Do a step for every shard."""
        return self.mapper(partial(step, work=self.work, **given), range(self.work.shards))

    def parts(self, step: Callable[..., Any], **given: object) -> Iterator[Any]:
        """Do a step for every part."""
        return self.mapper(partial(step, work=self.work, **given), range(self.work.parts))

    def all(self, step: Callable[..., Any], **given: object) -> None:
        """Do a step that returns nothing for every shard."""
        for _ in self.shards(step, **given):
            pass

    def answer(self, question: str, least: int) -> None:
        """Have a question answered that all shards have asked."""
        for _ in self.parts(shards.answer, question=question, least=least):
            pass
        self.work.store.drop(f"{question}.sent")

    def count(self, max_len: int) -> int:
        """Count n-grams; return the greatest length of which any may be frequent."""
        length = 0
        while length < max_len and sum(self.shards(shards.count, length=length + 1)):
            length += 1
            self._forget(length - 1)
            self.answer(f"count{length}", self.work.min_count)
        if length == max_len:
            self.all(shards.settle, length=length)
        self._forget(length)
        return length

    def _forget(self, length: int) -> None:
        self.work.store.drop(f"groups{length}")
        self.work.store.drop(f"count{length}.reduced")

    def measured(
        self, source: str, lengths: int, total: int, finish: Finish | None, *, single: bool
    ) -> Columns:
        """Return the candidates of the shards called `source`, as `finish` leaves them."""
        self.all(shards.align, source=source, lengths=lengths, single=single)
        self.answer(f"{source}.align", 0)
        self.all(shards.measure, source=source, lengths=lengths, single=single)
        tables = list(self.parts(shards.gather, source=source, total=total, finish=finish))
        for group in ("align.reduced", "asked", "found"):
            self.work.store.drop(f"{source}.{group}")
        return _stacked(tables)


def _weighed(table: Columns) -> Columns:
    """Leave of candidates what `unknown` asks for."""
    return {"word": table["word"], "frequency": table["frequency"], "weight": evident(table)}


def _stacked(tables: list[Columns]) -> Columns:
    """Return the tables as one by word, so that what follows does not depend on shards and parts.

    They are empty afterwards: of a large corpus memory does not hold every column twice.
    """
    # Those without a row have no types to speak of.
    tables = [table for table in tables if len(table["word"])] or tables[:1]
    order = _order(np.concatenate([table["word"] for table in tables]))
    return {name: np.concatenate([table.pop(name) for table in tables])[order] for name in list(tables[0])}


def _order(words: NDArray[np.object_]) -> Ints:
    listed = words.tolist()
    return np.array(sorted(range(len(listed)), key=listed.__getitem__), dtype=np.int64)


def rows(table: Columns, order: Ints | Flags) -> Columns:
    """Return the rows of a table that `order` numbers, in that order, or flags."""
    return {name: values[order] for name, values in table.items()}


def by_word(table: Columns) -> Columns:
    """Return the rows of a table in the order of their words."""
    return rows(table, _order(table["word"]))


def unknown(table: Columns) -> list[str]:
    """Return the words of which the dictionary knows no part, pairs last, then the heaviest first.

    Such a word (志智双扶, a person's name) falls into single characters, and so do its fragments, which
    then begin and end at token borders too. Fed back as tokens, they leave none.
    """
    words, frequencies = table["word"].tolist(), table["frequency"].tolist()
    weights = table["weight"].tolist()
    ranked = sorted(
        (len(word) == 2, -weight, -frequency, word)
        for word, frequency, weight, into in zip(
            words, frequencies, weights, absorbed_by(words, frequencies, weights), strict=True
        )
        if not into and weight >= (_UNKNOWN_PAIR if len(word) == 2 else _UNKNOWN)
    )
    return [word for *_, word in ranked]
