"""The figures of a study, drawn from its tables and written as PNG, SVG and PDF."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from casemine import study
from casemine.errors import UsageError
from casemine.figures import CAPTIONS, FORMATS, NothingToDraw
from casemine.pipeline.findings import Findings, findings
from casemine.report.content import Picture

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from casemine.figures.style import Style

FOLDER = "figures"
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
    font: Path | None = None,
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
    found = findings(folder, codebook)
    style = Style(columns, top, font)
    stems = {name: f"{name}_{codebook}" if codebook else name for name in only or CAPTIONS}
    written: dict[str, list[str]] = {}
    not_drawn: dict[str, str] = {}
    texts = set[str]()
    with study.transaction(folder) as staging, style.applied():
        (staging / FOLDER).mkdir()
        for name, stem in stems.items():
            try:
                drawn = _recipes()[name](found, style)
            except NothingToDraw as reason:
                not_drawn[name] = str(reason)
                continue
            texts.update(texts_of(drawn))
            written[name] = [f"{FOLDER}/{stem}.{form}" for form in formats]
            for form, path in zip(formats, written[name], strict=True):
                (staging / path).write_bytes(encoded(drawn, form))
    for name in not_drawn:
        for form in FORMATS:
            (folder / FOLDER / f"{stems[name]}.{form}").unlink(missing_ok=True)
    return Drawn(folder, written, not_drawn, style.lacking("".join(texts)))


def pictures(
    found: Findings,
    *,
    only: Sequence[str] = (),
    columns: int = 2,
    top: int = 30,
    font: Path | None = None,
) -> list[Picture]:
    """Draw the figures of a study for a report: all of `CAPTIONS` it has something for, or those named.

    No name inside one SVG is used in another, so that a page can hold them all.
    """
    from casemine.figures.page import encoded
    from casemine.figures.style import Style

    style = Style(columns, top, font)
    made = []
    with style.applied():
        for name in only or CAPTIONS:
            try:
                drawn = _recipes()[name](found, style)
            except NothingToDraw:
                continue
            svg = _SVG_NAME.sub(rf"\g<1>{name}-", encoded(drawn, "svg").decode("utf-8"))
            made.append(Picture(name, CAPTIONS[name], svg, encoded(drawn, "png")))
    return made


def _check(given: Iterable[str], known: Iterable[str], kind: str) -> None:
    unknown = [name for name in given if name not in known]
    if unknown:
        raise UsageError(f"no such {kind}: {', '.join(unknown)}.", advice=f"Known are {', '.join(known)}.")


def _recipes() -> dict[str, Callable[[Findings, Style], Figure]]:
    """Return name -> how it is drawn of what a study has found."""
    from casemine.figures import words

    return {
        "keyword_frequency": lambda found, style: words.keyword_frequency(found.frequency, style),
        "word_cloud": lambda found, style: words.word_cloud(found.frequency, style),
        "new_words": lambda found, style: words.new_words(found.new_words, style),
    }
