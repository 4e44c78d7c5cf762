"""Coding new corpora as an old study was coded: its dictionary, its decisions, its codebooks, all frozen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from casemine import coding, resources, review, schema, sheets, study
from casemine.errors import CasemineError, StudyError, UsageError
from casemine.pipeline.composition import extract
from casemine.pipeline.placing import code, coded_books
from casemine.pipeline.recoded import compare
from casemine.pipeline.walk import Progress, Tables, quiet, read_table, study_settings
from casemine.schema import SUMMARY
from casemine.settings import Settings, to_toml
from casemine.terms import safe_name

# The words the old study knows, beside casemine.toml of the new one.
DICTIONARY = "dictionary.txt"
SUMMARY_FILE = "summary.csv"


@dataclass(frozen=True)
class Recoded:
    """What `recode` leaves: the new study, its input, its tables by name without ending, what failed."""

    folder: Path
    source: str
    tables: Tables
    left_out: pd.DataFrame


@dataclass(frozen=True)
class Summary:
    """A batch: the table `SUMMARY`, the studies made, and the inputs that failed, each with its reason."""

    table: pd.DataFrame
    made: tuple[Recoded, ...]
    failed: dict[str, str]


def recode(
    source: str,
    old: Path,
    folder: Path,
    *,
    ingest: dict[str, Any] | None = None,
    jobs: int = 0,
    progress: Progress = quiet,
) -> Recoded:
    """Code a new corpus as the study `old` is coded, into the study `folder`, and compare the two.

    The new study knows the words of the old one, takes over its settings, its decisions for the whole
    corpus and its codebooks, and says so in run.json. `ingest` are settings of reading that differ. A study
    made the same way before is brought up to date; any other is left alone. Raises `UsageError` for it,
    `StudyError` when `old` is not coded.
    """
    books = coded_books(old)
    if not books:
        raise StudyError("is not coded yet.", place=str(old), advice=f"Run `casemine code {old}` first.")
    settings = _seed(old, folder, books, ingest or {})
    try:
        made = extract([source], folder, settings, jobs=jobs, progress=progress)
    except BaseException:  # also Ctrl-C
        _unseed(folder)
        raise
    run = study.read_run(old)
    for book in books:
        code(folder, book.name, vectors=run.stages[f"code:{book.name}"]["vectors"])
    tables = compare(old, folder, books)
    with study.transaction(folder) as staging:
        (staging / "tables").mkdir()
        for name, frame in tables.items():
            sheets.write_csv(frame, staging / "tables" / f"{name}.csv")
    return Recoded(folder, source, tables, made.tables["left_out.csv"])


def recode_all(
    sources: Sequence[str],
    old: Path,
    folder: Path,
    *,
    ingest: dict[str, Any] | None = None,
    jobs: int = 0,
    progress: Progress = quiet,
    begun: Callable[[str], None] = lambda source: None,
) -> Summary:
    """Recode several corpora, each into a study of its own below `folder`; write `folder`/summary.csv.

    One that fails does not stop the others. `begun` is called with each input in turn. Raises
    `UsageError` when `folder` is a study itself, `StudyError` when `old` is not coded.
    """
    if study.is_study(folder) or folder.is_file():
        raise UsageError(
            "is a study or a file; several inputs need a folder for a study each.",
            place=str(folder),
            advice="Give another -o.",
        )
    if not coded_books(old):
        raise StudyError("is not coded yet.", place=str(old), advice=f"Run `casemine code {old}` first.")
    made: list[Recoded] = []
    rows: list[dict[str, Any]] = []
    failed: dict[str, str] = {}
    for source, name in names_of(sources).items():
        begun(source)
        try:
            one = recode(source, old, folder / name, ingest=ingest, jobs=jobs, progress=progress)
        except (CasemineError, OSError) as error:
            failed[source] = str(error)
            rows.append(_blank(source, str(error)))
            continue
        made.append(one)
        rows += summary_rows(one, name)
    table = SUMMARY.frame(rows)
    study.replace_file(folder / SUMMARY_FILE, "\ufeff" + sheets.to_csv_text(table))
    return Summary(table, tuple(made), failed)


def names_of(sources: Sequence[str]) -> dict[str, str]:
    """Return input -> the name of its study: that of the file or folder, longer where two are alike."""
    paths = {source: Path(source).resolve() for source in dict.fromkeys(sources)}
    names = {
        source: safe_name(path.name if path.is_dir() else path.stem).strip(". ") or "corpus"
        for source, path in paths.items()
    }
    found: dict[str, str] = {}
    taken: set[str] = set()
    for source, name in names.items():
        alike = [one for one in names.values() if one.casefold() == name.casefold()]
        if len(alike) > 1:
            name = f"{safe_name(paths[source].parent.name)}_{name}"
        at = 1
        while (unique := name if at == 1 else f"{name}-{at}").casefold() in taken:
            at += 1
        taken.add(unique.casefold())
        found[source] = unique
    return found


def _blank(source: str, error: str) -> dict[str, Any]:
    texts = {"input": source, "study": "", "codebook": "", "error": error}
    return {column.name: 0 for column in SUMMARY.columns} | texts


def summary_rows(made: Recoded, name: str) -> list[dict[str, Any]]:
    """Return the rows of `SUMMARY` for one input: one a codebook."""
    coverage, difference = made.tables["recode_coverage"], made.tables["recode_difference"]
    only_new = difference[(difference["kind"] == "code") & (difference["only_in"] == "new")]["codebook"]
    candidates = made.tables["recode_candidates"]
    candidates = candidates.loc[candidates["keyword"], "codebook"]
    failed = int((made.left_out["status"] == "failed").sum())
    return [
        {
            **{column.name: row[column.name] for column in SUMMARY.columns if column.name in row},
            "input": made.source,
            "study": name,
            "new_codes": int((only_new == row["codebook"]).sum()),
            "candidates": int((candidates == row["codebook"]).sum()),
            "left_out": failed,
            "error": "",
        }
        for row in coverage[coverage["corpus"] == "new"].to_dict("records")
    ]


def _seed(old: Path, folder: Path, books: Sequence[coding.Codebook], ingest: dict[str, Any]) -> Settings:
    """Make `folder` a study that holds nothing yet but what it takes over; return its settings."""
    study.check_writable(folder)
    settings = study_settings(old).changed({"ingest": ingest})
    words = replace(settings.words, user_dict=(str(folder / DICTIONARY),))
    settings = replace(settings, words=words)
    decisions = _corpus_wide(old)
    dictionary = _dictionary(old, decisions)
    origin = {
        "study": study.relative(str(old), folder),
        "dictionary": study.fingerprint({"words": dictionary}),
        "decisions": study.fingerprint({"decisions": decisions.to_dict("list")}),
        "codebooks": {book.name: book.hash for book in books},
    }
    if study.is_study(folder):
        _check_same(folder, origin)
        # What was changed there since, by review or by hand, is the new study's own.
        return replace(study_settings(folder).changed({"ingest": ingest}), words=study_settings(folder).words)
    with study.transaction(folder) as staging:
        study.write_text(staging / DICTIONARY, dictionary)
        states = review.WORDS.states(decisions)
        review.record(folder, staging, states, source=f"recode: {origin['study']}")
        for book in books:
            text = (old / "codebooks" / f"{book.name}.toml").read_text(encoding="utf-8")
            study.write_text(staging / "codebooks" / f"{book.name}.toml", text)
        beside = replace(settings, words=replace(words, user_dict=(DICTIONARY,)))
        study.write_text(staging / study.SETTINGS, to_toml(_moved(beside, folder)))
        study.write_run(staging, study.Run(recoded_from=origin))
    return settings


def _moved(settings: Settings, folder: Path) -> Settings:
    """Return settings whose word lists are named as seen from `folder`."""
    lists = {
        name: tuple(study.relative(item, folder) if Path(item).is_file() else item for item in items)
        for name, items in (("stopwords", settings.words.stopwords), ("generic", settings.words.generic))
    }
    return replace(settings, words=replace(settings.words, **lists))


def _check_same(folder: Path, origin: dict[str, Any]) -> None:
    before = study.read_run(folder).recoded_from
    if {**before, "study": ""} != {**origin, "study": ""}:
        raise UsageError(
            "is a study already, and was not made from this one as it is now."
            if before
            else "is a study already, not made by recode.",
            place=str(folder),
            advice="Nothing in it was changed. Give another -o.",
        )


def _unseed(folder: Path) -> None:
    """Take away a study that holds nothing but what it took over."""
    if study.is_study(folder) and not study.read_run(folder).stages:
        books = sorted((folder / "codebooks").glob("*.toml"))
        names = (DICTIONARY, "decisions.csv", "history.csv", study.SETTINGS, study.RUN)
        for path in (*books, *(folder / name for name in names)):
            path.unlink(missing_ok=True)
        for empty in (folder / "codebooks", folder):
            if empty.is_dir() and not any(empty.iterdir()):
                empty.rmdir()


def _corpus_wide(old: Path) -> pd.DataFrame:
    """Return the decisions for the whole corpus of the coder whose decisions count there."""
    decisions = review.read_decisions(old)
    main = review.main_coder(decisions, study_settings(old).review.coder)
    kept = (decisions["doc_id"] == "*") & (decisions["coder"] == main)
    return decisions[kept].reset_index(drop=True)


def _dictionary(old: Path, decisions: pd.DataFrame) -> str:
    """Return the words the old study knows as a jieba user dictionary: found, given, or decided on."""
    found = read_table(old / "new_words.csv", schema.NEW_WORDS)
    found = found[found["absorbed_by"] == ""]
    words = {word: pos.split("_")[0] for word, pos in zip(found["word"], found["pos"], strict=True)}
    kept = decisions[decisions["decision"] != "drop"]
    words |= {word: words.get(word, "n") for name in ("word", "standard") for word in kept[name] if word}
    for name in study_settings(old).words.user_dict:
        words |= resources.user_dictionary(Path(name))
    # A word with a space in it is two words to jieba.
    return "".join(f"{word} {tag}\n" for word, tag in sorted(words.items()) if len(word.split()) == 1)
