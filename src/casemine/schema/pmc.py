"""The PMC index of policies: sub-variables, main variables, index, grade, strength."""

from __future__ import annotations

from casemine.schema.table import Column, Table

PMC = Table(
    "pmc",
    ("doc_id",),
    (
        Column("doc_id", "text", "文档编号", "document"),
        Column("title", "text", "标题", "title"),
        Column("index", "number", "PMC指数", "sum of the main variables"),
        Column("grade", "text", "等级", "完美, 优秀, 可接受 or 不良"),
        Column("rank", "count", "排名", "1 has the highest index; equal ones share a rank"),
        Column("confirmed", "flag", "已确认", "whether a person confirmed its sub-variables in the sheet"),
        Column("strength", "number", "力度", "level of body and kind, 1 to 5; empty: unknown"),
        Column(
            "measures",
            "number",
            "措施",
            "how concrete its measures are, 1 to 5, by a person; empty: not given",
        ),
        Column("total", "number", "政策强度", "strength x measures"),
    ),
    "the PMC index of each document, and its strength",
)

PMC_VARIABLES = Table(
    "pmc_variables",
    ("doc_id", "variable"),
    (
        Column("doc_id", "text", "文档编号", "document"),
        Column("number", "text", "编号", "X1, X2, ... in the order of the codebook"),
        Column("variable", "text", "一级变量", "main variable: a selective category of the codebook"),
        Column("value", "number", "得分", "mean of its sub-variables"),
    ),
    "the main variables of each document",
)

PMC_MATRIX = Table(
    "pmc_matrix",
    ("doc_id", "number"),
    (
        Column("doc_id", "text", "文档编号", "document"),
        Column("number", "text", "编号", "X1-1, X1-2, ... in the order of the codebook"),
        Column("variable", "text", "一级变量", "main variable: a selective category of the codebook"),
        Column("sub_variable", "text", "二级变量", "sub-variable: a category or code below it"),
        Column("value", "count", "取值", "0 or 1: what counts"),
        Column("proposed", "count", "建议值", "0 or 1: whether the document has a coding of it"),
    ),
    "the sub-variables of each document (the multi-input-output table)",
)

PMC_CONFIRMED = Table(
    "pmc_confirmed",
    ("codebook", "doc_id", "number"),
    (
        Column("codebook", "text", "编码本", "codebook, by name"),
        Column("doc_id", "text", "文档编号", "document"),
        Column("number", "text", "编号", "number of a sub-variable; strength or measures"),
        Column("name", "text", "名称", "its name, so that a codebook in another order is noticed"),
        Column("value", "count", "取值", "what a person confirmed"),
    ),
    "what a person confirmed in the sheet of the PMC index",
)
