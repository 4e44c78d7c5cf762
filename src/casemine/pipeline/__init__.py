"""The stages in order: documents, new words, keywords, frequencies, and what a review leaves of them."""

from casemine.pipeline.composition import (
    Extraction,
    apply_review,
    discover,
    extract,
    inputs_there,
    jieba_dictionary,
    refresh,
    stale,
)
from casemine.pipeline.drawing import Drawn, figures, pictures
from casemine.pipeline.exporting import FORMATS, Exported, export
from casemine.pipeline.findings import Findings, findings
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
from casemine.pipeline.quoting import (
    QuotesApplied,
    apply_quotes,
    review_book,
    suggestions,
    write_quotes,
)
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
    "Findings",
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
    "findings",
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
