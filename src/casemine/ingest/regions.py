"""Where a document is from: provincial unit, prefecture and county, from title, file name and text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from casemine.resources import regions

_HEAD = 500  # code points in which a text says where it speaks from
_LEAD = 1.5  # mentions of the first region for each of the second
_DATELINE = 50  # code points of the longest line that is read as a dateline
NATIONAL = "全国"

# Who speaks for the whole country: in a title or file name, or in a short line of the head.
_NATIONAL_TITLE = re.compile(r"(?:^|[年_\s])(?:中共中央|国务院|中华人民共和国)")
_NATIONAL_LINE = re.compile(
    r"全国人民代表大会.{0,40}(?:会议|通过|批准)|中国共产党第.{1,6}次全国代表大会|^国务院(?:副|代)?总理"
    r"|^(?:中共中央|国务院)(?:办公厅)?$|中华人民共和国国务院令|国务院第.{1,6}次常务会议"
)
# Places that say where the authors work or where the news agency sits, not what the text is about.
_AFFILIATION = re.compile(
    r"[（(](?=[^（()）\n]*[)）])[^（()）\n]*(?:大学|学院|研究所|研究院|科学院)[^（()）\n]*[)）]|新华社北京"
)
_COUNTY_END = re.compile(r"[县区市旗]")
# What makes another word of the last character: 东方市场, 城中区域, 建设区划.
_LONGER_WORD = re.compile(r"区[域划块间别]|市[场民值容面政区]|县级市")
_SHORT = 2  # code points of the county names that need a place or a blank in front: 和县, 应县, 任县
_BEFORE_SHORT = re.compile(r"[^\u4e00-\u9fff]|[省市州盟区]|$")


class Place(NamedTuple):
    """A unit of the gazetteer: GB/T 2260 code (that of its time when given up), name, level and parents."""

    code: str
    name: str
    level: str
    province: str
    prefecture: str
    former: bool = False


class Located(NamedTuple):
    """Provincial unit, prefecture, county and code of a place, "" for what is not clear."""

    region: str = ""
    city: str = ""
    county: str = ""
    code: str = ""


@dataclass(frozen=True)
class Gazetteer:
    """Names of places and the provincial unit each belongs to; the longest name that fits is taken.

    `places` maps every full and short name of provincial units and prefectures to a provincial unit in
    the short form researchers write (广西, 内蒙古, 新疆生产建设兵团); `units` maps the names to units, and
    `counties` the full names of counties to all counties of that name.
    """

    places: dict[str, str]
    units: dict[str, Place] = field(default_factory=dict)
    counties: dict[str, tuple[Place, ...]] = field(default_factory=dict)
    _pattern: re.Pattern[str] = field(init=False, repr=False, compare=False)
    _lengths: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        names = sorted(self.places, key=lambda name: (-len(name), name))
        object.__setattr__(self, "_pattern", re.compile("|".join(map(re.escape, names)) or r"(?!)"))
        object.__setattr__(
            self, "_lengths", tuple(sorted({len(name) for name in self.counties}, reverse=True))
        )

    def provinces(self, text: str) -> list[str]:
        """Return the provincial unit of each place named in `text`, in order."""
        return [self.places[name] for name in self._pattern.findall(text)]

    def canonical(self, name: str) -> str:
        """Return the short form of a provincial unit or place; `name` itself when it is not known."""
        first = self.provinces(name)
        if first:
            return first[0]
        named = {place.province for place in self.counties_in(name)}
        return named.pop() if len(named) == 1 else name

    def counties_in(self, text: str) -> list[Place]:
        """Return the counties that full names in `text` may mean, in order of their names."""
        named: list[Place] = []
        for end in _COUNTY_END.finditer(text):
            if _LONGER_WORD.match(text, end.start()):
                continue
            for length in self._lengths:
                start = end.end() - length
                places = self.counties.get(text[start : end.end()], ()) if start >= 0 else ()
                if places and (length > _SHORT or _BEFORE_SHORT.match(text[max(0, start - 1) : start])):
                    named += places
                    break
        return named

    def locate(self, words: str, region: str = "") -> Located:
        """Return the prefecture and county that `words` name without doubt, inside `region` where given.

        Two counties of one name are told apart by the province or prefecture named beside them; a name
        that stays in doubt, or two places of one level, give none.

        >>> gazetteer().locate("四川省凉山彝族自治州昭觉县人民政府").county
        '昭觉县'
        """
        named = [self.units[name] for name in self._pattern.findall(words)]
        provinces = {place.province for place in named} | ({region} if region in self.places else set())
        cities = {place.name for place in named if place.level == "prefecture"}
        possible = [
            place
            for place in self.counties_in(words)
            if (not provinces or place.province in provinces)
            and (not cities or place.prefecture in cities or not place.prefecture)
        ]
        county = _only(possible)
        if county:
            return Located(county.province, county.prefecture, county.name, county.code)
        city = _only([place for place in named if place.level == "prefecture"])
        if city and (not region or city.province == region):
            return Located(city.province, city.name, "", city.code)
        return Located(next(iter(provinces)) if len(provinces) == 1 else "")

    def code_of(self, region: str) -> str:
        """Return the code of a provincial unit by its short form, "" when it has none."""
        place = self.units.get(region)
        return place.code if place and place.level == "province" else ""

    def find_region(self, title: str, text: str, stem: str) -> tuple[str, str]:
        """Return the provincial unit a document is about, and what named it: title, name, head or text.

        The one place named in title or file name; else 全国 where a body of the whole country speaks; else
        the one place that the short lines before the text name; else the unit that leads in the head of
        the text or, failing that, in all of it, with at least half as many mentions again as the next.
        The affiliations of authors do not count. Both are "" when that is not clear.
        """
        title, text = _AFFILIATION.sub("", title), _AFFILIATION.sub("", text)
        for words, origin in ((title, "title"), (stem.replace("_", " "), "name")):
            region = self._region_in(words)
            if region:
                return region, origin
        if _is_national(title, text, stem):
            return NATIONAL, "head"
        head = Counter(self.provinces(text[:_HEAD]))
        region = _leader(head)
        if region:
            return region, "head"
        whole = Counter(self.provinces(text))
        region = _leader(Counter({name: 2 * head[name] + count for name, count in whole.items()}))
        return region, "text" if region else ""

    def _region_in(self, words: str) -> str:
        """Return the one provincial unit that `words` name, by a county where no larger unit is named."""
        named = set(self.provinces(words)) or {place.province for place in self.counties_in(words)}
        return named.pop() if len(named) == 1 else ""


def _only(places: Sequence[Place]) -> Place | None:
    """Return the one place, a name of today before one given up; None of several."""
    today = [place for place in places if not place.former] or list(places)
    return today[0] if today and len(set(today)) == 1 else None


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
    """Read the shipped gazetteer: provincial units, the XPCC, prefectures, counties, cities of Taiwan."""
    return _gazetteer(regions())


def _gazetteer(rows: Iterable[dict[str, str]]) -> Gazetteer:
    places: dict[str, str] = {}
    units: dict[str, Place] = {}
    counties: dict[str, list[Place]] = defaultdict(list)
    for row in rows:
        place = Place(
            row["code"],
            row["name"],
            row["level"],
            row["province"],
            row["prefecture"],
            row["status"] == "former",
        )
        if place.level == "county":
            counties[place.name].append(place)
            continue
        for name in (row["name"], *row["short"].split()):
            places[name], units[name] = row["province"], place
    return Gazetteer(places, units, {name: tuple(group) for name, group in counties.items()})
