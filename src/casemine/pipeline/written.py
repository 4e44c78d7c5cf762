"""How analyses write: a table as CSV and as xlsx with Chinese headers, a figure in its formats."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from casemine import schema, sheets
from casemine.errors import UsageError
from casemine.figures import FORMATS, NothingToDraw
from casemine.study import Study
from casemine.terms import NO_GROUP

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from casemine.figures.style import Style


def check_fields(study: Study, by: Sequence[str]) -> None:
    """Raise `UsageError` where documents.csv lacks one of the columns `by`."""
    unknown = [name for name in by if name not in study.documents]
    if unknown:
        raise UsageError(
            f"documents.csv has no column {', '.join(unknown)}.",
            place=str(study.folder),
            advice=f"Its columns are {', '.join(study.documents.columns)}.",
        )


def groups_of(study: Study, field: str) -> list[str]:
    """Return the group of each document by a column of documents.csv, in the order of the table."""
    check_fields(study, [field])
    return study.documents[field].astype(str).replace({"": NO_GROUP}).tolist()


def write(
    study: Study, name: str, table: schema.Table, frame: pd.DataFrame, title: str
) -> dict[str, pd.DataFrame]:
    """Write a table as NAME.csv, and as NAME.xlsx with Chinese headers; return it by the name of its file."""
    # A column of documents.csv, which is part of some names, may be called anything.
    folder, _, base = name.rpartition("/")
    name = f"{folder}/{''.join(char if char.isalnum() or char in '_-.' else '_' for char in base)}"
    study.put_table(table, frame, f"{name}.csv")
    sheets.write_xlsx({title: frame.rename(columns=table.headers)}, study.new_file(f"{name}.xlsx"))
    return {f"{name}.csv": frame}


def picture_files(study: Study, name: str, draw: Callable[[Style], Figure]) -> None:
    """Draw a figure into figures/ in every format; nothing where there is nothing to draw."""
    from casemine.figures.page import encoded
    from casemine.figures.style import Style

    style = Style()
    with style.applied():
        try:
            figure = draw(style)
        except NothingToDraw:
            return
        for form in FORMATS:
            study.new_file(f"figures/{name}.{form}").write_bytes(encoded(figure, form))
