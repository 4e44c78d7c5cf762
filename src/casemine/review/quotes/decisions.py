"""The decisions of a study about quotations and their history: read, compared, replayed, written together."""

from __future__ import annotations

from collections.abc import Mapping

from casemine import schema
from casemine.review.decision_log import DecisionLog
from casemine.review.decision_words import CODE, NONE, QUOTE_DECISION_WORDS
from casemine.review.quotes.columns import QuoteKey, QuoteState

QuoteDecisions = Mapping[QuoteKey, QuoteState]

# Beside the decisions of the sheet those of a blind coder, which have no word there.
QUOTATIONS: DecisionLog[QuoteKey, QuoteState] = DecisionLog(
    schema.QUOTE_DECISIONS, schema.QUOTE_HISTORY, QuoteKey, QuoteState(), (*QUOTE_DECISION_WORDS, CODE, NONE)
)
