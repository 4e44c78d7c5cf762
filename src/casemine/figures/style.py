"""How every figure looks: page sizes, type sizes, colours, the font."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import cycle
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib import font_manager
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.ft2font import FT2Font
from matplotlib.text import Text

from casemine import resources
from casemine.errors import UsageError

# Millimetres: one and two columns of a journal, and the height of its page less a caption.
WIDTHS = {1: 85.0, 2: 175.0}
TALLEST = 230.0
# Points. Nothing is set smaller than SMALL.
TEXT, SMALL = 7.5, 6.5
# Height of a line of text, in millimetres, at SMALL and TEXT points.
LINE = 3.3
INK, GREY, LIGHT, FAINT = "#222222", "#6B6B6B", "#BDBDBD", "#E8E8E8"
MAIN = "#0072B2"
# Okabe & Ito (2008), ordered so that neighbours differ in grey print too; shapes, shades and names tell apart
# what stands next to each other beyond that.
PALETTE = ("#0072B2", "#E69F00", "#007A5A", "#CC79A7", "#56B4E9", "#A33E00", "#B5A800", "#555555")
MARKERS = ("o", "s", "^", "D", "v", "p", "h", "P")
# White to dark blue, even steps of lightness: dark is more in grey print as well.
SHADES = LinearSegmentedColormap.from_list(
    "casemine", ["#F4F8FB", "#C3DBEC", "#7FB2D6", "#3C82B4", "#0B4A7D"]
)
_FONT = "fonts/CasemineSansSC-Regular.ttf"


@dataclass(frozen=True)
class Style:
    """Size and font of the figures: journal columns (1 or 2), leading items shown, a font file or none."""

    columns: int = 2
    top: int = 30
    font: Path | None = None

    @property
    def width(self) -> float:
        """The width of a figure in millimetres."""
        return WIDTHS[self.columns]

    @cached_property
    def fonts(self) -> tuple[Path, ...]:
        """The font files, the first that has a character giving it."""
        shipped = resources.dictionary(_FONT)
        return (self.font, shipped) if self.font else (shipped,)

    @cached_property
    def characters(self) -> frozenset[int]:
        """The code points that the fonts have."""
        return frozenset().union(*(_open(path).get_charmap() for path in self.fonts))

    def lacking(self, texts: str) -> str:
        """Return the characters of `texts` that no font has, sorted."""
        return "".join(
            sorted(char for char in set(texts) if char.isprintable() and ord(char) not in self.characters)
        )

    @contextmanager
    def applied(self) -> Iterator[None]:
        """Draw and write in this style; matplotlib's settings are as before afterwards.

        Raises `UsageError` when the font file is none.
        """
        families: list[str] = []
        weight: int | str = "normal"
        for path in reversed(self.fonts):
            entry = _registered(path)
            families.insert(0, entry.name)
            weight = entry.weight
        with matplotlib.rc_context(), warnings.catch_warnings():
            matplotlib.rcdefaults()  # whatever a matplotlibrc of the machine says
            matplotlib.rcParams.update(_RC | {"font.family": families, "font.weight": weight})
            # What the fonts lack is said once for all figures, by name.
            warnings.filterwarnings("ignore", message="Glyph .* missing")
            yield


def _open(path: Path) -> FT2Font:
    try:
        return FT2Font(str(path))
    except (OSError, RuntimeError) as error:
        raise UsageError(
            "cannot be read as a font.", place=str(path), advice="Give a .ttf, .otf or .ttc file."
        ) from error


def _registered(path: Path) -> Any:
    """Make a font file known to matplotlib, once; return its entry: family name and weight."""
    _open(path)
    known = font_manager.fontManager.ttflist
    entries = [entry for entry in known if entry.fname == str(path)]
    if not entries:
        font_manager.fontManager.addfont(str(path))
        entries = [entry for entry in known if entry.fname == str(path)]
    return entries[0]


def colours(names: Iterable[str]) -> dict[str, str]:
    """Return name -> colour, the same for the same names in the same order."""
    return dict(zip(names, cycle(PALETTE), strict=False))


def texts_of(figure: Any) -> str:
    """Return all that is written in a figure, in one string."""
    return "".join(text.get_text() for text in figure.findobj(Text) if text.get_visible())


_RC: dict[Any, Any] = {
    "font.size": TEXT,
    "text.color": INK,
    "text.parse_math": False,  # a keyword may hold $
    "axes.unicode_minus": True,
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "axes.labelsize": TEXT,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": False,
    "grid.color": FAINT,
    "grid.linewidth": 0.6,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "xtick.major.size": 2.5,
    "ytick.major.size": 2.5,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "xtick.minor.visible": False,
    "lines.linewidth": 1.2,
    "patch.linewidth": 0.6,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    # Text of an SVG as outlines: it looks the same in a browser, in Word and in Inkscape, without the font.
    "svg.fonttype": "path",
    "svg.hashsalt": "casemine",
    # Text of a PDF as embedded TrueType, only the characters used: it can be searched and copied.
    "pdf.fonttype": 42,
}
