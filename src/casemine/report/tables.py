"""What a study has found as the tables of a paper, in the forms and words of the field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pandas as pd
from pandas.api.types import is_numeric_dtype

from casemine import schema
from casemine.messages import in_chinese
from casemine.report.content import STATUS, Content
from casemine.report.method import VERDICTS_ZH
from casemine.report.section import Section, SectionTable, cells
from casemine.report.three_line import ThreeLine, side_by_side
from casemine.sheets import percent
from casemine.terms import LEVELS

# Sentences of one code in the open-coding table.
SENTENCES = 3
# Codes across one page; more of them go on in a further table.
ACROSS = 10
_GROUPS_ZH = {"region": "地区", "year": "年份"}
# As the tables of a paper are called.
_LEVELS_ZH = {"axial": "主轴编码", "selective": "选择性编码"}
_NOTHING = "—"
_BEHIND = "，斜线后为其中以自身关键词得此编码的文本数"


def documents(content: Content, leading: int) -> ThreeLine:
    """Return 政策文本清单 of the `leading` documents, numbered as they stand in documents.csv."""
    rows = [
        [str(number), title or doc_id, region or _NOTHING, year or _NOTHING, str(chars)]
        for number, (doc_id, title, region, year, chars) in enumerate(
            _records(content.documents.head(leading), ["doc_id", "title", "region", "year", "chars"]), 1
        )
    ]
    caption = "政策文本清单（部分）" if leading < len(content.documents) else "政策文本清单"
    return ThreeLine(caption, ["编号", *_headers(schema.DOCUMENTS, "title region year chars")], rows, "clccr")


def new_words(content: Content, leading: int) -> ThreeLine:
    """Return 新词表 of the `leading` new words, in two halves."""
    shown = _records(content.leading_new_words.head(leading), ["word", "pos", "weight", "frequency"])
    rows = [[word, pos, f"{weight:.2f}", str(count)] for word, pos, weight, count in shown]
    headers = _headers(schema.NEW_WORDS, "word pos weight frequency")
    return side_by_side(ThreeLine("新词表", headers, rows, "lcrr"))


def frequency(content: Content, leading: int) -> ThreeLine:
    """Return 高频词表 of the `leading` keywords, in two halves."""
    names = ["keyword", "documents", "containing", "occurrences", "share"]
    shown = _records(content.frequency.head(leading), names)
    rows = [
        [str(rank), word, str(cases), str(containing), str(count), percent(share)]
        for rank, (word, cases, containing, count, share) in enumerate(shown, 1)
    ]
    headers = ["序号", *_headers(schema.FREQUENCY, "keyword documents containing occurrences"), "占比/%"]
    note = (
        "注：案例频次为以该词为关键词的文本数，出现文档数为文中有该词的文本数；"
        "占比为案例频次占全部文本的百分比。"
    )
    return side_by_side(ThreeLine("高频词表", headers, rows, "clrrrr", note=note))


def weights(content: Content, leading: int) -> ThreeLine:
    """Return 关键词权重表: the keywords of each of the `leading` documents with their weights."""
    words: dict[str, list[str]] = {}
    for doc_id, word, weight in _records(content.keywords, ["doc_id", "word", "weight"]):
        # A word that a researcher added has no weight.
        words.setdefault(doc_id, []).append(f"{word}（{weight:.2f}）" if weight else f"{word}（新增）")
    shown = _records(content.documents.head(leading), ["doc_id", "title"])
    rows = [
        [str(number), title or doc_id, "、".join(words.get(doc_id, [_NOTHING]))]
        for number, (doc_id, title) in enumerate(shown, 1)
    ]
    return ThreeLine("关键词权重表", ["编号", "标题", "关键词（权重）"], rows, "cll")


def open_coding(content: Content) -> ThreeLine:
    """Return 开放式编码表: up to `SENTENCES` sentences of each code, of as many concepts as there are."""
    table = content.open_coding.drop_duplicates(["category", "doc_id", "start", "end"])
    within = table.groupby(["category", "concept"], sort=False).cumcount()
    # The first sentence of each concept goes before the second of any.
    drawn = table.assign(within=within).sort_values("within", kind="stable")
    drawn = drawn.groupby("category", sort=False).head(SENTENCES).sort_index()
    rows = list(map(list, _records(drawn, ["number", "quote", "concept", "category"])))
    return ThreeLine("开放式编码表", ["编号", "原始语句", "概念化", "初始范畴"], rows, "clcc")


def axial_coding(content: Content) -> ThreeLine:
    """Return 主轴编码表: each axial category with its open codes and their documents."""
    rows = []
    for axial, members in _found(content, "axial"):
        codes = "、".join(
            f"{code}（{cases}）" for code, cases in _records(members, ["open", "open_documents"])
        )
        first = members.iloc[0]
        counts = (first[f"axial_{name}"] for name in ("documents", "keyword_documents", "occurrences"))
        rows.append([axial, codes, *map(str, counts)])
    note = (
        "注：对应范畴后的数字为案例数；关键词案例数为其中编码得自该篇自身关键词的案例数；"
        "频次为编码所依词语在所编语句中的出现次数。"
    )
    headers = ["主范畴", "对应范畴", "案例数", "关键词案例数", "频次"]
    return ThreeLine("主轴编码表", headers, rows, "llrrr", note=note)


def selective_coding(content: Content) -> ThreeLine:
    """Return 选择性编码表: core categories, each over its axial categories and their open codes."""
    rows = [
        [
            _counted_category(members.iloc[0], both=content.leading_cases is not None),
            axial or _NOTHING,
            "、".join(members["open"]),
        ]
        for axial, members in _found(content, "axial")
    ]
    headers = ["核心范畴", "主范畴", LEVELS["open"]]
    note = f"注：核心范畴后的数字为案例数{_BEHIND if content.leading_cases is not None else ''}。"
    return ThreeLine("选择性编码表", headers, rows, "lll", merged=1, note=note)


def _counted_category(row: pd.Series, *, both: bool) -> str:
    """Return the selective category of a row of the coding table with its documents."""
    if not row["selective"]:
        return _NOTHING
    counts = [row["selective_documents"], *[row["selective_keyword_documents"]] * both]
    return f"{row['selective']}（{'/'.join(map(str, counts))}）"


def _found(content: Content, level: str) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the codes of `level` with the open codes that documents have, in the order of the codebook."""
    table = content.coding_table
    for code, rows in table[table["open_documents"] > 0].groupby(level, sort=False):
        yield str(code), rows


