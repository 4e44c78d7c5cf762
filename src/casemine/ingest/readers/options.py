"""What every reader may be told, and what every reader yields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from casemine.errors import DocumentError
from casemine.ingest.source import PassedOver, Record

# A reader goes on after a bad row, page or member: it yields the error in its place.
Item: TypeAlias = Record | PassedOver | DocumentError


@dataclass(frozen=True)
class ReadOptions:
    """`encoding` overrules detection; `text_column` and `id_column` name columns of tables.

    `header_row` is the number of the row that names the columns, as Excel shows it; 0: it is looked for.
    `title_counted` puts the title above the text of its row, so that it is counted with it. `script` is
    "keep", "simplified", or "auto": texts in traditional characters are read in simplified ones.
    """

    encoding: str = ""
    text_column: str = ""
    id_column: str = ""
    header_row: int = 0
    title_counted: bool = True
    script: str = "keep"
