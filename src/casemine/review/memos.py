"""Memos of researchers on documents and codes, and their history, kept as decisions are."""

from __future__ import annotations

from typing import NamedTuple

from casemine import schema
from casemine.review.decision_log import DecisionLog


class MemoKey(NamedTuple):
    """Who wrote about what: a code of a codebook, or a document."""

    coder: str
    codebook: str = ""
    code: str = ""
    doc_id: str = ""


class MemoState(NamedTuple):
    """What they wrote; empty when they took it back."""

    memo: str = ""


MEMOS: DecisionLog[MemoKey, MemoState] = DecisionLog(
    schema.MEMOS, schema.MEMO_HISTORY, MemoKey, MemoState(), ()
)
