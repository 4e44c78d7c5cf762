"""Discovery of new words without a study; imports no more than it needs, so that it starts quickly.

Nothing here or below it imports pandas, which takes longer to load than a small corpus to read.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casemine import ingest, parallel
from casemine.discover import MEMORY, NewWordDiscoverer
from casemine.pipeline.walk import ExtractContext, Progress, quiet
from casemine.segment import Segmenter
from casemine.settings import Settings

# Below this many bytes of input, starting worker processes takes longer than they save.
_WORTH_WORKERS = 50_000_000
# From so many on one more process pays: it cuts texts into words while this one reads and counts.
_WORTH_ANOTHER = 1_000_000


@dataclass(frozen=True)
class Discovered:
    """New words as the columns of `schema.NEW_WORDS`, and what was left out."""

    columns: dict[str, list[Any]]
    left_out: list[ingest.LeftOut]


def discover(
    inputs: Sequence[str],
    settings: Settings | None = None,
    *,
    jobs: int = 1,
    memory: int = MEMORY,
    scheduler: str = "",
    spill: str = "",
    progress: Progress = quiet,
) -> Discovered:
    """Return the new words of the documents of `inputs`, and what was left out; nothing is written.

    `memory` is what each process may take for discovery, in bytes; `scheduler` the address of a Dask
    scheduler whose workers do it, `spill` the folder (or fsspec URL) they share. Documents are read here.
    """
    walk = ExtractContext(
        Path(), settings or Settings(), tuple(inputs), progress=progress, memory=memory, spill=spill
    )
    another = jobs == 0 and not scheduler and _worth_another(walk)
    jobs = jobs or worthwhile_jobs(walk)
    with parallel.workers(jobs) as walk.mapper, parallel.beside() if another else nullcontext(None) as beside:
        found = discoverer(walk)
        if beside:
            beside(Segmenter.cut, walk.segmenter, "")  # it loads its dictionary meanwhile
            found.beside = beside
        expect = found.expect if beside else None
        texts, left_out = ingest.read_texts(walk.collected, reading(walk), counted_files(walk), expect)
        if not scheduler:
            return Discovered(found.fit(texts).columns_, left_out)
    with parallel.workers(jobs, scheduler) as walk.mapper:
        return Discovered(discoverer(walk).fit(texts).columns_, left_out)


def worthwhile_jobs(walk: ExtractContext) -> int:
    """Return how many worker processes the inputs are worth."""
    return (os.cpu_count() or 1) if _size(walk) >= _WORTH_WORKERS else 1


def _worth_another(walk: ExtractContext) -> bool:
    """Tell whether the inputs are worth one more process, beside this one."""
    return (os.cpu_count() or 1) > 1 and _WORTH_ANOTHER <= _size(walk) < _WORTH_WORKERS


def _size(walk: ExtractContext) -> int:
    return sum(found.path.stat().st_size for found in walk.collected.files)


def reading(walk: ExtractContext) -> ingest.ReadOptions:
    """Return how the settings want files read."""
    settings = walk.settings.ingest
    return ingest.ReadOptions(settings.encoding, settings.text_column, settings.id_column)


def counted_files(walk: ExtractContext) -> parallel.Mapper:
    """Return the mapper over the files to read, reporting progress."""
    return walk.counted("read", len(walk.collected.files))


def discoverer(walk: ExtractContext) -> NewWordDiscoverer:
    """Return the discoverer that the settings ask for."""
    return NewWordDiscoverer(
        segmenter=walk.segmenter,
        max_len=walk.settings.discover.max_len,
        min_count=walk.settings.discover.min_count or None,
        generic=walk.generic,
        mapper=walk.mapper,
        memory=walk.memory,
        spill=walk.spill,
    )


def jieba_dictionary(columns: Mapping[str, Sequence[Any]]) -> str:
    """Write new words as a jieba user dictionary, each with the frequency that keeps it whole."""
    segmenter = Segmenter()
    kept = ("word", "pos", "generic", "absorbed_by")
    # jieba reads tags of small letters alone: n for n_new.
    lines = [
        f"{word} {segmenter.least_frequency(word)} {pos.split('_')[0]}\n"
        for word, pos, generic, into in zip(*(columns[name] for name in kept), strict=True)
        if not generic and not into
    ]
    return "".join(lines)
