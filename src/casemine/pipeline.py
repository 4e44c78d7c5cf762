"""The stages in order: documents, new words, keywords, frequencies, and what a review leaves of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from time import perf_counter
from typing import Any

import pandas as pd

from casemine import ingest, mapping, resources, schema, sheets, study, tabulate
from casemine.discover import NewWordDiscoverer
from casemine.document import Document, Passage
from casemine.errors import StudyError, UsageError
from casemine.segment import Segmenter
from casemine.settings import Settings, to_toml
from casemine.settings import load as load_settings
from casemine.weigh import KeywordWeigher, leading_new_words

# Below this many bytes of input, starting worker processes takes longer than they save.
_WORTH_WORKERS = 4_000_000

Tables = dict[str, pd.DataFrame]
# Called with the stage, the items done and the items to do.
Progress = Callable[[str, int, int], None]


def _quiet(stage: str, done: int, total: int) -> None:
    return None


@dataclass
class Walk:
    """One walk over a study: what every stage may use, and the tables made or read so far."""

    folder: Path
    settings: Settings
    inputs: tuple[str, ...]
    mapper: mapping.Mapper = mapping.in_process
    progress: Progress = _quiet
    tables: Tables = field(default_factory=dict)
    made: list[Document] | None = None

    @cached_property
    def collected(self) -> ingest.Collected:
        """The files of the inputs."""
        return ingest.collect(self.inputs, recursive=self.settings.ingest.recursive)

    @cached_property
    def documents(self) -> list[Document]:
        """The documents: just read, or as the study holds them."""
        return self.made if self.made is not None else list(read_documents(self.folder))

    @cached_property
    def segmenter(self) -> Segmenter:
        """The segmenter that knows the user's dictionaries."""
        words: dict[str, str] = {}
        for name in self.settings.words.user_dict:
            words |= resources.user_dictionary(Path(name))
        return Segmenter(words)

    @cached_property
    def generic(self) -> frozenset[str]:
        """The words without content for this study."""
        return _words(resources.generic_list(name) for name in self.settings.words.generic if name != "none")

    @cached_property
    def stopwords(self) -> frozenset[str]:
        """The words that are never keywords."""
        own = (Path(name) for name in self.settings.words.stopwords)
        return _words((resources.dictionary("stopwords.txt"), *own))

    def counted(self, stage: str, total: int) -> mapping.Mapper:
        """The mapper, reporting progress as results come."""

        def report(function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
            for done, result in enumerate(self.mapper(function, items), start=1):
                self.progress(stage, done, total)
                yield result

        return report


def _words(paths: Iterable[Path]) -> frozenset[str]:
    return frozenset().union(*map(resources.word_list, paths))


@dataclass(frozen=True)
class Stage:
    """A stage: the files it writes, what it depends on, and how its tables are made."""

    name: str
    outputs: Callable[[Settings], Mapping[str, schema.Table]]
    depends: Callable[[Walk], dict[str, Any]]
    make: Callable[[Walk], Tables]


# ---------------------------------------------------------------------------------------- ingest


def _ingest_outputs(settings: Settings) -> dict[str, schema.Table]:
    return {
        "documents.csv": schema.DOCUMENTS,
        "passages.csv": schema.PASSAGES,
        "left_out.csv": schema.LEFT_OUT,
    }


def _ingest_depends(walk: Walk) -> dict[str, Any]:
    files = {found.doc_id: study.file_hash(found.path) for found in walk.collected.files}
    manifests = {str(path): study.file_hash(path) for path in walk.collected.manifests}
    return {
        "settings": asdict(walk.settings.ingest),
        "files": files,
        "manifests": sorted(manifests.values()),
        "regions": study.file_hash(resources.dictionary("regions.csv")),
    }


def _read(walk: Walk) -> ingest.Ingested:
    options = ingest.ReadOptions(
        encoding=walk.settings.ingest.encoding,
        text_column=walk.settings.ingest.text_column,
        id_column=walk.settings.ingest.id_column,
    )
    return ingest.read_documents(walk.collected, options, walk.counted("read", len(walk.collected.files)))


def _ingest(walk: Walk) -> Tables:
    read = _read(walk)
    walk.made = list(read.documents)
    files = study.text_files(document.doc_id for document in read.documents)
    passages = [
        {"doc_id": document.doc_id, **passage._asdict()}
        for document in read.documents
        for passage in document.passages
    ]
    return {
        "documents.csv": schema.DOCUMENTS.frame(read.table.assign(text_file=list(files.values()))),
        "passages.csv": schema.PASSAGES.frame(passages),
        "left_out.csv": read.left_out,
    }


def read_documents(folder: Path) -> Iterator[Document]:
    """Yield the documents a study holds, text and passages, in the order of documents.csv."""
    rows = read_table(folder / "documents.csv", schema.DOCUMENTS)
    passages: dict[str, list[Passage]] = {}
    table = read_table(folder / "passages.csv", schema.PASSAGES)
    for doc_id, *passage in table[schema.PASSAGES.names].itertuples(index=False):
        passages.setdefault(doc_id, []).append(Passage(*passage))
    for row in rows.to_dict("records"):
        try:
            text = (folder / row["text_file"]).read_bytes().decode("utf-8")
        except OSError as error:
            raise StudyError(
                "a text of the study is missing.",
                place=str(folder / row["text_file"]),
                advice="Run `casemine extract` again with --force.",
            ) from error
        parts = tuple(passages.get(row["doc_id"], ()))
        yield Document(row["doc_id"], text, row["title"], row["region"], row["year"], parts)


# -------------------------------------------------------------------------------------- discover


def _by_file(by: str) -> str:
    return f"tables/new_words_by_{by}.csv"


def _groupings(settings: Settings) -> list[str]:
    """By what new words are listed beside the whole corpus: document, region, both or nothing."""
    asked = {settings.discover.by} - {"corpus"}
    return sorted(asked | ({"document"} if settings.weigh.select == "new-words" else set()))


def _discover_outputs(settings: Settings) -> dict[str, schema.Table]:
    by = {_by_file(by): schema.NEW_WORDS_BY for by in _groupings(settings)}
    return {"new_words.csv": schema.NEW_WORDS, **by}


def _discover_depends(walk: Walk) -> dict[str, Any]:
    return {
        "settings": {
            "min_count": walk.settings.discover.min_count,
            "max_len": walk.settings.discover.max_len,
        },
        "by": _groupings(walk.settings),
        "generic": sorted(walk.generic),
        "known": walk.segmenter.words,
    }


def _discoverer(walk: Walk) -> NewWordDiscoverer:
    return NewWordDiscoverer(
        segmenter=walk.segmenter,
        max_len=walk.settings.discover.max_len,
        min_count=walk.settings.discover.min_count or None,
        generic=walk.generic,
        mapper=walk.mapper,
    )


def _discover(walk: Walk) -> Tables:
    texts = [document.counted for document in walk.documents]
    discoverer = _discoverer(walk).fit(texts)
    made = {"new_words.csv": discoverer.new_words_}
    for by in _groupings(walk.settings):
        groups: dict[str, list[str]] = {}
        for document, text in zip(walk.documents, texts, strict=True):
            groups.setdefault(document.doc_id if by == "document" else document.region or "?", []).append(
                text
            )
        frames = [discoverer.transform(group).assign(group=name) for name, group in sorted(groups.items())]
        made[_by_file(by)] = schema.NEW_WORDS_BY.frame(pd.concat(frames) if frames else [])
    return made


# ----------------------------------------------------------------------------------------- weigh


def _weigh_outputs(settings: Settings) -> dict[str, schema.Table]:
    return {"keywords.csv": schema.KEYWORDS}


def _weigh_depends(walk: Walk) -> dict[str, Any]:
    return {
        "settings": asdict(walk.settings.weigh),
        "stopwords": sorted(walk.stopwords),
        "generic": sorted(walk.generic),
        "known": walk.segmenter.words,
    }


def _weigh(walk: Walk) -> Tables:
    dropped = walk.stopwords | walk.generic
    top = walk.settings.weigh.top
    if walk.settings.weigh.select == "new-words":
        by_document = walk.tables[_by_file("document")]
        return {"keywords.csv": leading_new_words(by_document, walk.documents, top=top, dropped=dropped)}
    words = walk.tables["new_words.csv"]
    kept = words[words["absorbed_by"] == ""]
    weigher = KeywordWeigher(
        segmenter=walk.segmenter,
        method=walk.settings.weigh.method,
        top=top,
        new_words=dict(zip(kept["word"], kept["pos"], strict=True)),
        stopwords=walk.stopwords,
        generic=walk.generic,
        mapper=walk.counted("weigh", len(walk.documents)),
    )
    return {"keywords.csv": weigher.fit_transform(walk.documents)}


# -------------------------------------------------------------------------------------- tabulate


def _tabulate_outputs(settings: Settings) -> dict[str, schema.Table]:
    return {"frequency.csv": schema.FREQUENCY}


def _tabulate(walk: Walk) -> Tables:
    return {"frequency.csv": tabulate.frequency(walk.tables["keywords.csv"], walk.documents)}


def _final_outputs(settings: Settings) -> dict[str, schema.Table]:
    return {"keywords_final.csv": schema.KEYWORDS, "frequency_final.csv": schema.FREQUENCY}


def _finalise(walk: Walk) -> Tables:
    # No decisions yet: what the program found stands.
    return {
        "keywords_final.csv": walk.tables["keywords.csv"],
        "frequency_final.csv": walk.tables["frequency.csv"],
    }


def _nothing_more(walk: Walk) -> dict[str, Any]:
    return {}


STAGES = (
    Stage("ingest", _ingest_outputs, _ingest_depends, _ingest),
    Stage("discover", _discover_outputs, _discover_depends, _discover),
    Stage("weigh", _weigh_outputs, _weigh_depends, _weigh),
    Stage("tabulate", _tabulate_outputs, _nothing_more, _tabulate),
    Stage("finalise", _final_outputs, _nothing_more, _finalise),
)


# ------------------------------------------------------------------------------------ composition


@dataclass(frozen=True)
class Extraction:
    """What `extract` leaves: the study, its tables, and the stages it had to do."""

    folder: Path
    tables: Tables
    done: tuple[str, ...]


def read_table(path: Path, table: schema.Table) -> pd.DataFrame:
    """Read a table of a study; raise `StudyError` when it is missing."""
    if not path.is_file():
        raise StudyError("is missing.", place=str(path), advice="Run `casemine run STUDY`.")
    return table.parse(sheets.read_csv(path))


def extract(
    inputs: Sequence[str],
    folder: str | Path,
    settings: Settings | None = None,
    *,
    jobs: int = 0,
    force: bool = False,
    progress: Progress = _quiet,
) -> Extraction:
    """Read the documents of `inputs` and write new words, keywords and frequencies into a study folder.

    `jobs` is the number of worker processes, 0 for as many as the work is worth; no result depends
    on it. `force` redoes every stage and lets a study take other inputs. Raises `UsageError`
    when the folder is someone else's, when the study was made from other inputs, or when no
    document can be read.
    """
    folder, settings = Path(folder), settings or Settings()
    study.check_writable(folder)
    before = study.read_run(folder) if study.is_study(folder) else study.Run()
    kept_inputs = [_relative(name, folder) for name in sorted(set(inputs))]
    if before.inputs and before.inputs != kept_inputs and not force:
        raise UsageError(
            f"this study was made from other inputs ({', '.join(before.inputs)}).",
            place=str(folder),
            advice="Give another -o, or --force to let it take these.",
        )
    walk = Walk(folder, settings, tuple(inputs), progress=progress)
    with mapping.workers(jobs or _worthwhile_jobs(walk)) as mapper, study.transaction(folder) as staging:
        walk.mapper = mapper
        run = study.Run(
            inputs=kept_inputs,
            settings=asdict(settings),
            selection=_selection(settings),
            versions=study.versions(),
        )
        done = [stage.name for stage in STAGES if _advance(stage, walk, run, before, staging, force)]
        _write_settings(settings, folder, staging)
        study.write_run(staging, run)
    study.drop_texts(folder, walk.tables["documents.csv"]["text_file"])
    return Extraction(folder, walk.tables, tuple(done))


def _write_settings(settings: Settings, folder: Path, staging: Path) -> None:
    """Leave casemine.toml as it is, comments and all, unless it says something else."""
    path = folder / study.SETTINGS
    if not path.is_file() or load_settings(path) != settings:
        words = {
            name: tuple(_word_file(item, folder) for item in items)
            for name, items in asdict(settings.words).items()
        }
        study.write_text(staging / study.SETTINGS, to_toml(settings.changed({"words": words})))


def _word_file(name: str, folder: Path) -> str:
    return _relative(name, folder) if Path(name).is_file() else name


def discover(
    inputs: Sequence[str], settings: Settings | None = None, *, jobs: int = 0, progress: Progress = _quiet
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the new words of the documents of `inputs`, and what was left out; nothing is written."""
    walk = Walk(Path(), settings or Settings(), tuple(inputs), progress=progress)
    with mapping.workers(jobs or _worthwhile_jobs(walk)) as mapper:
        walk.mapper = mapper
        read = _read(walk)
        return _discoverer(walk).fit(
            [document.counted for document in read.documents]
        ).new_words_, read.left_out


def jieba_dictionary(words: pd.DataFrame) -> str:
    """Write new words as a jieba user dictionary, each with the frequency that keeps it whole."""
    kept = words[~words["generic"] & (words["absorbed_by"] == "")]
    segmenter = Segmenter()
    # jieba reads tags of small letters alone: n for n_new.
    lines = [
        f"{word} {segmenter.least_frequency(word)} {pos.split('_')[0]}\n"
        for word, pos in zip(kept["word"], kept["pos"], strict=True)
    ]
    return "".join(lines)


def _advance(stage: Stage, walk: Walk, run: study.Run, before: study.Run, staging: Path, force: bool) -> bool:
    """Do one stage, or read its tables where nothing it depends on changed; tell whether it was done."""
    outputs = stage.outputs(walk.settings)
    mark = _fingerprint(stage, walk, run)
    if not force and not _reason(stage, walk, mark, before):
        run.stages[stage.name] = before.stages[stage.name]
        walk.tables |= {name: read_table(walk.folder / name, table) for name, table in outputs.items()}
        return False
    started = perf_counter()
    made = stage.make(walk)
    walk.tables |= made
    for name, frame in made.items():
        (staging / name).parent.mkdir(exist_ok=True)
        sheets.write_csv(frame, staging / name)
    if stage.name == "ingest":
        _write_texts(walk, staging)
    run.stages[stage.name] = {
        "fingerprint": mark,
        "seconds": round(perf_counter() - started, 3),
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "outputs": {name: study.file_hash(staging / name) for name in made},
    }
    return True


def _write_texts(walk: Walk, staging: Path) -> None:
    if not walk.documents:
        reasons = walk.tables["left_out.csv"]
        first = f" {reasons.iloc[0]['file']}: {reasons.iloc[0]['reason']}" if len(reasons) else ""
        raise UsageError(f"no document could be read.{first}", advice="Nothing was written.")
    names = walk.tables["documents.csv"]["text_file"]
    for document, name in zip(walk.documents, names, strict=True):
        study.write_text(staging / name, document.text)


def _fingerprint(stage: Stage, walk: Walk, run: study.Run) -> str:
    """Hash all a stage depends on: casemine and jieba, its settings and lists, the tables before it."""
    earlier = {name: done["outputs"] for name, done in run.stages.items()}
    tools = {name: run.versions.get(name, "") for name in ("casemine", "jieba")}
    return study.fingerprint({"tools": tools, "earlier": earlier, **stage.depends(walk)})


def _reason(stage: Stage, walk: Walk, mark: str, before: study.Run) -> str:
    """Say why a stage is stale; empty when it is not."""
    done = before.stages.get(stage.name)
    if done is None:
        return "not done yet"
    if done["fingerprint"] != mark:
        return "what it depends on changed"
    for name, expected in done["outputs"].items():
        path = walk.folder / name
        if not path.is_file() or study.file_hash(path) != expected:
            return f"{name} is missing or was changed by hand"
    return ""


def stale(folder: Path, settings: Settings) -> dict[str, str]:
    """Return stage -> why it is stale, for the stages of a study that are; later stages follow suit."""
    before = study.read_run(folder)
    walk = Walk(folder, settings, original_inputs(folder, before))
    run = study.Run(stages=dict(before.stages), versions=study.versions())
    found: dict[str, str] = {}
    earlier: dict[str, Any] = {}
    for stage in STAGES:
        run.stages = earlier
        why = f"follows {next(iter(found))}" if found else _stale_reason(stage, walk, run, before)
        if why:
            found[stage.name] = why
        else:
            earlier[stage.name] = before.stages[stage.name]
    return found


def _stale_reason(stage: Stage, walk: Walk, run: study.Run, before: study.Run) -> str:
    try:
        return _reason(stage, walk, _fingerprint(stage, walk, run), before)
    except UsageError as error:
        return f"cannot be checked: {error}"


def original_inputs(folder: Path, run: study.Run) -> tuple[str, ...]:
    """Return the inputs of a study, as paths from here."""
    return tuple(os.path.normpath(folder / name) for name in run.inputs)


def _relative(name: str, folder: Path) -> str:
    """Write an input relative to the study, so that both can move together."""
    try:
        relative = Path(os.path.relpath(name, folder)).as_posix()
        # A name that is no text in the system's encoding is recorded as well as text can.
        return relative.encode("utf-8", "backslashreplace").decode("utf-8")
    except ValueError:  # another drive on Windows
        return Path(name).resolve().as_posix()


def _worthwhile_jobs(walk: Walk) -> int:
    size = sum(found.path.stat().st_size for found in walk.collected.files)
    return (os.cpu_count() or 1) if size >= _WORTH_WORKERS else 1


def _selection(settings: Settings) -> str:
    """Say in words which keywords were selected and how many."""
    weigh = settings.weigh
    if weigh.select == "new-words":
        return f"the {weigh.top} heaviest new words of each document"
    return f"the {weigh.top} heaviest terms of each document by {weigh.method}"


def refresh(folder: Path, *, jobs: int = 0, progress: Progress = _quiet) -> Extraction:
    """Redo the stale stages of a study, with the inputs of run.json and the settings of casemine.toml."""
    inputs = original_inputs(folder, study.read_run(folder))
    return extract(inputs, folder, load_settings(folder / study.SETTINGS), jobs=jobs, progress=progress)


def read_tables(folder: Path, run: study.Run) -> Tables:
    """Read every table that the stages of a study wrote."""
    settings = Settings().changed(run.settings, place=study.RUN)
    outputs = {name: table for stage in STAGES for name, table in stage.outputs(settings).items()}
    return {name: read_table(folder / name, table) for name, table in outputs.items()}
