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
from casemine.pipeline.placing import Coded, code, open_coding, quotes, stale_codings, train_vectors
from casemine.pipeline.rigour import agree, saturation, tables
from casemine.pipeline.walk import Progress, Tables, read_documents, read_table

__all__ = [
    "Coded",
    "Extraction",
    "Progress",
    "Tables",
    "agree",
    "apply_review",
    "code",
    "discover",
    "extract",
    "jieba_dictionary",
    "open_coding",
    "quotes",
    "read_documents",
    "read_table",
    "read_tables",
    "refresh",
    "saturation",
    "stale",
    "stale_codings",
    "tables",
    "train_vectors",
]
