"""Dates and years as people write them: one parser for texts, file names and the cells of tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple
from unicodedata import normalize

_FIRST_YEAR, _LAST_YEAR = 1949, 2049
_HEAD = 500  # code points in which a dateline stands
_DATELINE = 50  # code points of the longest line that is read as a dateline

_HAN_DIGIT = "〇○零ＯO一二三四五六七八九"
_TO_DIGIT = str.maketrans(_HAN_DIGIT, "00000123456789")
# Length-preserving, so that spans in the translated text are spans in the text.
_NARROW = str.maketrans("０１２３４５６７８９．／－　", "0123456789./- ")
_DIGIT_YEAR = r"(?<![0-9.,])(?:19[4-9]|20[0-4])[0-9]"
_HAN_YEAR = rf"(?<![{_HAN_DIGIT}])[一二][九〇○零ＯO][{_HAN_DIGIT}]{{2}}"
_MONTH = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?P<day>3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_DATE = re.compile(
    rf"(?P<year>{_DIGIT_YEAR}|{_HAN_YEAR})(?:\s*年\s*{_MONTH}\s*月(?:\s*{_DAY}\s*[日号])?"
    rf"|(?P<mark>[-./])(?P<m>1[0-2]|0?[1-9])(?P=mark)(?P<d>3[01]|[12][0-9]|0?[1-9])(?![0-9]))"
)
_YEAR = re.compile(rf"(?:{_DIGIT_YEAR}|{_HAN_YEAR})(?=\s*年(?!远景))")
_SPAN = re.compile(
    rf"(?:{_DIGIT_YEAR}|{_HAN_YEAR})\s*年?\s*[-—–~～－至到]+\s*(?:(?:19|20)[0-9]{{2}}|{_HAN_YEAR})\s*年?"
)
_STEM_YEAR = re.compile(
    r"(?<![0-9])((?:19[4-9]|20[0-4])[0-9])(?:[-_.年]?(?:0[1-9]|1[0-2])(?:[-_.月]?(?:0[1-9]|[12][0-9]|3[01]))?)?(?![0-9])"
)
_NUMBER_YEAR = re.compile(r"[〔\[（(【]((?:19[4-9]|20[0-4])[0-9])[〕\]）)】]\s*(?:第)?\s*[0-9]+\s*号")
_CELL_YEAR = re.compile(
    rf"(?<![0-9])(?P<digits>1[0-9]{{3}}|20[0-9]{{2}})(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])?)?(?![0-9])"
    rf"|(?P<han>{_HAN_YEAR})"
)


class Dated(NamedTuple):
    """A date as ISO text, to the day or the month (2021-03-05, 2021-03), and its span of code points."""

    value: str
    start: int
    end: int


def dates_in(text: str) -> Iterator[Dated]:
    """Yield the dates that `text` writes with a month, in order: 2021年3月5日, 二〇二一年三月, 2021-03-05.

    >>> [date.value for date in dates_in("（２０２１年３月５日）, 二〇二一年十一月")]
    ['2021-03-05', '2021-11']
    """
    for match in _DATE.finditer(text.translate(_NARROW)):
        year = match["year"].translate(_TO_DIGIT)
        month, day = match["month"] or match["m"], match["day"] or match["d"]
        parts = [f"{_number(part):02d}" for part in (month, day) if part]
        yield Dated("-".join([year, *parts]), match.start(), match.end())


def year_of_cell(cell: str) -> str:
    """Return the one year that a cell or a field gives as four digits, "" when it gives none or several.

    >>> [year_of_cell(cell) for cell in ("2021-03-05", "2021年3月", "２０２１年", "二〇二一年", "2021.0")]
    ['2021', '2021', '2021', '2021', '2021']
    >>> year_of_cell("2019-2021年")
    ''
    """
    # A time of day (20:15) has no four digits of its own, a number with decimals counts without them.
    plain = re.sub(r"(?<=[0-9])\.0+$", "", normalize("NFKC", cell).strip())
    years = {match["digits"] or match["han"].translate(_TO_DIGIT) for match in _CELL_YEAR.finditer(plain)}
    return years.pop() if len(years) == 1 else ""


def date_of_cell(cell: str) -> str:
    """Return the one date that a cell gives, as ISO text; a cell that gives none or several stays.

    >>> date_of_cell("2021年3月5日"), date_of_cell("2021-03-05 00:00:00"), date_of_cell("不详")
    ('2021-03-05', '2021-03-05', '不详')
    """
    plain = re.sub(r"(?<![0-9])((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])(?![0-9])", r"\1-\2-\3", cell)
    values = {date.value for date in dates_in(plain)}
    return values.pop() if len(values) == 1 else cell


def find_year(title: str, text: str, stem: str) -> tuple[str, str]:
    """Return the year as four digits, and where it stands: title, name or text[start:end]; else "" of both.

    A year in the title counts first, then a date in the file name, then a date or a document number in
    a short line of the head of the text, then the one year that the head names again and none later.
    """
    in_title = _years(title[:_HEAD])
    if in_title:
        return in_title[0], "title"
    in_stem = _STEM_YEAR.findall(_SPAN.sub("", stem)) or _years(stem)
    if in_stem:
        return str(in_stem[-1]), "name"
    at = 0
    for line in text[:_HEAD].split("\n")[:8]:
        dated = next(dates_in(line), None)
        if dated and len(line) <= _DATELINE:
            return dated.value[:4], f"text[{at + dated.start}:{at + dated.end}]"
        numbered = _NUMBER_YEAR.search(line.translate(_NARROW))
        if numbered and len(line) <= _DATELINE:
            return numbered[1], f"text[{at + numbered.start(1)}:{at + numbered.end(1)}]"
        at += len(line) + 1
    return _year_named_again(text[:_HEAD])


def _year_named_again(head: str) -> tuple[str, str]:
    """A text tells of the past more than of its own year: only one named again, and none later, counts."""
    named = Counter(_years(head))
    often = [year for year, count in named.items() if count >= 2]
    if len(often) != 1 or often[0] != max(named):
        return "", ""
    first = next(match for match in _YEAR.finditer(head.translate(_NARROW)) if _plain_year(match) == often[0])
    return often[0], f"text[{first.start()}:{first.end()}]"


def _years(text: str) -> list[str]:
    """Return the plausible years that `text` writes before 年, those of a span left out."""
    matches = _YEAR.finditer(_SPAN.sub("", text.translate(_NARROW)))
    return [year for match in matches if (year := _plain_year(match))]


def _plain_year(match: re.Match[str]) -> str:
    year = match[0].translate(_TO_DIGIT)
    return year if year.isdigit() and _FIRST_YEAR <= int(year) <= _LAST_YEAR else ""


def _number(written: str) -> int:
    """Return a month or a day in digits or Han numerals as a number."""
    if written.isdigit():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    digit = int(ones.translate(_TO_DIGIT)) if ones else 0
    return digit + (10 * int(tens.translate(_TO_DIGIT) if tens else 1) if ten else 0)
