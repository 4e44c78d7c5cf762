"""A section that an analysis adds to the report: what it found, how, its tables, figures and quotations.

An analysis (topics, words, likeness, ...) says this once, in its module of the pipeline; the page and the
Word file lay it out, each in its own way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casemine.sheets import percent

if TYPE_CHECKING:
    import pandas as pd

    from casemine.report.content import Picture

# Numbers nearer to nought are not written out; from here on one decimal does.
_LEAST, _THREE_DECIMALS = 0.001, 100


@dataclass(frozen=True)
class SectionTable:
    """A table of a section: its Chinese caption, a frame with Chinese headers, what is said below it.

    Cells are texts or numbers, shown as they are; the Word file takes the first `most` rows, the page all.
    Columns named in `shares` are shown as percentages.
    """

    caption: str
    frame: pd.DataFrame
    note: str = ""
    most: int = 50
    shares: Sequence[str] = ()


@dataclass(frozen=True)
class Quotation:
    """A passage `text[start:end]` of a document; `about` says what it shows: a topic, a pattern, a code."""

    about: str
    doc_id: str
    start: int
    end: int


@dataclass(frozen=True)
class Section:
    """What an analysis says in a report.

    `name` is its anchor in the page, letters and hyphens; `title` its Chinese heading; `lead` one or two
    sentences for the reader; `method_zh` and `method_en` the sentences that the method paragraphs gain.
    """

    name: str
    title: str
    lead: str
    method_zh: str
    method_en: str
    tables: Sequence[SectionTable] = ()
    pictures: Sequence[Picture] = ()
    quotations: Sequence[Quotation] = ()


def cells(values: Sequence[Any], *, share: bool = False) -> list[str]:
    """Write a column of a section's table: counts and years whole, shares in percent, numbers short.

    >>> cells([1234, 0.25, 0.00012, float("nan"), "扶贫"])
    ['1,234', '0.25', '<0.001', '—', '扶贫']
    """
    return [_cell(value, share=share) for value in values]


def _cell(value: Any, *, share: bool) -> str:
    if isinstance(value, bool):
        return "是" if value else ""
    if isinstance(value, int):
        return f"{value:,}"
    if not isinstance(value, float):
        return "" if value is None else str(value)
    if value != value:
        return "—"
    if share:
        return f"{percent(value)}%"
    if 0 < value < _LEAST:
        return f"<{_LEAST}"
    shown = f"{value:,.3f}".rstrip("0").rstrip(".") if abs(value) < _THREE_DECIMALS else f"{value:,.1f}"
    return "0" if shown == "-0" else shown
