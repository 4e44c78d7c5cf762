"""gensim, imported only when used: it has no wheels yet for the newest Python."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from casemine.errors import UsageError


def gensim_module(name: str) -> Any:
    """Return the module `gensim.NAME`; raise `UsageError` where gensim is not installed."""
    try:
        return import_module(f"gensim.{name}")
    except ModuleNotFoundError as error:
        raise UsageError(
            "this needs the package gensim, which is not installed.",
            advice="Run `pip install gensim`; it has wheels for Python 3.11 to 3.13.",
        ) from error
