"""The Word file of a study: how it was made, and its tables as a paper prints them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from casemine.report import tables, word
from casemine.report.content import Content
from casemine.report.method import citation, method_en, method_zh
from casemine.report.three_line import ThreeLine

# Rows shown of what a study has many of; the files of the study hold them all.
_DOCUMENTS, _LISTED, _WORDS, _KEYWORDS, _LEFT_OUT = 40, 1000, 30, 50, 100
# Codes across an upright page.
_UPRIGHT = 7
# Columns of an analysis' table across one.
_WIDE = 10


def docx(content: Content) -> bytes:
    """Return the Word file (docx) of a study; the same content gives the same bytes.

    Tables are three-line tables with captions that Word numbers. What the study does not have yet is
    named in a sentence that says how to get it.
    """
    document = word.new_document(content.title)
    for heading, write in _PARTS.items():
        if write is _appendix:
            _sections(document, content)
        if write is _figures and not content.pictures:
            continue
        word.turn(document, landscape=False)
        document.add_heading(heading, 1)
        write(document, content)
    return word.to_bytes(document)


def _method(document: Any, content: Content) -> None:
    document.add_heading("方法说明", 2)
    word.say(document, method_zh(content))
    document.add_heading("Method", 2)
    word.say(document, method_en(content))
    document.add_heading("引用方式", 2)
    word.say(document, citation(content))


def _corpus(document: Any, content: Content) -> None:
    count = len(content.documents)
    said = f"语料共{count:,}篇文本，编号为其在documents.csv中的次序。"
    if count > _DOCUMENTS:
        said += f"下表列出前{_DOCUMENTS}篇，其余见附录。"
    word.add_table(document, tables.documents(content, _DOCUMENTS), said)


def _words(document: Any, content: Content) -> None:
    document.add_heading("新词", 2)
    leading = len(content.leading_new_words)
    if len(content.new_words):
        out = "泛化词、人名、地名、栏目名、句中截段与较长新词的片段"
        said = f"共得新词{len(content.new_words):,}个，除去{out}后为{leading:,}个"
        said += _first(_WORDS, leading, "个", "new_words.csv")
        if leading:
            word.add_table(document, tables.new_words(content, _WORDS), said)
        else:
            word.say(document, said)
    else:
        word.say(document, "未发现新词：可将casemine.toml中的min_count改小，再运行casemine run STUDY。")
    document.add_heading("关键词", 2)
    if not len(content.frequency):
        word.say(document, "没有关键词：各篇的候选词均未保留，可用casemine review STUDY重新审定。")
        return
    count = len(content.frequency)
    said = f"关键词共{count:,}个{_first(_KEYWORDS, count, '个', 'frequency_final.csv')}"
    word.add_table(document, tables.frequency(content, _KEYWORDS), said)
    said = "各篇关键词按权重由高到低排列"
    said += _first(_DOCUMENTS, len(content.documents), "篇", "keywords_final.csv")
    word.add_table(document, tables.weights(content, _DOCUMENTS), said)


def _first(shown: int, count: int, unit: str, file: str) -> str:
    """Say how many of a table's rows are shown, where that is not all of them."""
    return f"；下表列出前{shown}{unit}，共{count:,}{unit}，全表见{file}。" if count > shown else "。"


def _coding(document: Any, content: Content) -> None:
    if not len(content.open_coding):
        word.say(
            document, "尚无编码：运行casemine code STUDY后，此处列出开放式编码表、主轴编码表和选择性编码表。"
        )
        return
    book = content.about["title"] or content.about["name"]
    word.say(document, f"编码依据编码本《{book}》（{content.about['label']}）。")
    coding = content.open_coding
    sentences = len(coding[["category", "doc_id", "start", "end"]].drop_duplicates())
    document.add_heading("开放式编码", 2)
    named, codes = set(coding["category"]), content.codebook
    open_ = named & set(codes.loc[codes["level"] == "open", "code"])
    above = f"（另有文中直接点明的上位范畴{len(named - open_)}个）" if named - open_ else ""
    said = (
        f"共{len(open_)}个初始范畴{above}、{sentences:,}条原始语句；"
        f"下表每个初始范畴至多列{tables.SENTENCES}条，全部语句由casemine tables STUDY写入"
        f"tables/open_coding_{content.about['name']}.csv。"
        "编号依次为范畴、概念和语句的序号；一条语句因几个概念归入同一范畴时各列一次。"
    )
    word.add_table(document, tables.open_coding(content), said)
    document.add_heading("主轴编码（轴心编码）", 2)
    word.add_table(document, tables.axial_coding(content), _without(content))
    document.add_heading("选择性编码（选择式编码）", 2)
    word.add_table(
        document, tables.selective_coding(content), "核心范畴、主范畴与开放式编码的对应关系如下表。"
    )


