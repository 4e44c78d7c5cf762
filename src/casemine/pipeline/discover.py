"""Discovery of new words without a study; imports no more than it needs, so that it starts quickly.

Nothing here or below it imports pandas, which takes longer to load than a small corpus to read.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cache
from itertools import compress
from typing import Any

from casemine import ingest, parallel
from casemine.arguments import instance, several
from casemine.discover import MEMORY, NewWordDiscoverer
from casemine.lexicon.script import as_matched, forms
from casemine.pipeline.context import ExtractContext, Progress, quiet
from casemine.segment import Segmenter
from casemine.settings import Settings, checked

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
    inputs: Iterable[str | os.PathLike[str]],
    settings: Settings | None = None,
    *,
    jobs: int = 1,
    memory: int = MEMORY,
    scheduler: str = "",
    spill: str = "",
    left_out: Collection[str] = (),
    progress: Progress = quiet,
) -> Discovered:
    """Return the new words of the documents of `inputs`, and what was left out; nothing is written.

    Words of the kinds `left_out` (person, place, body, series, clause, generic) are not listed.

    `memory` is what each process may take for discovery, in bytes; `scheduler` the address of a Dask
    scheduler whose workers do it, `spill` the folder (or fsspec URL) they share. Documents are read here.
    """
    context = ExtractContext(
        Settings() if settings is None else checked(settings),
        input_paths(inputs),
        progress=progress,
        memory=memory,
        spill=spill,
    )
    another = jobs == 0 and not scheduler and _worth_another(context)
    jobs = jobs or worthwhile_jobs(context)
    beside_or_not = parallel.beside() if another else nullcontext(None)
    with parallel.workers(jobs) as context.mapper, beside_or_not as beside:
        estimator = discoverer(context)
        if beside:
            beside(Segmenter.cut, context.segmenter, "")  # it loads its dictionary meanwhile
            estimator.beside = beside
        matched = cache(as_matched)  # all texts are in memory: each is converted once
        expect = (lambda text: estimator.expect(matched(text))) if beside else None
        files = counted_files(context)
        texts, unread = ingest.read_texts(context.collected, reading(context), files, expect)
        if not scheduler:
            return Discovered(without(_fitted(estimator, texts, matched), left_out), unread)
    with parallel.workers(jobs, scheduler) as context.mapper:
        return Discovered(without(_fitted(discoverer(context), texts, matched), left_out), unread)


def without(columns: Mapping[str, list[Any]], left_out: Collection[str]) -> dict[str, list[Any]]:
    """Return the columns of new words without the words of some kinds.

    >>> without({"word": ["扶贫车间", "柳沟村"], "kind": ["term", "place"]}, ["place"])
    {'word': ['扶贫车间'], 'kind': ['term']}
    """
    kept = [kind not in left_out for kind in columns["kind"]]
    return {name: list(compress(column, kept)) for name, column in columns.items()}


def _fitted(
    estimator: NewWordDiscoverer, texts: Sequence[str], matched: Callable[[str], str]
) -> dict[str, list[Any]]:
    """Return the new words of `texts` as they write them; they are found in what `matched` makes of these."""
    pairs = [(text, matched(text)) for text in texts]
    columns: dict[str, list[Any]] = estimator.fit([simplified for _, simplified in pairs]).columns_
    traditional = any(text != simplified for text, simplified in pairs)
    written = forms(columns["word"], pairs) if traditional else {}
    return columns | {
        name: [written.get(word, word) for word in columns[name]] for name in ("word", "absorbed_by")
    }


def input_paths(inputs: Iterable[str | os.PathLike[str]]) -> tuple[str, ...]:
    """Return the inputs as texts. Raises `ParameterError` for a bare string, whose letters would be taken,
    and for what is no path.
    """
    advice = "Give a list of files, folders or patterns: ['cases']."
    names = several(inputs, name="inputs", advice=advice)
    for name in names:
        instance(name, (str, os.PathLike), name="inputs", advice=advice)
    return tuple(os.fspath(name) for name in names)


def worthwhile_jobs(context: ExtractContext) -> int:
    """Return how many worker processes the inputs are worth."""
    return (os.cpu_count() or 1) if _size(context) >= _WORTH_WORKERS else 1


def _worth_another(context: ExtractContext) -> bool:
    """Tell whether the inputs are worth one more process, beside this one."""
    return (os.cpu_count() or 1) > 1 and _WORTH_ANOTHER <= _size(context) < _WORTH_WORKERS


def _size(context: ExtractContext) -> int:
    return sum(file.path.stat().st_size for file in context.collected.files)


def reading(context: ExtractContext) -> ingest.ReadOptions:
    """Return how the settings want files read."""
    settings = context.settings.ingest
    return ingest.ReadOptions(
        encoding=settings.encoding,
        text_column=settings.text_column,
        id_column=settings.id_column,
        header_row=settings.header_row,
        title_counted=settings.title_counted,
        script=settings.script,
    )


def counted_files(context: ExtractContext) -> parallel.Mapper:
    """Return the mapper over the files to read, reporting progress."""
    return context.counted("read", len(context.collected.files))


def discoverer(context: ExtractContext) -> NewWordDiscoverer:
    """Return the discoverer that the settings ask for."""
    return NewWordDiscoverer(
        segmenter=context.segmenter,
        max_len=context.settings.discover.max_len,
        min_count=context.settings.discover.min_count or None,
        generic=context.generic,
        mapper=context.mapper,
        memory=context.memory,
        spill=context.spill,
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
