"""The reproduction table: what was printed, what casemine computes, and why they differ."""

from __future__ import annotations

from typing import NamedTuple

SAME, DIFFERS, UNPUBLISHED = "same", "differs", "not published"


class ComparedRow(NamedTuple):
    """One row of `REPRODUCTION`."""

    part: str
    item: str
    published: str
    computed: str
    verdict: str
    why: str = ""


def compared(part: str, item: str, published: object, computed: object, why: str = "") -> ComparedRow:
    """Return the row of two values; `why` is said only where they differ."""
    same = str(published) == str(computed)
    return ComparedRow(
        part, item, str(published), str(computed), SAME if same else DIFFERS, "" if same else why
    )