def of_section(content: Content, section: Section) -> list[ThreeLine]:
    """Return the tables of an analysis, cut to what a paper prints, and its quotations as the last."""
    drawn = [_of_analysis(table) for table in section.tables if len(table.frame)]
    if not section.quotations:
        return drawn
    texts = {document.doc_id: document for document in content.texts}
    rows = [
        [quotation.about, texts[quotation.doc_id].text[quotation.start : quotation.end],
         texts[quotation.doc_id].title or quotation.doc_id]
        for quotation in section.quotations
    ]  # fmt: skip
    return [*drawn, ThreeLine(f"{section.title}：原文", ["所示", "原文", "出处"], rows, "lll", merged=1)]


def _of_analysis(table: SectionTable) -> ThreeLine:
    frame = table.frame.head(table.most)
    texts = [cells(frame[name].tolist(), share=name in table.shares) for name in frame]
    align = "".join("r" if is_numeric_dtype(frame[name]) else "l" for name in frame)
    cut = f"仅列前{len(frame)}行，共{len(table.frame):,}行。" if len(frame) < len(table.frame) else ""
    note = f"注：{table.note}{cut}" if table.note or cut else ""
    rows = [list(row) for row in zip(*texts, strict=True)]
    return ThreeLine(table.caption, list(map(str, frame.columns)), rows, align, note=note)


def agreement(content: Content) -> ThreeLine:
    """Return 编码员间信度: coefficients of all codes together, then of each code."""
    names = ["code", "units", "percent", "holsti", "cohen", "fleiss", "alpha", "alpha_low", "alpha_high"]
    rows = [
        ["全部编码" if code == "*" else code, str(units), *map(_coefficient, values), _interval(low, high)]
        for code, units, *values, low, high in _records(content.agreement, names)
    ]
    headers = ["编码", "共同单元", "一致率", "Holsti", "Cohen κ", "Fleiss κ", "Krippendorff α", "α的95%区间"]
    return ThreeLine("编码员间信度", headers, rows, "lrrrrrrc", note=f"注：{_NOTHING}表示该系数无定义。")


