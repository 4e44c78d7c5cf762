"""Coding a study: keywords placed in a codebook, the sentences behind each code, draft codebooks, vectors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

import pandas as pd

from casemine import coding, ingest, parallel, resources, review, schema, sheets, study
from casemine.coding import draft_codebook, evidence, placement, vectors
from casemine.coding.codebook_file import text_of
from casemine.coding.likeness import Semantics
from casemine.document import Document
from casemine.errors import UsageError
from casemine.pipeline.walk import Progress, quiet, read_documents, read_table, study_settings
from casemine.segment import Segmenter
from casemine.terms import CORPUS, PROGRAM, Label, codebook_name

PLACEMENTS, CODINGS, CODEBOOKS = "placements.csv", "codings.csv", "codebooks"
SHIPPED_VECTORS = "work-reports"
# What a coding depends on beside codebook and vectors.
_READ = ("documents.csv", "passages.csv", "keywords_final.csv", "decisions.csv", "quote_decisions.csv")


@dataclass(frozen=True)
class Coded:
    """What `code` leaves: the codebook, its placements and codings, and what came to nothing.

    `lacking` are placed keywords without evidence; `lost` are decided quotations that stand in the text
    no more, or whose code the codebook has no more.
    """

    folder: Path
    book: coding.Codebook
    placements: pd.DataFrame
    codings: pd.DataFrame
    lacking: tuple[str, ...]
    lost: tuple[str, ...] = ()


def code(folder: Path, codebook: str = "six-in-one", *, vectors: str = SHIPPED_VECTORS) -> Coded:
    """Place the final keywords of a study in a codebook; write placements.csv and codings.csv.

    `codebook` is one the study holds, a file, or one that comes with casemine; the study keeps a copy.
    `vectors` is a table of word vectors, shipped or a file, or `none`. The codes of decisions.csv, for the
    corpus or for one document, and the decisions of quote_decisions.csv win over what the program finds.
    Rows of other codebooks, and of other coders, stay; those of other coders follow the codebook as it is
    now, under the new name of a code that has the old one as an alias.
    """
    run = study.read_run(folder)
    started = perf_counter()
    path = _codebook_file(folder, codebook)
    book = coding.load(path)
    documents = list(read_documents(folder))
    keywords = read_table(folder / "keywords_final.csv", schema.KEYWORDS)
    decisions = review.read_decisions(folder)
    main = study_settings(folder).review.coder
    merges = review.merges(decisions, coder=main)
    words = sorted(set(keywords["word"]))
    around = evidence.contexts(words, documents, merges)
    placed = placement.place(words, book, around, _meaning(vectors))
    answers = _accepted(decisions, book, main)
    placed = placement.accept(placed, answers.pop(CORPUS, {}), book)
    found = [
        evidence.codings(placement.accept(placed, own, book), keywords, part, book, merges=merges)
        for own, part in _parts(documents, answers)
    ]
    judged = review.QUOTATIONS.read(folder)
    made, lost = review.settle(
        _joined(found, schema.CODINGS),
        review.QUOTATIONS.states(judged),
        documents,
        open_codes(book),
        label=book.label,
        coder=review.main_coder(judged, main),
    )
    with study.transaction(folder) as staging:
        study.write_text(staging / CODEBOOKS / f"{book.name}.toml", text_of(path))
        others = _others(folder / PLACEMENTS, schema.PLACEMENTS, book)
        sheets.write_csv(_joined([*others, placed], schema.PLACEMENTS), staging / PLACEMENTS)
        kept = [_staying(frame, book) for frame in _held(folder / CODINGS, schema.CODINGS)]
        sheets.write_csv(_joined([made, *kept], schema.CODINGS), staging / CODINGS)
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
    return Coded(folder, book, placed, made, tuple(dict.fromkeys(lacking)), tuple(lost))


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
    """Return the table `schema.QUOTES` of the codings of a study, of a code of any level or of all."""
    study.read_run(folder)
    made = read_table(folder / CODINGS, schema.CODINGS)
    names = sorted({Label.parse(label).name for label in made["codebook"]})
    if (codebook and codebook not in names) or (not codebook and len(names) > 1):
        advice = (
            f"Name one with --codebook: {', '.join(names)}." if names else f"Run `casemine code {folder}`."
        )
        raise UsageError("which codebook?", place=str(folder / CODINGS), advice=advice)
    if not names:
        return schema.QUOTES.frame([])
    name = codebook or names[0]
    book = coding.load(folder / CODEBOOKS / f"{name}.toml")
    own = made[made["codebook"].map(codebook_name) == name]
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
    book = draft_codebook.open_coding(keywords, name=path.stem, meaning=_meaning(vectors), top=top)
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
    with parallel.workers(jobs or 1) as mapper:
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
    with study.replacing(output) as temporary:
        vectors.save(made, temporary)
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


def _meaning(name: str) -> Semantics | None:
    path = _vectors_file(name)
    return Semantics(vectors.load(path), Segmenter()) if path else None


def _accepted(decisions: pd.DataFrame, book: coding.Codebook, coder: str) -> dict[str, dict[str, str]]:
    """Return, by `*` and document, keyword -> the code the main coder accepted and this codebook has."""
    main = review.main_coder(decisions, coder)
    found: dict[str, dict[str, str]] = {}
    for row in decisions[(decisions["coder"] == main) & (decisions["code"] != "")].to_dict("records"):
        # An answer about another codebook is no mistake in this one.
        if book.resolve(row["code"]):
            found.setdefault(row["doc_id"], {})[row["word"]] = row["code"]
    return found


def _parts(
    documents: Sequence[Document], answers: Mapping[str, Mapping[str, str]]
) -> list[tuple[Mapping[str, str], list[Document]]]:
    """Return the documents without answers of their own together, and each of the others with its own."""
    silent = [document for document in documents if document.doc_id not in answers]
    return [({}, silent), *((answers[one.doc_id], [one]) for one in documents if one.doc_id in answers)]


def open_codes(book: coding.Codebook) -> dict[str, str]:
    """Return each name and alias of a codebook -> the open code it means; a category -> ""."""
    names = [*book.by_name, *book.by_alias]
    return {
        name: code if book.by_name[code].level == "open" else ""
        for name in names
        if (code := book.resolve(name))
    }


def known_codes(folder: Path) -> dict[str, dict[str, str]]:
    """Return the `open_codes` of each codebook a study was coded with; of none before it was."""
    return {book.name: open_codes(book) for book in coded_books(folder)}


def coded_books(folder: Path) -> list[coding.Codebook]:
    """Return the codebooks a study was coded with, by name."""
    stages = sorted(filter(is_coding, study.read_run(folder).stages))
    return [coding.load(_codebook_file(folder, name.removeprefix("code:"))) for name in stages]


def _fingerprint(folder: Path, book: coding.Codebook, vectors: str) -> str:
    path = _vectors_file(vectors)
    files = {name: study.file_hash(folder / name) for name in _READ if (folder / name).is_file()}
    tools = {name: study.versions().get(name, "") for name in ("casemine", "jieba")}
    held = study.file_hash(path) if path else ""
    coder = study_settings(folder).review.coder
    parts = {"tools": tools, "files": files, "codebook": book.hash, "vectors": held, "coder": coder}
    return study.fingerprint(parts)


def _held(path: Path, table: schema.Table) -> list[pd.DataFrame]:
    return [read_table(path, table)] if path.is_file() else []


def _by_hand(frame: pd.DataFrame) -> pd.Series[bool]:
    """Tell which codings came from elsewhere: neither the program's nor made from decisions each time."""
    return (frame["coder"] != PROGRAM) & (frame["method"] != review.METHOD)


