"""How a study shows itself: in a line, and as a table in a notebook."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from casemine import schema

if TYPE_CHECKING:
    from casemine.study.opened import Study


def as_line(study: Study) -> str:
    """Return a study as a call that opens it, with how much it holds."""
    sizes = (f"{name}={value}" for name, value in _summary(study).items())
    return f"Study({str(study.folder)!r}, {', '.join(sizes)})"


def as_html(study: Study) -> str:
    """Return the same as a table of HTML."""
    rows = (
        f"<tr><th>{name}</th><td>{escape(str(value))}</td></tr>" for name, value in _summary(study).items()
    )
    return f"<table><caption>{escape(str(study.folder))}</caption>{''.join(rows)}</table>"


def _summary(study: Study) -> dict[str, Any]:
    tables = {
        "documents": (schema.DOCUMENTS, ""),
        "new_words": (schema.NEW_WORDS, ""),
        "keywords": (schema.FREQUENCY, "frequency_final.csv"),
    }
    sizes = {name: len(study.table_or_empty(*place)) for name, place in tables.items()}
    return {**sizes, "reviewed": study.record.reviewed, "coded_by": study.coded_by}
