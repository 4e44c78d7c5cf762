"""How the products of a study follow from one another: an engine, a context, and a module a command."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casemine.pipeline import (
        check,
        code,
        context,
        discover,
        engine,
        export,
        extract,
        figures,
        find,
        imports,
        memos,
        network,
        pmc,
        recode,
        report,
        reproduce,
        review,
        rigour,
        run,
        serve,
        similar,
        suggest,
        topics,
        vectors,
        view,
        words,
    )

__all__ = [
    "check",
    "code",
    "context",
    "discover",
    "engine",
    "export",
    "extract",
    "figures",
    "find",
    "imports",
    "memos",
    "network",
    "pmc",
    "recode",
    "report",
    "reproduce",
    "review",
    "rigour",
    "run",
    "serve",
    "similar",
    "suggest",
    "topics",
    "vectors",
    "view",
    "words",
]


def __getattr__(name: str) -> ModuleType:
    # Imported when used: a command needs few of them, and all of them take half a second.
    if name in __all__:
        return import_module(f"casemine.pipeline.{name}")
    raise AttributeError(f"module 'casemine.pipeline' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
