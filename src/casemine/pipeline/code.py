"""`casemine code`: keywords placed in a codebook, the sentences behind each code, draft codebooks."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from casemine import coding, parallel, review, schema, sheets
from casemine.coding import draft_codebook, evidence, placement
from casemine.coding.codebook_file import text_of
from casemine.coding.coherence import Coherence, coherence
from casemine.coding.learning import Lessons
from casemine.coding.quotes import quotes as quotes_in_context
from casemine.errors import UsageError
from casemine.pipeline import code_rows, engine
from casemine.pipeline.code_rows import CodedCounts, SettledRows
from casemine.pipeline.context import ExtractContext, Progress, quiet
from casemine.pipeline.engine import Parameters, Stage
from casemine.pipeline.vectors import SHIPPED, semantics, vectors_file
from casemine.study import Study, Texts, file_hash, is_study, replace_file
from casemine.study.files import CODEBOOKS
from casemine.terms import CORPUS, PROGRAM, codebook_name

# Characters from which texts are worth the start of worker processes.
_WORTH_WORKERS = 3_000_000


@dataclass(frozen=True)
class Coded:
    """What `code` leaves: the codebook, its placements, counts of its codings, and what came to nothing.

    `lacking` are placed keywords and of how many of their documents no sentence has their code; `lost` are
    decided quotations that stand in the text no more, or whose code the codebook has no more; `unknown` are
    (keyword, code) of decided codes that no codebook of the study has.
    """

    study: Study
    book: coding.Codebook
    placements: pd.DataFrame
    counts: CodedCounts
    lacking: Mapping[str, int]
    lost: tuple[str, ...] = ()
    unknown: tuple[tuple[str, str], ...] = ()

    @property
    def codings(self) -> pd.DataFrame:
        """The codings of the study by this codebook, read from codings.csv (`schema.CODINGS`)."""
        codings = self.study.codings
        return codings[codings["codebook"] == self.book.label].reset_index(drop=True)


def code(
    study: Study | str | os.PathLike[str],
    codebook: str = "six-in-one",
    *,
    vectors: str = SHIPPED,
    sources: str = evidence.BOTH,
    unit: str = "sentence",
    headings: bool = False,
    jobs: int = 0,
    scheduler: str = "",
    progress: Progress = quiet,
) -> Coded:
    """Place the final keywords of a study in a codebook; write placements.csv and codings.csv.

    `codebook` is one the study holds, a file, or one that comes with casemine; the study keeps a copy.
    `vectors` is a table of word vectors, shipped or a file, or `none`. `sources`, `unit` and `headings` say
    where codes are looked for and what a quotation is, as `coding.evidence.codings` takes them; sources
    "keywords" is the method of the 117-case study. The codes of decisions.csv, for the
    corpus or for one document, and the decisions of quote_decisions.csv win over what the program finds.
    Rows of other codebooks, and of other coders, stay; those of other coders follow the codebook as it is
    now, under the new name of a code that has the old one as an alias. Texts are read one by one and rows
    written as they come; `jobs` worker processes share the work (0: as many as it is worth), or the workers
    of a Dask `scheduler`, which need no files; no byte depends on them.
    """
    study = Study.of(study)
    with study.locked(), study.transaction():
        book = load_codebook(study, codebook)
        if study.codebook_file(codebook) is None:  # one of the study is its own copy
            study.put_text(f"{CODEBOOKS}/{book.name}.toml", text_of(codebook_path(study, codebook)))
        parameters = {
            "codebook": book.name, "vectors": vectors, "sources": sources, "unit": unit, "headings": headings
        }  # fmt: skip
        context = ExtractContext.of(study, progress)
        study.change(first_codebook=study.first_codebook or book.name)
        with parallel.workers(jobs or worthwhile_coders(study), scheduler) as context.mapper:
            coded: Coded = engine.make(context, CODE, parameters)
    return coded


def worthwhile_coders(study: Study) -> int:
    """Return how many worker processes the texts of a study are worth."""
    worth = int(study.documents["chars"].sum()) >= _WORTH_WORKERS
    return (os.cpu_count() or 1) if worth else 1


def _make(
    context: ExtractContext,
    codebook: str,
    vectors: str,
    # As a study that an earlier version coded is coded anew.
    sources: str = evidence.BOTH,
    unit: str = "sentence",
    headings: bool = False,
) -> Coded:
    study = context.study
    book = load_codebook(study, codebook)
    keywords, decisions = study.keywords, context.decisions
    main = context.settings.review.coder
    merges, dropped = review.merges(decisions, coder=main), review.dropped(decisions, coder=main)
    answers = _accepted(decisions, book, main)
    lessons = _lessons(context, book)
    placements = _placements(study, book, merges, vectors, lessons)
    placements = placement.accept(placements, answers.pop(CORPUS, {}), book)
    coder = evidence.DocumentCoder(
        placements, book, merges=merges, dropped=dropped, sources=sources, unit=unit, headings=headings
    )
    judged = review.QUOTATIONS.read(study.path(review.QUOTATIONS.file).parent)
    settled = SettledRows(
        review.QUOTATIONS.states(judged), open_codes(book), book.label, review.main_coder(judged, main)
    )
    lacking = _write_codings(context, coder, settled, keywords, answers)
    others = _of_others(study.table_or_empty(schema.PLACEMENTS), book)
    study.put_table(schema.PLACEMENTS, _joined([others, placements], schema.PLACEMENTS))
    return Coded(
        study,
        book,
        placements,
        settled.counts,
        lacking,
        tuple(settled.lost),
        _unknown(study, book, decisions, main),
    )


def _write_codings(
    context: ExtractContext,
    coder: evidence.DocumentCoder,
    settled: SettledRows,
    keywords: pd.DataFrame,
    answers: Mapping[str, Mapping[str, str]],
) -> Counter[str]:
    """Write codings.csv anew, document by document; return placed keywords -> documents without evidence."""
    study, book = context.study, coder.book
    placed = coder.placements[coder.placements["status"] == placement.PLACED]
    codes = dict(zip(placed["keyword"], placed["open"], strict=True))
    words = keywords.groupby("doc_id", sort=False)["word"].agg(list).to_dict()
    lacking: Counter[str] = Counter()

    def made() -> Iterator[code_rows.Row]:
        shares = evidence.shares(study.iter_texts(), keywords, answers)
        for document, rows in code_rows.mapped(coder, shares, context.mapper):
            own = settled.of(document, rows)
            without = evidence.without_evidence(own, words.get(document.doc_id, []), codes)
            lacking.update(word for word, _ in without)
            yield from own
        settled.rest()

    path = study.path(f"{schema.CODINGS.name}.csv")
    by_hand = list(code_rows.others(path, lambda part: _own_by_hand(part, book)))
    kept = code_rows.others(path, lambda part: _of_others(part, book))
    target = study.new_file(f"{schema.CODINGS.name}.csv")
    # The table may be one that this very transaction wrote, for another codebook.
    written = target.with_name(f"{target.name}.new")
    rows = code_rows.write(written, made(), sorted(by_hand, key=code_rows.key), kept)
    written.replace(target)
    parts = sheets.read_csv_parts(target, sheets.ROW_GROUP)
    study.put_parquet(target.name, rows, map(schema.CODINGS.parse, parts))
    return lacking


def _placements(
    study: Study, book: coding.Codebook, merges: evidence.Merges, vectors: str, lessons: Lessons
) -> pd.DataFrame:
    words = sorted(set(study.keywords["word"]))
    decided = [keyword for keyword, _ in lessons.answers]
    contexts = evidence.contexts([*words, *decided], Texts(study), merges)
    return placement.place(words, book, contexts, semantics(vectors), lessons=lessons)


def _lessons(context: ExtractContext, book: coding.Codebook) -> Lessons:
    """Return what was decided in the study, then in the studies it was recoded from, the nearest first.

    One that is not there any more teaches nothing.
    """
    decided: list[Mapping[str, str]] = []
    seen: set[Path] = set()
    study: Study | None = context.study
    while study is not None and study.folder.resolve() not in seen:
        seen.add(study.folder.resolve())
        own = ExtractContext.of(study)
        coder = own.settings.review.coder
        decided.append(_accepted(own.decisions, book, coder).get(CORPUS, {}))
        source = study.folder / str(study.record.recoded_from.get("study", ""))
        study = Study(source) if study.record.recoded_from and is_study(source) else None
    return Lessons.of(book, *decided)


# What a coding depends on beside codebook and vectors.
_READ = ("documents.csv", "passages.csv", "keywords_final.csv", "decisions.csv", "quote_decisions.csv")


def _reads(context: ExtractContext, parameters: Parameters) -> tuple[str, ...]:
    return _READ


def _depends(context: ExtractContext, parameters: Parameters) -> dict[str, str]:
    book = load_codebook(context.study, parameters["codebook"])
    path = vectors_file(parameters["vectors"])
    coder = context.settings.review.coder
    learnt = _lessons(context, book).hash
    return {
        f"codebook {book.name}": book.hash,
        **({"word vectors": file_hash(path)} if path else {}),
        **({"review.coder": coder} if coder else {}),
        **({"decisions learnt from": learnt} if learnt else {}),
    }


CODE = Stage(
    "code",
    _reads,
    _make,
    depends=_depends,
    libraries=("jieba", "numpy", "scikit-learn", "scipy"),
    identity=lambda parameters: str(parameters["codebook"]),
)


def stale_codings(study: Study) -> dict[str, str]:
    """Return `code:CODEBOOK` -> why it is stale, for the codings of a study that are."""
    return engine.stale(ExtractContext.of(study), (CODE,))


def quotes(
    study: Study | str | os.PathLike[str], *, code: str = "", codebook: str = "", region: str = ""
) -> pd.DataFrame:
    """Return the table `schema.QUOTES` of the codings of a study, of a code of any level or of all."""
    study = Study.of(study)
    codings = study.codings
    names = sorted(set(codings["codebook"].map(codebook_name)))
    if (codebook and codebook not in names) or (not codebook and len(names) > 1):
        known = f"Name one with --codebook: {', '.join(names)}."
        advice = known if names else f"Run `casemine code {study.folder}`."
        raise UsageError("which codebook?", place=str(study.folder / "codings.csv"), advice=advice)
    if not names:
        return schema.QUOTES.frame([])
    name = codebook or names[0]
    own = codings[codings["codebook"].map(codebook_name) == name]
    merges = review.merges(ExtractContext.of(study).decisions)
    book = load_codebook(study, name)
    return quotes_in_context(own, study.texts, book, code=code, region=region, merges=merges)


def open_coding(
    study: Study | str | os.PathLike[str],
    output: Path | None = None,
    *,
    vectors: str = SHIPPED,
    top: int = 100,
) -> tuple[Path, coding.Codebook]:
    """Write a draft codebook of a study's final keywords; return its file and what it holds.

    Never replaces a file: without `output` it is the first free STUDY/codebooks/open-N.toml.
    """
    study = Study.of(study)
    path = output or _free(study.folder / CODEBOOKS)
    if path.exists():
        raise UsageError("exists already; nothing was written.", place=str(path), advice="Give another -o.")
    book = draft_codebook.open_coding(
        study.keywords, name=path.stem, paragraphs=paragraphs(study), meaning=semantics(vectors), top=top
    )
    replace_file(path, coding.to_toml(book))
    return path, book


def coherences(
    study: Study | str | os.PathLike[str],
) -> list[tuple[coding.Codebook, tuple[Coherence, Coherence]]]:
    """Return each codebook a study was coded with and its coherence over the paragraphs, axial and selective.

    Raises `UsageError` when the study was not coded yet, or gensim is not installed.
    """
    study = Study.of(study)
    books = coded_books(study)
    if not books:
        raise UsageError(
            "was not coded yet.", place=str(study.folder), advice=f"Run `casemine code {study.folder}`."
        )
    texts = list(paragraphs(study))
    return [(book, (coherence(book, texts), coherence(book, texts, level="selective"))) for book in books]


def paragraphs(study: Study) -> Iterator[str]:
    """Yield the paragraphs of a study that are counted, one text after another."""
    for document in study.iter_texts():
        yield from filter(str.strip, document.counted.split("\n"))


def load_codebook(study: Study, codebook: str) -> coding.Codebook:
    """Return a codebook: the study's own copy, else a file, else one that comes with casemine."""
    if study.codebook_file(codebook):
        return study.read(f"{CODEBOOKS}/{codebook}.toml", coding.load)
    return coding.load(coding.locate(codebook))


