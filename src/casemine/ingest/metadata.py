"""Title, year and region of a document, from its title, its file name and its text."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from casemine.document import Passage
from casemine.resources import dictionary

_HEAD = 500  # code points in which a dateline stands
_DATELINE = 50  # code points of the longest line that is read as a dateline
_LEAD = 1.5  # mentions of the first region for each of the second
_FIRST_YEAR, _LAST_YEAR = 1949, 2049

_NAME_NOISE = re.compile(
    r"^(?:\d{4,14}|[A-Za-z]{1,12}\d*|\d{1,4})[-_. ]+|[-_. ]+(?:\d{4}(?:-?\d{2}){0,2}|\d{1,4})$"
)


def title_of(text: str, passages: Sequence[Passage], stem: str) -> str:
    """Return the title: the passage of that kind, else the file name without date and numbering."""
    for passage in passages:
        if passage.kind == "title":
            return " ".join(text[passage.start : passage.end].split())
    bare = _NAME_NOISE.sub("", _NAME_NOISE.sub("", stem))
    return (bare or stem).replace("_", " ").strip()


_CHINESE_DIGITS = str.maketrans("〇○零Ｏ一二三四五六七八九", "0000123456789")
_DIGIT_YEAR = r"(?<![0-9.,])(?:19[4-9]|20[0-4])[0-9]"
_YEAR = re.compile(
    rf"{_DIGIT_YEAR}(?=\s*年(?!远景))|[一二]九?[九〇○零][〇○零一二三四五六七八九]{{1,2}}(?=年)"
)
_STEM_YEAR = re.compile(
    r"(?<![0-9])((?:19[4-9]|20[0-4])[0-9])(?:[-_.年]?(?:0[1-9]|1[0-2])(?:[-_.月]?(?:0[1-9]|[12][0-9]|3[01]))?)?(?![0-9])"
)
_DATE = re.compile(rf"({_DIGIT_YEAR})\s*(?:年|[-./])\s*[0-9]{{1,2}}\s*(?:月|[-./])")
_DOCUMENT_NUMBER = re.compile(r"[〔\[（(]((?:19[4-9]|20[0-4])[0-9])[〕\]）)]\s*(?:第)?\s*[0-9]+\s*号")
_SPAN = re.compile(r"(?:19|20)[0-9]{2}\s*年?\s*[-—–~～至到]+\s*(?:19|20)[0-9]{2}\s*年?")


def _plausible(written: str) -> str:
    year = written.translate(_CHINESE_DIGITS)
    return year if len(year) == 4 and year.isdigit() and _FIRST_YEAR <= int(year) <= _LAST_YEAR else ""


def year_of(title: str, text: str, stem: str) -> str:
    """Return the year as four digits, or "" when none is clear.

    A year in the title counts first, then a date in the file name, then a date or a document number in
    a short line of the head of the text, then the one year that the head names again and none later.
    """
    in_title = [year for written in _YEAR.findall(_SPAN.sub("", title)) if (year := _plausible(written))]
    if in_title:
        return in_title[0]
    in_stem = _STEM_YEAR.findall(_SPAN.sub("", stem))
    if in_stem:
        return str(in_stem[-1])
    head = text[:_HEAD]
    for line in head.split("\n")[:8]:
        dated = _DATE.search(line) or _DOCUMENT_NUMBER.search(line)
        if dated and len(line) <= _DATELINE:
            return dated[1]
    named = Counter(year for written in _YEAR.findall(_SPAN.sub("", head)) if (year := _plausible(written)))
    often = [year for year, count in named.items() if count >= 2]
    # A text tells of the past more than of its own year: only a year named again, and none later, counts.
    return often[0] if often and often[0] == max(named) and len(often) == 1 else ""


_NATIONAL = "全国"
# Who speaks for the whole country: in a title or file name, or in a short line of the head.
_NATIONAL_TITLE = re.compile(r"(?:^|[年_\s])(?:中共中央|国务院|中华人民共和国)")
_NATIONAL_LINE = re.compile(r"全国人民代表大会.{0,12}会议上|^国务院总理|^(?:中共中央|国务院)(?:办公厅)?$")
# Places that say where the authors work or where the news agency sits, not what the text is about.
_AFFILIATION = re.compile(r"[（(][^（()）\n]*(?:大学|学院|研究所|研究院|科学院)[^（()）\n]*[)）]|新华社北京")


@dataclass(frozen=True)
class Gazetteer:
    """Names of places and the provincial unit each belongs to; the longest name that fits is taken.

    `places` maps every full and short name to a provincial unit in the short form researchers write
    (广西, 内蒙古, 新疆生产建设兵团).
    """

    places: dict[str, str]
    _pattern: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        names = sorted(self.places, key=lambda name: (-len(name), name))
        object.__setattr__(self, "_pattern", re.compile("|".join(map(re.escape, names)) or r"(?!)"))

    def provinces(self, text: str) -> list[str]:
        """Return the provincial unit of each place named in `text`, in order."""
        return [self.places[name] for name in self._pattern.findall(text)]

    def canonical(self, name: str) -> str:
        """Return the short form of a provincial unit or place; `name` itself when it is not known."""
        first = self.provinces(name)
        return first[0] if first else name

    def region_of(self, title: str, text: str, stem: str) -> str:
        """Return the provincial unit a document is about, 全国, or "" when that is not clear.

        The one place named in title or file name; else 全国 where a body of the whole country speaks; else
        the unit that leads in the head of the text or, failing that, in all of it, with at least half as
        many mentions again as the next. The affiliations of authors do not count.
        """
        title, text = _AFFILIATION.sub("", title), _AFFILIATION.sub("", text)
        for words in (title, stem.replace("_", " ")):
            named = Counter(self.provinces(words))
            if len(named) == 1:
                return next(iter(named))
        if _is_national(title, text, stem):
            return _NATIONAL
        head, whole = Counter(self.provinces(text[:_HEAD])), Counter(self.provinces(text))
        weighed = Counter({region: 2 * head[region] + count for region, count in whole.items()})
        return _leader(head) or _leader(weighed)


def _is_national(title: str, text: str, stem: str) -> bool:
    """Tell whether a body of the whole country speaks, by title, file name or a line of the head."""
    if _NATIONAL_TITLE.search(title) or _NATIONAL_TITLE.search(stem):
        return True
    lines = text[:_HEAD].split("\n")[:8]
    return any(len(line) <= _DATELINE and _NATIONAL_LINE.search(line.strip()) for line in lines)


def _leader(counts: Counter[str]) -> str:
    """Return the most frequent name when it leads the next clearly."""
    if not counts:
        return ""
    (first, most), *others = counts.most_common(2)
    return first if not others or most >= _LEAD * others[0][1] else ""


@cache
def gazetteer() -> Gazetteer:
    """Read the shipped gazetteer: 34 provincial units, the XPCC and 333 prefectures."""
    places: dict[str, str] = {}
    with dictionary("regions.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            for name in (row["name"], *row["short"].split()):
                places[name] = row["province"]
    return Gazetteer(places)
