"""What the tables and figures of a study are called on the page of results, and which belong together."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from pathlib import PurePosixPath
from typing import Any

from casemine import schema
from casemine.figures import CAPTIONS

_REST = "more"
# After these a column of documents.csv is named.
_FIELDS = ("_by", "_over")


def grouped(files: Iterable[str], language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return titles of groups -> (file, what it is called) of each file, in the order of a study's work.

    >>> grouped(["tables/topics_by_year.csv"], "zh")
    [('主题', [('tables/topics_by_year.csv', '主题占比（按年份）')])]
    """
    groups: dict[str, list[tuple[str, str]]] = {name: [] for name in _said()["groups"]}
    order = {name: at for at, name in enumerate(["", *_said()["names"]])}
    for file in sorted(files, key=lambda file: (order[_longest(_stem(file), order)], file)):
        groups[_group(_stem(file))].append((file, called(file, language)))
    titles = _said()["groups"]
    return [(titles[name][language], own) for name, own in groups.items() if own]


def called(file: str, language: str) -> str:
    """Return what a table or a figure is called: in English its file's name without ending.

    >>> called("tables/codes_by_region_six-in-one.csv", "zh")
    '编码分布（按地区，six-in-one）'
    """
    if file.endswith(".png") and (caption := CAPTIONS.get(PurePosixPath(file).stem)) and language == "zh":
        return caption.partition("（")[0]
    stem = PurePosixPath(file).stem
    names: Mapping[str, str] = _said()["names"]
    base = _longest(stem, names)
    if language != "zh" or not base:
        return stem
    rest = stem[len(base) :].strip("_")
    parts = [rest]
    if base.endswith(_FIELDS):
        field, rest = _field(rest)
        parts = [f"按{field}", rest]
    told = "，".join(filter(None, parts))
    return names[base] + (f"（{told}）" if told else "")


def _stem(file: str) -> str:
    """Return by which name a file belongs somewhere; the figure of what stands together is of keywords."""
    stem = PurePosixPath(file).stem
    return "cooccurrence_keywords" if (stem, file[-4:]) == ("cooccurrence", ".png") else stem


def _field(rest: str) -> tuple[str, str]:
    """Return the Chinese header of the column that `rest` begins with, and what stands behind it."""
    headers: Mapping[str, str] = schema.DOCUMENTS.headers
    name = _longest(rest, headers)
    return (headers[name], rest[len(name) :].strip("_")) if name else (rest, "")


def _group(stem: str) -> str:
    members: Mapping[str, list[str]] = _said()["members"]
    homes = {name: group for group, names in members.items() for name in names}
    return homes.get(_longest(stem, homes), _REST)


def _longest(stem: str, names: Iterable[str]) -> str:
    return max((name for name in names if f"{stem}_".startswith(f"{name}_")), key=len, default="")


@cache
def _said() -> Mapping[str, Any]:
    text = resources.files("casemine.web").joinpath("products.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
