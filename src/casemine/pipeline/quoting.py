"""Reviewing what a study was coded with: sheets of quotations, suggestions from placements."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from casemine import coding, review, schema, sheets, study
from casemine.errors import StudyError, UsageError
from casemine.pipeline.placing import CODINGS, PLACEMENTS, code, coded_books, known_codes
from casemine.pipeline.walk import read_documents, read_table, study_settings
from casemine.terms import safe_name

AGREEMENT = "agreement"


@dataclass(frozen=True)
class QuotesApplied:
    """What a sheet of quotations changed: decisions, how many, those without effect, files to compare."""

    taken: review.QuotesTaken
    changed: int
    lost: tuple[str, ...] = ()
    compared: tuple[Path, ...] = ()


def review_book(folder: Path, codebook: str = "") -> coding.Codebook | None:
    """Return the codebook that a review is about: the one named, else the only one the study was coded with.

    None when the study was not coded. Raises `UsageError` when there are several, or none of that name.
    """
    books = {book.name: book for book in coded_books(folder)}
    if (codebook and codebook not in books) or (not codebook and len(books) > 1):
        known = ", ".join(books) or f"none; run `casemine code {folder}`"
        raise UsageError(
            "which codebook?" if not codebook else f"the study was not coded with {codebook}.",
            place=str(folder),
            advice=f"Name one with --codebook: {known}.",
        )
    return books.get(codebook) or next(iter(books.values()), None)


def suggestions(folder: Path, book: coding.Codebook | None) -> pd.DataFrame:
    """Return what the program suggests for each keyword: from its frequency, and from its placement."""
    frequency = read_table(folder / "frequency.csv", schema.FREQUENCY)
    new_words = read_table(folder / "new_words.csv", schema.NEW_WORDS)
    made = review.suggest(frequency, set(new_words.loc[new_words["generic"], "word"]))
    if book is None or not (folder / PLACEMENTS).is_file():
        return made
    placements = read_table(folder / PLACEMENTS, schema.PLACEMENTS)
    return review.suggest_codes(made, placements[placements["codebook"] == book.label])


def write_quotes(
    folder: Path, path: Path, plan: review.Plan, *, codebook: str = "", csv: bool = False
) -> tuple[pd.DataFrame, list[Path]]:
    """Write the sheet of quotations of a study; return it and the files."""
    book = review_book(folder, codebook)
    if book is None:
        raise StudyError("is not coded yet.", place=str(folder), advice=f"Run `casemine code {folder}`.")
    table = review.QUOTATIONS.read(folder)
    decisions = review.QUOTATIONS.states(table)
    replaced = [path, path.with_suffix(".csv")] if csv else [path]
    made = review.build_quote_sheet(
        review.unsettled(_codings(folder, book), decisions, label=book.label, coder=_main(folder, table)),
        decisions,
        list(read_documents(folder)),
        book.name,
        plan,
        earlier=[review.read_quote_sheet(file) for file in replaced if file.is_file()],
    )
    names = [code.name for code in book.at("open")]
    return made, review.write_quote_sheet(made, path, plan, codes=names, csv=csv)


def apply_quotes(folder: Path, sheet: Path, coder: str = "") -> QuotesApplied:
    """Take a filled sheet of quotations over: decisions and their history, then the codings anew.

    Raises `review.SheetError` with every error of the sheet, and then changes nothing. A coder who is not
    the main one changes no coding: their answers and the study's for the same sentences are written as
    agreement/NAME.csv and agreement/NAME-study.csv, for `casemine agree`.
    """
    run = study.read_run(folder)
    documents = list(read_documents(folder))
    before = review.QUOTATIONS.states(review.QUOTATIONS.read(folder))
    codes = known_codes(folder)
    taken = review.take_quotes(review.read_quote_sheet(sheet), before, documents, codes, coder=coder)
    with study.transaction(folder) as staging:
        changed = review.QUOTATIONS.record(folder, staging, taken.decisions, source=sheet.name)
    many = len({change.key for change in changed})
    table = review.QUOTATIONS.read(folder)
    lost: list[str] = []
    files: list[Path] = []
    for name in taken.codebooks:
        if changed and any(key.codebook == name for key in taken.decisions | before):
            lost += code(folder, name, vectors=run.stages[f"code:{name}"]["vectors"]).lost
        if taken.coder != _main(folder, table) or _blind(taken, name):
            files += _write_compared(folder, taken, name)
    return QuotesApplied(taken, many, tuple(lost), tuple(files))


def _blind(taken: review.QuotesTaken, codebook: str) -> bool:
    """Whether the coder coded blindly: the only one so far may be the main one all the same."""
    return any(
        key.coder == taken.coder and key.codebook == codebook and state.decision in ("code", "none")
        for key, state in taken.decisions.items()
    )


def _write_compared(folder: Path, taken: review.QuotesTaken, codebook: str) -> list[Path]:
    book = next(book for book in coded_books(folder) if book.name == codebook)
    made = _codings(folder, book)
    main = _main(folder, review.QUOTATIONS.read(folder))
    found = review.unsettled(made, taken.decisions, label=book.label, coder=main)
    own, _ = review.settle(
        found,
        taken.decisions,
        list(read_documents(folder)),
        known_codes(folder)[codebook],
        label=book.label,
        coder=taken.coder,
    )
    pair = review.compared(own, made, taken.decisions, coder=taken.coder, label=book.label)
    if pair[0].empty:
        return []
    name = safe_name(taken.coder) + ("" if len(taken.codebooks) == 1 else f"-{codebook}")
    files = [Path(AGREEMENT) / f"{name}.csv", Path(AGREEMENT) / f"{name}-study.csv"]
    with study.transaction(folder) as staging:
        (staging / AGREEMENT).mkdir()
        for file, frame in zip(files, pair, strict=True):
            sheets.write_csv(frame, staging / file)
    return [folder / file for file in files]


def _codings(folder: Path, book: coding.Codebook) -> pd.DataFrame:
    made = read_table(folder / CODINGS, schema.CODINGS)
    return made[made["codebook"] == book.label]


def _main(folder: Path, decisions: pd.DataFrame) -> str:
    return review.main_coder(decisions, study_settings(folder).review.coder)
