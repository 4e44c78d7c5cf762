"""How wide text is and how numbers are rounded, where a person reads them in columns."""

from __future__ import annotations

import re

from casemine.messages import width

__all__ = ["percent", "visible", "width"]


def percent(share: float) -> str:
    """Return a share as per cent with one decimal, 6.25 % as 6.3: halves go up, as readers round."""
    return f"{100 * share + 1e-9:.1f}"


# What a terminal obeys and nobody sees: control characters but line end and tab, and those that turn the
# direction of writing round or hide.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


def visible(text: str) -> str:
    r"""Return `text` with what a terminal would obey written out: names and texts come from others' files.

    >>> visible("报告\x1b[2J\u202etxt.exe")
    '报告\\x1b[2J\\u202etxt.exe'
    """
    return _UNSEEN.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)
