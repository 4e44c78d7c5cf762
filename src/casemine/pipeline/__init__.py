"""The stages in order: documents, new words, keywords, frequencies, and what a review leaves of them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from casemine.pipeline.composition import Extraction, apply_review, extract, inputs_there, refresh, stale
    from casemine.pipeline.discovering import discover, jieba_dictionary
    from casemine.pipeline.drawing import Drawn, figures, pictures
    from casemine.pipeline.exporting import FORMATS, Exported, export
    from casemine.pipeline.importing import Imported, import_codebook, import_project
    from casemine.pipeline.placing import (
        Coded,
        code,
        coded_books,
        open_coding,
        quotes,
        stale_codings,
        train_vectors,
    )
    from casemine.pipeline.quoting import QuotesApplied, apply_quotes, review_book, suggestions, write_quotes
    from casemine.pipeline.recoding import Recoded, Summary, recode, recode_all
    from casemine.pipeline.reporting import report
    from casemine.pipeline.reproducing import Reproduced, reproduce
    from casemine.pipeline.rigour import agree, saturation, tables
    from casemine.pipeline.walk import Progress, Tables, read_documents, read_table

__all__ = [
    "FORMATS",
    "Coded",
    "Drawn",
    "Exported",
    "Extraction",
    "Imported",
    "Progress",
    "QuotesApplied",
    "Recoded",
    "Reproduced",
    "Summary",
    "Tables",
    "agree",
    "apply_quotes",
    "apply_review",
    "code",
    "coded_books",
    "discover",
    "export",
    "extract",
    "figures",
    "import_codebook",
    "import_project",
    "inputs_there",
    "jieba_dictionary",
    "open_coding",
    "pictures",
    "quotes",
    "read_documents",
    "read_table",
    "recode",
    "recode_all",
    "refresh",
    "report",
    "reproduce",
    "review_book",
    "saturation",
    "stale",
    "stale_codings",
    "suggestions",
    "tables",
    "train_vectors",
    "write_quotes",
]

_HOMES = {
    "composition": ("Extraction", "apply_review", "extract", "inputs_there", "refresh", "stale"),
    "discovering": ("discover", "jieba_dictionary"),
    "drawing": ("Drawn", "figures", "pictures"),
    "exporting": ("FORMATS", "Exported", "export"),
    "importing": ("Imported", "import_codebook", "import_project"),
    "placing": ("Coded", "code", "coded_books", "open_coding", "quotes", "stale_codings", "train_vectors"),
    "quoting": ("QuotesApplied", "apply_quotes", "review_book", "suggestions", "write_quotes"),
    "recoding": ("Recoded", "Summary", "recode", "recode_all"),
    "reporting": ("report",),
    "reproducing": ("Reproduced", "reproduce"),
    "rigour": ("agree", "saturation", "tables"),
    "walk": ("Progress", "Tables", "read_documents", "read_table"),
}


def __getattr__(name: str) -> Any:
    # Imported when used: a command needs few of the stages, and all of them take half a second.
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"casemine.pipeline.{home}"), name)
    raise AttributeError(f"module 'casemine.pipeline' has no attribute {name!r}")
