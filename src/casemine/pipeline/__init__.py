"""The stages in order: documents, new words, keywords, frequencies, and what a review leaves of them."""

from casemine.pipeline.composition import (
    Extraction,
    apply_review,
    discover,
    extract,
    jieba_dictionary,
    read_tables,
    refresh,
    stale,
)
from casemine.pipeline.rigour import agree, saturation, tables
from casemine.pipeline.walk import Progress, Tables, read_documents, read_table

__all__ = [
    "Extraction",
    "Progress",
    "Tables",
    "agree",
    "apply_review",
    "discover",
    "extract",
    "jieba_dictionary",
    "read_documents",
    "read_table",
    "read_tables",
    "refresh",
    "saturation",
    "stale",
    "tables",
]
