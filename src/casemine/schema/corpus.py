"""What was read and what was found in it: documents, passages, new words, keywords, frequencies."""

from __future__ import annotations

from casemine.schema.table import Column, Table

# What casemine 0.1 did not say of a document is absent from its tables: they read as empty there.
DOCUMENTS = Table(
    "documents",
    ("doc_id",),
    (
        Column(
            "doc_id", "text", "文档编号", "path below the input, with #record or !member where there is one"
        ),
        Column("title", "text", "标题", "title"),
        Column("region", "text", "地区", "provincial unit, or 全国; empty when the text names none"),
        Column("year", "text", "年份", "four digits, or empty"),
        Column("city", "text", "地市", "prefecture, by its full name", absent=""),
        Column("county", "text", "区县", "county, district or banner, by its full name", absent=""),
        Column(
            "area_code",
            "text",
            "行政区划代码",
            "GB/T 2260 code of the smallest unit named, six digits",
            absent="",
        ),
        Column("issuer", "text", "发文机关", "bodies that issued the document, parted by 、", absent=""),
        Column("document_number", "text", "文号", "as 国发〔2021〕3号, with the brackets 〔〕", absent=""),
        Column("issued", "text", "成文日期", "day it was signed or adopted, as 2021-03-05", absent=""),
        Column("published", "text", "发布日期", "day it was made public, as 2021-03-05", absent=""),
        Column("document_kind", "text", "文种", "通知, 意见, 办法, 规划, 报告, ...", absent=""),
        Column(
            "authority",
            "text",
            "效力级别",
            "法律, 行政法规, 地方性法规, 部门规章, 地方规范性文件, ...",
            absent="",
        ),
        Column(
            "origins",
            "text",
            "出处",
            "where title, region and so on stand: given (by a table), name (of the file), text[start:end]",
            absent="",
        ),
        Column("source", "text", "来源", "file the document was read from"),
        Column("format", "text", "格式", "txt, md, docx, pdf, html, csv, tsv, xlsx, jsonl, ..."),
        Column("encoding", "text", "编码", "encoding the bytes were read as; empty for binary formats"),
        Column("damaged", "count", "损坏字节", "bytes that no encoding explains, each replaced by U+FFFD"),
        Column("chars", "count", "字数", "code points of the text"),
        Column("sha256", "text", "校验和", "SHA-256 of the text in UTF-8"),
        Column("similar_to", "text", "近似文档", "an earlier document that is nearly the same, if any"),
        Column("text_file", "text", "文本文件", "the text, below the study folder"),
    ),
    "what was read, one row a document",
    extra_columns=True,
)

PASSAGES = Table(
    "passages",
    ("doc_id", "start"),
    (
        Column("doc_id", "text", "文档编号", "document"),
        Column("start", "count", "起", "first code point"),
        Column("end", "count", "止", "after the last code point"),
        Column(
            "kind",
            "text",
            "类型",
            "title, heading, body, table; not counted: abstract_en, references, number_table",
        ),
        Column("place", "text", "位置", "page or paragraph in the source"),
        Column(
            "clause",
            "text",
            "条款",
            "编, 章, 节, 条, 款, 项 of a regulation or plan, if it has such",
            absent="",
        ),
    ),
    "how each text divides into passages, and which of them count",
)

LEFT_OUT = Table(
    "left_out",
    ("file",),
    (
        Column("file", "text", "文件", "file, member or record"),
        Column("status", "text", "状态", "passed over (by rule: exit status 0) or failed (exit status 1)"),
        Column("reason", "text", "原因", "why"),
        Column("advice", "text", "处理办法", "what to do next, if anything"),
    ),
    "what was not read, and why",
)

NEW_WORDS = Table(
    "new_words",
    ("word",),
    (
        Column("word", "text", "词语", "a word that the dictionary lacks"),
        Column(
            "pos",
            "text",
            "词性",
            "n_new nominal, v_new verbal, nr_new person, ns_new place, nt_new organisation, ...",
        ),
        Column("weight", "number", "权重", "how much of a term it is; higher is better"),
        Column("frequency", "count", "频次", "occurrences in the counted text"),
        Column("documents", "count", "文档数", "documents it occurs in"),
        Column("cohesion", "number", "凝固度", "pointwise mutual information over the worst split, bits"),
        Column("left_entropy", "number", "左邻熵", "entropy of the characters before it, bits"),
        Column("right_entropy", "number", "右邻熵", "entropy of the characters after it, bits"),
        Column(
            "kind",
            "text",
            "类别",
            "term, or what is none: person, place, body, series (a column or slogan), clause (cut out of a "
            "sentence), generic",
            absent="term",
        ),
        Column("generic", "flag", "泛化词", "on the list of words without content for the study"),
        Column("absorbed_by", "text", "并入", "the longer new word inside which it nearly always stands"),
    ),
    "new words of the whole corpus, by falling weight",
)

NEW_WORDS_BY = Table(
    "new_words_by",
    ("group", "word"),
    (Column("group", "text", "分组", "document or region"), *NEW_WORDS.columns),
    "new words of each document or region, by falling weight",
)

KEYWORDS = Table(
    "keywords",
    ("doc_id", "word"),
    (
        Column("doc_id", "text", "文档编号", "document"),
        Column("word", "text", "词语", "keyword"),
        Column("rank", "count", "排名", "1 is the heaviest of its document"),
        Column("pos", "text", "词性", "part of speech"),
        Column(
            "kind",
            "text",
            "类别",
            "empty: a term; person, place, body, series (or slogan), clause (a piece of one), generic",
            "",
        ),
        Column("weight", "number", "权重", "weight within the document"),
        Column("frequency", "count", "频次", "occurrences in the document"),
        Column("new", "flag", "新词", "whether the dictionary lacks it"),
        Column(
            "context",
            "text",
            "例句",
            "one sentence of the document that holds it; after a merge, that of the heaviest variant",
        ),
        Column(
            "start",
            "count",
            "起",
            "first code point of that occurrence of the word; after a merge, of the heaviest variant: "
            "text[start:end] is then that variant",
        ),
        Column("end", "count", "止", "after its last code point"),
    ),
    "keywords of each document, by falling weight",
)

FREQUENCY = Table(
    "frequency",
    ("keyword",),
    (
        Column("keyword", "text", "关键词", "keyword"),
        Column(
            "documents",
            "count",
            "案例频次",
            "documents with it among their keywords: it leads there, or a person gave it to this document; "
            "a word added to the whole corpus counts by the same rule",
        ),
        Column("containing", "count", "出现文档数", "documents in whose text it stands"),
        Column("occurrences", "count", "出现次数", "its occurrences in all texts, inside longer words too"),
        Column("distinct", "count", "独立次数", "of these, those inside no longer keyword", "0"),
        Column("share", "number", "占比", "documents / all documents"),
    ),
    "keywords over all documents",
)
