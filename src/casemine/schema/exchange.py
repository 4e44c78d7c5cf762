"""What goes to other programs and comes from them, and the study printed beside the study repeated."""

from __future__ import annotations

from casemine.schema.table import Column, Table

UNPLACED = Table(
    "unplaced",
    ("source", "start", "end", "code", "coder"),
    (
        Column("source", "text", "来源", "text of the project"),
        Column("start", "count", "起", "first code point there"),
        Column("end", "count", "止", "after the last code point there"),
        Column("code", "text", "编码", "code"),
        Column("coder", "text", "编码员", "who coded it"),
        Column("quote", "text", "引文", "the words coded"),
        Column("reason", "text", "原因", "why it has no place in the study"),
    ),
    "codings of a project that could not be placed in the documents of a study",
)

DICTIONARY = Table(
    "data_dictionary",
    ("table", "column"),
    (
        Column("table", "text", "表", "the file, without its ending"),
        Column("about", "text", "内容", "what the table holds"),
        Column("rows", "count", "行数", "rows of the table"),
        Column("column", "text", "字段", "name of the column"),
        Column("key", "flag", "主键", "part of what tells one row from another"),
        Column("type", "text", "类型", "text, integer, number or boolean"),
        Column("header", "text", "表头", "what the column is called in Chinese"),
        Column("meaning", "text", "含义", "what it means, with its unit"),
    ),
    "every column of every table of this folder",
)

REPRODUCTION = Table(
    "reproduction",
    ("part", "item"),
    (
        Column("part", "text", "部分", "which result of the study"),
        Column("item", "text", "项目", "what of it"),
        Column("published", "text", "发表值", "as printed; in brackets what we add up from what is printed"),
        Column("computed", "text", "计算值", "what casemine computes"),
        Column("verdict", "text", "结论", "same, differs, or not published"),
        Column("why", "text", "说明", "why they differ, or what the agreement means"),
    ),
    "each published figure beside what casemine computes",
)
