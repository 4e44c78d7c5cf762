"""Word's automatic numbers: 第一条, 一、, （一）, 1.1, as they stand before their paragraphs on paper.

ECMA-376 part 1, 17.9 (numbering) and 17.18.59 (ST_NumberFormat).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from casemine.ingest.readers.package import attribute, children, find, name_of

if TYPE_CHECKING:
    from lxml import etree

_PLACEHOLDER = re.compile(r"%([1-9])")
_MOST_LEVELS = 9
# After these nothing parts a number from its text.
_CLOSED = re.compile(r"[、．.。）)：:，]$")
_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"


def counted(number: int, digits: str = _DIGITS, units: str = "十百千", zero: str = "零") -> str:
    """Return a number from 0 to 9,999 in Chinese words.

    >>> counted(10), counted(21), counted(105), counted(1010)
    ('十', '二十一', '一百零五', '一千零一十')
    """
    if not 0 < number < 10_000:
        return digits[0] if number == 0 else str(number)
    words, gap = "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if not digit:
            gap = bool(words)
            continue
        words += (zero if gap else "") + digits[digit] + (units[power - 1] if power else "")
        gap = False
    # 十二 rather than 一十二, in plain numerals and at the beginning only.
    return words[1:] if words.startswith("一十") else words


def _roman(number: int) -> str:
    values = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
    signs = ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I")
    text = ""
    for value, sign in zip(values, signs, strict=True):
        while number >= value and len(text) < 40:
            text, number = text + sign, number - value
    return text


def _letter(number: int) -> str:
    return chr(ord("A") + (number - 1) % 26) * min((number - 1) // 26 + 1, 40) if number > 0 else ""


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)] if number > 0 else ""


def _enclosed(first: str, last: int = 20) -> Callable[[int], str]:
    return lambda number: chr(ord(first) + number - 1) if 0 < number <= last else str(number)


def _digital(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


# fmt: off
_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str, "decimalZero": lambda number: f"{number:02d}",
    "decimalHalfWidth": str,
    "decimalFullWidth": lambda number: str(number), "decimalFullWidth2": lambda number: str(number),
    "upperRoman": _roman, "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letter, "lowerLetter": lambda number: _letter(number).lower(),
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
         "taiwaneseCountingThousand", "ideographTraditionalCounting"), counted),
    **dict.fromkeys(("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"), _digital),
    **dict.fromkeys(
        ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"),
        lambda number: counted(number, _LEGAL, "拾佰仟")),
    "ideographTraditional": _cycle(_STEMS), "ideographZodiac": _cycle(_BRANCHES),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _enclosed("①")),
    "decimalEnclosedParen": _enclosed("⑴"), "decimalEnclosedFullstop": _enclosed("⒈"),
    "ideographEnclosedCircle": _enclosed("㊀", 10), "ideographParenthesized": _enclosed("㈠", 10),
}
# fmt: on


@dataclass(frozen=True)
class Level:
    """One level of a list: first number, format, pattern (第%1条), whether all numbers are decimal."""

    start: int = 1
    format: str = "decimal"
    pattern: str = ""
    legal: bool = False
    joined: bool = False


@dataclass
class Numbering:
    """The lists of a document and how far each has counted.

    `levels` gives the levels of a list (w:num), `counted_with` the list it counts together with.
    """

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    counted_with: dict[str, str] = field(default_factory=dict)
    counters: dict[str, list[int | None]] = field(default_factory=dict)

    def label(self, number_id: str, level: int) -> str:
        """Count one more paragraph at a level of a list and return its label, "" for a bullet."""
        levels = self.levels.get(number_id)
        if not levels or not 0 <= level < _MOST_LEVELS:
            return ""
        counters = self.counters.setdefault(self.counted_with[number_id], [None] * _MOST_LEVELS)
        here = levels.get(level, Level())
        before = counters[level]
        counters[level] = here.start if before is None else before + 1
        counters[level + 1 :] = [None] * (_MOST_LEVELS - level - 1)
        if here.format in ("bullet", "none") or not here.pattern:
            return ""

        def written(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            other = levels.get(at, Level())
            value = counters[at]
            if value is None:
                value = counters[at] = other.start
            decimal = here.legal and at != level
            return _FORMATS.get("decimal" if decimal else other.format, str)(value)

        text = _PLACEHOLDER.sub(written, here.pattern).strip()
        return text if here.joined or _CLOSED.search(text) or not text else f"{text} "


def read_numbering(root: etree._Element | None) -> Numbering:
    """Read a numbering part (word/numbering.xml); an empty one when the document has none."""
    if root is None:
        return Numbering()
    abstract = {attribute(item, "abstractNumId") or "": item for item in children(root, "abstractNum")}
    linked = {name: key for key, item in abstract.items() if (name := attribute(find(item, "styleLink")))}
    numbering = Numbering()
    for item in children(root, "num"):
        number_id = attribute(item, "numId") or ""
        key = attribute(find(item, "abstractNumId")) or ""
        if key in abstract and (link := attribute(find(abstract[key], "numStyleLink"))):
            key = linked.get(link, key)
        if key not in abstract:
            continue
        levels = {
            _number(attribute(level, "ilvl")): _level(level) for level in children(abstract[key], "lvl")
        }
        restarts = False
        for override in children(item, "lvlOverride"):
            at = _number(attribute(override, "ilvl"))
            if (level := find(override, "lvl")) is not None:
                levels[at] = _level(level)
            if (start := attribute(find(override, "startOverride"))) is not None:
                old = levels.get(at, Level())
                levels[at] = Level(_number(start), old.format, old.pattern, old.legal, old.joined)
                restarts = True
        numbering.levels[number_id] = levels
        numbering.counted_with[number_id] = f"num {number_id}" if restarts else key
    return numbering


def _level(element: etree._Element) -> Level:
    start = attribute(find(element, "start"))
    legal = find(element, "isLgl")
    return Level(
        _number(start) if start is not None else 1,
        attribute(find(element, "numFmt")) or attribute(find(_choice(element), "numFmt")) or "decimal",
        attribute(find(element, "lvlText")) or "",
        legal is not None and attribute(legal) not in ("0", "false"),
        attribute(find(element, "suff")) == "nothing",
    )


def _choice(element: etree._Element) -> etree._Element | None:
    """Return the branch of an mc:AlternateContent that old programs read, where there is one."""
    for child in element:
        if name_of(child) == "AlternateContent":
            return find(child, "Fallback")
    return None


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 9 else 0
