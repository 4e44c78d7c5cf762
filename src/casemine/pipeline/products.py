"""Tables and figures that an analysis leaves in a study: CSV and workbook, PNG, SVG and PDF."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from casemine import sheets
from casemine.errors import UsageError
from casemine.figures import FORMATS, NothingToDraw
from casemine.schema import DOCUMENTS, Table
from casemine.terms import NO_GROUP, safe_name

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from casemine.figures.style import Style
    from casemine.study import Study

# Recipes of figures by name; what draws raises `NothingToDraw` when it has nothing to show.
Recipes = Mapping[str, "Callable[[Style], Figure]"]


def put_tables(study: Study, name: str, tables: Iterable[tuple[Table, str, str, pd.DataFrame]]) -> list[str]:
    """Write (table, ending, title, frame) as tables/NAME_ENDING.csv, and all as the sheets of NAME.xlsx.

    The workbook bears the Chinese headers. Returns the files as named from the study.
    """
    written, by_title = [], {}
    for table, ending, title, frame in tables:
        file = f"tables/{safe_name(f'{name}_{ending}' if ending else name)}.csv"
        study.put_table(table, frame, file)
        written.append(file)
        by_title[title] = frame.rename(columns=table.headers)
    book = f"tables/{safe_name(name)}.xlsx"
    sheets.write_xlsx(by_title, study.new_file(book))
    return [*written, book]


def put_table(
    study: Study, name: str, table: Table, frame: pd.DataFrame, title: str
) -> dict[str, pd.DataFrame]:
    """Write one table as tables/NAME.csv and as the workbook NAME.xlsx; return it by the name of its file."""
    file, _ = put_tables(study, name, [(table, "", title, frame)])
    return {file: frame}


def put_figures(study: Study, recipes: Recipes) -> tuple[list[str], tuple[str, ...]]:
    """Draw figures into figures/NAME.FORMAT; return the files, and "NAME: reason" of those not drawn.

    An older file of a figure that is not drawn goes.
    """
    from casemine.figures.page import encoded
    from casemine.figures.style import Style

    written: list[str] = []
    not_drawn: list[str] = []
    style = Style()
    with style.applied():
        for name, recipe in recipes.items():
            files = [f"figures/{safe_name(name)}.{form}" for form in FORMATS]
            try:
                drawn = recipe(style)
            except NothingToDraw as reason:
                not_drawn.append(f"{name}: {reason}")
                for file in files:
                    study.remove(file)
                continue
            for form, file in zip(FORMATS, files, strict=True):
                study.new_file(file).write_bytes(encoded(drawn, form))
            written += files
    return written, tuple(not_drawn)


def column_meant(study: Study, name: str) -> str:
    """Return the machine name of a column of documents.csv, which may be named by its Chinese header."""
    return name if name in study.documents else DOCUMENTS.machine_names.get(name, name)


def groups_of(study: Study, by: str) -> dict[str, str]:
    """Return doc_id -> what the column `by` of documents.csv says of it; nothing without `by`.

    Raises `UsageError` when there is no such column.
    """
    if not by:
        return {}
    documents, by = study.documents, column_meant(study, by)
    if by not in documents:
        known = ", ".join(documents.columns)
        raise UsageError(
            f"documents.csv has no column {by}.", place="--by", advice=f"Its columns are {known}."
        )
    return dict(zip(documents["doc_id"], documents[by].astype(str), strict=True))


def named_groups(study: Study, by: str) -> list[str]:
    """Return the group of each document, in the order of documents.csv; `NO_GROUP` where nothing is said."""
    return [group or NO_GROUP for group in groups_of(study, by).values()]


def text_reader(study: Study) -> Callable[[str], str]:
    """Return doc_id -> text, of which one is held at a time: the same document is best asked for in a row."""
    rows = study.documents[["doc_id", "text_file", "sha256"]].itertuples(index=False, name=None)
    files = {doc_id: (name, digest) for doc_id, name, digest in rows}
    return lru_cache(maxsize=1)(lambda doc_id: study.text(*files[doc_id]))


def titles_of(study: Study) -> dict[str, str]:
    """Return doc_id -> its title as a figure shows it, told apart from others by region and year.

    Where these do not tell two documents apart, the name of the document stands.
    """
    rows = study.documents[["doc_id", "title", "region", "year"]].itertuples(index=False, name=None)
    ways = [(name, (title, _placed(title, region, year), name)) for name, title, region, year in rows]
    counts = [Counter(titles[at] for _, titles in ways) for at in range(2)]
    return {
        name: next((text for at, text in enumerate(titles[:2]) if text and counts[at][text] == 1), name)
        for name, titles in ways
    }


def _placed(title: str, region: str, year: str) -> str:
    before = region if region and region not in title else ""
    after = f"（{year}）" if year and year not in title else ""
    return f"{before}{title}{after}" if title else ""
