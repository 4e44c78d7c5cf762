"""The figures of a study, drawn from its tables and written as PNG, SVG and PDF."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from casemine import coding, schema, study
from casemine.errors import UsageError
from casemine.figures import CAPTIONS, FORMATS, NothingToDraw
from casemine.pipeline.findings import Findings, findings
from casemine.pipeline.following import following
from casemine.pipeline.walk import read_table
from casemine.report.content import Picture
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

    folder: Path
    written: dict[str, list[str]]
    not_drawn: dict[str, str]
    lacking: str


def figures(
    folder: Path,
    *,
    only: Sequence[str] = (),
    formats: Sequence[str] = FORMATS,
    columns: int = 2,
    top: int = 30,
    font: str | Path = "",
    codebook: str = "",
) -> Drawn:
    """Draw the figures of a study into its figures/; `only` names some of `CAPTIONS`, none means all.

    `columns` of a journal page (1: 85 mm, 2: 175 mm) say how wide; `top` how many keywords are shown;
    `font` is a font file to use before the one that comes with casemine. With `codebook` the files are
    called NAME_CODEBOOK. A figure that the study has nothing for is not drawn, and an older file of it
    goes. Raises `UsageError` for a name, format or font that is none.
    """
    from casemine.figures.page import encoded
    from casemine.figures.style import Style, texts_of

    _check(only, CAPTIONS, "figure")
    _check(formats, FORMATS, "format")
    found = _found(folder, codebook, only)
    font = font_of(folder, font)
    style = Style(columns, top, folder / font if font else None)
    ending = f"_{found.book.name}" if codebook and found.book else ""
    written: dict[str, list[str]] = {}
    not_drawn: dict[str, str] = {}
    texts = set[str]()
    parameters = {
        "only": list(only), "formats": list(formats), "columns": columns, "top": top,
        "font": font, "codebook": codebook,
    }  # fmt: skip
    with following(folder, "figures", parameters) as staging, style.applied():
        (staging / FOLDER).mkdir()
        for name in only or CAPTIONS:
            drawn = _drawing(name, found, style)
            if isinstance(drawn, str):
                not_drawn[name] = drawn
                continue
            texts.update(texts_of(drawn))
            written[name] = [f"{FOLDER}/{name}{ending}.{form}" for form in formats]
            for form, path in zip(formats, written[name], strict=True):
                (staging / path).write_bytes(encoded(drawn, form))
    for name in not_drawn:
        for form in FORMATS:
            (folder / FOLDER / f"{name}{ending}.{form}").unlink(missing_ok=True)
    return Drawn(folder, written, not_drawn, style.lacking("".join(texts)))


def _drawing(name: str, found: Findings, style: Style) -> Figure | str:
    """Return a figure, or the reason why there is none."""
    try:
        return _recipes()[name](found, style)
    except NothingToDraw as reason:
        return str(reason)


def pictures(
    found: Findings, *, only: Sequence[str] = (), columns: int = 2, font: str = ""
) -> tuple[list[Picture], str]:
    """Draw the figures of a study for a report: all of `CAPTIONS` it has something for, or those named.

    Returns them and the characters that no font has. No name inside one SVG is used in another, so that
    a page can hold them all. `font` is a font file, named from the study.
    """
    from casemine.figures.page import encoded
    from casemine.figures.style import Style, texts_of

    style = Style(columns, font=found.folder / font if font else None)
    made = []
    texts = set[str]()
    with style.applied():
        for name in only or CAPTIONS:
            drawn = _drawing(name, found, style)
            if isinstance(drawn, str):
                continue
            svg = _SVG_NAME.sub(rf"\g<1>{name}-", encoded(drawn, "svg").decode("utf-8"))
            made.append(Picture(name, CAPTIONS[name], svg, encoded(drawn, "png")))
            texts.update(texts_of(drawn))
    return made, style.lacking("".join(texts))


def font_of(folder: Path, font: str | Path) -> str:
    """Return a font file as named from the study, whether it was named from here or from there."""
    return study.relative(str(font), folder) if font and Path(font).is_file() else str(font)


def _found(folder: Path, codebook: str, only: Sequence[str]) -> Findings:
    """Return the findings; of a codebook that the study was not coded with, what the codebook says itself.

    Figures of words alone need no codebook: where there are several, any will do.
    """
    path = folder / "codings.csv"
    codings = read_table(path, schema.CODINGS) if path.is_file() else schema.CODINGS.frame([])
    names = sorted({Label.parse(label).name for label in codings["codebook"]})
    if not codebook and only and _OF_WORDS.issuperset(only):
        codebook = names[0] if names else ""
    if not codebook or codebook in names:
        return findings(folder, codebook)
    book = coding.load(coding.locate(codebook))
    found = findings(folder, names[0] if names else "")
    return replace(found, book=book, placements=found.placements[:0], codings=found.codings[:0],
                   placed=found.placed[:0])  # fmt: skip


def _check(given: Iterable[str], known: Iterable[str], kind: str) -> None:
    unknown = [name for name in given if name not in known]
    if unknown:
        raise UsageError(f"no such {kind}: {', '.join(unknown)}.", advice=f"Known are {', '.join(known)}.")


def _recipes() -> dict[str, Callable[[Findings, Style], Figure]]:
    """Return name -> how it is drawn of what a study has found."""
    from casemine.figures import cloud, words

    return {
        "keyword_frequency": lambda found, style: words.keyword_frequency(found.frequency, style),
        "word_cloud": lambda found, style: cloud.word_cloud(found.frequency, style),
        "new_words": lambda found, style: words.new_words(found.new_words, style),
        "cooccurrence": _cooccurrence,
        "dendrogram": _dendrogram,
        "codes_by_region": partial(_by_group, column="region", kind="地区"),
        "codes_by_year": partial(_by_group, column="year", kind="年份"),
        "category_shares": _category_shares,
        "coding_tree": _coding_tree,
        "saturation": _saturation,
        "framework": _framework,
    }


def _together(found: Findings, style: Style) -> tuple[crosstab.Cooccurrence, int]:
    having = found.keywords.rename(columns={"word": "item"})
    return crosstab.cooccurrence(having, top=style.top), having["item"].nunique()


def _cooccurrence(found: Findings, style: Style) -> Figure:
    from casemine.figures import cooccurrence

    matrices, of = _together(found, style)
    return cooccurrence.cooccurrence(matrices.counts, style, of=of)


def _dendrogram(found: Findings, style: Style) -> Figure:
    from casemine.figures import cooccurrence

    matrices, of = _together(found, style)
    return cooccurrence.dendrogram(matrices.ochiai, style, of=of)


def _book(found: Findings) -> coding.Codebook:
    if found.book is None:
        raise NothingToDraw(f"the study is not coded yet: casemine code {found.folder}.")
    return found.book


def _cases(found: Findings) -> dict[str, int]:
    """Return code -> documents that have it, for the codes of every level that any has."""
    if found.placed.empty:
        return {}
    counts = found.placed.groupby("code")["doc_id"].nunique()
    return {str(code): int(count) for code, count in counts.items()}


def _by_group(found: Findings, style: Style, column: str, kind: str) -> Figure:
    from casemine.figures import categories

    codes = _book(found).codes
    table = crosstab.by_group(found.placed, codes, found.groups(column))
    return categories.codes_by_group(
        table, codes, _cases(found), style, kind=kind, unnamed=NO_GROUP, ordered=column == "year"
    )


def _category_shares(found: Findings, style: Style) -> Figure:
    from casemine.figures import categories

    return categories.category_shares(_book(found).codes, _cases(found), len(found.documents), style)


def _coding_tree(found: Findings, style: Style) -> Figure:
    from casemine.figures import tree

    return tree.coding_tree(_book(found).codes, _cases(found), style)


def _saturation(found: Findings, style: Style) -> Figure:
    from casemine.figures import curves

    measured = found.saturation.groupby("level")["cumulative"].max().to_dict()
    now = found.placed.groupby("level")["code"].nunique().to_dict() if len(found.placed) else {}
    if measured and measured != now:
        raise NothingToDraw("tables/saturation.csv is of other codings: casemine saturation STUDY.")
    return curves.saturation(found.saturation, style)


def _framework(found: Findings, style: Style) -> Figure:
    from casemine.figures import framework

    book = _book(found)
    return framework.framework(book.codes, book.aim or book.title, _cases(found), len(found.documents), style)
