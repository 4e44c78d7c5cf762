"""The sections that analyses add to the report, in its order: which there are, and how they are gathered.

An analysis is a module of the pipeline with a `SECTION`: its stage's name and a function that makes its
sections of the tables that its calls wrote. A new one is a line in `_MODULES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING

from casemine.figures import NothingToDraw
from casemine.report.content import Picture
from casemine.report.section import Section
from casemine.study import Call, Study

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from casemine.figures.style import Style

# Modules of casemine.pipeline that have a SECTION, in the order of the report.
_MODULES = ("words", "topics", "similar", "network", "pmc")


@dataclass
class Drawing:
    """Draws figures for a report in one style, and keeps what is written in them."""

    style: Style
    texts: set[str] = field(default_factory=set)

    def __call__(self, name: str, caption: str, draw: Callable[[Style], Figure]) -> list[Picture]:
        """Return the picture that `draw` makes in a list; an empty one where it finds nothing to draw.

        `name` must be no other picture's: names inside the SVG begin with it.
        """
        from casemine.figures.page import picture_bytes
        from casemine.figures.style import texts_of

        try:
            drawn = draw(self.style)
        except NothingToDraw:
            return []
        self.texts.update(texts_of(drawn))
        return [Picture(name, caption, *picture_bytes(name, drawn))]


@dataclass(frozen=True)
class Analysis:
    """An analysis as the report meets it: its stage, and a function from one of its calls to a section.

    `section` gets the study, the call as run.json holds it (`call.parameters`, `call.outputs`) and what
    draws; it returns None where the call has nothing to say. A stage of several products (networks of words
    and of codes) has one section a call.
    """

    stage: str
    section: Callable[[Study, Call, Drawing], Section | None]


def analyses() -> list[Analysis]:
    """Return the analyses, in the order of the report."""
    return [import_module(f"casemine.pipeline.{name}").SECTION for name in _MODULES]


def sections(study: Study, draw: Drawing) -> list[Section]:
    """Return the sections of the analyses that a study has and whose files are there."""
    found = (analysis.section(study, call, draw) for analysis, call in _calls(study))
    return [section for section in found if section is not None]


def reads(study: Study) -> list[str]:
    """Name the tables of a study that its sections are made from."""
    return [name for _, call in _calls(study) for name in call.outputs if name.endswith(".csv")]


def _calls(study: Study) -> Iterator[tuple[Analysis, Call]]:
    for analysis in analyses():
        for call in study.record.of(analysis.stage):
            if all(study.has(name) for name in call.outputs):
                yield analysis, call
