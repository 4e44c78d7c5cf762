"""The categories of a codebook as the rows of a figure: selective categories with their axial ones below."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from casemine.figures import NothingToDraw
from casemine.figures.labels import fitted
from casemine.figures.style import SMALL, TEXT

# In mm: a row with a label of one line, what a further line adds, and how far axial labels stand in.
_ROW, _MORE = 4.4, 2.9
INDENT = 3.0
# Before each selective category.
GAP = 1.2


@dataclass(frozen=True)
class CategoryRow:
    """One category: its label as fitted, its centre and height in mm from the first row's upper edge."""

    code: str
    selective: bool
    label: str
    middle: float
    height: float

    @property
    def size(self) -> float:
        """The type size of the label in points."""
        return TEXT if self.selective else SMALL


@dataclass(frozen=True)
class Outline:
    """The rows shown, their height together in mm, and how many categories there are in all."""

    rows: list[CategoryRow]
    height: float
    of: int


def outline(codes: pd.DataFrame, cases: Mapping[str, int], room: float, height: float) -> Outline:
    """Lay out the selective and axial categories of `codes` (`CODEBOOK`) in the order of the codebook.

    `room` is the width of the labels and `height` what there is for all rows, in mm. Where not all fit,
    those of the most `cases` stay; selective categories take a third of the page at most.
    """
    if not cases:
        raise NothingToDraw("the study is not coded with the codebook yet: casemine code STUDY.")
    upper, lower = (codes[codes["level"] == level] for level in ("selective", "axial"))
    labels = _labels(upper, room)
    kept = _leading(labels, cases, height / 3 if len(lower) else height, GAP)
    members = _labels(lower[lower["parent"].isin(kept)], room)
    left = height - sum(_height(labels[code]) + GAP for code in kept)
    kept |= _leading(members, cases, left, 0)
    labels |= members
    rows: list[CategoryRow] = []
    at = 0.0
    for code, level in zip(codes["code"], codes["level"], strict=True):
        if code in kept:
            at += GAP if level == "selective" and rows else 0
            tall = _height(labels[code])
            rows.append(CategoryRow(code, level == "selective", labels[code], at + tall / 2, tall))
            at += tall
    return Outline(rows, at, len(upper) + len(lower))


def _labels(codes: pd.DataFrame, room: float) -> dict[str, str]:
    return {
        code: fitted(code, room, TEXT, 2) if level == "selective" else fitted(code, room - INDENT, SMALL, 2)
        for code, level in zip(codes["code"], codes["level"], strict=True)
    }


def _height(label: str) -> float:
    return _ROW + _MORE * label.count("\n")


def _leading(labels: Mapping[str, str], cases: Mapping[str, int], room: float, gap: float) -> set[str]:
    """Return the codes of the most cases that fit into `room` mm; of equals the first in the codebook."""
    kept = set()
    for code in sorted(labels, key=lambda code: -cases.get(code, 0)):
        room -= _height(labels[code]) + gap
        if room < 0:
            break
        kept.add(code)
    return kept
