"""Every table casemine writes: its columns, their types, its key and its meaning.

This is the one definition. The reference is generated from it, `Table.check` holds every stage to it.
"""

from casemine.schema.coding import CODEBOOK, CODEBOOK_DIFF, CODINGS, PLACEMENTS, QUOTES
from casemine.schema.concordance import CONCORDANCE, CONCORDANCE_GROUPS
from casemine.schema.corpus import (
    DOCUMENTS,
    FREQUENCY,
    KEYWORDS,
    LEFT_OUT,
    NEW_WORDS,
    NEW_WORDS_BY,
    PASSAGES,
)
from casemine.schema.crosstab import BY_GROUP, CODEBOOKS, CODING_TABLE, COOCCURRENCE, OPEN_CODING
from casemine.schema.decisions import DECISIONS, HISTORY, QUOTE_DECISIONS, QUOTE_HISTORY
from casemine.schema.exchange import DICTIONARY, REPRODUCTION, UNPLACED
from casemine.schema.headers import chinese_headers
from casemine.schema.recode import CANDIDATES, COVERAGE, DIFFERENCE, OUTSIDE, SUMMARY
from casemine.schema.rigour import AGREEMENT, APART, CONSENSUS_HISTORY, DISAGREEMENTS, HELD_OUT, SATURATION
from casemine.schema.similarity import COMMON_PASSAGES, DIFFUSION, SHARED_PASSAGES, SIMILAR, SIMILAR_DOCUMENTS
from casemine.schema.table import DECIMALS, Column, Table

TABLES = (
    DOCUMENTS,
    PASSAGES,
    LEFT_OUT,
    NEW_WORDS,
    NEW_WORDS_BY,
    KEYWORDS,
    FREQUENCY,
    DECISIONS,
    HISTORY,
    QUOTE_DECISIONS,
    QUOTE_HISTORY,
    CODEBOOK,
    CODEBOOK_DIFF,
    PLACEMENTS,
    CODINGS,
    QUOTES,
    AGREEMENT,
    APART,
    DISAGREEMENTS,
    CONSENSUS_HISTORY,
    SATURATION,
    HELD_OUT,
    BY_GROUP,
    COOCCURRENCE,
    CODING_TABLE,
    OPEN_CODING,
    CODEBOOKS,
    COVERAGE,
    OUTSIDE,
    CANDIDATES,
    DIFFERENCE,
    SUMMARY,
    UNPLACED,
    DICTIONARY,
    REPRODUCTION,
    CONCORDANCE,
    CONCORDANCE_GROUPS,
    SIMILAR,
    SIMILAR_DOCUMENTS,
    SHARED_PASSAGES,
    COMMON_PASSAGES,
    DIFFUSION,
)

__all__ = [
    "AGREEMENT",
    "APART",
    "BY_GROUP",
    "CANDIDATES",
    "CODEBOOK",
    "CODEBOOKS",
    "CODEBOOK_DIFF",
    "CODINGS",
    "CODING_TABLE",
    "COMMON_PASSAGES",
    "CONCORDANCE",
    "CONCORDANCE_GROUPS",
    "CONSENSUS_HISTORY",
    "COOCCURRENCE",
    "COVERAGE",
    "DECIMALS",
    "DECISIONS",
    "DICTIONARY",
    "DIFFERENCE",
    "DIFFUSION",
    "DISAGREEMENTS",
    "DOCUMENTS",
    "FREQUENCY",
    "HELD_OUT",
    "HISTORY",
    "KEYWORDS",
    "LEFT_OUT",
    "NEW_WORDS",
    "NEW_WORDS_BY",
    "OPEN_CODING",
    "OUTSIDE",
    "PASSAGES",
    "PLACEMENTS",
    "QUOTES",
    "QUOTE_DECISIONS",
    "QUOTE_HISTORY",
    "REPRODUCTION",
    "SATURATION",
    "SHARED_PASSAGES",
    "SIMILAR",
    "SIMILAR_DOCUMENTS",
    "SUMMARY",
    "TABLES",
    "UNPLACED",
    "Column",
    "Table",
    "chinese_headers",
]
