"""The structure of regulations and plans: 编, 章, 节, 条, 款, 项, so that an article can be a unit.

Source: 立法法 (2023), article 65: 法律根据内容需要，可以分编、章、节、条、款、项、目. A
paragraph of an article is a 款, numbered by its place; an item in brackets, （一）, is a 项 of the 款 above.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

_DIGITS = "[一二三四五六七八九十百千零〇两0-9]{1,7}"
_HEAD = re.compile(
    rf"^第\s*(?P<number>{_DIGITS})\s*(?P<level>[编篇章节])(?![和、的至到规])\s*(?P<name>.{{0,40}})$"
)
_ARTICLE = re.compile(
    rf"^第\s*(?P<number>{_DIGITS})\s*条(?P<of>之{_DIGITS})?(?![和、第至到的之款项第])(?=[\s　:：（(【]|\S)"
)
_ITEM = re.compile(r"^[（(]\s*(?P<number>[一二三四五六七八九十百]{1,4})\s*[）)]")
_VALUES = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_RANK = {level: rank for rank, levels in enumerate(("编篇", "章", "节")) for level in levels}
_ANNEX = re.compile(r"^附\s*[件录表]\s*[0-9一二三四五六七八九十]{0,3}\s*(?:[:：].*)?$")
_SENTENCE_END = re.compile(r"[。；;：:，,、！？!?…][”’」』）)】》]*$|[）)》]$")
_LONGEST_HEAD = 100  # code points of a line that opens an annex
_LEAST = 3  # articles that make a document one of articles
_GAP = 3  # numbers that may be missing between two articles: a page that was lost


class _Place(NamedTuple):
    """Where a paragraph stands: the headings above, the paragraph that opens its article, its item."""

    above: tuple[str, ...]
    opener: int
    plain: bool
    item: str


def number_of(numeral: str) -> int:
    """Return a Han or Arabic numeral as a number.

    >>> number_of("一百零三"), number_of("十二"), number_of("25")
    (103, 12, 25)
    """
    if numeral.isdecimal():
        return int(numeral)
    total = digit = 0
    for char in numeral:
        if char in _UNITS:
            total += max(digit, 1) * _UNITS[char]
            digit = 0
        else:
            digit = digit * 10 + (int(char) if char.isdecimal() else _VALUES[char])
    return total + digit


def clauses(texts: Sequence[str], plain: Sequence[bool]) -> list[str]:
    """Return the clause of each paragraph, as 第一编 第二章 第十条 第一款 第（三）项; "" outside any.

    `plain` says which paragraphs may belong to one (no title, no table). Numbers must rise one by one:
    a paragraph that begins with an article of another law opens none. 款 is named where an article has
    several paragraphs.

    >>> clauses(["第一条 为了种茶。", "第二条 所称的茶：", "（一）绿茶；", "第三条 今日起施行。"], [True] * 4)
    ['第一条', '第二条', '第二条 第（一）项', '第三条']
    """
    articles = _articles(texts, plain)
    heads = _heads(texts, plain)
    above: list[str] = []
    opener = -1  # the paragraph that opened the article at hand
    places: list[_Place] = []
    for index, text in enumerate(texts):
        if index in heads:
            level, label = heads[index]
            above = [*(name for name in above if _RANK[name[-1]] < _RANK[level]), label]
            opener = -1
        elif index in articles:
            opener = index
        elif len(text) <= _LONGEST_HEAD and _ANNEX.match(text):
            above, opener = [], -1
        elif opener >= 0 and plain[index] and not _SENTENCE_END.search(text):
            opener = -1  # a signature, a day, the title of what follows
        item = _ITEM.match(text) if opener not in (-1, index) else None
        places.append(_Place(tuple(above), opener, plain[index], item["number"] if item else ""))
    return _labels(places, articles)


def _labels(places: Sequence[_Place], articles: dict[int, str]) -> list[str]:
    """Name each place; 款 are numbered where an article has several paragraphs that are no items."""
    several = Counter(place.opener for place in places if place.plain and not place.item)
    paragraph = 0
    labels: list[str] = []
    for index, place in enumerate(places):
        if not place.plain:
            labels.append("")
            continue
        parts = [*place.above, articles[place.opener]] if place.opener >= 0 else list(place.above)
        if place.opener >= 0:
            paragraph = 1 if place.opener == index else paragraph + (not place.item)
            if several[place.opener] > 1:
                parts.append(f"第{_han(paragraph)}款")
        labels.append(" ".join([*parts, *([f"第（{place.item}）项"] if place.item else [])]))
    return labels


def _articles(texts: Sequence[str], plain: Sequence[bool]) -> dict[int, str]:
    """Return the paragraphs that open an article, by index: 第三条, 第十条之一."""
    opened: dict[int, str] = {}
    last = 0
    for index, text in enumerate(texts):
        match = _ARTICLE.match(text) if plain[index] else None
        if not match:
            continue
        number = number_of(match["number"])
        inserted = bool(match["of"]) and number == last
        if number == 1 or last < number <= last + 1 + (_GAP if last else 0) or inserted:
            opened[index] = "".join(match[0].split())
            last = number
    return opened if len(opened) >= _LEAST else {}


def _heads(texts: Sequence[str], plain: Sequence[bool]) -> dict[int, tuple[str, str]]:
    """Return the headings of 编, 章 and 节 by index: level and label. A table of contents opens none."""
    matches = {
        index: match for index, text in enumerate(texts) if plain[index] and (match := _HEAD.match(text))
    }
    last: dict[str, int] = {}
    heads: dict[int, tuple[str, str]] = {}
    contents = _contents(texts, matches)
    for index, match in matches.items():
        level, number = match["level"], number_of(match["number"])
        if index in contents or match["name"].rstrip().endswith(("。", "；", "，")):
            continue
        # 节 begin again in each 章; 章 go on through the 编 of a law and begin again in those of a plan.
        if number == 1 or number == last.get(level, 0) + 1:
            heads[index] = (level, f"第{match['number']}{level}")
            last[level] = number
    return heads if len(heads) >= 2 else {}


def _contents(texts: Sequence[str], matches: dict[int, re.Match[str]]) -> set[int]:
    """Return the headings of a table of contents: a run of headings and nothing else that come again."""
    seen: dict[str, list[int]] = {}
    for index in matches:
        seen.setdefault("".join(re.sub(r"[.…·\s]+\d*$", "", texts[index]).split()), []).append(index)
    again = {indices[0] for indices in seen.values() if len(indices) > 1}
    return {index for index in again if index + 1 in matches or index - 1 in again}


def _han(number: int) -> str:
    """Return a number in Han numerals, from a hundred on in digits."""
    if number >= 100:
        return str(number)
    tens, ones = divmod(number, 10)
    digits = " 一二三四五六七八九"
    return (("" if tens == 1 else digits[tens]) + "十" if tens else "") + digits[ones].strip()
