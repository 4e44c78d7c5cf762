"""Codebooks as sheets: an xlsx that loses nothing, and the flat tables that studies publish."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from casemine import sheets
from casemine.coding.codebook import (
    ABOUT,
    CODE_TEXTS,
    LEVELS,
    RULE_FIELDS,
    SEPARATORS,
    Code,
    Codebook,
    depth_first,
)
from casemine.coding.codebook_check import Located, Problem, bad_name, consistency
from casemine.coding.codebook_file import refusal, text_of
from casemine.coding.codebook_rules import rules_of
from casemine.errors import UnreadableError, UsageError
from casemine.schema import CODEBOOK

_SHEET, _COLUMNS, _ABOUT = "编码", "说明", "编码本"
_LEVEL_WORDS = {"selective": "选择式", "axial": "轴心", "open": "开放式"}
# The columns in the order a person reads them, each with what it means.
_MEANINGS = {
    "level": "选择式、轴心或开放式（也可写 selective、axial、open）",
    "code": "编码名称，三级合计不得重名",
    "parent": "所属上级：开放式编码写轴心编码，轴心编码写选择式编码，选择式编码留空",
    "role": "在框架中的地位，如 基础、前提、关键、根本、重心、目标",
    "definition": "一句话说明这个编码指什么",
    "include": "容易拿不准、但应当归入的情形",
    "exclude": "不应归入的情形，以及该归到哪里",
    "aliases": "同义说法，用“；”隔开；一个别名只能属于一个编码",
    "example": "一句典型的例句",
    "without": "排除词，用“；”隔开：落在这些词里面的名称、别名不算，如别名“大数据”之于“大数据产业”",
    "needs": "须有同伴的名称或别名，一行一个，如 大数据：任一 比对；监测 | 排除 产业 | 相距 20",
    "rules": "检索规则，一行一条，如 全部 贷款 | 任一 贴息；免息 | 排除 房贷 | 相距 10",
}
_ABOUT_WORDS = dict(zip(ABOUT, ("短名", "标题", "总目标", "出处", "语言", "版本", "说明"), strict=True))
# Headers under which published tables give the levels of a coding.
_FLAT_HEADERS = {
    "open": ("open_code", "open", "开放式编码", "开放性编码", "开放编码"),
    "axial": ("axial_category", "axial", "轴心编码", "轴心式编码", "主轴编码", "主轴式编码", "关联式编码"),
    "selective": (
        "selective_category",
        "selective",
        "选择式编码",
        "选择性编码",
        "选择编码",
        "核心编码",
        "核心式编码",
    ),
    "definition": ("definition", "定义", "释义", "内涵", "含义"),
    "example": ("example", "示例", "例句", "原始语句", "原始资料语句"),
}
_SPLIT_ALIASES = re.compile(f"[{re.escape(SEPARATORS)}]")
# The ' that keeps Excel from taking a cell of a CSV for a formula.
_ESCAPE = re.compile(r"^'(?=[=+\-@\t\r'])")

# A row of a sheet: its number as Excel shows it, and its cells.
Row = tuple[int, list[str]]


@dataclass(frozen=True)
class Layout:
    """Where a published table says what: the header of each column, "" to find it by the usual ones.

    `first` is the row of the headers and `last` the last row of the table, counted from 1 as Excel
    does; 0 sets no bound.
    """

    open: str = ""
    axial: str = ""
    selective: str = ""
    definition: str = ""
    example: str = ""
    first: int = 0
    last: int = 0


def write_sheet(book: Codebook, path: Path) -> None:
    """Write a codebook as xlsx: the codes, what the columns mean, and what is said of the whole."""
    codes = book.codes.assign(level=book.codes["level"].map(_LEVEL_WORDS))
    headers = CODEBOOK.headers
    meanings = [(headers[name], meaning) for name, meaning in _MEANINGS.items()]
    about = [(word, getattr(book, key)) for key, word in _ABOUT_WORDS.items()]
    written = {
        _SHEET: codes[list(_MEANINGS)].rename(columns=headers),
        _COLUMNS: pd.DataFrame(meanings, columns=["列", "含义"]),
        _ABOUT: pd.DataFrame(about, columns=["项目", "内容"]),
    }
    sheets.write_xlsx(written, path)


def read_sheet(path: Path, layout: Layout | None = None, *, name: str = "") -> tuple[Codebook, list[Problem]]:
    """Read a codebook from xlsx, CSV or TSV: the codebook and the warnings about it.

    A sheet as `write_sheet` makes it comes back whole. Any other table is read as one open code a
    row beside its axial and selective category, where a blank category repeats the one above and
    repeated rows of a code add their examples; without a selective column every category goes under
    one called `name`. `name` is that of the codebook where the file says none ("": the file's own).

    Raises `UsageError` naming every error with its row.
    """
    name = name or path.stem
    layout = layout or Layout()
    tables = _tables(path)
    rows = tables.get(_SHEET) or next(iter(tables.values()), [])
    rows = [row for row in rows if row[0] >= layout.first and (not layout.last or row[0] <= layout.last)]
    if not rows:
        raise UsageError("holds no rows.", place=str(path))
    own = {CODEBOOK.headers["code"], CODEBOOK.headers["level"]} <= {cell.strip() for cell in rows[0][1]}
    found, problems = _own_rows(rows, path) if own else _flat_rows(rows, path, layout, name)
    problems = sorted({*problems, *consistency(found, str(path), unit="row")})
    if any(not problem.warning for problem in problems):
        raise refusal(path, problems)
    about = {"name": name, **_about(tables.get(_ABOUT, []))}
    if reason := bad_name(about["name"]):
        raise UsageError(f"the name of the codebook {reason}", place=str(path))
    return Codebook(**about, entries=depth_first(one.code for one in found)), problems


def _tables(path: Path) -> dict[str, list[Row]]:
    """Return the rows of each sheet of a workbook, or of a text table under the name of its file."""
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        try:
            return {title: list(rows) for title, rows in sheets.read_xlsx_rows(path)}
        except FileNotFoundError as error:
            raise UsageError(f"cannot be read ({error.strerror}).", place=str(path)) from error
        except UnreadableError as error:
            cause = f"is not a workbook that can be read: {error.cause}"
            raise UsageError(cause, place=str(path), advice=error.advice) from error
    delimiter = "\t" if path.suffix.lower() == ".tsv" else ","
    try:
        rows = sheets.read_csv_rows(text_of(path), delimiter)
    except csv.Error as error:
        raise UsageError(f"is no table ({error}).", place=str(path)) from error
    numbered = enumerate(rows, start=1)
    filled = [(number, [_ESCAPE.sub("", cell) for cell in row]) for number, row in numbered if any(row)]
    return {path.stem: filled}


def _about(rows: Sequence[Row]) -> dict[str, str]:
    keys = {word: key for key, word in _ABOUT_WORDS.items()}
    # A cell left empty says that nothing is said, and a row may end before it.
    return {keys[cells[0]]: "".join(cells[1:2]).strip() for _, cells in rows if cells and cells[0] in keys}


def _own_rows(rows: Sequence[Row], path: Path) -> tuple[list[Located], list[Problem]]:
    """Read rows of the sheet that `write_sheet` makes, in whatever order its columns and rows are."""
    cell_of = _reader(rows[0][1])
    levels = {word: level for level, word in _LEVEL_WORDS.items()} | {level: level for level in LEVELS}
    header = CODEBOOK.headers
    found: list[Located] = []
    problems: list[Problem] = []
    for number, cells in rows[1:]:
        given = cell_of(cells, header["level"]).removesuffix("编码")
        if given not in levels:
            asked = "、".join(_LEVEL_WORDS.values())
            reason = f"{header['level']} must be one of {asked}, not {given or 'empty'}."
            problems.append(_row_problem(path, number, reason))
            continue
        name, parent = cell_of(cells, header["code"]), cell_of(cells, header["parent"])
        split = _SPLIT_ALIASES.split(cell_of(cells, header["aliases"]))
        aliases = tuple(alias.strip() for alias in split if alias.strip())
        texts: dict[str, Any] = {key: cell_of(cells, header[key]) for key in CODE_TEXTS}
        said = {key: cell_of(cells, header[key]) for key in RULE_FIELDS}
        rules, reasons = rules_of(said, (name, *aliases))
        problems += [_row_problem(path, number, f"{header[key]} of {name} {why}") for key, why in reasons]
        code = Code(name, levels[given], parent, aliases=aliases, **texts, **rules)
        found.append(Located(code, number, (number,) * len(aliases)))
    return found, [*problems, *_orphans(found, path)]


def _orphans(found: Sequence[Located], path: Path) -> list[Problem]:
    """Find rows whose parent is not a category of the level above."""
    level_of: dict[str, str] = {}
    for one in found:
        level_of.setdefault(one.code.name, one.code.level)
    problems: list[Problem] = []
    for one in found:
        at = LEVELS.index(one.code.level)
        asked = LEVELS[at - 1] if at else ""
        parent = one.code.parent
        if bool(parent) == bool(asked) and level_of.get(parent, "") == asked:
            continue
        wanted = f"a {_LEVEL_WORDS[asked]} category" if asked else "empty at the highest level"
        reason = f"{CODEBOOK.headers['parent']} of {one.code.name} must be {wanted}, not {parent or 'empty'}."
        problems.append(_row_problem(path, one.line, f"level missing: {reason}"))
    return problems


def _flat_rows(
    rows: Sequence[Row], path: Path, layout: Layout, name: str
) -> tuple[list[Located], list[Problem]]:
    """Read rows that give an open code beside its categories."""
    columns = _columns(rows[0], path, layout)
    cell_of = _reader(rows[0][1])
    found: dict[tuple[str, str, str], Located] = {}
    selective, axial = ("" if "selective" in columns else name), ""
    problems: list[Problem] = []
    for number, cells in rows[1:]:
        text = {part: cell_of(cells, columns[part]) if part in columns else "" for part in _FLAT_HEADERS}
        if text["selective"] and text["selective"] != selective:
            selective, axial = text["selective"], ""
        axial = text["axial"] or axial
        if not text["open"] and not text["axial"]:
            continue
        if not selective or not axial:
            reason = "level missing: no category stands in this row or above it."
            problems.append(_row_problem(path, number, reason))
            continue
        opened = Code(text["open"], "open", axial, definition=text["definition"], example=text["example"])
        for code in (Code(selective, "selective"), Code(axial, "axial", selective), opened):
            if code.name:
                key = (code.level, code.parent, code.name)
                found[key] = _joined(found[key], code) if key in found else Located(code, number, ())
    return list(found.values()), problems


def _joined(earlier: Located, code: Code) -> Located:
    """Add a further definition or example of a code that a table repeats."""

    def lines(key: str) -> str:
        parts = [*getattr(earlier.code, key).split("\n"), getattr(code, key)]
        return "\n".join(dict.fromkeys(part for part in parts if part))

    joined = Code(
        code.name, code.level, code.parent, definition=lines("definition"), example=lines("example")
    )
    return Located(joined, earlier.line, ())


def _columns(header: Row, path: Path, layout: Layout) -> dict[str, str]:
    """Return which header holds which part; the open and the axial level must be there."""
    there = {_plain(cell): cell.strip() for cell in header[1] if cell.strip()}
    columns: dict[str, str] = {}
    for part, usual in _FLAT_HEADERS.items():
        asked = getattr(layout, part)
        hits = [there[_plain(name)] for name in ([asked] if asked else usual) if _plain(name) in there]
        if hits:
            columns[part] = hits[0]
        elif asked or part in ("open", "axial"):
            named = f"named {asked}" if asked else f"for the {part} level"
            advice = f"Name it with --{part}; the columns are: {', '.join(there.values())}."
            raise UsageError(f"row {header[0]} has no column {named}.", place=str(path), advice=advice)
    return columns


def _reader(header: Sequence[str]) -> Callable[[Sequence[str], str], str]:
    """Return a function that gives the stripped cell of a row below a header, "" where there is none."""
    at: dict[str, int] = {}
    for number, name in enumerate(header):
        at.setdefault(name.strip(), number)

    def cell_of(cells: Sequence[str], name: str) -> str:
        return cells[at[name]].strip() if name in at and at[name] < len(cells) else ""

    return cell_of


def _plain(header: str) -> str:
    return "".join(header.split()).casefold()


def _row_problem(path: Path, number: int, reason: str) -> Problem:
    return Problem(str(path), number, reason, unit="row")
