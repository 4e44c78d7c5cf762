"""The codebook, where keywords have their place in it, and the sentences behind each code."""

from __future__ import annotations

from casemine.schema.table import Column, Table

CODEBOOK = Table(
    "codebook",
    ("code",),
    (
        Column("code", "text", "编码", "code; unique over all levels"),
        Column("level", "text", "层级", "open, axial or selective"),
        Column("parent", "text", "上级", "the category it belongs to; empty for a selective category"),
        Column("role", "text", "角色", "its part in the framework, such as 基础 or 目标"),
        Column("definition", "text", "定义", "what it means, in one sentence"),
        Column("include", "text", "纳入", "what belongs to it although one might doubt"),
        Column("exclude", "text", "排除", "what does not, and where that belongs"),
        Column("aliases", "text", "别名", "other wordings of the same thing, joined by ；"),
        Column("example", "text", "示例", "a sentence that would be coded so"),
        Column(
            "without", "text", "排除词", "words inside which its name and aliases do not count, joined by ；"
        ),
        Column("needs", "text", "须同现", "names and aliases that count only in company, one a line"),
        Column("rules", "text", "规则", "words that stand together where the code is, one rule a line"),
    ),
    "a codebook, one row a code, each category before its members",
)

CODEBOOK_DIFF = Table(
    "codebook_diff",
    ("change", "code", "field"),
    (
        Column("change", "text", "变动", "added, removed, merged, renamed, moved or redefined"),
        Column("level", "text", "层级", "open, axial or selective; codebook for what is about the whole"),
        Column("code", "text", "编码", "the code, by its old name where it had one"),
        Column("field", "text", "项目", "what of it changed: code, parent, definition, aliases, ..."),
        Column("before", "text", "原为", "in the first codebook"),
        Column("after", "text", "现为", "in the second"),
    ),
    "what changed from one codebook to another, one row a change",
)

CODEBOOK_LIST = Table(
    "codebook_list",
    ("name",),
    (
        Column("name", "text", "名称", "name by which commands know it"),
        Column("title", "text", "标题", "its title"),
        Column("selective", "count", "选择式", "selective categories in it"),
        Column("axial", "count", "轴心", "axial categories in it"),
        Column("open", "count", "开放式", "open codes in it"),
        Column("version", "text", "版本", "its version"),
        Column("source", "text", "来源", "what it was made from"),
    ),
    "the codebooks that come with casemine, one row each (printed, not kept)",
)

PLACEMENTS = Table(
    "placements",
    ("codebook", "keyword"),
    (
        Column("codebook", "text", "编码本", "codebook"),
        Column("keyword", "text", "关键词", "keyword"),
        Column("open", "text", "开放式编码", "open code, placed or suggested"),
        Column("axial", "text", "轴心编码", "axial category of the open code"),
        Column(
            "selective",
            "text",
            "选择式编码",
            "selective category: of the open code where that is placed, else the first by score",
        ),
        Column("status", "text", "状态", "placed (the program stands by it), suggested or unplaced"),
        Column("method", "text", "方法", "exact, alias, variant, similarity or decision"),
        Column("score", "number", "得分", "likeness of the open code, 0 to 1"),
        Column(
            "selective_status",
            "text",
            "核心类属状态",
            "placed, suggested or unplaced, of the selective category alone",
        ),
        Column(
            "selective_score",
            "number",
            "核心类属得分",
            "margin of the first selective category over the second",
        ),
        Column(
            "nearness",
            "number",
            "与框架的接近度",
            "how near the codebook the keyword and its sentences are; far from it, no category is given",
            absent="0",
        ),
        Column("alternatives", "text", "备选", "the three best open codes with their likeness"),
        Column(
            "axial_alternatives",
            "text",
            "备选轴心编码",
            "the three best axial categories with nearest code",
        ),
        Column(
            "selective_alternatives",
            "text",
            "备选选择式编码",
            "the three best selective categories with their scores",
            absent="",
        ),
    ),
    "where each keyword stands in a codebook",
)

CODINGS = Table(
    "codings",
    ("codebook", "doc_id", "start", "end", "code", "keyword", "coder"),
    (
        Column("codebook", "text", "编码本", "codebook and its hash, name@hash"),
        Column("doc_id", "text", "文档编号", "document"),
        Column("start", "count", "起", "first code point of the sentence"),
        Column("end", "count", "止", "after its last code point"),
        Column("code", "text", "编码", "open code, or a category that the text names by itself"),
        Column("keyword", "text", "关键词", "word of the sentence it is coded for"),
        Column("coder", "text", "编码员", "casemine, or a person"),
        Column("from", "text", "来源", "text (code found there), keyword (of the document) or person", ""),
        Column("quote", "text", "引文", "the sentence"),
        Column("method", "text", "方法", "how the keyword was placed, or exact, alias or rule in the text"),
        Column("score", "number", "得分", "score of the placement"),
    ),
    "every quotation: one row a sentence and code from the text, or a sentence, code and keyword",
)

QUOTES = Table(
    "quotes",
    ("doc_id", "start", "code", "keyword", "coder"),
    (
        Column("doc_id", "text", "文档编号", "document"),
        Column("region", "text", "地区", "region of the document"),
        Column("code", "text", "编码", "open code"),
        Column("keyword", "text", "关键词", "keyword it was coded for"),
        Column("from", "text", "来源", "text, keyword or person"),
        Column("before", "text", "上文", "what stands before the quotation, a sentence at most"),
        Column("left", "text", "左文", "what stands before the keyword in its sentence"),
        Column("match", "text", "词语", "the keyword as the text has it"),
        Column("right", "text", "右文", "what stands after it"),
        Column("after", "text", "下文", "what follows the quotation, a sentence at most"),
        Column("start", "count", "起", "first code point of the sentence"),
        Column("end", "count", "止", "after its last code point"),
        Column("method", "text", "方法", "how the keyword was placed"),
        Column("score", "number", "得分", "score of the placement"),
        Column("coder", "text", "编码员", "casemine, or a person"),
    ),
    "quotations of a code, keyword in context",
)
