"""The reproduction table: what was printed, what casemine computes, and why they differ."""

from __future__ import annotations

from typing import NamedTuple

from casemine.schema import Column, Table

SAME, DIFFERS, UNPUBLISHED = "same", "differs", "not published"

REPRODUCTION = Table(
    "reproduction",
    ("part", "item"),
    (
        Column("part", "text", "部分", "which result of the study"),
        Column("item", "text", "项目", "what of it"),
        Column("published", "text", "发表值", "as printed; in brackets what we add up from what is printed"),
        Column("computed", "text", "计算值", "what casemine computes"),
        Column("verdict", "text", "结论", "same, differs, or not published"),
        Column("why", "text", "说明", "why they differ, or what the agreement means"),
    ),
    "each published figure beside what casemine computes",
)


class Row(NamedTuple):
    """One row of `REPRODUCTION`."""

    part: str
    item: str
    published: str
    computed: str
    verdict: str
    why: str = ""


def compared(part: str, item: str, published: object, computed: object, why: str = "") -> Row:
    """Return the row of two values; `why` is said only where they differ."""
    same = str(published) == str(computed)
    return Row(part, item, str(published), str(computed), SAME if same else DIFFERS, "" if same else why)
