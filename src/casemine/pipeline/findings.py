"""What a study has found, read once: all that figures, report and exports are made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from casemine import coding, schema, study
from casemine.document import Document
from casemine.pipeline.placing import coded_books
from casemine.pipeline.rigour import coded
from casemine.pipeline.walk import read_documents, read_table
from casemine.schema import AGREEMENT, HELD_OUT, SATURATION
from casemine.tables import crosstab


@dataclass(frozen=True)
class Findings:
    """The final tables of a study and, where it was coded, what one codebook makes of them.

    `keywords` and `frequency` are the final ones. Without a coding `book` is None and `placements`,
    `codings` and `placed` are empty; `placed` holds the codings at every level (`crosstab.at_levels`).
    `saturation`, its `saturation_summary` and `agreement` are empty until the study has them.
    """

    folder: Path
    run: study.Run
    documents: pd.DataFrame
    left_out: pd.DataFrame
    new_words: pd.DataFrame
    keywords: pd.DataFrame
    frequency: pd.DataFrame
    book: coding.Codebook | None
    placements: pd.DataFrame
    codings: pd.DataFrame
    placed: pd.DataFrame
    saturation: pd.DataFrame
    saturation_summary: pd.DataFrame
    agreement: pd.DataFrame

    @cached_property
    def texts(self) -> list[Document]:
        """The documents with their texts, in the order of documents.csv."""
        return list(read_documents(self.folder))

    def groups(self, column: str) -> dict[str, str]:
        """Return doc_id -> what `column` of documents.csv says of it."""
        return dict(zip(self.documents["doc_id"], self.documents[column].astype(str), strict=True))


def findings(folder: Path, codebook: str = "") -> Findings:
    """Read what a study has found; `codebook` names the one to follow where it was coded with several.

    Raises `StudyError` when `folder` is no study or a table is broken, `UsageError` when the codebook
    is not clear.
    """
    run = study.read_run(folder)
    book, codings, placed = None, schema.CODINGS.frame([]), pd.DataFrame()
    if codebook or len(_optional(folder / "codings.csv", schema.CODINGS)):
        book, codings, placed = coded(folder, codebook)
    elif (folder / "codings.csv").is_file() and (books := coded_books(folder)):
        book = books[0]  # coded, and no code found in any text
    placements = _optional(folder / "placements.csv", schema.PLACEMENTS)
    label = book.label if book else ""
    tables = folder / "tables"
    return Findings(
        folder,
        run,
        documents=read_table(folder / "documents.csv", schema.DOCUMENTS),
        left_out=read_table(folder / "left_out.csv", schema.LEFT_OUT),
        new_words=read_table(folder / "new_words.csv", schema.NEW_WORDS),
        keywords=read_table(folder / "keywords_final.csv", schema.KEYWORDS),
        frequency=read_table(folder / "frequency_final.csv", schema.FREQUENCY),
        book=book,
        placements=placements[placements["codebook"] == label].reset_index(drop=True),
        codings=codings.reset_index(drop=True),
        placed=placed if len(placed) else crosstab.at_levels(codings[:0], schema.CODEBOOK.frame([])),
        saturation=_optional(tables / "saturation.csv", SATURATION),
        saturation_summary=_optional(tables / "saturation_summary.csv", HELD_OUT),
        agreement=_optional(tables / "agreement.csv", AGREEMENT),
    )


def _optional(path: Path, table: schema.Table) -> pd.DataFrame:
    return read_table(path, table) if path.is_file() else table.frame([])
