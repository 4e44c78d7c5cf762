"""How far a codebook reaches in a new corpus, and what is new there."""

from __future__ import annotations

from casemine.schema.corpus import NEW_WORDS
from casemine.schema.table import Column, Table

_BOOK = Column("codebook", "text", "编码本", "codebook")

_KEYWORD = Column("keyword", "text", "关键词", "keyword")

_CASES = Column("documents", "count", "案例频次", "documents with it among their keywords")

_TIMES = Column("occurrences", "count", "出现次数", "its occurrences in all texts")

_NEAR = Column("alternatives", "text", "备选", "the three best open codes with their likeness")

COVERAGE = Table(
    "recode_coverage",
    ("codebook", "corpus"),
    (
        _BOOK,
        Column("corpus", "text", "语料", "new, or old: the study whose codebook it is"),
        Column("documents", "count", "文档数", "documents"),
        Column("keywords", "count", "关键词数", "different keywords"),
        Column("inside", "count", "编码本内", "of these, placed in the codebook"),
        Column("outside", "count", "编码本外", "and not"),
        Column("coverage", "number", "覆盖率", "inside / keywords"),
        Column("occurrences", "count", "出现次数", "occurrences of all keywords in all texts"),
        Column("occurrences_inside", "count", "编码本内次数", "of these, of keywords placed"),
        Column("occurrences_outside", "count", "编码本外次数", "and of the others"),
        Column("occurrence_coverage", "number", "次数覆盖率", "occurrences_inside / occurrences"),
        Column("codes", "count", "出现的编码", "open codes that have a quotation"),
        Column(
            "keyword_codes",
            "count",
            "关键词编码",
            "of these, codes that a document has among its keywords",
            "0",
        ),
        Column("quotations", "count", "引文数", "sentences with a code, each code by itself"),
        Column("coded_documents", "count", "有编码文档数", "documents with a code", "0"),
        Column(
            "keyword_documents",
            "count",
            "关键词案例数",
            "of these, documents with a code among keywords",
            "0",
        ),
    ),
    "how much of a corpus the codebook covers, the new and the old one",
)

OUTSIDE = Table(
    "recode_outside",
    ("codebook", "keyword"),
    (
        _BOOK,
        _KEYWORD,
        _CASES,
        _TIMES,
        Column("status", "text", "状态", "suggested or unplaced"),
        Column("selective", "text", "选择式编码", "selective category, where it alone is sure"),
        _NEAR,
    ),
    "keywords that the codebook does not cover",
)

CANDIDATES = Table(
    "recode_candidates",
    ("codebook", "word"),
    (
        _BOOK,
        *NEW_WORDS.columns[:5],
        Column("keyword", "flag", "关键词", "whether it is a keyword of some document"),
        _NEAR,
    ),
    "new words that neither the old study nor its codebook knows",
)

DIFFERENCE = Table(
    "recode_difference",
    ("codebook", "kind", "item"),
    (
        _BOOK,
        Column("kind", "text", "类别", "keyword or code"),
        Column("item", "text", "项目", "the keyword or open code"),
        Column("only_in", "text", "仅见于", "new or old: the only corpus that has it"),
        Column("documents", "count", "文档数", "documents of that corpus that have it"),
        Column(
            "keyword_documents",
            "count",
            "关键词案例数",
            "of these, documents with it among their keywords",
            "0",
        ),
        Column("count", "count", "次数", "occurrences of a keyword; sentences of a code"),
    ),
    "keywords and codes that only one of the two corpora has",
)

SUMMARY = Table(
    "summary",
    ("input", "codebook"),
    (
        Column("input", "text", "输入", "what was coded"),
        Column("study", "text", "研究文件夹", "the study it became, below the folder"),
        _BOOK,
        Column("documents", "count", "文档数", "documents read"),
        Column("keywords", "count", "关键词数", "different keywords"),
        Column("coverage", "number", "覆盖率", "share of them that the codebook covers"),
        Column("occurrence_coverage", "number", "次数覆盖率", "share of their occurrences"),
        Column("codes", "count", "出现的编码", "open codes found"),
        Column("new_codes", "count", "新出现的编码", "of these, codes the old corpus has not"),
        Column("candidates", "count", "新词候选", "keywords that are new words and that the codebook lacks"),
        Column("left_out", "count", "未读入", "files that could not be read"),
        Column("error", "text", "错误", "why there is no study; empty when there is one"),
    ),
    "a batch, one row an input and codebook",
)
