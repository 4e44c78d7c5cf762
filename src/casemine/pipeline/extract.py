"""`casemine extract`: documents, new words, keywords, frequencies, and what a review leaves of them."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd

from casemine import ingest, parallel, review, schema
from casemine.arguments import whole_number
from casemine.discover import MEMORY
from casemine.document import Document, Passage
from casemine.errors import UsageError
from casemine.lexicon.script import matched_form
from casemine.pipeline import traditional
from casemine.pipeline.context import ExtractContext, Progress, quiet
from casemine.pipeline.discover import counted_files, discoverer, input_paths, reading, worthwhile_jobs
from casemine.pipeline.engine import Parameters, Stage, advance
from casemine.settings import Settings, checked, to_toml
from casemine.study import Study, Texts, file_hash, fingerprint, text_files, versions
from casemine.study.files import SETTINGS, TEXTS
from casemine.tables.frequency import frequency
from casemine.weigh import KeywordWeigher, leading_new_words


def extract(
    inputs: Iterable[str | os.PathLike[str]],
    folder: str | os.PathLike[str] | Study,
    settings: Settings | None = None,
    *,
    jobs: int = 0,
    memory: int = MEMORY,
    scheduler: str = "",
    spill: str = "",
    force: bool = False,
    progress: Progress = quiet,
) -> Study:
    """Read documents, find their new words, weigh their keywords, and keep all in a study folder.

    Parameters
    ----------
    inputs : iterable of str or path
        Files, folders or patterns such as ``reports/*.docx``.
    folder : str or path
        The study to make or bring up to date; only stages that are stale are made.
    settings : Settings, optional
        As casemine.toml has them; the defaults otherwise.
    jobs : int
        Worker processes, 0 for as many as the work is worth. No result depends on it.
    memory : int
        Bytes each process may take for discovery. No result depends on it.
    scheduler : str
        Address of a Dask scheduler whose workers do the work (``tcp://host:8786``); files that a worker does
        not reach by their names are read here. No result depends on it.
    spill : str
        Folder or fsspec URL for what memory does not hold, with a scheduler one that all workers reach.
    force : bool
        Make every stage again, and let a study take other inputs.
    progress : callable
        Called with the stage, the items done and the items to do (0: not known).

    Returns
    -------
    Study
        The study; its `done` names the stages that had to be made.

    Raises
    ------
    ParameterError
        For inputs, settings or numbers that can have no such value; nothing was written.
    UsageError
        When the folder is someone else's, when the study was made from other inputs, or when no document
        can be read.

    Examples
    --------
    >>> import casemine, tempfile
    >>> from casemine import resources
    >>> study = casemine.extract([resources.corpus("cases") / "08-jiangxi.txt"], tempfile.mkdtemp())
    >>> study.done
    ('ingest', 'discover', 'weigh', 'tabulate', 'finalise')
    """
    given = input_paths(inputs)
    # Before the folder is touched: a study whose settings cannot be read again could not be opened.
    settings = Settings() if settings is None else checked(settings)
    jobs = whole_number(jobs, name="jobs", least=0)
    memory = whole_number(memory, name="memory", least=1, advice="Give bytes, as in 2_000_000_000.")
    study = folder if isinstance(folder, Study) else Study.at(folder)
    with study.locked():
        named = [study.relative(name) for name in sorted(set(given))]
        if study.record.inputs and study.record.inputs != named and not force:
            raise UsageError(
                f"this study was made from other inputs ({', '.join(study.record.inputs)}).",
                place=str(study.folder),
                advice="Give another -o, or --force to let it take these.",
            )
        context = ExtractContext(settings, given, study, memory=memory, spill=spill, progress=progress)
        with study.transaction():
            study.change(inputs=named)
            jobs = jobs or worthwhile_jobs(context)
            bring_up_to_date(context, jobs=jobs, scheduler=scheduler, force=force)
    return study


def bring_up_to_date(context: ExtractContext, *, jobs: int, scheduler: str = "", force: bool = False) -> None:
    """Make the stale ones of the stages of extraction, in one transaction; the study's `done` names them.

    Codings and what follows them are kept: `casemine run` makes again what is stale then.
    """
    study, settings = context.study, context.settings
    with study.transaction(), parallel.workers(jobs, scheduler) as context.mapper:
        study.done = tuple(advance(context, STAGES, force=force))
        _write_settings(context)
        said = {
            "settings": asdict(_as_named_from(study, settings)),
            "selection": _selection(settings),
            "versions": versions(),
            "reviewed": not context.decisions.empty,
        }
        if study.done or any(getattr(study.record, name) != value for name, value in said.items()):
            study.change(**said)


def _write_settings(context: ExtractContext) -> None:
    """Leave casemine.toml as it is, comments and all, unless it says something else."""
    study = context.study
    if not study.has(SETTINGS) or study.settings != context.settings:
        study.put_text(SETTINGS, to_toml(_as_named_from(study, context.settings)))


def _as_named_from(study: Study, settings: Settings) -> Settings:
    """Return settings whose word lists are named as they are named from the study."""
    words = {
        name: tuple(study.relative(item) if Path(item).is_file() else item for item in items)
        for name, items in asdict(settings.words).items()
    }
    return settings.changed({"words": words})


def _selection(settings: Settings) -> str:
    """Say in words which keywords were selected and how many."""
    weigh = settings.weigh
    if weigh.select == "new-words":
        return f"the {weigh.top} heaviest new words of each document"
    return f"the {weigh.top} heaviest terms of each document by {weigh.method}"


def _reads(*names: str) -> Any:
    return lambda context, parameters: names


def _word_lists(context: ExtractContext, **lists: Iterable[str] | Mapping[str, str]) -> dict[str, str]:
    """Name the word lists of the user and those that come with casemine, each with a hash."""
    own = {
        name: fingerprint(words if isinstance(words, Mapping) else sorted(words))
        for name, words in lists.items()
    }
    return {**own, "shipped word lists": context.shipped_lists}


# Reading.


def _ingest_settings(context: ExtractContext) -> Parameters:
    return asdict(context.settings.ingest)


def _ingest_depends(context: ExtractContext, parameters: Parameters) -> dict[str, str]:
    files = {file.doc_id: _hash(file.path) for file in context.collected.files}
    manifests = sorted(map(_hash, context.collected.manifests))
    return {"inputs": fingerprint([files, manifests]), **_word_lists(context)}


def _lost_text(context: ExtractContext) -> str:
    names = context.study.documents["text_file"]
    return next((name for name in names if not context.study.has(name)), "")


def _hash(path: Path) -> str:
    """Return the hash of an input, "" when it cannot be opened: reading it says why, the others count."""
    try:
        return file_hash(path)
    except OSError:
        return ""


def _ingest(context: ExtractContext) -> None:
    study = context.study
    read = ingest.read_documents(context.collected, reading(context), counted_files(context))
    if not read.documents:
        reasons = read.left_out
        file, reason = reasons.iloc[0][["file", "reason"]] if len(reasons) else ("", "")
        raise UsageError(
            "no document could be read; nothing was written.",
            advice=f"Left out first: {file} ({reason})." if file else "",
        )
    names = text_files(read.table["doc_id"])
    passages: dict[str, list[Any]] = {name: [] for name in schema.PASSAGES.names}
    kept = {Path(name).name for name in names.values()}
    for old in (study.folder / TEXTS).glob("*.txt"):  # of documents that are no more
        if old.name not in kept:
            study.remove(f"{TEXTS}/{old.name}")
    with study.unrecorded():  # their hashes stand in documents.csv
        for document in read.documents:
            study.put_text(names[document.doc_id], document.text)
            for name, cells in zip(Passage._fields, zip(*document.passages, strict=True), strict=False):
                passages[name] += cells
            passages["doc_id"] += [document.doc_id] * len(document.passages)
    study.put_table(
        schema.DOCUMENTS, schema.DOCUMENTS.frame(read.table.assign(text_file=list(names.values())))
    )
    study.put_table(schema.PASSAGES, schema.PASSAGES.frame(passages))
    study.put_table(schema.LEFT_OUT, read.left_out)


# New words.


def _by_file(by: str) -> str:
    return f"tables/new_words_by_{by}.csv"


def _groupings(settings: Settings) -> list[str]:
    """By what new words are listed beside the whole corpus: document, region, both or nothing."""
    asked = {settings.discover.by} - {"corpus"}
    return sorted(asked | ({"document"} if settings.weigh.select == "new-words" else set()))


def _discover_settings(context: ExtractContext) -> Parameters:
    settings = context.settings.discover
    return {
        "min_count": settings.min_count,
        "max_len": settings.max_len,
        "by": _groupings(context.settings),
    }


def _discover_depends(context: ExtractContext, parameters: Parameters) -> dict[str, str]:
    return _word_lists(context, generic=context.generic, user_dict=context.segmenter.words)


def _discover(context: ExtractContext) -> None:
    study = context.study
    matched = traditional.Matched(Texts(study), context.conversions)
    characters = int(study.documents["chars"].sum())
    fitted = discoverer(context).fit_streamed(matched.counted(), characters)
    words = ("word", "absorbed_by")
    study.put_table(schema.NEW_WORDS, traditional.as_written(fitted.new_words_, matched, words))
    for by in _groupings(context.settings):
        frames = []
        for name, documents in _groups(study, by):
            group = traditional.Matched(documents, context.conversions)
            found = fitted.transform(group.counted())
            # As the group itself writes them: another may write the same word in the other script.
            frames.append(traditional.as_written(found, group, words).assign(group=name))
        study.put_table(schema.NEW_WORDS_BY, schema.NEW_WORDS_BY.frame(pd.concat(frames)), _by_file(by))


def _groups(study: Study, by: str) -> Iterator[tuple[str, Collection[Document]]]:
    """Yield the name of each group of documents, and these."""
    if by == "document":  # in their order
        yield from ((document.doc_id, [document]) for document in Texts(study))
        return
    for name, group in study.documents.groupby(study.documents["region"].replace("", "?"), sort=True):
        yield str(name), Texts(study, frozenset(group["doc_id"]))


# Keywords, and as many more in reserve: the next ones, for those that a review drops.

RESERVE = "keywords_reserve.csv"
RESERVED = 2


def _weigh_reads(context: ExtractContext, parameters: Parameters) -> tuple[str, ...]:
    by_document = (_by_file("document"),) if context.settings.weigh.select == "new-words" else ()
    return ("documents.csv", "passages.csv", "new_words.csv", *by_document)


def _weigh_settings(context: ExtractContext) -> Parameters:
    return asdict(context.settings.weigh)


def _weigh_depends(context: ExtractContext, parameters: Parameters) -> dict[str, str]:
    return _word_lists(
        context, stopwords=context.stopwords, generic=context.generic, user_dict=context.segmenter.words
    )


def _weigh(context: ExtractContext) -> None:
    study, settings = context.study, context.settings.weigh
    if settings.select == "new-words":
        words = study.table(schema.NEW_WORDS_BY, _by_file("document"))
        dropped = context.stopwords | context.generic
        dropped |= {word for word in words["word"].unique() if matched_form(word) in dropped}
        ranked = leading_new_words(words, Texts(study), top=RESERVED * settings.top, dropped=dropped)
    else:
        matched = traditional.Matched(Texts(study), context.conversions)
        weigher = _weigher(context)
        study.release(f"{schema.NEW_WORDS.name}.csv")  # hundreds of thousands of rows of a large corpus
        ranked = traditional.keywords_as_written(weigher.fit_transform(matched), matched)
    leads = ranked["rank"] <= settings.top
    study.put_table(schema.KEYWORDS, ranked[leads].reset_index(drop=True))
    study.put_table(schema.KEYWORDS, ranked[~leads].reset_index(drop=True), RESERVE)


def _weigher(context: ExtractContext) -> KeywordWeigher:
    words = context.study.new_words
    kept = words[words["absorbed_by"] == ""]
    tags = dict(zip(kept["word"], kept["pos"], strict=True))
    matched = zip(matched_form("\n".join(tags)).split("\n"), tags.values(), strict=True) if tags else ()
    # Where a case is from, its column `region` says; as a keyword it would say nothing more.
    places = frozenset(ingest.gazetteer().places)
    return KeywordWeigher(
        segmenter=context.segmenter,
        method=context.settings.weigh.method,
        top=RESERVED * context.settings.weigh.top,
        new_words={**tags, **dict(matched)},
        stopwords=context.stopwords,
        generic=context.generic,
        places=places,
        left_out=context.settings.weigh.left_out,
        mapper=context.counted("weigh"),
    )


# Frequencies, and what the researcher leaves of both.


def _tabulate(context: ExtractContext) -> None:
    study = context.study
    study.put_table(schema.FREQUENCY, frequency(study.extracted_keywords, Texts(study)))


def _finalise_settings(context: ExtractContext) -> Parameters:
    return {"coder": context.settings.review.coder}


def candidates(study: Study, decisions: pd.DataFrame) -> pd.DataFrame:
    """Return the keywords that a review is about: those found, and those that move up where words are out."""
    # A study made before has no reserve.
    reserve = study.table_or_empty(schema.KEYWORDS, RESERVE)
    coder = study.settings.review.coder
    return review.with_promoted(study.extracted_keywords, reserve, decisions, coder=coder)


def _finalise_reads(context: ExtractContext, parameters: Parameters) -> tuple[str, ...]:
    names = (*_TEXTS, "keywords.csv", "frequency.csv", "decisions.csv")
    return (*names, RESERVE) if context.study.has(RESERVE) else names


def _finalise(context: ExtractContext) -> None:
    study, decisions = context.study, context.decisions
    keywords, counts = study.extracted_keywords, study.extracted_frequency
    if not decisions.empty:
        coder = context.settings.review.coder
        keywords = candidates(study, decisions)
        keywords = review.apply_decisions(keywords, decisions, study.held_texts or Texts(study), coder=coder)
        merges, given = review.merges(decisions, coder=coder), review.given(decisions, coder=coder)
        counts = frequency(keywords, Texts(study), merges, given)
    study.put_table(schema.KEYWORDS, keywords, "keywords_final.csv")
    study.put_table(schema.FREQUENCY, counts, "frequency_final.csv")
    study.change(reviewed=not decisions.empty)


def _inputs_there(context: ExtractContext, parameters: Parameters) -> bool:
    """Tell whether reading can be checked: what was read of inputs that are gone stays."""
    return context.inputs_there


_TEXTS = ("documents.csv", "passages.csv")
_READERS = ("lxml", "openpyxl", "pypdfium2", "python-docx", "selectolax")
INGEST = Stage("ingest", _reads(), _ingest, _ingest_settings, _ingest_depends, _READERS, guarded=True,
               checkable=_inputs_there, lost=_lost_text)  # fmt: skip
DISCOVER = Stage("discover", _reads(*_TEXTS), _discover, _discover_settings, _discover_depends,
                 ("jieba", "numpy", "opencc"), guarded=True)  # fmt: skip
WEIGH = Stage("weigh", _weigh_reads, _weigh, _weigh_settings, _weigh_depends,
              ("jieba", "numpy", "opencc", "scipy"), guarded=True)  # fmt: skip
TABULATE = Stage("tabulate", _reads(*_TEXTS, "keywords.csv"), _tabulate, lambda context: {}, guarded=True)
FINALISE = Stage("finalise", _finalise_reads, _finalise, _finalise_settings, guarded=True)
STAGES = (INGEST, DISCOVER, WEIGH, TABULATE, FINALISE)
