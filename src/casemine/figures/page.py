"""A figure as a page in millimetres, and how it is written: the same figure gives the same bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from casemine.figures.style import GREY, LINE, SMALL, TEXT, Style

_MM_PER_INCH = 25.4
_DPI = 300
# Neither a date nor the version of matplotlib goes into a file.
_METADATA: dict[str, dict[str, Any]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
# Between the figure and the note below it.
NOTE = LINE + 1.2


def page(style: Style, height: float) -> Figure:
    """Return an empty figure as wide as the style says and `height` mm tall."""
    figure = Figure(figsize=(style.width / _MM_PER_INCH, height / _MM_PER_INCH), dpi=_DPI)
    FigureCanvasAgg(figure)
    return figure


def axes_at(figure: Figure, left: float, top: float, width: float, height: float) -> Axes:
    """Add axes whose upper left corner is `left` mm from the left and `top` mm from the top."""
    wide, tall = (inches * _MM_PER_INCH for inches in figure.get_size_inches())
    return figure.add_axes((left / wide, 1 - (top + height) / tall, width / wide, height / tall))


def sheet(style: Style, height: float) -> tuple[Figure, Axes]:
    """Return a page to draw on freely: x and y are millimetres from its upper left corner."""
    figure = page(style, height)
    axes = axes_at(figure, 0, 0, style.width, height)
    axes.set(xlim=(0, style.width), ylim=(height, 0))
    axes.set_axis_off()
    return figure, axes


def note(figure: Figure, shown: int, of: int, unit: str = "项", more: Sequence[str] = ()) -> None:
    """Say in the lower left corner that only the leading items are shown, and whatever else holds."""
    told = [f"前 {shown:,} {unit}，共 {of:,} {unit}"] * (shown < of)
    text = "；".join([*told, *more])
    if text:
        tall = figure.get_size_inches()[1] * _MM_PER_INCH
        wide = figure.get_size_inches()[0] * _MM_PER_INCH
        figure.text(1.0 / wide, 1.0 / tall, text, size=SMALL, color=GREY, ha="left", va="bottom")


def write(axes: Axes, x: float, y: float, text: str, **look: Any) -> Any:
    """Put a text on a sheet, centred on its height."""
    return axes.text(x, y, text, **{"size": TEXT, "va": "center", "linespacing": 1.15, **look})


def encoded(figure: Figure, form: str) -> bytes:
    """Return a figure as PNG (300 dpi), SVG or PDF."""
    target = io.BytesIO()
    figure.savefig(target, format=form, dpi=_DPI, metadata=_METADATA[form])
    return target.getvalue()
