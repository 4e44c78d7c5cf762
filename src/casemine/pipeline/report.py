"""`casemine report`: what a study has found, as a page to open and to send, and as a Word file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from casemine.pipeline import engine, memos, sections
from casemine.pipeline.context import ExtractContext, Progress, quiet
from casemine.pipeline.engine import Parameters, Stage
from casemine.pipeline.figures import font_of, pictures
from casemine.pipeline.figures import reads as reads_of_figures
from casemine.pipeline.view import StudyView, first_view, view
from casemine.report.content import Content, Picture
from casemine.report.docx import docx
from casemine.report.html import html
from casemine.report.section import Section
from casemine.study import Study, fingerprint
from casemine.study.files import SETTINGS

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


@dataclass(frozen=True)
class ReportView(StudyView):
    """A view of a study with a title, drawn figures and the sections of its analyses."""

    title: str = ""
    pictures: tuple[Picture, ...] = ()
    sections: tuple[Section, ...] = ()


def report(
    study: Study | str | os.PathLike[str],
    *,
    formats: Iterable[str] = tuple(_WRITERS),
    codebook: str = "",
    title: str = "",
    font: str | Path = "",
    progress: Progress = quiet,
) -> Reported:
    """Write the report of a study as report.FORMAT for each of `formats`.

    All are written or none. `codebook` names the one to follow where the study was coded with several, and
    the files are then called report_CODEBOOK.FORMAT; `title` is the study's name when empty; `font` is a
    font file for the figures, to use before the one that comes with casemine.
    """
    study = Study.of(study)
    parameters = {
        "formats": list(formats), "codebook": codebook, "title": title, "font": font_of(study, font)
    }  # fmt: skip
    view(study, codebook)  # says which codebooks there are, where it is not clear
    with study.locked():
        reported: Reported = engine.make(ExtractContext.of(study, progress), REPORT, parameters)
    return reported


def _report(
    context: ExtractContext, formats: Sequence[str], codebook: str, title: str, font: str
) -> Reported:
    study = context.study
    ending = f"_{codebook}" if codebook else ""
    shown = first_view(study, codebook)
    drawings, lacking = pictures(shown, font=font, progress=context.progress)
    analysed, lacking_there = _sections(study, font)
    content = report_view(shown, title=title, drawings=drawings, analysed=analysed)
    names = [f"report{ending}.{form}" for form in formats]
    for form, name in zip(formats, names, strict=True):
        study.new_file(name).write_bytes(_WRITERS[form](content))
    lacking = "".join(sorted({*lacking, *lacking_there}))
    return Reported([study.folder / name for name in names], lacking)


def _sections(study: Study, font: str) -> tuple[list[Section], str]:
    """Return the sections of the analyses, and the characters in their figures that no font has."""
    from casemine.figures.style import Style

    style = Style(font=study.folder / font if font else None)
    draw = sections.Drawing(style)
    with style.applied():
        found = sections.sections(study, draw)
    if noted := memos.section(study):
        found.append(noted)
    return found, style.lacking("".join(sorted(draw.texts)))


def report_view(
    shown: StudyView,
    *,
    title: str = "",
    drawings: Sequence[Picture] = (),
    analysed: Sequence[Section] = (),
) -> ReportView:
    """Return a view as a report shows it; `title` is the study's name when empty."""
    name = title or shown.folder.resolve().name
    return ReportView(shown.study, shown.book, shown.coded, name, tuple(drawings), tuple(analysed))


def _reads(context: ExtractContext, parameters: Parameters) -> list[str]:
    of_sections = [*sections.reads(context.study), *memos.files(context.study)]
    return [*reads_of_figures(context, parameters), "keywords.csv", "passages.csv", SETTINGS, *of_sections]


def _depends(context: ExtractContext, parameters: Parameters) -> dict[str, str]:
    """The report also says how the tables were made."""
    run = context.study.record
    return {"run.json": fingerprint([run.settings, run.versions, run.selection, run.reviewed])}


REPORT = Stage("report", _reads, _report, depends=_depends,
               libraries=("jinja2", "matplotlib", "networkx", "numpy", "python-docx", "scipy"))  # fmt: skip
