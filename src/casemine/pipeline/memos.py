"""Memos: what researchers note about a document or a code, kept beside the decisions with its history."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import pandas as pd

from casemine import review, schema
from casemine.coding import Codebook
from casemine.errors import UsageError
from casemine.pipeline.code import coded_books
from casemine.pipeline.review import record
from casemine.report.section import Section, SectionTable
from casemine.study import Study

# What a memo on a document is called in a project of other programs.
TITLE = "备忘"
_LEAD = "研究者对文档和编码写下的备忘；对引文的备注见引文决定。"


def write_memo(
    study: Study | str | os.PathLike[str], about: review.MemoKey, text: str, *, source: str = "casemine"
) -> bool:
    """Write a memo of a person on a document or a code, in place of the one they had; empty takes it back.

    `about` names the person and either `doc_id` or `codebook` and `code`. Returns whether anything changed.
    What was written on the code under an earlier name of it is replaced too. Raises `UsageError` when it is
    about neither, or a new one about a document or a code that the study does not have.
    """
    study = Study.of(study)
    if bool(about.doc_id) == bool(about.code and about.codebook):
        raise UsageError("a memo is about a document or about a code.")
    with study.locked():
        kept = text.replace("\r\n", "\n").strip()
        if kept:
            check_about(study, about)
        known = review.MEMOS.standing(study.folder)
        book = {book.name: book for book in coded_books(study)}.get(about.codebook)
        states = {key: state for key, state in known.states.items() if not _same(key, about, book)}
        if kept:
            states[about] = review.MemoState(kept)
        if states == known.states:
            return False
        with study.transaction():
            record(study, review.MEMOS, states, source, known)
    return True


def check_about(study: Study, about: review.MemoKey) -> None:
    """Raise `UsageError` when the study has no document, or no code, of this name."""
    if about.doc_id:
        if about.doc_id not in set(study.documents["doc_id"]):
            raise UsageError(f"no document of this study is called {about.doc_id}.")
    elif not any(book.name == about.codebook and about.code in book.by_name for book in coded_books(study)):
        raise UsageError(f"no code of this study is called {about.code}.")


def _same(key: review.MemoKey, about: review.MemoKey, book: Codebook | None) -> bool:
    """Tell whether two memos are of the same person on the same thing, under whatever name of a code."""
    if about.doc_id or key.doc_id or book is None:
        return key == about
    return key[:2] == about[:2] and (book.resolve(key.code) or key.code) == about.code


def memos(study: Study | str | os.PathLike[str]) -> pd.DataFrame:
    """Return the memos of a study, the table `schema.MEMOS`, empty when nothing was written."""
    return review.MEMOS.read(Study.of(study).folder)


def of_document(found: pd.DataFrame, doc_id: str) -> dict[str, str]:
    """Return person -> memo on a document, of the table `schema.MEMOS`."""
    own = found[found["doc_id"] == doc_id]
    return dict(zip(own["coder"], own["memo"], strict=True))


def on_code(found: pd.DataFrame, book: Codebook, code: str) -> pd.DataFrame:
    """Return the rows of the table `schema.MEMOS` on a code, whatever it was called when written."""
    own = found[(found["codebook"] == book.name) & (found["code"] != "")]
    return own[own["code"].map(lambda name: book.resolve(name) or name) == code]


def of_code(found: pd.DataFrame, book: Codebook, code: str) -> dict[str, str]:
    """Return person -> memo on a code, whatever it was called when that was written."""
    joined: dict[str, list[str]] = {}
    for row in on_code(found, book, code).to_dict("records"):
        joined.setdefault(row["coder"], []).append(row["memo"])
    return {coder: "\n".join(texts) for coder, texts in joined.items()}


def files(study: Study) -> list[str]:
    """Name the file of the memos, where there is one: what reports and exports are made from."""
    return [review.MEMOS.file] if study.has(review.MEMOS.file) else []


def times(study: Study) -> Mapping[tuple[str, ...], str]:
    """Return the key of each memo -> when it was last written."""
    history = review.MEMOS.read_history(study.folder)
    key = list(schema.MEMOS.key)
    return {tuple(row[name] for name in key): row["time"] for row in history.to_dict("records")}


def section(study: Study) -> Section | None:
    """Return what the report says of the memos; None where there are none."""
    found = memos(study)
    if found.empty:
        return None
    titles = dict(study.documents[["doc_id", "title"]].itertuples(index=False, name=None))
    rows: list[dict[str, Any]] = [
        {"类别": "编码" if row["code"] else "文档",
         "对象": row["code"] or titles.get(row["doc_id"]) or row["doc_id"],
         "编码员": row["coder"], "备忘": row["memo"]}
        for row in found.sort_values(["code", "doc_id", "coder"], kind="stable").to_dict("records")
    ]  # fmt: skip
    table = SectionTable("研究备忘", pd.DataFrame(rows), most=200)
    return Section("memos", "研究备忘", _LEAD, "", "", tables=(table,))