def codebook_path(study: Study, codebook: str) -> Path:
    """Return the file of a codebook, as `load_codebook` finds it."""
    return study.codebook_file(codebook) or coding.locate(codebook)


def _accepted(decisions: pd.DataFrame, book: coding.Codebook, coder: str) -> dict[str, dict[str, str]]:
    """Return, by `*` and document, keyword -> the code the main coder accepted and this codebook has."""
    main = review.main_coder(decisions, coder)
    answers: dict[str, dict[str, str]] = {}
    for row in decisions[(decisions["coder"] == main) & (decisions["code"] != "")].to_dict("records"):
        # An answer about another codebook is no mistake in this one.
        if book.resolve(row["code"]):
            answers.setdefault(row["doc_id"], {})[row["word"]] = row["code"]
    return answers


def _unknown(
    study: Study, book: coding.Codebook, decisions: pd.DataFrame, coder: str
) -> tuple[tuple[str, str], ...]:
    """Return (keyword, code) for decided codes that neither this codebook nor another of the study has."""
    books = {each.name: each for each in (*coded_books(study), book)}.values()
    decided = decisions[
        (decisions["coder"] == review.main_coder(decisions, coder)) & (decisions["code"] != "")
    ]
    pairs = dict.fromkeys(zip(decided["word"], decided["code"], strict=True))
    return tuple(pair for pair in pairs if not any(each.resolve(pair[1]) for each in books))


