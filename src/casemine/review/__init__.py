"""Review: the researcher's decisions about keywords, from a sheet for Excel to the final tables."""

from casemine.review.check import Taken, take
from casemine.review.columns import MAIN_CODER
from casemine.review.decisions import (
    HISTORY,
    as_table,
    changes,
    main_coder,
    no_decisions,
    read_decisions,
    read_history,
    record,
    replay,
)
from casemine.review.final import apply_decisions, merges, no_evidence
from casemine.review.read import SheetError, read_sheet
from casemine.review.sheet import Plan, build_sheet, write_sheet
from casemine.review.suggest import suggest

__all__ = [
    "HISTORY",
    "MAIN_CODER",
    "Plan",
    "SheetError",
    "Taken",
    "apply_decisions",
    "as_table",
    "build_sheet",
    "changes",
    "main_coder",
    "merges",
    "no_decisions",
    "no_evidence",
    "read_decisions",
    "read_history",
    "read_sheet",
    "record",
    "replay",
    "suggest",
    "take",
    "write_sheet",
]
