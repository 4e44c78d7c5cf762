"""`casemine recode`: new corpora coded as an old study was, by its words, decisions and codebooks."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from casemine import coding, parallel, resources, review, sheets
from casemine.coding.codebook_file import text_of
from casemine.discover import MEMORY
from casemine.errors import CasemineError, StudyError, UsageError
from casemine.pipeline import engine
from casemine.pipeline.code import code, codebook_path, coded_books
from casemine.pipeline.context import ExtractContext, Progress, quiet
from casemine.pipeline.engine import Parameters, Stage
from casemine.pipeline.extract import extract
from casemine.pipeline.recode_tables import compare
from casemine.pipeline.view import book_files
from casemine.schema import CANDIDATES, COVERAGE, DIFFERENCE, OUTSIDE, SUMMARY
from casemine.settings import Settings, to_toml
from casemine.study import Study, fingerprint, is_study, replace_file
from casemine.study.files import CODEBOOKS, SETTINGS, TABLES
from casemine.terms import CORPUS, safe_name

RECODE_TABLES = (COVERAGE, OUTSIDE, CANDIDATES, DIFFERENCE)
# The words the old study knows, beside casemine.toml of the new one.
DICTIONARY = "dictionary.txt"
SUMMARY_FILE = "summary.csv"


@dataclass(frozen=True)
class Recoded:
    """What `recode` leaves: the new study, its input, the tables that compare it by name without ending."""

    study: Study
    source: str
    tables: dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Summary:
    """A batch: the table `SUMMARY`, the studies made, and the inputs that failed, each with its reason."""

    table: pd.DataFrame
    made: tuple[Recoded, ...]
    failed: dict[str, str]


def recode(
    source: str,
    old: Study | str | os.PathLike[str],
    folder: str | os.PathLike[str],
    *,
    ingest: dict[str, Any] | None = None,
    jobs: int = 0,
    memory: int = MEMORY,
    scheduler: str = "",
    spill: str = "",
    progress: Progress = quiet,
) -> Recoded:
    """Code a new corpus as the study `old` is coded, into the study `folder`, and compare the two.

    The new study knows the words of the old one, takes over its settings, its decisions for the whole
    corpus and its codebooks, and says so in run.json. `ingest` are settings of reading that differ. A study
    made the same way before is brought up to date; any other is left alone. All is written or nothing.
    `jobs`, `memory`, `scheduler` and `spill` are those of `extract`.
    Raises `UsageError` for another study, `StudyError` when `old` is not coded.
    """
    old = Study.of(old)
    books = _books(old)
    study = Study.at(folder)
    with study.locked(), study.transaction():
        settings = _seed(old, study, books, ingest or {})
        extract(
            [source],
            study,
            settings,
            jobs=jobs,
            memory=memory,
            scheduler=scheduler,
            spill=spill,
            progress=progress,
        )
        # Each stage reads what it needs: the tables of all of them together would decide how large a corpus
        # can be.
        study.release()
        for call in old.record.of("code"):
            code(study, jobs=jobs, scheduler=scheduler, **call.parameters)
            study.release()
        context = ExtractContext.of(study)
        tables: dict[str, pd.DataFrame] = engine.make(context, COMPARE, {"old": study.relative(old.folder)})
    return Recoded(study, source, tables)


def _books(old: Study) -> list[coding.Codebook]:
    books = coded_books(old)
    if not books:
        advice = f"Run `casemine code {old.folder}` first."
        raise StudyError("is not coded yet.", place=str(old.folder), advice=advice)
    return books


def _compare(context: ExtractContext, old: str) -> dict[str, pd.DataFrame]:
    study = context.study
    tables = compare(Study(study.folder / old), study, coded_books(study))
    for table in RECODE_TABLES:
        study.put_table(table, tables[table.name], f"tables/{table.name}.csv")
    return tables


_COMPARED = ("documents.csv", "new_words.csv", "frequency_final.csv", "placements.csv", "codings.csv")


def _reads(context: ExtractContext, parameters: Parameters) -> list[str]:
    return [*_COMPARED, *book_files(context.study)]


def _depends(context: ExtractContext, parameters: Parameters) -> dict[str, str]:
    old = Study(context.study.folder / parameters["old"])
    return {f"{name} of the study it was coded by": old.hash(name) for name in _COMPARED}


def _old_is_there(context: ExtractContext, parameters: Parameters) -> bool:
    return is_study(context.study.folder / parameters["old"])


COMPARE = Stage("compare", _reads, _compare, depends=_depends, checkable=_old_is_there)


def recode_all(
    sources: Sequence[str],
    old: Study | str | os.PathLike[str],
    folder: Path,
    *,
    ingest: dict[str, Any] | None = None,
    jobs: int = 0,
    memory: int = MEMORY,
    scheduler: str = "",
    progress: Progress = quiet,
    begun: Callable[[str], None] = lambda source: None,
) -> Summary:
    """Recode several corpora, each into a study of its own below `folder`; write `folder`/summary.csv.

    One that fails does not stop the others. `begun` is called with each input in turn. With a `scheduler`
    each is a task of its own: the corpora, `old` and `folder` must lie where all its workers reach them by
    the same names. Raises `UsageError` when `folder` is a study itself, `StudyError` when `old` is not coded.
    """
    old = Study.of(old)
    if is_study(folder) or folder.is_file():
        raise UsageError(
            "is a study or a file; several inputs need a folder for a study each.",
            place=str(folder),
            advice="Give another -o.",
        )
    _books(old)
    studies: list[Recoded] = []
    rows: list[dict[str, Any]] = []
    failed: dict[str, str] = {}
    named = [(source, folder / name) for source, name in names_of(sources).items()]
    tasks = list(named)
    one = partial(_recoded, old=old, ingest=ingest, jobs=jobs, memory=memory, progress=progress)
    if scheduler:
        # Away from here nobody is told of the stages, which several corpora go through at once.
        one = partial(_recoded_there, old=old.folder.resolve(), ingest=ingest, memory=memory)
        tasks = [(str(Path.cwd() / Path(source).expanduser()), target.resolve()) for source, target in tasks]
    folder.mkdir(parents=True, exist_ok=True)
    with parallel.workers(1, scheduler) as mapper:
        for (source, target), failure in zip(named, mapper(one, _told(tasks, begun)), strict=True):
            if failure:
                failed[source] = failure
                rows.append(_blank(source, failure))
                continue
            study = Study(target)
            recoded = Recoded(study, source, tables_of(study))
            studies.append(recoded)
            rows += summary_rows(recoded, target.name)
    table = SUMMARY.frame(rows)
    replace_file(folder / SUMMARY_FILE, "\ufeff" + sheets.to_csv_text(table))
    return Summary(table, tuple(studies), failed)


def _told(tasks: Iterable[tuple[str, Path]], begun: Callable[[str], None]) -> Iterator[tuple[str, Path]]:
    """Yield the tasks, each told of as it begins."""
    for source, target in tasks:
        begun(source)
        yield source, target


def _recoded(
    task: tuple[str, Path],
    old: Study | Path,
    ingest: dict[str, Any] | None,
    jobs: int,
    memory: int,
    progress: Progress,
) -> str:
    """Recode one of several corpora; return why it failed, "" when it did not."""
    source, target = task
    try:
        recode(source, old, target, ingest=ingest, jobs=jobs, memory=memory, progress=progress)
    except (CasemineError, OSError) as error:
        return str(error) or type(error).__name__
    return ""


def _recoded_there(task: tuple[str, Path], old: Path, ingest: dict[str, Any] | None, memory: int) -> str:
    """Do the same on a worker of a cluster, where the names of folders must mean what they mean here."""
    if not is_study(old) or not task[1].parent.is_dir():
        raise UsageError(
            "a worker does not reach this folder.",
            place=str(old if not is_study(old) else task[1].parent),
            advice="Give --study and -o in folders that every worker and this machine share.",
        )
    return _recoded(task, old, ingest, 1, memory, quiet)


def tables_of(study: Study) -> dict[str, pd.DataFrame]:
    """Return the tables by which a recoded study is compared with the old one."""
    return {table.name: study.table(table, f"{TABLES}/{table.name}.csv") for table in RECODE_TABLES}


def names_of(sources: Sequence[str]) -> dict[str, str]:
    """Return input -> the name of its study: that of the file or folder, longer where two are alike."""
    paths = {source: Path(source).resolve() for source in dict.fromkeys(sources)}
    names = {
        source: safe_name(path.name if path.is_dir() else path.stem).strip(". ") or "corpus"
        for source, path in paths.items()
    }
    distinct: dict[str, str] = {}
    taken: set[str] = set()
    for source, name in names.items():
        alike = [other for other in names.values() if other.casefold() == name.casefold()]
        if len(alike) > 1:
            name = f"{safe_name(paths[source].parent.name)}_{name}"
        at = 1
        while (unique := name if at == 1 else f"{name}-{at}").casefold() in taken:
            at += 1
        taken.add(unique.casefold())
        distinct[source] = unique
    return distinct


def _blank(source: str, error: str) -> dict[str, Any]:
    texts = {"input": source, "study": "", "codebook": "", "error": error}
    return {column.name: 0 for column in SUMMARY.columns} | texts


def summary_rows(recoded: Recoded, name: str) -> list[dict[str, Any]]:
    """Return the rows of `SUMMARY` for one input: one a codebook."""
    coverage, difference = recoded.tables["recode_coverage"], recoded.tables["recode_difference"]
    only_new = difference[(difference["kind"] == "code") & (difference["only_in"] == "new")]["codebook"]
    candidates = recoded.tables["recode_candidates"]
    candidates = candidates.loc[candidates["keyword"], "codebook"]
    failed = int((recoded.study.left_out["status"] == "failed").sum())
    return [
        {
            **{column.name: row[column.name] for column in SUMMARY.columns if column.name in row},
            "input": recoded.source,
            "study": name,
            "new_codes": int((only_new == row["codebook"]).sum()),
            "candidates": int((candidates == row["codebook"]).sum()),
            "left_out": failed,
            "error": "",
        }
        for row in coverage[coverage["corpus"] == "new"].to_dict("records")
    ]


def _seed(old: Study, study: Study, books: Sequence[coding.Codebook], ingest: dict[str, Any]) -> Settings:
    """Write into a new study what it takes over; return its settings."""
    decisions = _corpus_wide(old)
    dictionary = _dictionary(old, decisions)
    origin = {
        "study": study.relative(old.folder),
        "dictionary": fingerprint({"words": dictionary}),
        "decisions": fingerprint({"decisions": decisions.to_dict("list")}),
        "codebooks": {book.name: book.hash for book in books},
    }
    if is_study(study.folder):
        _check_same(study, origin)
        # What was changed there since, by review or by hand, is the new study's own.
        return replace(study.settings.changed({"ingest": ingest}), words=study.settings.words)
    study.put_text(DICTIONARY, dictionary)
    files = [study.new_file(name) for name in (review.WORDS.file, review.WORDS.history_file)]
    states = review.WORDS.states(decisions)
    review.record(study.folder, files[0].parent, states, source=f"recode: {origin['study']}")
    for book in books:
        name = f"{CODEBOOKS}/{book.name}.toml"
        study.put_text(name, text_of(codebook_path(old, book.name)))
    settings = old.settings.changed({"ingest": ingest})
    words = replace(settings.words, user_dict=(DICTIONARY,))
    study.put_text(SETTINGS, to_toml(_moved(replace(settings, words=words), study)))
    study.change(recoded_from=origin, first_codebook=old.first_codebook)
    return study.settings


def _moved(settings: Settings, study: Study) -> Settings:
    """Return settings whose word lists are named as seen from the study."""
    lists = {
        name: tuple(study.relative(item) if Path(item).is_file() else item for item in items)
        for name, items in (("stopwords", settings.words.stopwords), ("generic", settings.words.generic))
    }
    return replace(settings, words=replace(settings.words, **lists))


def _check_same(study: Study, origin: dict[str, Any]) -> None:
    before = study.record.recoded_from
    if {**before, "study": ""} != {**origin, "study": ""}:
        raise UsageError(
            "is a study already, and was not made from this one as it is now."
            if before
            else "is a study already, not made by recode.",
            place=str(study.folder),
            advice="Nothing in it was changed. Give another -o.",
        )


def _corpus_wide(old: Study) -> pd.DataFrame:
    """Return the decisions for the whole corpus of the coder whose decisions count there."""
    decisions = review.read_decisions(old.folder)
    main = review.main_coder(decisions, old.settings.review.coder)
    kept = (decisions["doc_id"] == CORPUS) & (decisions["coder"] == main)
    return decisions[kept].reset_index(drop=True)


def _dictionary(old: Study, decisions: pd.DataFrame) -> str:
    """Return the words the old study knows as a jieba user dictionary: found, given, or decided on."""
    new_words = old.new_words
    new_words = new_words[new_words["absorbed_by"] == ""]
    words = {word: pos.split("_")[0] for word, pos in zip(new_words["word"], new_words["pos"], strict=True)}
    kept = decisions[decisions["decision"] != "drop"]
    words |= {word: words.get(word, "n") for name in ("word", "standard") for word in kept[name] if word}
    for name in old.settings.words.user_dict:
        words |= resources.user_dictionary(Path(name))
    # A word with a space in it is two words to jieba.
    return "".join(f"{word} {tag}\n" for word, tag in sorted(words.items()) if len(word.split()) == 1)
