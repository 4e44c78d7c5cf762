"""Whether a string is a date, the number of an issue or an article, or a piece of one: no word of a study."""

from __future__ import annotations

import re

_DATE = re.compile(
    r"[今去前明同当上下每本]?[年月]?(?:第?[0-9]+[年月日号期届次条章节])+(?:份|初|中|底|末|以来|起|前|后|上)?"
)


def is_date(word: str) -> bool:
    """Tell whether a word is a date or an ordinal, whole or cut.

    >>> [is_date(word) for word in ("年12月", "月30日", "今年9月", "年第2期", "5G基站", "12345热线")]
    [True, True, True, True, False, False]
    """
    return bool(_DATE.fullmatch(word))
