"""Text in the columns of a terminal, where a Han character takes two."""

from __future__ import annotations

import re
from unicodedata import east_asian_width

# A Han character or its punctuation stands alone; other signs stand together as words do.
_UNITS = r" +|[⺀-鿿　-〿＀-￯“”‘’…—]|[^\s⺀-鿿　-〿＀-￯“”‘’…—]+"
_NEVER_FIRST = frozenset("，。；：、！？）》」』】”’…")
_NEVER_LAST = frozenset("（《「『【“‘")


def width(text: str) -> int:
    """Return the columns that `text` takes on a terminal or in a cell, a Han character counting two."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def wrapped(text: str, room: int) -> list[str]:
    """Return `text` in lines of at most `room` columns, broken between Han characters or at spaces.

    >>> wrapped("新词发现：不在词典中的词。", 12)
    ['新词发现：不', '在词典中的', '词。']
    """
    lines: list[str] = []
    units: list[str] = []
    used = 0
    for unit in re.findall(_UNITS, text):
        if used + width(unit) > room and units and not unit.isspace():
            carried: list[str] = []
            # A mark that may not begin a line takes the character before it along, an opening one goes along.
            while units and (
                (carried or [unit])[0] in _NEVER_FIRST or units[-1] in _NEVER_LAST
            ) and len(units) > 1:  # fmt: skip
                carried.insert(0, units.pop())
            lines.append("".join(units).rstrip())
            units = carried
            used = sum(map(width, units))
        if unit.isspace() and not units:
            continue
        units.append(unit)
        used += width(unit)
    return [*lines, "".join(units).rstrip()] if units else lines
