"""What a report shows, whatever its form: tables, texts and drawn figures, gathered elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from casemine.document import Document
from casemine.study import Run


@dataclass(frozen=True)
class Picture:
    """A drawn figure: its name, its Chinese caption, and the same drawing as SVG text and PNG bytes."""

    name: str
    caption: str
    svg: str
    png: bytes


@dataclass(frozen=True)
class Content:
    """All that a report may show; a table that a study does not have yet is empty.

    `keywords` and `frequency` are final, `found` counts the keywords before review, `decisions` are those
    of `coder`, whose decisions count, `min_count` the occurrences asked of a new word; `stale`
    tells that keywords or codebook changed since they were coded. `codebook` is the
    table `schema.CODEBOOK` of the codebook followed, `about` its name, label, title, aim, source and
    version, all empty without one. `coding_table`, `open_coding` and `groups` (column of documents.csv ->
    table) are those of `crosstab`; `quotations` those of `coding.evidence.QUOTES`.
    """

    title: str
    run: Run
    documents: pd.DataFrame
    left_out: pd.DataFrame
    new_words: pd.DataFrame
    keywords: pd.DataFrame
    frequency: pd.DataFrame
    found: int
    decisions: pd.DataFrame
    coder: str
    min_count: int
    stale: bool
    codebook: pd.DataFrame
    about: Mapping[str, str]
    placements: pd.DataFrame
    coding_table: pd.DataFrame
    open_coding: pd.DataFrame
    groups: Mapping[str, pd.DataFrame]
    quotations: pd.DataFrame
    saturation: pd.DataFrame
    saturation_summary: pd.DataFrame
    agreement: pd.DataFrame
    texts: tuple[Document, ...]
    pictures: tuple[Picture, ...]