def saturation(content: Content) -> ThreeLine:
    """Return 理论饱和度检验: what the documents held out added at each level."""
    names = ["level", "documents", "held_out", "base", "new", "share", "mean_share",
             "keyword_codes", "keyword_new", "verdict"]  # fmt: skip
    rows = [
        [LEVELS[level], *map(str, counts), percent(share), percent(mean), str(codes), str(new),
         VERDICTS_ZH[verdict.partition(":")[0]]]
        for level, *counts, share, mean, codes, new, verdict in _records(content.saturation_summary, names)
    ]  # fmt: skip
    headers = ["层级", "文本数", "留出文本数", "基础编码数", "新增编码数", "新增占比/%", "平均占比/%",
               "关键词编码数", "关键词新增数", "结论"]  # fmt: skip
    note = (
        "注：新增编码为仅见于留出文本者；新增占比以基础编码数为分母；平均占比为多次随机划分的均值；"
        "关键词编码为文本以自身关键词得到的编码，关键词新增数为其中仅见于留出文本者。"
    )
    return ThreeLine("理论饱和度检验", headers, rows, "lrrrrrrrrc", note=note)


def by_group(content: Content, group: str, level: str) -> list[ThreeLine]:
    """Return 编码分布 over regions or years, groups down and codes across, in as many tables as needed.

    A cell is the documents of the group that have the code; for selective codes also their share.
    Empty where the documents name no group, or nothing is coded.
    """
    table = content.groups[group]
    table = table[table["level"] == level]
    codes = [
        str(code) for code, cases in table.groupby("code", sort=False)["documents"].sum().items() if cases
    ]
    if not codes or not (content.documents[group] != "").any():
        return []
    parts, both = _parts(codes), content.leading_cases is not None
    caption = f"各{_GROUPS_ZH[group]}的{_LEVELS_ZH[level]}分布"
    return [
        _distribution(table, part, group, f"{caption}（{number}）" if len(parts) > 1 else caption, both=both)
        for number, part in enumerate(parts, 1)
    ]


def _parts(codes: Sequence[str]) -> list[Sequence[str]]:
    """Divide codes into as few parts of much the same size as go across a page each."""
    count = -(-len(codes) // ACROSS)
    size = -(-len(codes) // count)
    return [codes[at : at + size] for at in range(0, len(codes), size)]


def _distribution(
    table: pd.DataFrame, codes: Sequence[str], group: str, caption: str, *, both: bool = False
) -> ThreeLine:
    shares = set(table["level"]) == {"selective"}
    sizes = table.groupby("group", sort=False)["group_documents"].first()
    cases, leading = (
        table.pivot(index="group", columns="code", values=name).loc[sizes.index, list(codes)]
        for name in ("documents", "keyword_documents" if both else "documents")
    )
    for counted in (cases, leading, sizes):
        counted.loc["合计"] = counted.sum()
    counts = zip(sizes, cases.to_numpy().tolist(), leading.to_numpy().tolist(), strict=True)
    rows = [
        [str(name), str(size), *(
            _cases(count, size if shares else 0, own if both else None)
            for count, own in zip(every, owns, strict=True)
        )]
        for name, (size, every, owns) in zip(sizes.index, counts, strict=True)
    ]  # fmt: skip
    said = _BEHIND if both else ""
    said += "，括号内为占该组文本的百分比（仅一篇文本的组不列）" if shares else ""
    note = f"注：表中为有该编码的文本数{said}。"
    return ThreeLine(caption, [_GROUPS_ZH[group], "文本数", *codes], rows, "lr" + "c" * len(codes), note=note)


def _cases(count: int, size: int, leading: int | None) -> str:
    told = str(count) if leading is None or not count else f"{count}/{leading}"
    # Of one text, a percentage says no more than the count, and seems to.
    return f"{told}（{percent(count / size)}）" if count and size > 1 else told


def left_out(content: Content, leading: int) -> ThreeLine:
    """Return 未读入文件: what was not read, why, and what to do."""
    shown = _records(content.left_out.head(leading), ["file", "status", "reason", "advice"])
    rows = [
        [file, STATUS[status], in_chinese(reason), in_chinese(advice) or _NOTHING]
        for file, status, reason, advice in shown
    ]
    return ThreeLine("未读入文件", _headers(schema.LEFT_OUT, "file status reason advice"), rows, "lcll")


def _headers(table: schema.Table, names: str) -> list[str]:
    return [table.headers[name] for name in names.split()]


def _records(frame: pd.DataFrame, names: list[str]) -> Iterable[tuple[Any, ...]]:
    return frame[names].itertuples(index=False, name=None)


def _coefficient(value: float) -> str:
    return _NOTHING if pd.isna(value) else f"{value:.3f}"


def _interval(low: float, high: float) -> str:
    return _NOTHING if pd.isna(low) else f"[{low:.3f}, {high:.3f}]"
