"""Codebooks as sheets: an xlsx that loses nothing, and the flat tables that studies publish."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from casemine import sheets
from casemine.coding.codebook import (
    ABOUT,
    CODE_TEXTS,
    CODEBOOK,
    LEVELS,
    SEPARATORS,
    Code,
    Codebook,
    depth_first,
)
from casemine.coding.codebook_check import Located, Problem, consistency
from casemine.coding.codebook_file import refusal, text_of
from casemine.errors import UsageError

_SHEET, _COLUMNS, _ABOUT = "编码", "说明", "编码本"
_ORDER = ("level", "code", "parent", "role", "definition", "include", "exclude", "aliases", "example")
_LEVEL_WORDS = {"selective": "选择式", "axial": "轴心", "open": "开放式"}
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
}
_ABOUT_WORDS = {
    "name": "短名", "title": "标题", "aim": "总目标", "source": "出处", "language": "语言", "version": "版本", "note": "说明"
}  # fmt: skip
# Headers under which published tables give the levels of a coding, besides the machine names.
_FLAT_HEADERS = {
    "open": ("open_code", "开放式编码", "开放性编码", "开放编码", "open"),
    "axial": ("axial_category", "axial_code", "轴心编码", "轴心式编码", "主轴编码", "主轴式编码", "关联式编码", "axial"),
    "selective": (
        "selective_category", "selective_code", "选择式编码", "选择性编码", "选择编码", "核心编码", "核心式编码", "selective"
    ),
    "definition": ("definition", "定义", "释义", "内涵", "含义"),
    "example": ("example", "示例", "例句", "原始语句", "原始资料语句"),
}  # fmt: skip
_SPLIT_ALIASES = re.compile(f"[{re.escape(SEPARATORS)}]")

# A row of a sheet: its number as Excel shows it, and its cells.
Row = tuple[int, list[str]]


@dataclass(frozen=True)
class Layout:
    """Where a published table says what: column headers ("" to find them), and its rows.

    `first` is the row of the headers and `last` the last one of the table, counted from 1 as Excel
    does; 0 takes all.
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
    meanings = [(headers[name], _MEANINGS[name]) for name in _ORDER]
    about = [(_ABOUT_WORDS[key], getattr(book, key)) for key in ABOUT]
    sheets.write_xlsx(
        {
            _SHEET: codes[list(_ORDER)].rename(columns=headers),
            _COLUMNS: pd.DataFrame(meanings, columns=["列", "含义"]),
            _ABOUT: pd.DataFrame(about, columns=["项目", "内容"]),
        },
        path,
    )


def read_sheet(path: Path, layout: Layout | None = None) -> tuple[Codebook, list[Problem]]:
    """Read a codebook from xlsx, CSV or TSV: the codebook and what is worth a look in it.

    A sheet as `write_sheet` makes it comes back whole. Any other table is read as one open code a
    row beside its axial and selective category, where a blank category repeats the one above and
    repeated rows of a code add their examples; without a selective column every category goes under
    one that bears the name of the file.

    Raises `UsageError` naming every error with its row.
    """
    book = _sheets_of(path)
    rows = book.get(_SHEET) or next(iter(book.values()), [])
    layout = layout or Layout()
    rows = [row for row in rows if row[0] >= layout.first and (not layout.last or row[0] <= layout.last)]
    if not rows:
        raise UsageError("holds no rows.", place=str(path))
    own = {CODEBOOK.headers["code"], CODEBOOK.headers["level"]} <= {cell.strip() for cell in rows[0][1]}
    found, problems = _own_rows(rows, path) if own else _flat_rows(rows, path, layout)
    problems = sorted({*problems, *consistency(found, str(path), unit="row")})
    if any(not problem.warning for problem in problems):
        raise refusal(path, problems)
    words = {word: key for key, word in _ABOUT_WORDS.items()}
    about = {
        words[cells[0]]: (cells[1] if len(cells) > 1 else "").strip()
        for _, cells in book.get(_ABOUT, [])
        if cells and cells[0] in words
    }
    entries = depth_first(one.code for one in found)
    return Codebook(**{"name": path.stem, **about}, entries=entries), problems


def _sheets_of(path: Path) -> dict[str, list[Row]]:
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        try:
            return {title: list(rows) for title, rows in sheets.read_xlsx_rows(path)}
        except OSError as error:
            raise UsageError(f"cannot be read ({error.strerror}).", place=str(path)) from error
        except (zipfile.BadZipFile, KeyError, ValueError) as error:
            raise UsageError("is not a workbook Excel can open.", place=str(path)) from error
    text = text_of(path)
    delimiter = "\t" if path.suffix.lower() == ".tsv" else ","
    try:
        rows = sheets.read_csv_rows(text, delimiter)
    except csv.Error as error:
        raise UsageError(f"is no table ({error}).", place=str(path)) from error
    unescaped = [[cell.removeprefix("'") for cell in row] for row in rows]
    return {path.stem: [row for row in enumerate(unescaped, start=1) if any(cell.strip() for cell in row[1])]}


