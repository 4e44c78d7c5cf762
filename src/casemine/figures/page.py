"""A figure as a page in millimetres, and how it is written: the same figure gives the same bytes."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from casemine.figures.labels import fitted
from casemine.figures.style import GREY, LINE, SMALL, TEXT, Style

_MM_PER_INCH = 25.4
_DPI = 300
# Neither a date nor the version of matplotlib goes into a file.
_METADATA: dict[str, dict[str, Any]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
# What names something inside an SVG, or refers to it.
_SVG_NAME = re.compile(r'(\bid="|href="#|url\(#)')
# What a note below a figure may take at most, in mm.
NOTE = 2 * LINE + 1.5


def leading(shown: int, of: int, unit: str, *more: str) -> str:
    """Return the note that a figure shows the leading items only, and whatever else holds; "" for nothing."""
    return "；".join([*[f"前 {shown:,} {unit}，共 {of:,} {unit}"] * (shown < of), *more])


def page(style: Style, height: float, note: str = "") -> Figure:
    """Return an empty figure as wide as the style says and `height` mm tall, a note added below."""
    told = fitted(note, style.width - 2, SMALL, 2)
    below = (told.count("\n") + 1) * LINE + 1.5 if told else 0.0
    figure = Figure(figsize=(style.width / _MM_PER_INCH, (height + below) / _MM_PER_INCH), dpi=_DPI)
    FigureCanvasAgg(figure)
    if told:
        figure.text(1 / style.width, 0.7 / (height + below), told, size=SMALL, color=GREY, va="bottom")
    return figure


def axes_at(figure: Figure, left: float, top: float, width: float, height: float) -> Axes:
    """Add axes whose upper left corner is `left` mm from the left and `top` mm from the top."""
    wide, tall = (inches * _MM_PER_INCH for inches in figure.get_size_inches())
    return figure.add_axes((left / wide, 1 - (top + height) / tall, width / wide, height / tall))


def sheet(style: Style, height: float, note: str = "") -> tuple[Figure, Axes]:
    """Return a page to draw on freely: x and y are millimetres from its upper left corner."""
    figure = page(style, height, note)
    axes = axes_at(figure, 0, 0, style.width, height)
    axes.set(xlim=(0, style.width), ylim=(height, 0))
    axes.set_axis_off()
    return figure, axes


def label_rows(axes: Axes, names: Sequence[str]) -> None:
    """Name rows 0, 1, 2, ... on the left of axes, without line and ticks."""
    axes.set_yticks(range(len(names)), names, size=TEXT)
    axes.tick_params(axis="y", length=0, pad=3)
    axes.spines["left"].set_visible(False)


def write(axes: Axes, x: float, y: float, text: str, **look: Any) -> Any:
    """Put a text on a sheet, centred on its height."""
    return axes.text(x, y, text, **{"size": TEXT, "va": "center", "linespacing": 1.15, **look})


def encoded(figure: Figure, form: str) -> bytes:
    """Return a figure as PNG (300 dpi), SVG or PDF."""
    target = io.BytesIO()
    figure.savefig(target, format=form, dpi=_DPI, metadata=_METADATA[form])
    return target.getvalue()


def picture_bytes(name: str, figure: Figure) -> tuple[str, bytes]:
    """Return a figure as SVG text and PNG bytes.

    Every name inside the SVG begins with `name`, so that a page can hold several.
    """
    svg = _SVG_NAME.sub(rf"\g<1>{name}-", encoded(figure, "svg").decode("utf-8"))
    return svg, encoded(figure, "png")
