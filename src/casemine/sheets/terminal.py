"""How wide text is and how numbers are rounded, where a person reads them in columns."""

from __future__ import annotations

from casemine.messages import width

__all__ = ["percent", "width"]


def percent(share: float) -> str:
    """Return a share as per cent with one decimal, 6.25 % as 6.3: halves go up, as readers round."""
    return f"{100 * share + 1e-9:.1f}"
