"""Review: decisions about keywords and quotations, from a sheet for Excel to the final tables.

`form` is a sheet that a person fills in, `check` takes any such sheet over, `decision_log` keeps what was
decided and `memos` what was noted; `words` and `quotes` say what each kind of decision is: `read` a sheet
back, `check` it, `apply` the decisions.
"""

from casemine.review.decision_words import decision_meant
from casemine.review.form import FilledSheet, SheetError, SheetRow, cell_text
from casemine.review.form_file import csv_rows
from casemine.review.memos import MEMOS, MemoKey, MemoState
from casemine.review.plan import SheetPlan
from casemine.review.quotes.apply import METHOD, as_read, compared, settle, unsettled
from casemine.review.quotes.check import QuotesTaken, take_quotes
from casemine.review.quotes.columns import FORM as QUOTE_FORM
from casemine.review.quotes.columns import QuoteKey, QuoteState
from casemine.review.quotes.decisions import QUOTATIONS
from casemine.review.quotes.read import is_quote_sheet, read_quote_sheet
from casemine.review.quotes.sheet import build_quote_sheet, quote_file_name, write_quote_sheet
from casemine.review.words.apply import apply_decisions, dropped, given, merges, no_evidence, with_promoted
from casemine.review.words.check import WordsTaken, take
from casemine.review.words.columns import FORM as WORD_FORM
from casemine.review.words.columns import WordKey, WordState
from casemine.review.words.decisions import (
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
from casemine.review.words.read import accepted, read_sheet
from casemine.review.words.sheet import build_sheet, write_sheet
from casemine.review.words.suggest import suggest, suggest_codes

__all__ = [
    "MEMOS",
    "METHOD",
    "QUOTATIONS",
    "QUOTE_FORM",
    "WORDS",
    "WORD_FORM",
    "FilledSheet",
    "MemoKey",
    "MemoState",
    "QuoteKey",
    "QuoteState",
    "QuotesTaken",
    "SheetError",
    "SheetPlan",
    "SheetRow",
    "WordKey",
    "WordState",
    "WordsTaken",
    "accepted",
    "apply_decisions",
    "as_read",
    "as_table",
    "build_quote_sheet",
    "build_sheet",
    "cell_text",
    "changes",
    "compared",
    "csv_rows",
    "decision_meant",
    "dropped",
    "given",
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
    "with_promoted",
    "write_quote_sheet",
    "write_sheet",
]
