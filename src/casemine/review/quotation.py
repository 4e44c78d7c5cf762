"""Where a quotation that a person copied stands in a text, whatever white space the copy has."""

from __future__ import annotations

import re


def same_words(text: str, other: str) -> bool:
    """Whether two texts are the same but for white space, of which a cell keeps no account.

    >>> same_words("每月走访。\\n每周核对。", "每月走访。 每周核对。")
    True
    """
    return "".join(text.split()) == "".join(other.split())


def find_quotations(text: str, quote: str) -> list[tuple[int, int]]:
    """Return the places `[start, end)` where `quote` stands in `text`, white space making no difference.

    Where it stands as it is, only those places count.

    >>> find_quotations("村里走访，核对账本。", "村里走访，\\n核对")
    [(0, 7)]
    """
    characters = "".join(quote.split())
    if not characters:
        return []
    exact = [match.span() for match in re.finditer(re.escape(quote), text)]
    if exact:
        return exact
    # The first and last characters are no space, so a place begins and ends where the words do.
    pattern = r"\s*".join(map(re.escape, characters))
    return [match.span() for match in re.finditer(pattern, text)]
