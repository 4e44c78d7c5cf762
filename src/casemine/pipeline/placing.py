"""Coding a study: keywords placed in a codebook, the sentences behind each code, draft codebooks, vectors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

import pandas as pd

from casemine import coding, ingest, mapping, resources, review, schema, sheets, study
from casemine.coding import evidence, openly, placement, vectors
from casemine.coding.likeness import Meaning
from casemine.errors import UsageError
from casemine.pipeline.walk import Progress, quiet, read_documents, read_table
from casemine.segment import Segmenter

PLACEMENTS, CODINGS, CODEBOOKS = "placements.csv", "codings.csv", "codebooks"
SHIPPED_VECTORS = "work-reports"
# What a coding depends on beside codebook and vectors.
_READ = ("documents.csv", "passages.csv", "keywords_final.csv", "decisions.csv")


@dataclass(frozen=True)
class Coded:
    """What `code` leaves: the codebook, its placements and codings, and keywords without evidence."""

    folder: Path
    book: coding.Codebook
    placements: pd.DataFrame
    codings: pd.DataFrame
    lacking: tuple[str, ...]


def code(folder: Path, codebook: str = "six-in-one", *, vectors: str = SHIPPED_VECTORS) -> Coded:
    """Place the final keywords of a study in a codebook; write placements.csv and codings.csv.

    `codebook` is one the study holds, a file, or one that comes with casemine; the study keeps a copy.
    `vectors` is a table of word vectors, shipped or a file, or `none`. The codes of decisions.csv win
    over what the program finds. Rows of other codebooks, and of other coders, stay.
    """
    run = study.read_run(folder)
    started = perf_counter()
    path = _codebook_file(folder, codebook)
    book = coding.load(path)
    documents = list(read_documents(folder))
    keywords = read_table(folder / "keywords_final.csv", schema.KEYWORDS)
    decisions = review.read_decisions(folder)
    merges = review.merges(decisions)
    words = sorted(set(keywords["word"]))
    around = evidence.contexts(words, documents, merges)
    placed = placement.place(words, book, around, _meaning(vectors))
    placed = placement.accept(placed, _accepted(decisions, book), book)
    made = evidence.codings(placed, keywords, documents, book, merges=merges)
    with study.transaction(folder) as staging:
        study.write_text(staging / CODEBOOKS / f"{book.name}.toml", path.read_text(encoding="utf-8-sig"))
        others = _others(folder / PLACEMENTS, schema.PLACEMENTS, book)
        sheets.write_csv(_joined([*others, placed], schema.PLACEMENTS), staging / PLACEMENTS)
        kept = [
            frame[(frame["coder"] != evidence.PROGRAM) | _of_other(frame, book)]
            for frame in _held(folder / CODINGS, schema.CODINGS)
        ]
        sheets.write_csv(_joined([*kept, made], schema.CODINGS), staging / CODINGS)
        record = {
            "fingerprint": _fingerprint(folder, book, vectors),
            "codebook": book.label,
            "vectors": vectors,
            "seconds": round(perf_counter() - started, 3),
            "finished": datetime.now(UTC).isoformat(timespec="seconds"),
            "outputs": {name: study.file_hash(staging / name) for name in (PLACEMENTS, CODINGS)},
        }
        study.write_run(staging, replace(run, stages={**run.stages, f"code:{book.name}": record}))
    lacking = evidence.without_evidence(made, placed, keywords)["word"]
    return Coded(folder, book, placed, made, tuple(dict.fromkeys(lacking)))


def is_coding(stage: str) -> bool:
    """Tell whether a stage recorded in run.json is the coding by some codebook."""
    return stage.startswith("code:")


def stale_codings(folder: Path) -> dict[str, str]:
    """Return `code:CODEBOOK` -> why it is stale, for the codings of a study that are."""
    found: dict[str, str] = {}
    for name, done in study.read_run(folder).stages.items():
        if is_coding(name):
            try:
                book = coding.load(_codebook_file(folder, name.removeprefix("code:")))
                changed = done["fingerprint"] != _fingerprint(folder, book, done["vectors"])
            except UsageError as error:
                found[name] = f"cannot be checked: {error}"
                continue
            if changed or not (folder / CODINGS).is_file():
                found[name] = "what it depends on changed"
    return found


def quotes(folder: Path, *, code: str = "", codebook: str = "", region: str = "") -> pd.DataFrame:
    """Return the table `evidence.QUOTES` of the codings of a study, of a code of any level or of all."""
    study.read_run(folder)
    made = read_table(folder / CODINGS, schema.CODINGS)
    names = sorted({label.partition("@")[0] for label in made["codebook"]})
    if (codebook and codebook not in names) or (not codebook and len(names) > 1):
        advice = f"Name one with --codebook: {', '.join(names)}." if names else "Run `casemine code STUDY`."
        raise UsageError("which codebook?", place=str(folder / CODINGS), advice=advice)
    if not names:
        return evidence.QUOTES.frame([])
    name = codebook or names[0]
    book = coding.load(folder / CODEBOOKS / f"{name}.toml")
    own = made[made["codebook"].str.partition("@")[0] == name]
    merges = review.merges(review.read_decisions(folder))
    documents = list(read_documents(folder))
    return evidence.quotes(own, documents, book, code=code, region=region, merges=merges)


def open_coding(
    folder: Path, output: Path | None = None, *, vectors: str = SHIPPED_VECTORS, top: int = 100
) -> tuple[Path, coding.Codebook]:
    """Write a draft codebook of a study's final keywords; return its file and what it holds.

    Never replaces a file: without `output` it is the first free STUDY/codebooks/open-N.toml.
    """
    study.read_run(folder)
    keywords = read_table(folder / "keywords_final.csv", schema.KEYWORDS)
    path = output or _free(folder / CODEBOOKS)
    if path.exists():
        raise UsageError("exists already; nothing was written.", place=str(path), advice="Give another -o.")
    book = openly.open_coding(keywords, name=path.stem, meaning=_meaning(vectors), top=top)
    study.replace_file(path, coding.to_toml(book))
    return path, book


def train_vectors(
    inputs: Sequence[str],
    output: Path,
    *,
    dimensions: int,
    vocabulary: int,
    min_count: int,
    seed: int,
    jobs: int = 0,
    progress: Progress = quiet,
) -> vectors.WordVectors:
    """Train word vectors on the documents of `inputs` and write them to `output`."""
    with mapping.workers(jobs or 1) as mapper:
        documents = ingest.read_documents(ingest.collect(inputs), mapper=mapper).documents

        def reported(function: Any, items: Any) -> Any:
            for done, result in enumerate(mapper(function, items), start=1):
                progress("segment", done, len(documents))
                yield result

        made = vectors.train(
            [document.counted for document in documents],
            Segmenter(),
            dimensions=dimensions,
            vocabulary=vocabulary,
            min_count=min_count,
            seed=seed,
            mapper=reported,
        )
    output.parent.mkdir(parents=True, exist_ok=True)
    vectors.save(made, output)
    return made


def _codebook_file(folder: Path, codebook: str) -> Path:
    own = folder / CODEBOOKS / f"{codebook}.toml"
    return own if own.is_file() else coding.locate(codebook)


def _vectors_file(name: str) -> Path | None:
    if name == "none":
        return None
    if name == SHIPPED_VECTORS:
        return resources.dictionary(f"vectors/{name}.npz")
    if not Path(name).is_file():
        advice = f"Give a file that `casemine vectors` wrote, {SHIPPED_VECTORS} or none."
        raise UsageError("no such word vectors.", place=name, advice=advice)
    return Path(name)


def _meaning(name: str) -> Meaning | None:
    path = _vectors_file(name)
    return Meaning(vectors.load(path), Segmenter()) if path else None


def _accepted(decisions: pd.DataFrame, book: coding.Codebook) -> Mapping[str, str]:
    """Return keyword -> the code the main coder accepted for the whole corpus, where this codebook has it."""
    coder = review.main_coder(decisions)
    rows = decisions[(decisions["coder"] == coder) & (decisions["code"] != "") & (decisions["doc_id"] == "*")]
    answers = zip(rows["word"], rows["code"], strict=True)
    # An answer about another codebook is no mistake in this one.
    return {word: answer for word, answer in answers if book.resolve(answer)}


def _fingerprint(folder: Path, book: coding.Codebook, vectors: str) -> str:
    path = _vectors_file(vectors)
    files = {name: study.file_hash(folder / name) for name in _READ if (folder / name).is_file()}
    tools = {name: study.versions().get(name, "") for name in ("casemine", "jieba")}
    held = study.file_hash(path) if path else ""
    return study.fingerprint({"tools": tools, "files": files, "codebook": book.hash, "vectors": held})


def _held(path: Path, table: schema.Table) -> list[pd.DataFrame]:
    return [read_table(path, table)] if path.is_file() else []


def _of_other(frame: pd.DataFrame, book: coding.Codebook) -> pd.Series[bool]:
    return frame["codebook"].str.partition("@")[0] != book.name


def _others(path: Path, table: schema.Table, book: coding.Codebook) -> list[pd.DataFrame]:
    return [frame[_of_other(frame, book)] for frame in _held(path, table)]


def _joined(frames: Sequence[pd.DataFrame], table: schema.Table) -> pd.DataFrame:
    filled = [frame for frame in frames if len(frame)]
    together = table.frame(pd.concat(filled) if filled else [])
    return together.sort_values(list(table.key), kind="stable", ignore_index=True)


def _free(folder: Path) -> Path:
    number = 1
    while (folder / f"open-{number}.toml").exists():
        number += 1
    return folder / f"open-{number}.toml"
