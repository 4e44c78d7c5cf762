"""The tables of a report as a reader meets them: Chinese headers, every cell a text, as it will be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from casemine import schema, terms
from casemine.messages import in_chinese
from casemine.report.content import STATUS, Content
from casemine.report.section import SectionTable, cells
from casemine.sheets import percent

# The report reads from the broad to the fine.
LEVELS = dict(reversed(terms.LEVELS.items()))
VALUES = {
    "documents": "案例数",
    "keyword_documents": "关键词案例数",
    "quotations": "引文数",
    "share": "案例占比",
    "quotation_share": "引文占比",
}
# As the tables of codes by group call the documents of which nothing is said.
TOTAL, SIZE = "合计", "文档数"
_VERDICTS = {"saturated": "饱和", "nearly saturated": "接近饱和", "not saturated": "未饱和"}
_SATURATION = {
    "level": "层级", "documents": "文档数", "held_out": "留出文档数", "codes": "编码数", "base": "基础编码数",
    "new": "新编码数", "share": "新编码占比", "mean_share": "平均新编码占比", "verdict": "结论",
    "new_codes": "新编码", "keyword_codes": "关键词编码数", "keyword_new": "关键词新编码数",
    "keyword_share": "关键词新编码占比",
}  # fmt: skip
_AGREEMENT = {
    "code": "编码", "units": "共同单元", "given": "有编码单元", "percent": "一致率", "holsti": "Holsti系数",
    "cohen": "Cohen κ", "fleiss": "Fleiss κ", "alpha": "Krippendorff α", "alpha_low": "α下限",
    "alpha_high": "α上限",
}  # fmt: skip
_PERCENT = frozenset({"share", "keyword_share", "mean_share", "quotation_share", "percent"})


@dataclass(frozen=True)
class Grid:
    """A table to show: header -> whether its column holds numbers, rows of texts, rows that never move.

    `down` says what the rows of a table of codes by group are: code or group.
    """

    columns: Mapping[str, bool]
    rows: Sequence[Sequence[str]]
    foot: Sequence[Sequence[str]] = ()
    down: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return what the page reads."""
        headers, numeric = list(self.columns), list(self.columns.values())
        return {
            "headers": headers,
            "numeric": numeric,
            "rows": self.rows,
            "foot": self.foot,
            "down": self.down,
        }


def shown(value: Any, name: str = "") -> str:
    """Write a cell: counts with thousands marked, shares as percentages, what is undefined as a dash."""
    if isinstance(value, str):
        return value
    if pd.isna(value):
        return "—"
    if isinstance(value, bool):
        return "是" if value else ""
    if isinstance(value, int):
        return f"{value:,}"
    return f"{percent(value)}%" if name in _PERCENT else f"{value:,.2f}"


def _grid(frame: pd.DataFrame, headers: Mapping[str, str]) -> Grid:
    """Lay out the columns of `frame` that `headers` names, in its order."""
    numeric = {
        header: pd.api.types.is_numeric_dtype(frame[name]) and not pd.api.types.is_bool_dtype(frame[name])
        for name, header in headers.items()
    }
    columns = [[shown(value, name) for value in frame[name].tolist()] for name in headers]
    return Grid(numeric, [list(row) for row in zip(*columns, strict=True)])


def _headers(table: schema.Table, *names: str) -> dict[str, str]:
    return {name: table.headers[name] for name in names or table.names}


def of_sections(content: Content) -> dict[str, Grid]:
    """Return the tables of the analyses by the name they have in the page: section and number."""
    return {
        f"{section.name}-{number}": _of_analysis(table)
        for section in content.sections
        for number, table in enumerate(section.tables, 1)
        if len(table.frame)
    }


def _of_analysis(table: SectionTable) -> Grid:
    frame = table.frame
    numeric = {str(name): bool(pd.api.types.is_numeric_dtype(frame[name])) for name in frame}
    columns = [cells(frame[name].tolist(), share=name in table.shares) for name in frame]
    return Grid(numeric, [list(row) for row in zip(*columns, strict=True)])


