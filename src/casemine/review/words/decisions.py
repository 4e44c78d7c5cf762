"""The decisions of a study about keywords and their history: read, compared, replayed, written together."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from casemine import schema
from casemine.review.decision_log import DecisionLog
from casemine.review.decision_words import DECISION_WORDS
from casemine.review.words.columns import UNDECIDED, WordKey, WordState
from casemine.terms import MODEL, RESEARCHER

WordDecisions = Mapping[WordKey, WordState]


WORDS: DecisionLog[WordKey, WordState] = DecisionLog(
    schema.DECISIONS, schema.HISTORY, WordKey, UNDECIDED, DECISION_WORDS
)


def no_decisions() -> pd.DataFrame:
    """Return an empty table `schema.DECISIONS`."""
    return schema.DECISIONS.frame([])


def read_decisions(folder: Path) -> pd.DataFrame:
    """Return the table `schema.DECISIONS` of a study, empty when nothing was decided.

    It may have been saved by Excel in another encoding. Raises `StudyError` when it is broken.
    """
    return WORDS.read(folder)


def read_history(folder: Path) -> pd.DataFrame:
    """Return the table `schema.HISTORY` of a study, empty when nothing was decided."""
    return WORDS.read_history(folder)


as_states = WORDS.states
as_table = WORDS.frame
changes = WORDS.changes
replay = WORDS.replay
record = WORDS.record


def main_coder(decisions: pd.DataFrame, setting: str = "") -> str:
    """Name the coder whose decisions make the final tables.

    It is the one a setting names, else `researcher` if they decided anything, else the person who decided
    first. A language model is none.
    """
    coders = [coder for coder in decisions["coder"] if not coder.startswith(MODEL)]
    return setting or (RESEARCHER if RESEARCHER in coders or not coders else coders[0])
