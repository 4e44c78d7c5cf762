"""What researchers decided, about keywords and about quotations, and every change of it."""

from __future__ import annotations

from casemine.schema.table import Column, Table

DECISIONS = Table(
    "decisions",
    ("doc_id", "word", "coder"),
    (
        Column("doc_id", "text", "文档编号", "document, or * for the whole corpus"),
        Column("word", "text", "词语", "keyword"),
        Column("coder", "text", "编码员", "who decided"),
        Column("decision", "text", "决定", "keep, drop, merge or add"),
        Column("standard", "text", "规范词", "the standard term it merges into"),
        Column("code", "text", "编码", "the placement the researcher accepted"),
        Column("quote", "text", "引文", "sentence chosen for a word that stands nowhere in the text"),
        Column("note", "text", "备注", "why"),
    ),
    "what the researcher decided about keywords",
)

HISTORY = Table(
    "history",
    ("number",),
    (
        Column("number", "count", "序号", "1, 2, 3, ...: rows are only ever added"),
        Column("time", "text", "时间", "when it was applied, UTC"),
        Column("coder", "text", "编码员", "who decided"),
        Column("doc_id", "text", "文档编号", "document, or * for the whole corpus"),
        Column("word", "text", "词语", "keyword"),
        Column("field", "text", "栏目", "column of decisions.csv that changed"),
        Column("old", "text", "原值", "what it was; empty: nothing"),
        Column("new", "text", "新值", "what it became; empty: withdrawn"),
        Column("source", "text", "来源", "the sheet it came from; decisions.csv: edited there by hand"),
    ),
    "every change of a decision, in order: played from the first row on, they give decisions.csv",
)

# What names one quotation, in what is decided about it and in its history.
_QUOTATION = (
    Column("codebook", "text", "编码本", "codebook, by name"),
    Column("doc_id", "text", "文档编号", "document"),
    Column("start", "count", "起", "first code point of the quotation"),
    Column("end", "count", "止", "after its last code point"),
    Column("code", "text", "编码", "the code it was found with; empty for what a person coded"),
    Column("keyword", "text", "关键词", "the keyword it was found with; empty likewise"),
    Column("coder", "text", "编码员", "who decided"),
)

QUOTE_DECISIONS = Table(
    "quote_decisions",
    tuple(column.name for column in _QUOTATION),
    (
        *_QUOTATION,
        Column(
            "decision",
            "text",
            "决定",
            "keep, drop, recode or add; of a blind coder: code, or none where no code fits",
        ),
        Column(
            "new_code",
            "text",
            "新编码",
            "the code it moves to or gets; of a blind coder several, joined by ；",
        ),
        Column("quote", "text", "引文", "the quotation as the text has it"),
        Column("note", "text", "备注", "why"),
    ),
    "what was decided about quotations",
)

QUOTE_HISTORY = Table(
    "quote_history",
    ("number",),
    (
        *HISTORY.columns[:2],
        *_QUOTATION,
        Column("field", "text", "栏目", "column of quote_decisions.csv that changed"),
        *HISTORY.columns[-3:-1],
        Column("source", "text", "来源", "the sheet it came from; quote_decisions.csv: edited there by hand"),
    ),
    "every change of a decision about a quotation, in order",
)

# What a memo is about, in memos.csv and in its history.
_ABOUT = (
    Column("codebook", "text", "编码本", "codebook of the code, by name; empty for a memo on a document"),
    Column("code", "text", "编码", "the code that the memo is about; empty for one on a document"),
    Column("doc_id", "text", "文档编号", "the document that the memo is about; empty for one on a code"),
    Column("coder", "text", "编码员", "who wrote it"),
)

MEMOS = Table(
    "memos",
    tuple(column.name for column in _ABOUT),
    (*_ABOUT, Column("memo", "text", "备忘", "what they wrote; one memo a person, document or code")),
    "what researchers noted about documents and codes; notes on quotations stand beside their decisions",
)

MEMO_HISTORY = Table(
    "memo_history",
    ("number",),
    (
        *HISTORY.columns[:2],
        *_ABOUT,
        Column("field", "text", "栏目", "column of memos.csv that changed: memo"),
        *HISTORY.columns[-3:-1],
        Column("source", "text", "来源", "where it was written; memos.csv: edited there by hand"),
    ),
    "every change of a memo, in order",
)
