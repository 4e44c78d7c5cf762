"""Codes by group, together with one another, and in the coding tables of the field."""

from __future__ import annotations

from casemine.schema.table import Column, Table
from casemine.terms import LEVELS

BY_GROUP = Table(
    "codes_by_group",
    ("level", "code", "group"),
    (
        Column("level", "text", "层级", "open, axial or selective"),
        Column("code", "text", "编码", "code"),
        Column(
            "group",
            "text",
            "分组",
            "region, year or any other column of documents.csv; 未注明 where it is empty",
        ),
        Column("group_documents", "count", "分组文档数", "documents of the group, with codes or without"),
        Column("documents", "count", "案例数", "documents of the group that have the code"),
        Column(
            "keyword_documents",
            "count",
            "关键词案例数",
            "of these, documents that have it among their keywords",
            "0",
        ),
        Column("share", "number", "案例占比", "documents / group_documents"),
        Column("quotations", "count", "引文数", "sentences of the group that have the code"),
        Column(
            "quotation_share",
            "number",
            "引文占比",
            "quotations / those of all codes of the level in the group",
        ),
    ),
    "how many documents and quotations of each group have each code",
)

COOCCURRENCE = Table(
    "cooccurrence",
    ("level", "first", "second"),
    (
        Column("level", "text", "层级", "open, axial, selective or keyword"),
        Column("first", "text", "甲", "a code or keyword"),
        Column("second", "text", "乙", "another, of no more documents"),
        Column("documents", "count", "共现案例数", "documents that have both"),
        Column(
            "keyword_documents",
            "count",
            "关键词共现案例数",
            "of these, documents that have both among their keywords",
            "0",
        ),
        Column("jaccard", "number", "Jaccard系数", "documents with both / documents with either"),
        Column(
            "ochiai", "number", "Ochiai系数", "documents with both / geometric mean of documents with each"
        ),
    ),
    "pairs of codes or keywords that documents share, most often first",
)

CODING_TABLE = Table(
    "coding_table",
    ("open", "axial", "selective"),
    tuple(
        column
        for level, header in LEVELS.items()
        for column in (
            Column(level, "text", header, f"{level} code"),
            Column(f"{level}_documents", "count", f"{header}案例数", "documents that have it"),
            Column(
                f"{level}_keyword_documents",
                "count",
                f"{header}关键词案例数",
                "of these, documents that have it among their keywords",
                "0",
            ),
            Column(
                f"{level}_occurrences",
                "count",
                f"{header}频次",
                "its keywords' occurrences in the quotations",
            ),
        )
    ),
    "the coding table of the study, one row an open code",
)

OPEN_CODING = Table(
    "open_coding",
    ("number",),
    (
        Column(
            "number",
            "text",
            "编号",
            "category-concept-sentence: A1-2-3 is the third sentence of A1's second concept",
        ),
        Column("quote", "text", "原始语句", "the sentence"),
        Column("concept", "text", "概念化", "the keyword that stands for it"),
        Column("category", "text", "初始范畴", "the open code"),
        Column("doc_id", "text", "文档编号", "document"),
        Column("start", "count", "起", "first code point of the sentence"),
        Column("end", "count", "止", "after its last code point"),
    ),
    "the open-coding table of the field: sentence, concept, initial category",
)

CODEBOOKS = Table(
    "codebooks",
    ("level", "first", "second"),
    (
        Column("level", "text", "层级", "open, axial or selective, the same of both codebooks"),
        Column("first", "text", "编码甲", "code of the first codebook"),
        Column("second", "text", "编码乙", "code of the second codebook"),
        Column("documents", "count", "共有案例数", "documents that have both"),
        Column(
            "keyword_documents",
            "count",
            "关键词共有案例数",
            "of these, documents that have both among their keywords",
            "0",
        ),
        Column("quotations", "count", "共有引文数", "sentences that have both"),
        Column("jaccard", "number", "Jaccard系数", "documents with both / documents with either"),
    ),
    "where the codes of two codebooks meet",
)
