"""Where the header of a table stands, and what its columns are called in ours."""

from __future__ import annotations

from collections.abc import Sequence

from casemine.errors import DocumentError

# fmt: off
TEXT_NAMES = frozenset({
    "text", "content", "fulltext", "full_text", "body",
    "article", "正文", "内容", "全文", "文本", "原文", "文本内容", "正文内容",
    "政策文本", "政策内容", "政策正文", "政策全文", "案例文本", "案例内容", "案例正文",
})
_NAMES = {
    "title": "title 标题 题目 题名 文档标题 文件标题 政策标题 案例标题 政策名称 案例名 案例名称 主题"
    " 留言主题",
    "region": "region province 地区 省份 省 区域 所在省份 所属省份 所在地区",
    "year": "year 年份 年 年度 发布年份",
    "city": "city 地市 地级市 所在市 所属地市",
    "county": "county 区县 县区 县市区 县（市、区） 所在县",
    "issuer": "issuer 发文机关 发文单位 发文部门 制定机关 颁布部门 发布机关 发布机构 发布部门 颁布机构",
    "document_number": "document_number 文号 发文字号 发文文号 公文编号",
    "issued": "issued 成文日期 发文日期 成文时间 发文时间",
    "published": "published 发布日期 发布时间 公布日期 公布时间 颁布日期 颁布时间 印发日期",
    "document_kind": "document_kind 文种 公文种类",
    "authority": "authority 效力级别 效力层级 法律效力",
}
# Columns that tables of documents often have and that keep their name.
_COMMON = frozenset({
    "序号", "编号", "id", "no", "no.", "来源", "作者", "链接", "网址", "url", "link", "source", "author",
    "date", "日期", "时间", "备注", "关键词", "摘要", "类别", "类型", "文件名", "file", "filename", "市",
    "县", "乡镇", "村", "出处", "文件", "案例编号", "文件编号",
})
# fmt: on
# Headers a researcher writes -> the names the study has for them.
METADATA_NAMES = {name: ours for ours, names in _NAMES.items() for name in names.split()}
# A county or a city of its own column, under a header that is too plain to be taken away from its owner.
PLACE_HINTS = {"市": "city", "县": "county"}

_LOOKED_AT = 20  # rows in which a header is looked for
_LONGEST_NAME = 20  # code points of a cell that can name a column

Rows = Sequence[tuple[int, Sequence[str]]]


# What the column of a list of files is called that names them.
FILE_NAMES = frozenset({"file", "filename", "文件", "文件名", "文件名称"})


def plain_name(name: str) -> str:
    """Return a header as it is compared: below its record (JSON), trimmed, in lower case."""
    return "".join(name.rpartition(".")[2].split()).lower()


def is_known(name: str) -> bool:
    """Tell whether a header is one that tables of documents have."""
    plain = plain_name(name)
    return plain in TEXT_NAMES or plain in METADATA_NAMES or plain in _COMMON


def from_header(rows: Rows, given: int = 0) -> Rows:
    """Return the rows from the header on: those above it are a title, a unit, who filled it in.

    The header is the row with the number `given`; else the first that bears known headers; else the first
    that fills more than half of the columns. Raises `DocumentError` when there is no row `given`.
    """
    if given:
        below = [row for row in rows if row[0] >= given]
        if not below or below[0][0] != given:
            raise DocumentError(
                f"there is no row {given} to be the header.",
                advice="Give --header-row the number that Excel shows.",
            )
        return below
    width = max((len(_distinct(cells)) for _, cells in rows[:_LOOKED_AT]), default=0)
    for index, (_, cells) in enumerate(rows[:_LOOKED_AT]):
        names = _distinct(cells)
        known = [plain_name(name) for name in names if is_known(name)]
        if len(known) >= 2 or (2 * len(names) >= width and TEXT_NAMES.intersection(known)):
            return rows[index:]
    for index, (_, cells) in enumerate(rows[:_LOOKED_AT]):
        if 2 * len(_distinct(cells)) > width:
            return rows[index:]
    return rows


def _distinct(cells: Sequence[str]) -> set[str]:
    """Return the texts of a row, a merged one once."""
    return {cell.strip() for cell in cells if cell.strip()}


def column_names(names: Sequence[str], width: int) -> list[str]:
    """Return distinct column names; nameless ones are called by their place."""
    columns: list[str] = []
    taken: set[str] = set()
    for number in range(width):
        name = " ".join(names[number].split()) if number < len(names) else ""
        name = name or f"column {number + 1}"
        name = name if name not in taken else f"{name} ({number + 1})"
        taken.add(name)
        columns.append(name)
    return columns
