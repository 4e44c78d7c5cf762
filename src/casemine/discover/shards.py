"""What is done to one shard of a corpus, or to one part of what all shards ask: the pieces of the work.

Each function does the same when it is called twice, takes little and returns little: the shards themselves
stay in the store.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress

import numpy as np

from casemine.discover import exchange, features, spelling
from casemine.discover.corpus import Segmentation, Shard, prepare
from casemine.discover.cutting import Cutting
from casemine.discover.exchange import Keys
from casemine.discover.features import Occurrences
from casemine.discover.kinds import letters
from casemine.discover.measured import Candidates, greatest_product, merged, neighbours
from casemine.discover.ngrams import Flags, Ints, Level, characters, frequent, longer
from casemine.discover.pos import by_word, word_types
from casemine.discover.scores import Columns, cohesion
from casemine.discover.store import Store
from casemine.discover.tokens import tokenise
from casemine.segment import Segmenter


@dataclass(frozen=True)
class Work:
    """A corpus in `shards` shards, and in how many `parts` their questions are answered.

    `store` holds `segmenter/0`, `text/SHARD`, `shard/SHARD`, `codes/SHARD`, `level/LENGTH.SHARD`, `cut/SHARD`
    (the segmentation), `found/0` (the words fed back), `joined/SHARD` (the segmentation with these) and what
    is between two steps. `cutting` is given where there is one shard, here, and cuts its texts into words.
    """

    store: Store
    shards: int
    parts: int
    min_count: int
    cutting: Cutting | None = None

    def levels(self, shard: int, lengths: int) -> Iterator[Level]:
        """Yield the levels of a shard, of 2 to `lengths` symbols."""
        return (self.store.get(f"level/{length}.{shard}") for length in range(2, lengths + 1))


@lru_cache(maxsize=1)
def _segmenter(store: Store) -> Segmenter:
    """Return the segmenter, made ready once a process."""
    segmenter: Segmenter = store.get("segmenter/0")
    return segmenter


def quoted(number: int, *, work: Work) -> Counter[str]:
    """Count the slogans that the texts of a shard quote."""
    return spelling.quoted(work.store.get(f"text/{number}"))


def read(number: int, *, work: Work, slogans: Sequence[str] = ()) -> int:
    """Read the texts of a shard into arrays; return how many symbols there are."""
    shard = prepare(work.store.get(f"text/{number}"), slogans)
    work.store.put(f"shard/{number}", shard)
    work.store.put(f"codes/{number}", shard.codes)
    return int(np.count_nonzero(shard.codes))


def cut(number: int, *, work: Work) -> None:
    """Segment the texts of a shard."""
    segmenter = _segmenter(work.store)
    tokens, vocabulary = tokenise(work.store.get(f"text/{number}"), segmenter)
    shard = work.store.get(f"shard/{number}")
    work.store.put(f"cut/{number}", Segmentation.of(tokens, vocabulary, segmenter, shard))


def count(number: int, *, work: Work, length: int) -> int:
    """Keep the n-grams of `length` - 1 that proved frequent; ask about those of `length`, say how many."""
    store = work.store
    codes: Ints = store.get(f"codes/{number}")
    if length == 1:
        groups = characters(codes, store.get(f"shard/{number}").points)
    else:
        groups = longer(codes, settle(number, work=work, length=length - 1))
    store.put(f"groups{length}/{number}", groups)
    exchange.send(store, f"count{length}", number, work.parts, groups.keys, groups.counts[:, None])
    return len(groups.keys)


def settle(number: int, *, work: Work, length: int) -> Level:
    """Keep the n-grams of a shard that turned out frequent."""
    groups = work.store.get(f"groups{length}/{number}")
    known, sums = exchange.receive(work.store, f"count{length}", number, work.parts, groups.keys)
    level = frequent(groups, known, sums[:, 0])
    work.store.put(f"level/{length}.{number}", level)
    return level


def answer(part: int, *, work: Work, question: str, least: int) -> None:
    """Answer what all shards ask."""
    exchange.reduce(work.store, question, part, work.parts, work.shards, least)


def join(number: int, *, work: Work) -> None:
    """Make each of the words fed back one token where it stands in single characters."""
    words: list[str] = work.store.get("found/0")
    segmentation: Segmentation = work.store.get(f"cut/{number}")
    places: dict[str, Ints] = work.store.get(f"places/{number}")
    here = {word: places[word] for word in words if word in places}
    if here:
        segmentation = segmentation.with_words(here, _segmenter(work.store))
    work.store.put(f"joined/{number}", segmentation)


def align(number: int, *, work: Work, source: str, lengths: int, single: bool) -> None:
    """Ask which n-grams stand between token borders; `single`: those of unknown single characters alone."""
    shard: Shard = work.store.get(f"shard/{number}")
    segmentation: Segmentation = work.store.get(f"{source}/{number}")
    asked: list[Flags] = []
    keys: list[Keys] = []
    values: list[Ints] = []
    for level in work.levels(number, lengths):
        asked.append(features.worth_asking(shard, segmentation, level, single=single))
        keys.append(_key(level)[asked[-1]])
        values.append(features.alignment(segmentation, level, asked[-1]))
    work.store.put(f"{source}.asked/{number}", asked)
    question = f"{source}.align"
    exchange.send(work.store, question, number, work.parts, np.concatenate(keys), np.concatenate(values))


def _key(level: Level) -> Keys:
    """Name the n-grams of a level apart from those of others."""
    return (level.number << np.uint64(16)) | np.uint64(level.length)


def measure(number: int, *, work: Work, source: str, lengths: int, single: bool) -> None:
    """Measure the candidates of a shard: what stands alone and is not in the dictionary."""
    shard: Shard = work.store.get(f"shard/{number}")
    segmentation: Segmentation = work.store.get(f"{source}/{number}")
    levels = list(work.levels(number, lengths))
    kept, words = _candidates(number, shard, levels, work=work, source=source)
    every = [features.occurrences(level, here) for level, here in zip(levels, kept, strict=True)]
    columns = [features.sums(shard, segmentation, each) for each in every]
    rows = _rows(every)
    measured = Candidates(
        keys=np.concatenate([_key(level)[here] for level, here in zip(levels, kept, strict=True)]),
        words=np.array(words, dtype=object),
        frequency=np.concatenate([level.frequency[here] for level, here in zip(levels, kept, strict=True)]),
        product=greatest_product(
            [work.store.get(f"level/1.{number}"), *levels],
            [level.first[here] for level, here in zip(levels, kept, strict=True)],
            len(shard.points),
        ),
        sums={name: np.concatenate([each[name] for each in columns]) for name in columns[0]},
        left=neighbours(shard.codes, shard.points, np.concatenate([each.place - 1 for each in every]), rows),
        right=neighbours(
            shard.codes, shard.points, np.concatenate([each.place + each.length for each in every]), rows
        ),
    )
    part = exchange.part_of(measured.keys, work.parts)
    for each in range(work.parts):
        work.store.put(f"{source}.found/{each}.{number}", measured.only(part == each))
    if single:
        work.store.put(f"places/{number}", dict(zip(words, _places(every), strict=True)))


def _candidates(
    number: int, shard: Shard, levels: Sequence[Level], *, work: Work, source: str
) -> tuple[list[Flags], list[str]]:
    """Return which n-grams of each level are candidates, and the strings of all."""
    kept: list[Flags] = work.store.get(f"{source}.asked/{number}")
    kept = [flags.copy() for flags in kept]
    keys = np.concatenate([_key(level)[asked] for level, asked in zip(levels, kept, strict=True)])
    _, sums = exchange.receive(work.store, f"{source}.align", number, work.parts, keys)
    words: list[str] = []
    end = 0
    for level, asked in zip(levels, kept, strict=True):
        begin, end = end, end + int(asked.sum())
        asked[asked] = features.stands_alone(sums[begin:end], level.frequency[asked])
        words += shard.strings(level.first[asked], level.length)
    new = _segmenter(work.store).lacking(words)
    end = 0
    for asked in kept:
        begin, end = end, end + int(asked.sum())
        asked[asked] = new[begin:end]
    return kept, list(compress(words, new))


def _rows(every: Sequence[Occurrences]) -> Ints:
    """Number the candidates of all levels together, for each occurrence."""
    begin = np.cumsum([0, *(each.count for each in every)])
    return np.concatenate([at + each.owner for at, each in zip(begin, every, strict=False)])


def _places(every: Sequence[Occurrences]) -> list[Ints]:
    """Return the places of each candidate."""
    return [
        places
        for each in every
        for places in np.split(each.place, np.cumsum(np.bincount(each.owner, minlength=each.count))[:-1])
        if each.count
    ]


def gather(
    part: int, *, work: Work, source: str, total: int, finish: Callable[[Columns], Columns] | None
) -> Columns:
    """Return the candidates of one part, measured over all shards of `total` symbols, with their evidence.

    What `finish` leaves of them: of a large corpus memory does not hold the evidence for all candidates.
    """
    table = merged([work.store.get(f"{source}.found/{part}.{number}") for number in range(work.shards)])
    words, segmenter = table["word"].tolist(), _segmenter(work.store)
    cut = work.cutting.words if work.cutting else segmenter.cut
    tokens = by_word(cut("\n".join(words)))
    firsts = segmenter.tags([each[0] for each in tokens])
    lasts = segmenter.tags([each[-1] for each in tokens])
    types = word_types(words, tokens, firsts, lasts)
    table["pos"] = np.array(types, dtype=object)
    # Words that are only fed back need no more.
    own = {} if source == "cut" else letters(words, types, tokens, firsts, lasts)
    own |= {name: table.pop(name) for name in list(table) if name.endswith("_only")}
    kept = ["word", "pos", "frequency", "documents", "left_entropy", "right_entropy"]
    bits = cohesion(table["frequency"], table["product"], total)
    found = {**{name: table[name] for name in kept}, **own, "cohesion": bits, **features.means(table)}
    return finish(found) if finish else found
