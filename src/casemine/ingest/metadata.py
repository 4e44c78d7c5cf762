"""Title, region, year and what else a document's row says of it: given, from its text, from its file name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from casemine.document import Passage
from casemine.ingest.dates import date_of_cell, find_year, year_of_cell
from casemine.ingest.fields import Field
from casemine.ingest.official import read_official
from casemine.ingest.organs import bodies
from casemine.ingest.regions import NATIONAL, Located, gazetteer
from casemine.ingest.title import is_doi, title_with_origin, without_marks
from casemine.lexicon.script import as_matched, matched_form

_GIVEN = "given"
# A line that names the meeting or the office of who speaks: 在某某市…会议上, 某某市人民政府市长 李四.
_SPOKEN = re.compile(
    r"在.{2,50}(?:会议|大会|会)上?[）)]?$|人民政府.{0,4}[省市州县区旗盟]长|^.{2,12}[市州县区旗盟]长\s*.{0,6}$"
)
_HEAD = 500  # code points that a document opens with
_MARKED = "_given"  # of a given cell that was read as another value: the cell as it was


@dataclass(frozen=True)
class Described:
    """The columns of documents.csv that tell of a document, and the given cells that are no such column."""

    columns: dict[str, str]
    further: dict[str, str]


def describe(text: str, passages: Sequence[Passage], stem: str, given: Mapping[str, str]) -> Described:
    """Return the metadata of a document. What is given, by a table or a manifest, wins over what is found.

    `given` holds cells by column name. A given year or date is read as people write them; one that names
    no single year or day leaves the column empty, and the cell is kept under the name with `_given`.
    A traditional text is matched in simplified characters; what stands in it is returned as it stands there.
    """
    matched = as_matched(text)
    if matched == text:
        fields, further = _fields(text, passages, stem, given)
        return Described(_columns(fields), further)
    cells = {name: matched_form(cell) for name, cell in given.items()}
    fields, further = _fields(matched, passages, matched_form(stem), cells)
    found = ((matched, text), (matched_form(stem), stem))
    written = {
        name: item.value if name in _LISTED else _as_written(item, found, [*given.values()])
        for name, item in fields.items()
    }
    kept = {name: given.get(name.removesuffix(_MARKED), cell) for name, cell in further.items()}
    return Described(_columns(fields) | written, kept)


# Columns that hold names of the gazetteer or of our lists, so that each thing has one name, or numbers.
_LISTED = ("region", "city", "county", "area_code", "year", "document_kind", "authority")


def _as_written(item: Field, found: Sequence[tuple[str, str]], cells: Sequence[str]) -> str:
    """Return a value as it stands where it was read: in a given cell, else where it was found.

    `found` are pairs of what was matched and what stands there.
    """
    sources = [(matched_form(cell), cell) for cell in cells] if item.origin == _GIVEN else found
    # A cell that is the value comes before one that holds it among other words.
    for matched, written in sorted(sources, key=lambda source: source[0] != item.value):
        if item.value and (at := matched.find(item.value)) >= 0:
            return written[at : at + len(item.value)]
    return item.value


def _columns(fields: Mapping[str, Field]) -> dict[str, str]:
    """Return the columns of documents.csv, the origins among them."""
    columns = {name: item.value for name, item in fields.items()}
    origins = "; ".join(f"{name}={item.origin}" for name, item in fields.items() if item.value)
    return columns | {"origins": origins}


def _fields(
    text: str, passages: Sequence[Passage], stem: str, given: Mapping[str, str]
) -> tuple[dict[str, Field], dict[str, str]]:
    """Return what is known of a document by column, and the given cells that are no column."""
    rest = dict(given)
    further: dict[str, str] = {}
    found = Field(*title_with_origin(text, passages, stem))
    title = _given_title(rest, further, found) or found
    year = _given_year(rest, further) or _year(title, text, stem)
    articles = any("条" in passage.clause for passage in passages)
    official = asdict(read_official(title, text, stem, articles=articles))
    official = {name: Field(*value) for name, value in official.items()}
    for name in official:
        official[name] = _given_official(rest, further, name) or official[name]
    region = _given_region(rest) or _region(title, text, stem, official["issuer"])
    located = _located(rest, region, title, text, stem, official["issuer"])
    fields = {"title": title, "region": region, "year": year, **located, **official}
    return fields, {**rest, **further}


def _given(rest: dict[str, str], name: str) -> Field | None:
    value = rest.pop(name, "").strip()
    return Field(value, _GIVEN) if value else None


def _given_title(rest: dict[str, str], further: dict[str, str], found: Field) -> Field | None:
    cell = rest.pop("title", "").strip()
    # A DOI in that column is no title, where the text has one.
    if is_doi(cell) and found.origin != "name":
        further["title" + _MARKED] = cell
        return None
    return Field(without_marks(cell), _GIVEN) if cell else None


def _given_year(rest: dict[str, str], further: dict[str, str]) -> Field | None:
    cell = rest.pop("year", "").strip()
    if not cell:
        return None
    year = year_of_cell(cell)
    if not year:
        further["year" + _MARKED] = cell
    return Field(year, _GIVEN)


def _given_official(rest: dict[str, str], further: dict[str, str], name: str) -> Field | None:
    cell = rest.pop(name, "").strip()
    if not cell:
        return None
    if name in ("issued", "published"):
        cell = date_of_cell(cell)
    elif name == "issuer":
        cell = "、".join(bodies(cell)) or cell
    return Field(cell, _GIVEN)


def _given_region(rest: dict[str, str]) -> Field | None:
    cell = rest.pop("region", "").strip()
    return Field(gazetteer().canonical(cell), _GIVEN) if cell else None


def _year(title: Field, text: str, stem: str) -> Field:
    year, origin = find_year(title.value, text, stem)
    return Field(year, title.origin if origin == "title" else origin)


def _region(title: Field, text: str, stem: str, issuer: Field) -> Field:
    region, origin = gazetteer().find_region(title.value, text, stem)
    named = set(gazetteer().provinces(issuer.value))
    if origin in ("head", "text") and region != NATIONAL and len(named) == 1:
        return Field(named.pop(), issuer.origin)
    places = {
        "title": title.origin,
        "head": f"text[0:{min(_HEAD, len(text))}]",
        "text": f"text[0:{len(text)}]",
    }
    return Field(region, places.get(origin, origin)) if region else Field()


def _located(
    rest: dict[str, str], region: Field, title: Field, text: str, stem: str, issuer: Field
) -> dict[str, Field]:
    """Return city, county and code: given, else as title, file name, issuing body or dateline name them."""
    city, county = _given(rest, "city") or Field(), _given(rest, "county") or Field()
    code = _given(rest, "area_code") or Field()
    found, origin = Located(), ""
    if region.value != NATIONAL:
        found, origin = _place(region.value, title, text, stem, issuer, city.value + county.value)
    if found.region and found.region == region.value:
        city = city if city.value else Field(found.city, origin if found.city else "")
        county = county if county.value else Field(found.county, origin if found.county else "")
        code = code if code.value else Field(found.code, origin if found.code else "")
    if not code.value and region.value:
        code = Field(gazetteer().code_of(region.value), region.origin)
    return {"city": city, "county": county, "area_code": code}


def _place(region: str, title: Field, text: str, stem: str, issuer: Field, given: str) -> tuple[Located, str]:
    """Return the smallest place that the first of given cell, title, name, body and dateline names."""
    dateline = next((line for line in text[:_HEAD].split("\n")[:6] if _SPOKEN.search(line[:60])), "")
    at = text.find(dateline)
    sources = (
        (given, _GIVEN),
        (title.value, title.origin),
        (stem.replace("_", " "), "name"),
        (issuer.value, issuer.origin),
        (dateline if len(dateline) <= 60 else "", f"text[{at}:{at + len(dateline)}]"),
    )
    located = [(gazetteer().locate(words, region), origin) for words, origin in sources if words]
    best = [item for item in located if item[0].county] or [item for item in located if item[0].city]
    return best[0] if best else (Located(), "")
