"""The report of a study: what it shows gathered, then written in the form asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from casemine import review, schema
from casemine.coding import evidence
from casemine.discover.discoverer import least_count
from casemine.pipeline.drawing import font_of, pictures
from casemine.pipeline.findings import Findings, findings
from casemine.pipeline.following import following
from casemine.pipeline.placing import stale_codings
from casemine.pipeline.walk import read_table, study_settings
from casemine.report.content import Content, Picture
from casemine.report.docx import docx
from casemine.report.html import html
from casemine.tables import crosstab

_GROUPS = ("region", "year")
_ABOUT = ("name", "label", "title", "aim", "source", "version")
# Form -> what writes a report in it, as the bytes of its file.
_WRITERS: Mapping[str, Callable[[Content], bytes]] = {
    "html": lambda content: html(content).encode(),
    "docx": docx,
}


@dataclass(frozen=True)
class Reported:
    """The files of a report, and the characters in its figures that no font has."""

    files: list[Path]
    lacking: str


def report(
    folder: Path,
    *,
    formats: Iterable[str] = tuple(_WRITERS),
    codebook: str = "",
    title: str = "",
    font: str | Path = "",
) -> Reported:
    """Write the report of a study as `folder`/report.FORMAT for each of `formats`.

    All are written or none. `codebook` names the one to follow where the study was coded with several, and
    the files are then called report_CODEBOOK.FORMAT; `title` is the study's name when empty; `font` is a
    font file for the figures, to use before the one that comes with casemine.
    """
    ending = f"_{codebook}" if codebook else ""
    names = {form: f"report{ending}.{form}" for form in formats}
    font = font_of(folder, font)
    parameters = {"formats": list(names), "codebook": codebook, "title": title, "font": font}
    with following(folder, "report", parameters) as staging:
        found = findings(folder, codebook)
        drawn, lacking = pictures(found, font=font)
        gathered = content(found, title=title, pictures=drawn)
        for form, name in names.items():
            (staging / name).write_bytes(_WRITERS[form](gathered))
    return Reported([folder / name for name in names.values()], lacking)


def content(found: Findings, *, title: str = "", pictures: Sequence[Picture] = ()) -> Content:
    """Gather all that a report of a study shows; `title` is the study's name when empty."""
    folder = found.folder
    decisions = review.read_decisions(folder)
    coder = review.main_coder(decisions, study_settings(folder).review.coder)
    asked = int(found.run.settings["discover"]["min_count"])
    codes = found.book.codes if found.book else schema.CODEBOOK.frame([])
    return Content(
        title=title or folder.resolve().name,
        run=found.run,
        documents=found.documents,
        left_out=found.left_out,
        new_words=found.new_words,
        keywords=found.keywords,
        frequency=found.frequency,
        found=read_table(folder / "keywords.csv", schema.KEYWORDS)["word"].nunique(),
        decisions=decisions[decisions["coder"] == coder].reset_index(drop=True),
        coder=coder,
        min_count=asked or least_count(int(found.documents["chars"].sum())),
        stale=bool(found.book and stale_codings(folder)),
        codebook=codes,
        about={name: getattr(found.book, name) if found.book else "" for name in _ABOUT},
        placements=found.placements,
        coding_table=crosstab.coding_table(found.placed, codes),
        open_coding=crosstab.open_coding(found.codings, codes),
        groups={name: crosstab.by_group(found.placed, codes, found.groups(name)) for name in _GROUPS},
        quotations=_quotations(found),
        saturation=found.saturation,
        saturation_summary=found.saturation_summary,
        agreement=found.agreement,
        texts=tuple(found.texts),
        pictures=tuple(pictures),
    )


def _quotations(found: Findings) -> pd.DataFrame:
    if found.book is None:
        return schema.QUOTES.frame([])
    merges = review.merges(review.read_decisions(found.folder))
    return evidence.quotes(found.codings, found.texts, found.book, code="", region="", merges=merges)