def _own_rows(rows: Sequence[Row], path: Path) -> tuple[list[Located], list[Problem]]:
    """Read rows of the sheet that `write_sheet` makes, in whatever order its columns and rows are."""
    cell_of = _reader(rows[0][1])
    words = {**{word: level for level, word in _LEVEL_WORDS.items()}, **{level: level for level in LEVELS}}
    header = CODEBOOK.headers
    found: list[Located] = []
    problems: list[Problem] = []
    for number, cells in rows[1:]:
        given = cell_of(cells, header["level"]).removesuffix("编码")
        if given not in words:
            problems.append(
                _row_problem(
                    path,
                    number,
                    f"{header['level']} must be {'、'.join(_LEVEL_WORDS.values())}, not {given or 'empty'}.",
                )
            )
            continue
        texts = {key: cell_of(cells, header[key]) for key in CODE_TEXTS}
        aliases = _aliases(cell_of(cells, header["aliases"]))
        code = Code(
            cell_of(cells, header["code"]),
            words[given],
            cell_of(cells, header["parent"]),
            aliases=aliases,
            **texts,
        )
        found.append(Located(code, number, (number,) * len(aliases)))
    return found, [*problems, *_orphans(found, path)]


def _orphans(found: Sequence[Located], path: Path) -> list[Problem]:
    level_of = {one.code.name: one.code.level for one in found}
    problems: list[Problem] = []
    for one in found:
        asked = LEVELS[LEVELS.index(one.code.level) - 1] if one.code.level != LEVELS[0] else ""
        if level_of.get(one.code.parent, "") == asked and bool(one.code.parent) == bool(asked):
            continue
        wanted = (
            f"the {_LEVEL_WORDS[asked]} category it belongs to" if asked else "empty for a 选择式 category"
        )
        given = one.code.parent or "empty"
        reason = (
            f"level missing: {CODEBOOK.headers['parent']} of {one.code.name} must be {wanted}, not {given}."
        )
        problems.append(_row_problem(path, one.line, reason))
    return problems


def _flat_rows(rows: Sequence[Row], path: Path, layout: Layout) -> tuple[list[Located], list[Problem]]:
    """Read rows that give an open code beside its categories."""
    columns = _columns(rows[0], path, layout)
    cell_of = _reader(rows[0][1])
    found: dict[tuple[str, str, str], Located] = {}
    current = {"selective": "" if "selective" in columns else path.stem, "axial": ""}
    problems: list[Problem] = []
    for number, cells in rows[1:]:
        texts = {key: cell_of(cells, header) for key, header in columns.items()}
        if texts.get("selective") and texts["selective"] != current["selective"]:
            current = {"selective": texts["selective"], "axial": ""}
        current["axial"] = texts["axial"] or current["axial"]
        if not current["selective"] or not current["axial"]:
            problems.append(
                _row_problem(path, number, "level missing: no category stands in this row or above it.")
            )
            continue
        codes = [
            Code(current["selective"], "selective"),
            Code(current["axial"], "axial", current["selective"]),
            Code(
                texts["open"], "open", current["axial"],
                definition=texts.get("definition", ""), example=texts.get("example", ""),
            ),
        ]  # fmt: skip
        for code in codes:
            if code.name:
                key = (code.level, code.parent, code.name)
                earlier = found.get(key)
                found[key] = _joined(earlier, code) if earlier else Located(code, number, ())
    return list(found.values()), problems


def _joined(earlier: Located, code: Code) -> Located:
    """Add a further definition or example of a code that a table repeats."""
    texts = {}
    for key in ("definition", "example"):
        parts = [*getattr(earlier.code, key).split("\n"), getattr(code, key)]
        texts[key] = "\n".join(dict.fromkeys(part for part in parts if part))
    return Located(Code(code.name, code.level, code.parent, **texts), earlier.line, ())


def _columns(header: Row, path: Path, layout: Layout) -> dict[str, str]:
    """Return which header holds which part; the open and the axial level must be there."""
    there = {_plain(cell): cell.strip() for cell in header[1]}
    columns: dict[str, str] = {}
    for part, usual in _FLAT_HEADERS.items():
        asked = getattr(layout, part)
        hit = next(
            (there[_plain(name)] for name in ((asked,) if asked else usual) if _plain(name) in there), ""
        )
        if hit:
            columns[part] = hit
        elif asked or part in ("open", "axial"):
            raise UsageError(
                f"row {header[0]} has no column for the {part} level"
                + (f" named {asked}." if asked else "."),
                place=str(path),
                advice=f"Name it with --{part}; the columns are: {', '.join(cell for cell in header[1] if cell)}.",
            )
    return columns


def _reader(header: Sequence[str]) -> Callable[[Sequence[str], str], str]:
    at: dict[str, int] = {}
    for number, name in enumerate(header):
        at.setdefault(name.strip(), number)

    def cell_of(cells: Sequence[str], name: str) -> str:
        return cells[at[name]].strip() if name in at and at[name] < len(cells) else ""

    return cell_of


def _aliases(cell: str) -> tuple[str, ...]:
    return tuple(alias.strip() for alias in _SPLIT_ALIASES.split(cell) if alias.strip())


def _plain(header: str) -> str:
    return "".join(header.split()).casefold()


def _row_problem(path: Path, number: int, reason: str) -> Problem:
    return Problem(str(path), number, reason, unit="row")
