"""Lines of a concordance, and how often a pattern stands in each group."""

from __future__ import annotations

from casemine.schema.table import Column, Table

CONCORDANCE = Table(
    "concordance",
    ("doc_id", "start", "end"),
    (
        Column("doc_id", "text", "文档编号", "document"),
        Column("region", "text", "地区", "region of the document"),
        Column("year", "text", "年份", "year of the document"),
        Column("group", "text", "分组", "what --by says of the document; 未注明 where it says nothing"),
        Column("left", "text", "左文", "what stands before the match"),
        Column("match", "text", "匹配", "what was found, as the text has it"),
        Column("right", "text", "右文", "what stands after the match"),
        Column("start", "count", "起", "first code point of the match"),
        Column("end", "count", "止", "after its last code point"),
        Column(
            "sentence", "text", "原句", "the sentence it stands in, the first one where it stands in several"
        ),
        Column("sentence_start", "count", "原句起", "first code point of that sentence"),
    ),
    "every place of a word, pattern or rule, in its context",
)

CONCORDANCE_GROUPS = Table(
    "concordance_groups",
    ("group",),
    (
        Column("group", "text", "分组", "what --by says of a document; 未注明 where it says nothing"),
        Column("documents", "count", "文档数", "documents of the group"),
        Column("containing", "count", "出现文档数", "of these, documents in which it stands"),
        Column("occurrences", "count", "出现次数", "places at which it stands"),
        Column("characters", "count", "字数", "characters of the counted text, white space left out"),
        Column("per_10k", "number", "每万字次数", "occurrences / characters x 10,000"),
    ),
    "how often a word, pattern or rule stands in each group",
)
