"""Review: the researcher's decisions about keywords, from a sheet for Excel to the final tables."""

from casemine.review.check import Taken, take
from casemine.review.decisions import (
    WORDS,
    as_table,
    changes,
    main_coder,
    no_decisions,
    read_decisions,
    read_history,
    record,
    replay,
)
from casemine.review.final import apply_decisions, dropped, merges, no_evidence
from casemine.review.quote_columns import QUOTATIONS
from casemine.review.quote_read import QuotesTaken, is_quote_sheet, read_quote_sheet, take_quotes
from casemine.review.quote_sheet import build_quote_sheet, quote_file_name, write_quote_sheet
from casemine.review.read import SheetError, read_sheet
from casemine.review.settle import METHOD, compared, settle, unsettled
from casemine.review.sheet import Plan, build_sheet, write_sheet
from casemine.review.suggest import suggest, suggest_codes

__all__ = [
    "METHOD",
    "QUOTATIONS",
    "WORDS",
    "Plan",
    "QuotesTaken",
    "SheetError",
    "Taken",
    "apply_decisions",
    "as_table",
    "build_quote_sheet",
    "build_sheet",
    "changes",
    "compared",
    "dropped",
    "is_quote_sheet",
    "main_coder",
    "merges",
    "no_decisions",
    "no_evidence",
    "quote_file_name",
    "read_decisions",
    "read_history",
    "read_quote_sheet",
    "read_sheet",
    "record",
    "replay",
    "settle",
    "suggest",
    "suggest_codes",
    "take",
    "take_quotes",
    "unsettled",
    "write_quote_sheet",
    "write_sheet",
]
