"""Every table that flows between the stages: its columns, their types, its key and its meaning.

This is the one definition. The README's table is generated from it, `check` holds every stage to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casemine.errors import SchemaError

if TYPE_CHECKING:
    import pandas as pd

# What a table holds and what its file says are the same number.
DECIMALS = 4
_DTYPES = {"text": "str", "count": "int64", "number": "float64", "flag": "bool"}


@dataclass(frozen=True)
class Column:
    """A column: machine name, kind (text / count / number / flag), Chinese header, meaning."""

    name: str
    kind: str
    header: str
    meaning: str


def _listed(values: Any, kind: str) -> list[Any]:
    if kind == "number":
        values = values.round(DECIMALS)
    return list(getattr(values, "tolist", lambda: values)())


def _read(texts: pd.Series, kind: str) -> pd.Series:
    if kind == "flag":
        return texts.str.lower() == "true"
    return texts.replace("", "nan") if kind == "number" else texts


@dataclass(frozen=True)
class Table:
    """A table: its file name without ending, key columns, columns and meaning."""

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    meaning: str
    extra_columns: bool = False

    @property
    def names(self) -> list[str]:
        """The column names in order."""
        return [column.name for column in self.columns]

    @property
    def headers(self) -> dict[str, str]:
        """Machine name -> Chinese header."""
        return {column.name: column.header for column in self.columns}

    def frame(self, rows: Any) -> pd.DataFrame:
        """Build the table from records (dicts) or columns, typed and checked."""
        import pandas as pd

        built = pd.DataFrame(rows)
        for column in self.columns:
            if column.name not in built:
                built[column.name] = pd.Series(dtype=_DTYPES[column.kind])
        extra = [name for name in built.columns if name not in self.names] if self.extra_columns else []
        built = built[[*self.names, *extra]]
        built = built.astype({column.name: _DTYPES[column.kind] for column in self.columns})
        numbers = [column.name for column in self.columns if column.kind == "number"]
        built[numbers] = built[numbers].round(DECIMALS)
        return self.check(built.reset_index(drop=True))

    def columns_of(self, found: Mapping[str, Any]) -> dict[str, list[Any]]:
        """Return the columns of the table in their order, as `frame` would hold them, without pandas.

        `found` maps names to lists or arrays whose types are right; raises `SchemaError` for a key that
        comes twice.
        """
        columns = {column.name: _listed(found[column.name], column.kind) for column in self.columns}
        keys = list(zip(*(columns[name] for name in self.key), strict=True))
        if len(set(keys)) < len(keys):
            raise SchemaError("two rows have the same key.", place=self.name)
        return columns

    def parse(self, texts: pd.DataFrame) -> pd.DataFrame:
        """Build the table from a frame of texts, as read back from CSV; raise `SchemaError` without a column.

        Excel writes a flag back as TRUE or FALSE. An empty number is none: a coefficient that is undefined.
        """
        lacking = [name for name in self.names if name not in texts]
        if lacking:
            raise SchemaError(f"columns lacking: {', '.join(lacking)}.", place=self.name)
        kinds = {column.name: column.kind for column in self.columns}
        return self.frame({name: _read(texts[name], kinds.get(str(name), "text")) for name in texts})

    def check(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return `frame` when columns, types and key are right; else raise `SchemaError`."""
        lacking = [name for name in self.names if name not in frame.columns]
        foreign = [str(name) for name in frame.columns if name not in self.names]
        if lacking or (foreign and not self.extra_columns):
            raise SchemaError(f"columns lacking: {lacking}, not known: {foreign}.", place=self.name)
        for column in self.columns:
            if str(frame[column.name].dtype) not in (_DTYPES[column.kind], "object"):
                raise SchemaError(f"column {column.name} is {frame[column.name].dtype}.", place=self.name)
        doubled = frame.duplicated(list(self.key))
        if doubled.any():
            row = frame.loc[doubled, list(self.key)].iloc[0].to_dict()
            raise SchemaError(f"two rows have the key {row}.", place=self.name)
        return frame


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
        Column("weight", "number", "权重", "weight within the document"),
        Column("frequency", "count", "频次", "occurrences in the document"),
        Column("new", "flag", "新词", "whether the dictionary lacks it"),
        Column("context", "text", "例句", "one sentence of the document that holds it"),
        Column("start", "count", "起", "first code point of that occurrence of the word"),
        Column("end", "count", "止", "after its last code point"),
    ),
    "keywords of each document, by falling weight",
)

FREQUENCY = Table(
    "frequency",
    ("keyword",),
    (
        Column("keyword", "text", "关键词", "keyword"),
        Column("documents", "count", "案例频次", "documents with it among their keywords"),
        Column("containing", "count", "出现文档数", "documents in whose text it stands"),
        Column("occurrences", "count", "出现次数", "its occurrences in all texts, longest match first"),
        Column("share", "number", "占比", "documents / all documents"),
    ),
    "keywords over all documents",
)

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

PLACEMENTS = Table(
    "placements",
    ("codebook", "keyword"),
    (
        Column("codebook", "text", "编码本", "codebook"),
        Column("keyword", "text", "关键词", "keyword"),
        Column("open", "text", "开放式编码", "open code"),
        Column("axial", "text", "轴心编码", "axial category"),
        Column("selective", "text", "选择式编码", "selective category"),
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
        Column("alternatives", "text", "备选", "the three best open codes with their likeness"),
        Column(
            "axial_alternatives",
            "text",
            "备选轴心编码",
            "the three best axial categories with nearest code",
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
        Column("code", "text", "编码", "open code"),
        Column("keyword", "text", "关键词", "keyword that stands in the sentence"),
        Column("coder", "text", "编码员", "casemine, or a person"),
        Column("quote", "text", "引文", "the sentence"),
        Column("method", "text", "方法", "how the keyword was placed"),
        Column("score", "number", "得分", "score of the placement"),
    ),
    "every quotation: one row a sentence, code and keyword",
)

TABLES = (
    DOCUMENTS,
    PASSAGES,
    LEFT_OUT,
    NEW_WORDS,
    NEW_WORDS_BY,
    KEYWORDS,
    FREQUENCY,
    DECISIONS,
    HISTORY,
    CODEBOOK,
    CODEBOOK_DIFF,
    PLACEMENTS,
    CODINGS,
    QUOTE_DECISIONS,
    QUOTE_HISTORY,
)
