"""What a report shows, whatever its form: tables, texts and drawn figures, gathered elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import pandas as pd

from casemine.document import Document
from casemine.report.section import Section
from casemine.study import RunRecord

# What became of a file that was left out, in a Chinese report.
STATUS = {"passed over": "略过", "failed": "未能读取"}


@dataclass(frozen=True)
class Picture:
    """A drawn figure: its name, its Chinese caption, and the same drawing as SVG text and PNG bytes."""

    name: str
    caption: str
    svg: str
    png: bytes


class Content(Protocol):
    """All that a report may show; a table that a study does not have yet is empty."""

    @property
    def title(self) -> str:
        """The title of the report."""

    @property
    def run(self) -> RunRecord:
        """How the study was made."""

    @property
    def documents(self) -> pd.DataFrame:
        """The table `schema.DOCUMENTS`."""

    @property
    def left_out(self) -> pd.DataFrame:
        """The table `schema.LEFT_OUT`."""

    @property
    def new_words(self) -> pd.DataFrame:
        """The table `schema.NEW_WORDS`."""

    @property
    def keywords(self) -> pd.DataFrame:
        """The final keywords, `schema.KEYWORDS`."""

    @property
    def frequency(self) -> pd.DataFrame:
        """These over all documents, `schema.FREQUENCY`."""

    @property
    def leading_new_words(self) -> pd.DataFrame:
        """Those of `new_words` that are shown first: terms, no names, no fragments."""

    @property
    def extracted(self) -> int:
        """How many different keywords there were before the review."""

    @property
    def decisions(self) -> pd.DataFrame:
        """The decisions that count, `schema.DECISIONS`."""

    @property
    def coder(self) -> str:
        """Whose decisions these are."""

    @property
    def min_count(self) -> int:
        """The occurrences asked of a new word."""

    @property
    def stale(self) -> bool:
        """Whether keywords, codebook or decisions changed since they were coded."""

    @property
    def codebook(self) -> pd.DataFrame:
        """The table `schema.CODEBOOK` of the codebook followed."""

    @property
    def about(self) -> Mapping[str, str]:
        """Its name, label, title, aim, source and version, all empty without one."""

    @property
    def placements(self) -> pd.DataFrame:
        """The table `schema.PLACEMENTS`."""

    @property
    def coding_table(self) -> pd.DataFrame:
        """The table `schema.CODING_TABLE`."""

    @property
    def open_coding(self) -> pd.DataFrame:
        """The table `schema.OPEN_CODING`."""

    @property
    def leading_cases(self) -> Mapping[str, int] | None:
        """Code -> documents with it among their keywords; None where codes come from one source alone."""

    @property
    def source(self) -> str:
        """In Chinese, where the codes come from."""

    @property
    def groups(self) -> Mapping[str, pd.DataFrame]:
        """Column of documents.csv -> the table `schema.BY_GROUP`."""

    @property
    def quotations(self) -> pd.DataFrame:
        """The table `schema.QUOTES`."""

    @property
    def saturation(self) -> pd.DataFrame:
        """The table `schema.SATURATION`."""

    @property
    def saturation_summary(self) -> pd.DataFrame:
        """The table `schema.HELD_OUT`."""

    @property
    def agreement(self) -> pd.DataFrame:
        """The table `schema.AGREEMENT`."""

    @property
    def texts(self) -> Sequence[Document]:
        """The documents with their texts."""

    @property
    def pictures(self) -> Sequence[Picture]:
        """The figures, drawn."""

    @property
    def sections(self) -> Sequence[Section]:
        """What analyses beyond the coding found, each with its method, tables, figures and quotations."""