def _without(content: Content) -> str:
    """Say how many open codes of the codebook nothing has."""
    codes = content.coding_table[content.coding_table["open"] != ""]
    present = int((codes["open_documents"] > 0).sum())
    missing = len(codes) - present
    return f"编码本共有{len(codes)}个开放式编码，其中{present}个见于语料" + (
        f"，{missing}个未见。" if missing else "。"
    )


def _rigour(document: Any, content: Content) -> None:
    document.add_heading("编码员间信度", 2)
    if len(content.agreement):
        word.add_table(document, tables.agreement(content), "编码员两两比较的一致率与信度系数如下表。")
    else:
        word.say(
            document,
            "尚未计算信度：两名编码员分别编码后，运行casemine agree A B -o STUDY/tables/agreement.csv。",
        )
    document.add_heading("理论饱和度", 2)
    if len(content.saturation_summary):
        word.add_table(document, tables.saturation(content), "随机留出一部分文本，检验其是否带来新的编码。")
    else:
        word.say(document, "尚未检验饱和度：编码后运行casemine saturation STUDY。")


def _groups(document: Any, content: Content) -> None:
    tables_of_groups = [
        table
        for level in ("selective", "axial")
        for group in content.groups
        for table in tables.by_group(content, group, level)
    ]
    if not tables_of_groups:
        word.say(
            document, "尚无此表：编码之后，且文本注明地区或年份（可写在manifest.csv中）时，列出编码的分布。"
        )
        return
    said = "各地区、各年份有某一编码的文本数如下；一篇文本可有多个编码。"
    word.say(document, said).paragraph_format.keep_with_next = True
    for table in tables_of_groups:
        word.turn(document, landscape=len(table.headers) - 2 > _UPRIGHT)
        word.add_table(document, table)


def _figures(document: Any, content: Content) -> None:
    for picture in content.pictures:
        word.add_picture(document, picture)


def _sections(document: Any, content: Content) -> None:
    """Add what the analyses found, each under a heading of its own."""
    for section in content.sections:
        word.turn(document, landscape=False)
        document.add_heading(section.title, 1)
        word.say(document, section.lead)
        for table in tables.of_section(content, section):
            word.turn(document, landscape=len(table.headers) > _WIDE)
            word.add_table(document, table)
        word.turn(document, landscape=False)
        for picture in section.pictures:
            word.add_picture(document, picture)


def _appendix(document: Any, content: Content) -> None:
    listed: list[tuple[int, int, str, str, Callable[[Content, int], ThreeLine]]] = [
        (_DOCUMENTS, _LISTED, "篇", "documents.csv", tables.documents),
        (0, _LEFT_OUT, "个", "left_out.csv", tables.left_out),
    ]
    counts = [len(content.documents), len(content.left_out)]
    if all(count <= already for count, (already, *_) in zip(counts, listed, strict=True)):
        word.say(document, "文本已在正文全部列出，没有未读入的文件。")
    for count, (already, most, unit, file, table) in zip(counts, listed, strict=True):
        if count > already:
            shown = table(content, most)
            said = f"{shown.caption}共{count:,}{unit}{_first(most, count, unit, file)}"
            word.add_table(document, shown, said)


_PARTS: dict[str, Callable[[Any, Content], None]] = {
    "研究方法": _method,
    "语料": _corpus,
    "新词与关键词": _words,
    "三级编码": _coding,
    "信度与饱和度": _rigour,
    "地区与年份": _groups,
    "图示": _figures,
    "附录": _appendix,
}
