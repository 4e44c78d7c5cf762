"""What the words of a corpus say without a codebook: topics, word lists, keyness, trends."""

from __future__ import annotations

from casemine.schema.table import Column, Table

_TOPIC = Column("topic", "count", "主题", "number of the topic, 1 the most frequent")
_LABEL = Column("label", "text", "主题词", "its three leading words, for want of a name")

TOPICS = Table(
    "topics",
    ("topic", "rank"),
    (
        _TOPIC,
        _LABEL,
        Column("rank", "count", "排名", "1 is the heaviest word of the topic"),
        Column("word", "text", "词语", "word"),
        Column("weight", "number", "权重", "share of the word in the topic; all words of a topic sum to 1"),
    ),
    "the leading words of each topic",
)

TOPIC_SUMMARY = Table(
    "topics_summary",
    ("topic",),
    (
        _TOPIC,
        Column("words", "text", "主要词语", "its ten leading words"),
        Column("share", "number", "占比", "mean share over all documents"),
        Column("coherence", "number", "一致性", "c_npmi of the ten leading words, -1 to 1"),
        Column("x", "number", "横坐标", "place on the map of topics: classical scaling of distances"),
        Column("y", "number", "纵坐标", "likewise"),
    ),
    "each topic in one row",
)

DOCUMENT_TOPICS = Table(
    "document_topics",
    ("doc_id", "topic"),
    (
        Column("doc_id", "text", "文档编号", "document"),
        _TOPIC,
        Column("share", "number", "占比", "share of the topic in its paragraphs, longer ones more"),
    ),
    "how much of each document is on each topic",
)

TOPICS_BY = Table(
    "topics_by",
    ("group", "topic"),
    (
        Column("group", "text", "分组", "region, year or any other column of documents.csv"),
        _TOPIC,
        _LABEL,
        Column("documents", "count", "文档数", "documents of the group"),
        Column("share", "number", "占比", "mean share of the topic in these documents, each counting alike"),
    ),
    "how much of each group is on each topic",
)

TOPIC_QUOTES = Table(
    "topic_quotes",
    ("topic", "rank"),
    (
        _TOPIC,
        _LABEL,
        Column("rank", "count", "排名", "1 shows the topic best"),
        Column("doc_id", "text", "文档编号", "document"),
        Column("start", "count", "起", "first code point of the paragraph"),
        Column("end", "count", "止", "after its last code point"),
        Column("share", "number", "占比", "share of the topic in the paragraph"),
        Column("quote", "text", "原文", "the paragraph, text[start:end]"),
    ),
    "the paragraphs that show each topic best, one a document",
)

TOPICS_CHOICE = Table(
    "topics_choice",
    ("topics",),
    (
        Column("topics", "count", "主题数", "number of topics"),
        Column("coherence", "number", "一致性", "mean c_npmi of the ten leading words of its topics"),
        Column("stability", "number", "稳定性", "mean agreement with topics of samples, 0 to 1"),
        Column("paragraphs", "count", "段落数", "paragraphs that were long enough"),
        Column("vocabulary", "count", "词语数", "words of the dictionary after its bounds"),
        Column("least", "count", "最少段落数", "paragraphs a word of the dictionary stands in at least"),
        Column("most", "number", "最高段落占比", "share of the paragraphs such a word stands in at most"),
        Column("chosen", "flag", "选用", "whether this number was taken"),
    ),
    "coherence and stability of each number of topics looked at",
)

WORDS = Table(
    "words",
    ("word",),
    (
        Column("word", "text", "词语", "word, as the study cuts texts"),
        Column("pos", "text", "词性", "part of speech"),
        Column("occurrences", "count", "频次", "occurrences in the counted texts"),
        Column("documents", "count", "文档数", "documents it occurs in"),
        Column("share", "number", "文档占比", "documents / all documents"),
        Column("per_10k", "number", "每万词频率", "occurrences in ten thousand words of all kinds"),
    ),
    "the words of the corpus by falling frequency",
)

WORDS_BY = Table(
    "words_by",
    ("group", "word"),
    (
        Column("group", "text", "分组", "region, year or any other column of documents.csv"),
        Column("word", "text", "词语", "word"),
        Column("occurrences", "count", "频次", "occurrences in the group"),
        Column("documents", "count", "文档数", "documents of the group it occurs in"),
        Column("others", "count", "其余频次", "occurrences in all other groups"),
        Column("expected", "number", "期望频次", "occurrences to expect by the size of the group"),
        Column("statistic", "number", "统计量", "G2 or chi2, negative where the word is rarer"),
        Column("log_ratio", "number", "对数比", "binary logarithm of the ratio of relative frequencies"),
        Column("p", "number", "p值", "of the statistic, one degree of freedom", digits=3),
        Column("p_corrected", "number", "校正p值", "Benjamini-Hochberg over all words and groups", digits=3),
    ),
    "the words that mark each group against all others, the most marked first",
)

WORD_TREND = Table(
    "word_trend",
    ("word", "group"),
    (
        Column("word", "text", "词语", "word"),
        Column("group", "text", "分组", "group, in order"),
        Column("occurrences", "count", "频次", "occurrences in the group"),
        Column("documents", "count", "文档数", "documents of the group it occurs in"),
        Column("per_10k", "number", "每万词频率", "occurrences in ten thousand words of the group"),
    ),
    "the leading words over the groups",
)