def _staying(frame: pd.DataFrame, book: coding.Codebook) -> pd.DataFrame:
    """Return the codings that stay: of other codebooks, and those by hand, as `book` now calls them."""
    others = _of_other(frame, book)
    by_hand = frame[_by_hand(frame) & ~others]
    named = by_hand["code"].map(lambda code: book.resolve(code) or code)
    return pd.concat([frame[others], by_hand.assign(codebook=book.label, code=named)])


def _of_other(frame: pd.DataFrame, book: coding.Codebook) -> pd.Series[bool]:
    return frame["codebook"].map(codebook_name) != book.name


def _others(path: Path, table: schema.Table, book: coding.Codebook) -> list[pd.DataFrame]:
    return [frame[_of_other(frame, book)] for frame in _held(path, table)]


def _joined(frames: Sequence[pd.DataFrame], table: schema.Table) -> pd.DataFrame:
    filled = [frame for frame in frames if len(frame)]
    # Of two rows with one key the first holds: what was decided, before what came from elsewhere.
    together = table.frame(pd.concat(filled).drop_duplicates(list(table.key)) if filled else [])
    return together.sort_values(list(table.key), kind="stable", ignore_index=True)


def _free(folder: Path) -> Path:
    number = 1
    while (folder / f"open-{number}.toml").exists():
        number += 1
    return folder / f"open-{number}.toml"
