"""`casemine review`: sheets of keywords and of quotations written, and filled ones taken over."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from casemine import coding, review, schema, sheets
from casemine.coding import evidence, placement
from casemine.errors import StudyError, UsageError
from casemine.pipeline import engine
from casemine.pipeline.code import CODE, coded_books, known_codes, load_codebook
from casemine.pipeline.context import ExtractContext
from casemine.pipeline.extract import FINALISE, candidates
from casemine.pipeline.vectors import SHIPPED, semantics
from casemine.review.words.read import WordSheet
from casemine.study import Study
from casemine.tables.frequency import frequency
from casemine.terms import safe_name

AGREEMENT = "agreement"
# The codebook of which a first sheet suggests codes: the one `casemine code` takes.
FIRST_CODEBOOK = "six-in-one"
# Words from which a sheet is asked whether it is one of this study.
_FEWEST = 10


def apply_review(
    study: Study | str | os.PathLike[str], sheet: str | os.PathLike[str], coder: str = ""
) -> tuple[review.WordsTaken, int]:
    """Take a filled sheet of keywords over: decisions and their history, the final tables, the codings.

    Returns what was taken and the number of decisions that changed. Raises `review.SheetError` with
    every error of the sheet, and then changes nothing.
    """
    study, sheet = Study.of(study), Path(sheet)
    with study.locked():
        context = ExtractContext.of(study)
        codes = sorted({name for known in known_codes(study).values() for name in known})
        filled, keywords = review.read_sheet(sheet), candidates(study, context.decisions)
        taken = review.take(filled, context.decisions, keywords, study.texts, coder=coder, codes=codes)
        taken = replace(taken, notes=(*_foreign(filled, keywords), *taken.notes))
        with study.transaction():
            changed = record(study, review.WORDS, taken.decisions, sheet.name)
            if changed:
                engine.make(context, FINALISE)
                code_again(context)
    return taken, len({change.key for change in changed})


def _foreign(sheet: WordSheet, keywords: pd.DataFrame) -> list[str]:
    """Say so where most words of a sheet are no keywords of the study: it may be the sheet of another one."""
    words = {row.key.word for row in sheet.rows if row.key.word}
    known = len(words & set(keywords["word"]))
    if len(words) < _FEWEST or known * 2 > len(words):
        return []
    return [
        f"only {known:,} of the {len(words):,} words are keywords here: is it the sheet of another study?"
    ]


def record(study: Study, ledger: Any, decisions: Any, source: str, known: Any = None) -> list[Any]:
    """Write decisions and their history, inside a transaction; return what changed."""
    staged = study.new_file(ledger.history_file).parent
    study.new_file(ledger.file)
    changed: list[Any] = ledger.record(study.folder, staged, decisions, source=source, known=known)
    return changed


def code_again(context: ExtractContext) -> list[str]:
    """Code anew by every codebook whose coding is stale; return the decided quotations that were lost."""
    lost: list[str] = []
    for stale in list(engine.stale_calls(context, CODE)):
        lost += engine.make(context, CODE, stale.parameters).lost
    return lost


@dataclass(frozen=True)
class QuotesApplied:
    """What a sheet of quotations changed: decisions, how many, those without effect, files to compare."""

    taken: review.QuotesTaken
    changed: int
    lost: tuple[str, ...] = ()
    compared: tuple[Path, ...] = ()


def review_book(study: Study, codebook: str = "") -> coding.Codebook | None:
    """Return the codebook that a review is about: the one named, else the only one the study was coded with.

    None when the study was not coded. Raises `UsageError` when there are several, or none of that name.
    """
    books = {book.name: book for book in coded_books(study)}
    if (codebook and codebook not in books) or (not codebook and len(books) > 1):
        known = ", ".join(books) or f"none; run `casemine code {study.folder}`"
        raise UsageError(
            "which codebook?" if not codebook else f"the study was not coded with {codebook}.",
            place=str(study.folder),
            advice=f"Name one with --codebook: {known}.",
        )
    return books.get(codebook) or next(iter(books.values()), None)


def write_words(
    study: Study, path: Path, plan: review.SheetPlan, *, codebook: str = "", csv: bool = False
) -> tuple[pd.DataFrame, list[Path]]:
    """Write the sheet of keywords of a study; return it and the files.

    It suggests codes of the codebook named, else of the one the study was coded with, else of the one that
    `casemine code` takes; `none` suggests no codes.
    """
    replaced = [path, path.with_suffix(".csv")] if csv else [path]
    earlier = [review.read_sheet(file) for file in replaced if file.is_file()]
    sheet, codes = words_sheet(study, plan, codebook=codebook, earlier=earlier)
    return sheet, review.write_sheet(sheet, path, plan, csv=csv, codes=codes)


def words_sheet(
    study: Study,
    plan: review.SheetPlan,
    *,
    codebook: str = "",
    earlier: Sequence[Any] = (),
    moved_up: bool = True,
) -> tuple[pd.DataFrame, list[str]]:
    """Return the sheet of keywords of a study, as `write_words` writes it, and the codes to choose from.

    Without `moved_up` it lacks the words that move up where others are out: finding those takes a while.
    """
    decisions = review.read_decisions(study.folder)
    found = study.extracted_keywords
    keywords = candidates(study, decisions) if moved_up else found
    counts = study.extracted_frequency if keywords is found else frequency(keywords, study.texts)
    book, suggested = None, None
    if not plan.blind:
        suggested = review.suggest(
            counts, _generic(study), dict(zip(keywords["word"], keywords["pos"], strict=True))
        )
        if codebook != "none":
            book, suggested = _with_codes(study, suggested, codebook)
    sheet = review.build_sheet(
        keywords,
        counts,
        decisions,
        study.texts,
        plan,
        suggestions=suggested,
        earlier=earlier,
    )
    return sheet, [code.name for code in book.at("open")] if book else []


def _generic(study: Study) -> set[str]:
    new_words = study.new_words
    return set(new_words.loc[new_words["generic"], "word"])


def _with_codes(study: Study, suggested: pd.DataFrame, codebook: str) -> tuple[coding.Codebook, pd.DataFrame]:
    """Return the codebook and the suggestions with its codes: as placed, or as they would be."""
    coded = {book.name: book for book in coded_books(study)}
    if coded and (not codebook or codebook in coded):
        book = review_book(study, codebook)
        assert book is not None
        placements = study.table_or_empty(schema.PLACEMENTS)
        return book, review.suggest_codes(suggested, placements[placements["codebook"] == book.label])
    book = load_codebook(study, codebook or FIRST_CODEBOOK)
    words = sorted(suggested["word"])
    placements = placement.place(words, book, evidence.contexts(words, study.texts, {}), semantics(SHIPPED))
    # Nobody chose this codebook yet: its codes are named, and no word is merged into one.
    return book, review.suggest_codes(suggested, placements, merging=False)


def write_quotes(
    study: Study, path: Path, plan: review.SheetPlan, *, codebook: str = "", csv: bool = False
) -> tuple[pd.DataFrame, list[Path]]:
    """Write the sheet of quotations of a study; return it and the files."""
    book = review_book(study, codebook)
    if book is None:
        advice = f"Run `casemine code {study.folder}`."
        raise StudyError("is not coded yet.", place=str(study.folder), advice=advice)
    judged = _judged(study)
    decisions = review.QUOTATIONS.states(judged)
    replaced = [path, path.with_suffix(".csv")] if csv else [path]
    codings = _codings(study, book)
    sheet = review.build_quote_sheet(
        review.unsettled(codings, decisions, label=book.label, coder=_main(study, judged)),
        decisions,
        study.texts,
        book.name,
        plan,
        earlier=[review.read_quote_sheet(file) for file in replaced if file.is_file()],
    )
    names = [code.name for code in book.at("open")]
    return sheet, review.write_quote_sheet(sheet, path, plan, codes=names, csv=csv)


def apply_quotes(study: Study | str | os.PathLike[str], sheet: Path, coder: str = "") -> QuotesApplied:
    """Take a filled sheet of quotations over: decisions and their history, then the codings anew.

    Raises `review.SheetError` with every error of the sheet, and then changes nothing. A coder who is not
    the main one changes no coding: their answers and the study's for the same sentences are written as
    agreement/NAME.csv and agreement/NAME-study.csv, for `casemine agree`.
    """
    study, sheet = Study.of(study), Path(sheet)
    with study.locked():
        before = review.QUOTATIONS.states(review.QUOTATIONS.read(study.folder))
        filled = review.read_quote_sheet(sheet)
        taken = review.take_quotes(filled, before, study.texts, known_codes(study), coder=coder)
        with study.transaction():
            changed = record(study, review.QUOTATIONS, taken.decisions, sheet.name)
            lost = code_again(ExtractContext.of(study)) if changed else []
            main = _main(study, review.QUOTATIONS.frame(taken.decisions))
            files = [
                file
                for name in taken.codebooks
                if taken.coder != main or _blind(taken, name)
                for file in _write_compared(study, taken, name, main)
            ]
    many = len({change.key for change in changed})
    return QuotesApplied(taken, many, tuple(lost), tuple(study.folder / file for file in files))


def _judged(study: Study) -> pd.DataFrame:
    return review.QUOTATIONS.read(study.path(review.QUOTATIONS.file).parent)


def _blind(taken: review.QuotesTaken, codebook: str) -> bool:
    """Whether the coder coded blindly: the only one so far may be the main one all the same."""
    return any(
        key.coder == taken.coder and key.codebook == codebook and state.decision in ("code", "none")
        for key, state in taken.decisions.items()
    )


def _write_compared(study: Study, taken: review.QuotesTaken, codebook: str, main: str) -> list[str]:
    book = next(book for book in coded_books(study) if book.name == codebook)
    codings = _codings(study, book)
    unsettled = review.unsettled(codings, taken.decisions, label=book.label, coder=main)
    own, _ = review.settle(
        unsettled,
        taken.decisions,
        study.texts,
        known_codes(study)[codebook],
        label=book.label,
        coder=taken.coder,
    )
    # Who decided about the study's codings is compared with the program, not with what they made of it.
    others = unsettled if taken.coder == main else codings
    pair = review.compared(own, others, taken.decisions, coder=taken.coder, label=book.label)
    if pair[0].empty:
        return []
    name = safe_name(taken.coder) + ("" if len(taken.codebooks) == 1 else f"-{codebook}")
    files = [f"{AGREEMENT}/{name}.csv", f"{AGREEMENT}/{name}-study.csv"]
    for file, frame in zip(files, pair, strict=True):
        sheets.write_csv(frame, study.new_file(file))
    return files


def _codings(study: Study, book: coding.Codebook) -> pd.DataFrame:
    return study.codings[study.codings["codebook"] == book.label]


def _main(study: Study, decisions: pd.DataFrame) -> str:
    return review.main_coder(decisions, study.settings.review.coder)
