"""How wide text is and how numbers are rounded, where a person reads them in columns."""

from __future__ import annotations

from unicodedata import east_asian_width


def percent(share: float) -> str:
    """Return a share as per cent with one decimal, 6.25 % as 6.3: halves go up, as readers round."""
    return f"{100 * share + 1e-9:.1f}"


def width(text: str) -> int:
    """Return the columns that `text` takes on a terminal or in a cell, a Han character counting two."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
