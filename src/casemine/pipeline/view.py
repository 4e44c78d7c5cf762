"""What a study has found, as figures, report and exports show it, following one codebook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from casemine import coding, review, schema
from casemine.coding.quotes import quotes
from casemine.discover.discoverer import least_count
from casemine.document import Document
from casemine.errors import StudyError, UsageError
from casemine.pipeline.code import coded_books, load_codebook, stale_codings
from casemine.pipeline.context import ExtractContext
from casemine.study import RunRecord, Study
from casemine.tables import crosstab
from casemine.tables.frequency import leading
from casemine.tables.new_words import leading_terms
from casemine.terms import FROM, KEYWORD, TEXT, codebook_name

# Columns of documents.csv that every view counts by.
GROUPS = ("region", "year")
_ABOUT = ("name", "label", "title", "aim", "source", "version")


@dataclass(frozen=True)
class StudyView:
    """The final tables of a study and what one codebook makes of them, each computed when it is asked for.

    `book` is the codebook followed, None before the study was coded; then `placements`, `codings` and all
    that follows from them are empty. Without codings (`coded`) only the codebook speaks for itself.
    """

    study: Study
    book: coding.Codebook | None = None
    coded: bool = True

    @property
    def folder(self) -> Path:
        """The study folder."""
        return self.study.folder

    @property
    def run(self) -> RunRecord:
        """How the study was made."""
        return self.study.record

    @property
    def documents(self) -> pd.DataFrame:
        """The table `schema.DOCUMENTS`."""
        return self.study.documents

    @property
    def left_out(self) -> pd.DataFrame:
        """The table `schema.LEFT_OUT`."""
        return self.study.left_out

    @property
    def new_words(self) -> pd.DataFrame:
        """The table `schema.NEW_WORDS`."""
        return self.study.new_words

    @property
    def leading_new_words(self) -> pd.DataFrame:
        """The new words that are shown first (`leading_terms`)."""
        return leading_terms(self.new_words)

    @property
    def keywords(self) -> pd.DataFrame:
        """The final keywords, `schema.KEYWORDS`."""
        return self.study.keywords

    @cached_property
    def leading(self) -> pd.DataFrame:
        """Those of them that lead their document or were given to it: keywords are together by these."""
        return leading(self.keywords, review.given(self._all_decisions, coder=self.coder))

    @property
    def frequency(self) -> pd.DataFrame:
        """The final keywords over all documents, `schema.FREQUENCY`."""
        return self.study.frequency

    @property
    def texts(self) -> list[Document]:
        """The documents with their texts, in the order of documents.csv."""
        return self.study.texts

    @cached_property
    def codebook(self) -> pd.DataFrame:
        """The table `schema.CODEBOOK` of the codebook followed."""
        return self.book.codes if self.book else schema.CODEBOOK.frame([])

    @cached_property
    def about(self) -> Mapping[str, str]:
        """Name, label, title, aim, source and version of the codebook, all empty without one."""
        return {name: getattr(self.book, name) if self.book else "" for name in _ABOUT}

    @cached_property
    def placements(self) -> pd.DataFrame:
        """The rows of `schema.PLACEMENTS` by the codebook followed."""
        return self._by_book(self.study.table_or_empty(schema.PLACEMENTS))

    @cached_property
    def codings(self) -> pd.DataFrame:
        """The rows of `schema.CODINGS` by the codebook followed."""
        return self._by_book(self.study.table_or_empty(schema.CODINGS))

    def _by_book(self, frame: pd.DataFrame) -> pd.DataFrame:
        label = self.book.label if self.book and self.coded else ""
        return frame[frame["codebook"] == label].reset_index(drop=True)

    @cached_property
    def placed(self) -> pd.DataFrame:
        """The codings at every level of the codebook (`crosstab.at_levels`)."""
        return crosstab.at_levels(self.codings, self.codebook)

    @cached_property
    def cases(self) -> dict[str, int]:
        """Code of any level -> documents that have it, for those that any has."""
        return _cases(self.placed)

    @cached_property
    def leading_cases(self) -> dict[str, int] | None:
        """Code -> documents with it among their keywords; None where codes come from one source alone."""
        own = _cases(crosstab.of_keywords(self.placed))
        return own if own and own != self.cases else None

    @cached_property
    def source(self) -> str:
        """In Chinese, where the codes come from, for a note below a figure; empty without codings."""
        if self.placed.empty:
            return ""
        if self.leading_cases is not None:
            return "斜线后为其中以自身关键词得此编码的案例数"
        sources = set(self.placed[FROM])
        return (
            "编码均得自关键词"
            if sources == {KEYWORD}
            else "编码得自全文"
            if TEXT in sources
            else "编码由人作出"
        )

    @cached_property
    def coding_table(self) -> pd.DataFrame:
        """The table `schema.CODING_TABLE`."""
        return crosstab.coding_table(self.placed, self.codebook)

    @cached_property
    def open_coding(self) -> pd.DataFrame:
        """The table `schema.OPEN_CODING`."""
        return crosstab.open_coding(self.codings, self.codebook)

    @cached_property
    def groups(self) -> Mapping[str, pd.DataFrame]:
        """Column of documents.csv -> the table `schema.BY_GROUP`, for `GROUPS`."""
        return {column: self.by_group(column) for column in GROUPS}

    def by_group(self, column: str) -> pd.DataFrame:
        """Return the table `schema.BY_GROUP` by a column of documents.csv."""
        return crosstab.by_group(self.placed, self.codebook, self.group_of(column))

    def group_of(self, column: str) -> dict[str, str]:
        """Return doc_id -> what `column` of documents.csv says of it."""
        return dict(zip(self.documents["doc_id"], self.documents[column].astype(str), strict=True))

    @cached_property
    def quotations(self) -> pd.DataFrame:
        """The table `schema.QUOTES` of all codes."""
        if self.book is None:
            return schema.QUOTES.frame([])
        merges = review.merges(self._all_decisions)
        return quotes(self.codings, self.texts, self.book, code="", region="", merges=merges)

    @cached_property
    def _all_decisions(self) -> pd.DataFrame:
        return ExtractContext.of(self.study).decisions

    @cached_property
    def coder(self) -> str:
        """Whose decisions count."""
        return review.main_coder(self._all_decisions, self.study.settings.review.coder)

    @cached_property
    def decisions(self) -> pd.DataFrame:
        """The decisions of that coder (`schema.DECISIONS`)."""
        decisions = self._all_decisions
        return decisions[decisions["coder"] == self.coder].reset_index(drop=True)

    @cached_property
    def extracted(self) -> int:
        """How many different keywords there were before the review."""
        return int(self.study.extracted_keywords["word"].nunique())

    @cached_property
    def min_count(self) -> int:
        """The occurrences asked of a new word."""
        asked = int(self.run.settings["discover"]["min_count"])
        return asked or least_count(int(self.documents["chars"].sum()))

    @cached_property
    def stale(self) -> bool:
        """Whether keywords, codebook or decisions changed since they were coded."""
        return bool(self.book and self.coded and stale_codings(self.study))

    @property
    def saturation(self) -> pd.DataFrame:
        """The table `schema.SATURATION`, empty until it was measured."""
        return self.study.table_or_empty(schema.SATURATION, "tables/saturation.csv")

    @property
    def saturation_summary(self) -> pd.DataFrame:
        """The table `schema.HELD_OUT`, empty likewise."""
        return self.study.table_or_empty(schema.HELD_OUT, "tables/saturation_summary.csv")

    @property
    def agreement(self) -> pd.DataFrame:
        """The table `schema.AGREEMENT`, empty likewise."""
        return self.study.table_or_empty(schema.AGREEMENT, "tables/agreement.csv")


def _cases(placed: pd.DataFrame) -> dict[str, int]:
    if placed.empty:
        return {}
    counts = placed.groupby("code")["doc_id"].nunique()
    return {str(code): int(count) for code, count in counts.items()}


def view(study: Study, codebook: str = "") -> StudyView:
    """Return the view of a study; `codebook` names the one to follow where it was coded with several.

    Raises `StudyError` when a table is broken, `UsageError` when the codebook is not clear.
    """
    if codebook or len(study.table_or_empty(schema.CODINGS)):
        return StudyView(study, followed(study, codebook))
    books = coded_books(study) if study.has("codings.csv") else []
    return StudyView(study, books[0] if books else None)  # coded, and no code found in any text


def first_view(study: Study, codebook: str = "") -> StudyView:
    """Return the view for a product that is made again: of the codebook named, else of the first one.

    A study that was coded with a second codebook since has more than one that it could follow.
    """
    return view(study, codebook or first_of_several(study))


def first_of_several(study: Study) -> str:
    """Return the codebook a study was coded with first where its codings name several, else ""."""
    names = set(study.table_or_empty(schema.CODINGS)["codebook"].map(codebook_name))
    return study.first_codebook if len(names) > 1 else ""


def followed(study: Study, codebook: str = "") -> coding.Codebook:
    """Return the codebook that the codings of a study follow: the one named, else the only one they name.

    Raises `UsageError` when they name several, `StudyError` when there is none or it changed since.
    """
    place = str(study.folder / "codings.csv")
    codings = codings_of(study.codings, codebook, place)
    if codings.empty:
        advice = f"Run `casemine code {study.folder}`."
        raise StudyError("holds no coding.", place=place, advice=advice)
    name = codebook_name(codings["codebook"].iloc[0])
    book = load_codebook(study, name)
    if set(codings["codebook"]) != {book.label}:
        raise StudyError(
            f"was made with another version of the codebook {name}.",
            place=place,
            advice=f"Run `casemine code {study.folder}` again.",
        )
    return book


def codings_of(codings: pd.DataFrame, codebook: str, place: str) -> pd.DataFrame:
    """Return the codings of one codebook: the one named, else the only one there is."""
    names = codings["codebook"].map(codebook_name)
    there = sorted(set(names))
    if (codebook and codebook not in there) or (not codebook and len(there) > 1):
        raise UsageError(
            f"holds codings by {', '.join(there) or 'no codebook'}.",
            place=place,
            advice="Name one of them with --codebook.",
        )
    return codings[names == (codebook or there[0])] if there else codings


def book_files(study: Study) -> list[str]:
    """Name the study's copies of the codebooks it was coded with."""
    return [f"codebooks/{name}.toml" for name in study.coded_by]
