"""Which documents are near which, the passages they share, and what passed from whom to whom."""

from __future__ import annotations

from casemine.schema.table import Column, Table

SIMILAR = Table(
    "similar",
    ("first", "second"),
    (
        Column("first", "text", "文档甲", "a document; of two with dates the earlier one"),
        Column("second", "text", "文档乙", "another"),
        Column(
            "cosine", "number", "余弦相似度", "cosine of their words by TF-IDF, 0 to 1; empty: not near", ""
        ),
        Column("passages", "count", "相同段落数", "passages they share"),
        Column("letters", "count", "相同字数", "letters and digits of these passages in the second"),
        Column("share", "number", "占文档乙比例", "letters / letters of the second document"),
    ),
    "pairs of documents that are near by their words or share passages, nearest first",
)

SIMILAR_DOCUMENTS = Table(
    "similar_documents",
    ("doc_id",),
    (
        Column("doc_id", "text", "文档编号", "document"),
        Column("date", "text", "日期", "day it was signed, else made public, else its year"),
        Column("cluster", "count", "聚类", "cluster by its words, 1 the largest; 0: near no other"),
        Column("words", "text", "聚类主题词", "words that weigh most in the cluster"),
        Column("nearest", "text", "最近文档", "the document nearest by its words"),
        Column("cosine", "number", "余弦相似度", "cosine of their words by TF-IDF"),
        Column("taken", "number", "承袭比例", "share of its letters that stand in an earlier document too"),
        Column("given", "count", "被承袭文档数", "later documents that have passages first found in it"),
    ),
    "each document: its cluster, what it took from earlier ones and gave to later ones",
)

SHARED_PASSAGES = Table(
    "shared_passages",
    ("first", "second", "first_start", "second_start"),
    (
        Column("first", "text", "文档甲", "a document; of two with dates the earlier one"),
        Column("second", "text", "文档乙", "another"),
        Column("first_date", "text", "文档甲日期", "date of the first"),
        Column("second_date", "text", "文档乙日期", "date of the second"),
        Column("order", "text", "先后", "earlier (the first is), same (day or year) or unknown"),
        Column("origin", "flag", "最早出处", "whether no document before the first one has most of it"),
        Column("first_start", "count", "甲起", "first code point in the first document"),
        Column("first_end", "count", "甲止", "after its last code point there"),
        Column("second_start", "count", "乙起", "first code point in the second document"),
        Column("second_end", "count", "乙止", "after its last code point there"),
        Column("letters", "count", "字数", "letters and digits, marks left out, of the longer side"),
        Column("likeness", "number", "相同比例", "share of these that are the same"),
        Column("documents", "count", "出现文档数", "documents that have some of it"),
        Column("text", "text", "段落", "the passage as the first document has it"),
    ),
    "passages that two documents share, longest first",
)

COMMON_PASSAGES = Table(
    "common_passages",
    ("doc_id", "start"),
    (
        Column("doc_id", "text", "文档编号", "the first document that has it"),
        Column("date", "text", "日期", "its date"),
        Column("start", "count", "起", "first code point there"),
        Column("end", "count", "止", "after its last code point"),
        Column("letters", "count", "字数", "letters and digits, marks left out"),
        Column("documents", "count", "出现文档数", "documents that have it"),
        Column("text", "text", "套语", "the passage"),
    ),
    "passages that very many documents have, which link none of them",
)

DIFFUSION = Table(
    "diffusion",
    ("source", "target"),
    (
        Column("source", "text", "源文档", "the earlier document, in which the passages were first found"),
        Column("target", "text", "承袭文档", "the later one"),
        Column("source_date", "text", "源日期", "date of the earlier one"),
        Column("target_date", "text", "承袭日期", "date of the later one"),
        Column("passages", "count", "段落数", "passages that passed"),
        Column("letters", "count", "字数", "letters and digits of them in the later one"),
        Column("share", "number", "占承袭文档比例", "letters / letters of the later document"),
    ),
    "what passed from earlier documents to later ones, each passage from where it was first found",
)