def tables(content: Content) -> dict[str, Grid]:
    """Return the tables that may be filtered and sorted, by the name they have in the page."""
    counts = content.quotations[content.quotations["code"] != ""].drop_duplicates(["doc_id", "start", "code"])
    quoted = content.documents["doc_id"].map(counts["doc_id"].value_counts()).fillna(0).astype("int64")
    named = content.documents["title"].where(content.documents["title"] != "", content.documents["doc_id"])
    documents = content.documents.assign(quotations=quoted, title=named)
    left_out = content.left_out.assign(
        status=content.left_out["status"].replace(STATUS),
        reason=content.left_out["reason"].map(in_chinese),
        advice=content.left_out["advice"].map(in_chinese),
    )
    return {
        "keywords": _keywords(content),
        "new-words": _grid(content.new_words, _headers(schema.NEW_WORDS)),
        "documents": _grid(
            documents,
            _headers(schema.DOCUMENTS, "title", "region", "year", "chars")
            | {"quotations": "引文数"}
            | _headers(schema.DOCUMENTS, "doc_id"),
        ),
        "left-out": _grid(left_out, _headers(schema.LEFT_OUT)),
        "saturation": _saturation(content),
        "agreement": _grid(
            content.agreement.assign(code=content.agreement["code"].replace({"*": "全部编码"})), _AGREEMENT
        ),
    }


def _keywords(content: Content) -> Grid:
    """Return the keywords with the code each was placed in, and the categories that come next."""
    placements = content.placements
    if placements.empty:
        return _grid(content.frequency, _headers(schema.FREQUENCY))
    where = placements.assign(
        open=placements["open"].where(placements["status"] == "placed", ""),
        method=placements["method"].where(placements["status"] == "placed", "").replace(terms.METHODS),
        selective=[
            f"{name}（待定）" if name and status != "placed" else name
            for name, status in zip(placements["selective"], placements["selective_status"], strict=True)
        ],
    )
    shown = {"open": LEVELS["open"], "method": "归入方式", "selective": LEVELS["selective"]}
    shown |= _headers(schema.PLACEMENTS, "selective_alternatives")
    rows = content.frequency.join(where.set_index("keyword")[list(shown)], on="keyword")
    return _grid(rows.fillna(dict.fromkeys(shown, "")), _headers(schema.FREQUENCY) | shown)


def _saturation(content: Content) -> Grid:
    summary = content.saturation_summary
    verdict = summary["verdict"].str.partition(":")[0].replace(_VERDICTS) if len(summary) else ""
    return _grid(summary.assign(level=summary["level"].replace(LEVELS), verdict=verdict), _SATURATION)


def groups(content: Content) -> dict[str, dict[str, Grid]]:
    """Return field -> `level/value` -> codes by group, of fields that divide the documents."""
    return {
        field: {
            f"{level}/{value}": _by_group(table[table["level"] == level], level, value)
            for level in LEVELS
            for value in VALUES
        }
        for field, table in content.groups.items()
        if table["group"].nunique() > 1 and table["quotations"].any()
    }


def _by_group(table: pd.DataFrame, level: str, value: str) -> Grid:
    """Lay out codes that occur and groups, the longer of the two down, all groups together at the end."""
    table = table[table.groupby("code")["quotations"].transform("sum") > 0]
    codes, names = table["code"].unique().tolist(), table["group"].unique().tolist()
    sizes = table.drop_duplicates("group")["group_documents"].tolist()
    cells = table.pivot(index="code", columns="group", values=value).loc[codes, names]
    totals = _totals(table, value, sum(sizes)).loc[codes]
    corner = LEVELS[level]
    if len(names) > len(codes):
        rows = zip(names, sizes, *cells.to_numpy().tolist(), strict=True)
        foot = [TOTAL, sum(sizes), *totals.tolist()]
        texts = _texts([list(row) for row in rows], [foot], value, ["分组", SIZE, *codes])
        return replace(texts, down="group")
    body = [
        [code, *row, total]
        for code, row, total in zip(codes, cells.to_numpy().tolist(), totals.tolist(), strict=True)
    ]
    texts = _texts(body, [[SIZE, *sizes, sum(sizes)]], value, [corner, *names, TOTAL])
    return replace(texts, down="code")


def _totals(table: pd.DataFrame, value: str, documents: int) -> pd.Series:
    """Return what each code has in all groups together: a document or sentence is in one group alone."""
    counts = ["documents", "keyword_documents", "quotations"]
    sums = table.groupby("code", sort=False)[counts].sum()
    if value == "share":
        return sums["documents"] / documents
    return sums["quotations"] / sums["quotations"].sum() if value == "quotation_share" else sums[value]


def _texts(rows: list[list[Any]], foot: list[list[Any]], value: str, headers: Sequence[str]) -> Grid:
    def texts(row: list[Any]) -> list[str]:
        return [shown(cell, value) for cell in row]

    numeric = {header: at > 0 for at, header in enumerate(headers)}
    return Grid(numeric, [texts(row) for row in rows], [texts(row) for row in foot])
