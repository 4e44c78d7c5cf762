"""The figures of a study, drawn from its tables and written as PNG, SVG and PDF."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from casemine import coding, schema
from casemine.errors import UsageError
from casemine.figures import CAPTIONS, FORMATS, NothingToDraw
from casemine.pipeline import engine
from casemine.pipeline.context import ExtractContext, Progress, quiet
from casemine.pipeline.engine import Parameters, Stage
from casemine.pipeline.view import StudyView, book_files, first_of_several, view
from casemine.report.content import Picture
from casemine.study import Study
from casemine.tables import crosstab
from casemine.terms import NO_GROUP, Label

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from casemine.figures.style import Style

FOLDER = "figures"
_OF_WORDS = frozenset({"keyword_frequency", "word_cloud", "new_words", "cooccurrence", "dendrogram"})
# What names something inside an SVG, or refers to it.
_SVG_NAME = re.compile(r'(\bid="|href="#|url\(#)')


@dataclass(frozen=True)
class Drawn:
    """What `figures` wrote (name -> files below the study) and what not (name -> reason).

    `lacking` are the characters that no font has: they stand as boxes in the figures.
    """

    study: Study
    written: dict[str, list[str]]
    not_drawn: dict[str, str]
    lacking: str


def figures(
    study: Study | str | os.PathLike[str],
    *,
    only: Sequence[str] = (),
    formats: Sequence[str] = FORMATS,
    columns: int = 2,
    top: int = 30,
    font: str | Path = "",
    codebook: str = "",
    progress: Progress = quiet,
) -> Drawn:
    """Draw the figures of a study into its figures/; `only` names some of `CAPTIONS`, none means all.

    `columns` of a journal page (1: 85 mm, 2: 175 mm) say how wide; `top` how many keywords are drawn;
    `font` is a font file to use before the one that comes with casemine. With `codebook` the files are
    called NAME_CODEBOOK. A figure that the study has nothing for is not drawn, and an older file of it
    goes. Raises `UsageError` for a name, format or font that is none.
    """
    _check(only, CAPTIONS, "figure")
    _check(formats, FORMATS, "format")
    study = Study.of(study)
    parameters = {
        "only": list(only), "formats": list(formats), "columns": columns, "top": top,
        "font": font_of(study, font), "codebook": codebook,
    }  # fmt: skip
    _view(study, codebook, only)  # says which codebooks there are, where it is not clear
    with study.locked():
        drawn: Drawn = engine.make(ExtractContext.of(study, progress), FIGURES, parameters)
    return drawn


def _figures(
    context: ExtractContext,
    only: Sequence[str],
    formats: Sequence[str],
    columns: int,
    top: int,
    font: str,
    codebook: str,
) -> Drawn:
    from casemine.figures.page import encoded
    from casemine.figures.style import Style, texts_of

    study = context.study
    shown = _view(study, codebook or first_of_several(study), only)
    style = Style(columns, top, study.folder / font if font else None)
    ending = f"_{shown.book.name}" if codebook and shown.book else ""
    written: dict[str, list[str]] = {}
    not_drawn: dict[str, str] = {}
    texts = set[str]()
    with style.applied():
        for number, name in enumerate(only or CAPTIONS, start=1):
            context.progress("figures", number, len(only or CAPTIONS))
            drawing = _drawing(name, shown, style)
            if isinstance(drawing, str):
                not_drawn[name] = drawing
                continue
            texts.update(texts_of(drawing))
            written[name] = [f"{FOLDER}/{name}{ending}.{form}" for form in formats]
            for form, file in zip(formats, written[name], strict=True):
                study.new_file(file).write_bytes(encoded(drawing, form))
    for name in not_drawn:
        for form in FORMATS:
            study.remove(f"{FOLDER}/{name}{ending}.{form}")
    return Drawn(study, written, not_drawn, style.lacking("".join(texts)))


def reads(context: ExtractContext, parameters: Parameters) -> list[str]:
    """Name the files of a study that figures and report are made from."""
    font = [parameters["font"]] if parameters.get("font") else []
    return [*_READ, *book_files(context.study), *font]


_READ = (
    "documents.csv", "left_out.csv", "new_words.csv", "keywords_final.csv", "frequency_final.csv",
    "placements.csv", "codings.csv", "decisions.csv", "tables/saturation.csv",
    "tables/saturation_summary.csv", "tables/agreement.csv",
)  # fmt: skip
FIGURES = Stage("figures", reads, _figures, libraries=("matplotlib", "networkx", "numpy", "scipy"))


def _drawing(name: str, shown: StudyView, style: Style) -> Figure | str:
    """Return a figure, or the reason why there is none."""
    try:
        return _recipes()[name](shown, style)
    except NothingToDraw as reason:
        return str(reason)


def pictures(
    shown: StudyView,
    *,
    only: Sequence[str] = (),
    columns: int = 2,
    font: str = "",
    progress: Progress = quiet,
) -> tuple[list[Picture], str]:
    """Draw the figures of a study for a report: all of `CAPTIONS` it has something for, or those named.

    Returns them and the characters that no font has. No name inside one SVG is used in another, so that
    a page can hold them all. `font` is a font file, named from the study.
    """
    from casemine.figures.page import picture_bytes
    from casemine.figures.style import Style, texts_of

    style = Style(columns, font=shown.folder / font if font else None)
    drawings = []
    texts = set[str]()
    with style.applied():
        for number, name in enumerate(only or CAPTIONS, start=1):
            progress("figures", number, len(only or CAPTIONS))
            drawn = _drawing(name, shown, style)
            if isinstance(drawn, str):
                continue
            drawings.append(Picture(name, CAPTIONS[name], *picture_bytes(name, drawn)))
            texts.update(texts_of(drawn))
    return drawings, style.lacking("".join(texts))


def font_of(study: Study, font: str | Path) -> str:
    """Return a font file as named from the study, whether it was named from here or from there."""
    return study.relative(font) if font and Path(font).is_file() else str(font)


def _view(study: Study, codebook: str, only: Sequence[str]) -> StudyView:
    """Return the view; of a codebook that the study was not coded with, what the codebook says itself.

    Figures of words alone need no codebook: where there are several, any will do.
    """
    codings = study.table_or_empty(schema.CODINGS)
    names = sorted({Label.parse(label).name for label in codings["codebook"]})
    if not codebook and only and _OF_WORDS.issuperset(only):
        codebook = names[0] if names else ""
    if not codebook or codebook in names:
        return view(study, codebook)
    return StudyView(study, coding.load(coding.locate(codebook)), coded=False)


def _check(given: Iterable[str], known: Iterable[str], kind: str) -> None:
    unknown = [name for name in given if name not in known]
    if unknown:
        raise UsageError(f"no such {kind}: {', '.join(unknown)}.", advice=f"Known are {', '.join(known)}.")


def _recipes() -> dict[str, Callable[[StudyView, Style], Figure]]:
    """Return name -> how it is drawn of what a study has found."""
    from casemine.figures import cloud, words

    return {
        "keyword_frequency": lambda shown, style: words.keyword_frequency(shown.frequency, style),
        "word_cloud": lambda shown, style: cloud.word_cloud(shown.frequency, style),
        "new_words": lambda shown, style: words.new_words(shown.leading_new_words, style),
        "cooccurrence": _cooccurrence,
        "dendrogram": _dendrogram,
        "codes_by_region": partial(_by_group, column="region", kind="地区"),
        "codes_by_year": partial(_by_group, column="year", kind="年份"),
        "category_shares": _category_shares,
        "coding_tree": _coding_tree,
        "saturation": _saturation,
        "framework": _framework,
    }


def _keywords_together(shown: StudyView, style: Style) -> tuple[crosstab.Cooccurrence, int]:
    having = shown.leading.rename(columns={"word": "item"})
    return crosstab.cooccurrence(having, top=style.top), having["item"].nunique()


def _cooccurrence(shown: StudyView, style: Style) -> Figure:
    from casemine.figures import cooccurrence

    matrices, of = _keywords_together(shown, style)
    return cooccurrence.cooccurrence(matrices.counts, style, of=of)


def _dendrogram(shown: StudyView, style: Style) -> Figure:
    from casemine.figures import cooccurrence

    matrices, of = _keywords_together(shown, style)
    return cooccurrence.dendrogram(matrices.ochiai, style, of=of)


def _book(shown: StudyView) -> coding.Codebook:
    if shown.book is None:
        raise NothingToDraw(f"the study is not coded yet: casemine code {shown.folder}.")
    return shown.book


def _by_group(shown: StudyView, style: Style, column: str, kind: str) -> Figure:
    from casemine.figures import categories

    codes = _book(shown).codes
    table = crosstab.by_group(shown.placed, codes, shown.group_of(column))
    return categories.codes_by_group(
        table, codes, shown.cases, style, kind=kind, unnamed=NO_GROUP, ordered=column == "year",
        both_counts=shown.leading_cases is not None, source=shown.source,
    )  # fmt: skip


def _category_shares(shown: StudyView, style: Style) -> Figure:
    from casemine.figures import categories

    codes, total = _book(shown).codes, len(shown.documents)
    return categories.category_shares(
        codes, shown.cases, total, style, leading_cases=shown.leading_cases, source=shown.source
    )


def _coding_tree(shown: StudyView, style: Style) -> Figure:
    from casemine.figures import tree

    codes = _book(shown).codes
    return tree.coding_tree(codes, shown.cases, style, leading_cases=shown.leading_cases, source=shown.source)


def _saturation(shown: StudyView, style: Style) -> Figure:
    from casemine.figures import curves

    measured = shown.saturation.groupby("level")["cumulative"].max().to_dict()
    now = shown.placed.groupby("level")["code"].nunique().to_dict() if len(shown.placed) else {}
    if measured and measured != now:
        raise NothingToDraw("tables/saturation.csv is of other codings: casemine saturation STUDY.")
    return curves.saturation(shown.saturation, style)


def _framework(shown: StudyView, style: Style) -> Figure:
    from casemine.figures import framework

    book = _book(shown)
    return framework.framework(
        book.codes, book.aim or book.title, shown.cases, len(shown.documents), style,
        leading_cases=shown.leading_cases, source=shown.source,
    )  # fmt: skip
