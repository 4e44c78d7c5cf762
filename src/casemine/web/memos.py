"""Memos on documents and codes, written on the pages of texts and of the codebook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.routing import Route

from casemine import coding, review
from casemine.errors import UsageError
from casemine.pipeline import memos, serve
from casemine.web.bench import Bench
from casemine.web.pages import action


def shown(bench: Bench, written: Mapping[str, str]) -> dict[str, Any]:
    """Return of person -> memo what a coder sees: their own, and unless they are blind the others'."""
    others = [{"coder": name, "text": text} for name, text in written.items() if name != bench.coder]
    return {"own": written.get(bench.coder, ""), "others": [] if bench.blind else others}


def of_document(bench: Bench, doc_id: str) -> dict[str, Any]:
    """Return the memos on a document as a page shows them."""
    return shown(bench, memos.of_document(memos.memos(bench.study), doc_id))


def of_code(bench: Bench, book: coding.Codebook, code: str) -> dict[str, Any]:
    """Return the memos on a code as a page shows them."""
    return shown(bench, memos.of_code(memos.memos(bench.study), book, code))


@action
def write(request: Request, bench: Bench, given: dict[str, Any]) -> Mapping[str, Any]:
    """Write the memo of this coder on a document or a code."""
    about = {name: given.get(name, "") for name in ("codebook", "code", "doc_id")}
    text = given.get("memo", "")
    if not all(isinstance(value, str) for value in (text, *about.values())):
        raise UsageError("which memo?")
    key = review.MemoKey(bench.coder, **about)
    changed = memos.write_memo(bench.study, key, review.cell_text(text), source=serve.SOURCE)
    return {"changed": changed}


ROUTES = (Route("/memo", write, methods=["POST"]),)