def open_codes(book: coding.Codebook) -> dict[str, str]:
    """Return each name and alias of a codebook -> the open code it means; a category -> ""."""
    names = [*book.by_name, *book.by_alias]
    return {
        name: code if book.by_name[code].level == "open" else ""
        for name in names
        if (code := book.resolve(name))
    }


def known_codes(study: Study) -> dict[str, dict[str, str]]:
    """Return the `open_codes` of each codebook a study was coded with; of none before it was."""
    return {book.name: open_codes(book) for book in coded_books(study)}


def coded_books(study: Study) -> list[coding.Codebook]:
    """Return the codebooks a study was coded with, by name."""
    return [load_codebook(study, name) for name in study.coded_by]


def _by_hand(frame: pd.DataFrame) -> pd.Series[bool]:
    """Tell which codings came from elsewhere: neither the program's nor made from decisions each time."""
    return (frame["coder"] != PROGRAM) & (frame["method"] != review.METHOD)


def _own_by_hand(frame: pd.DataFrame, book: coding.Codebook) -> pd.DataFrame:
    """Return the codings by hand, as `book` now calls them."""
    own = frame[_by_hand(frame) & (frame["codebook"].map(codebook_name) == book.name)]
    named = own["code"].map(lambda code: book.resolve(code) or code)
    return own.assign(codebook=book.label, code=named)


def _of_others(frame: pd.DataFrame, book: coding.Codebook) -> pd.DataFrame:
    return frame[frame["codebook"].map(codebook_name) != book.name]


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
