"""What reviewers ask for: how far coders agree, whether codes are saturated."""

from __future__ import annotations

from casemine.schema.table import Column, Table

AGREEMENT = Table(
    "agreement",
    ("code",),
    (
        Column("code", "text", "编码", "code; * is all codes together"),
        Column("units", "count", "共同单元", "units that two or more people coded, absence being a value"),
        Column("given", "count", "有编码单元", "of these, units to which at least one person gave the code"),
        Column("apart", "count", "单人单元", "units that one person only coded: reported, not counted"),
        Column("percent", "number", "一致率", "pairs of coders that agree / all pairs, averaged over units"),
        Column("holsti", "number", "Holsti系数", "2M / (N1 + N2) of the codes given, averaged over pairs"),
        Column("cohen", "number", "Cohen κ", "Cohen's kappa; of more than two coders the mean over pairs"),
        Column("fleiss", "number", "Fleiss κ", "Fleiss' kappa over the units that every coder coded"),
        Column("alpha", "number", "Krippendorff α", "Krippendorff's alpha, nominal"),
        Column("alpha_low", "number", "α下限", "lower end of its 95% bootstrap interval over documents"),
        Column("alpha_high", "number", "α上限", "upper end of the interval"),
        Column("note", "text", "说明", "why a coefficient is empty"),
    ),
    "how far coders agree, all codes together first, then each code",
)

APART = Table(
    "apart",
    ("place", "code"),
    (
        Column(
            "place", "text", "单元", "document, document:start-end, or * and a word decided for the corpus"
        ),
        Column("code", "text", "编码", "code"),
        Column("rater", "text", "编码员", "the only one who coded it"),
        Column("given", "flag", "有此编码", "whether that person gave the code"),
    ),
    "units that one person only coded",
)

DISAGREEMENTS = Table(
    "disagreements",
    ("doc_id", "start", "end", "code"),
    (
        Column("doc_id", "text", "文档编号", "document, or * and a word decided for the corpus"),
        Column("start", "count", "起", "first code point of the sentence; 0 where the unit is the document"),
        Column("end", "count", "止", "after its last code point; 0 likewise"),
        Column("code", "text", "编码", "code, or term kept"),
        Column("text", "text", "单元文本", "the sentence; of a document what was given the code there"),
        Column("adjudicated", "text", "裁定", "the answer agreed on: 有 or 无; empty: still open"),
        Column("note", "text", "备注", "why"),
    ),
    "each unit that coders answered differently; a further column for each coder says 有, 无 or 未读",
    extra_columns=True,
)

CONSENSUS_HISTORY = Table(
    "consensus_history",
    ("number",),
    (
        Column("number", "count", "序号", "1, 2, 3, ...: rows are only ever added"),
        Column("time", "text", "时间", "when it was settled, UTC"),
        *DISAGREEMENTS.columns[:4],
        Column("answers", "text", "原编码", "what each coder had answered"),
        Column("old", "text", "原裁定", "what had been settled before; empty: nothing"),
        Column("new", "text", "裁定", "what was agreed on: 有 or 无; empty: open again"),
        Column("note", "text", "备注", "why"),
        Column("source", "text", "来源", "the file it came from"),
    ),
    "every unit that coders settled, in order",
)

SATURATION = Table(
    "saturation",
    ("level", "position"),
    (
        Column("level", "text", "层级", "open, axial or selective"),
        Column("position", "count", "序号", "documents read so far, in the order of documents.csv"),
        Column("doc_id", "text", "文档编号", "the document read last"),
        Column("held_out", "flag", "留出", "whether it belongs to the part held out"),
        Column("codes", "count", "编码数", "codes in it"),
        Column("new", "count", "新编码数", "of these, codes in no document before it"),
        Column("cumulative", "count", "累计编码数", "codes so far"),
        Column("mean_new", "number", "平均新编码数", "new codes at this position, mean over permutations"),
        Column("mean_cumulative", "number", "平均累计编码数", "codes so far, mean over permutations"),
        Column("low", "number", "累计下限", "5th percentile of the codes so far over permutations"),
        Column("high", "number", "累计上限", "95th percentile"),
        Column(
            "keyword_cumulative",
            "count",
            "关键词累计编码数",
            "codes so far that a document has among its keywords",
            "0",
        ),
    ),
    "how many codes each further document adds",
)

HELD_OUT = Table(
    "saturation_summary",
    ("level",),
    (
        Column("level", "text", "层级", "open, axial or selective"),
        Column("documents", "count", "文档数", "documents"),
        Column("held_out", "count", "留出文档数", "documents held out"),
        Column("codes", "count", "编码数", "codes in all documents"),
        Column("base", "count", "基础编码数", "codes in the documents that were not held out"),
        Column("new", "count", "新编码数", "codes that appear only in the documents held out"),
        Column("share", "number", "新编码占比", "new / base"),
        Column(
            "mean_share", "number", "平均新编码占比", "the same, mean over as many splits as permutations"
        ),
        Column("last_new", "count", "末次新增位置", "position of the last document that brought a new code"),
        Column("single", "count", "单文档编码", "codes that one document only has"),
        Column(
            "new_codes", "text", "新编码", "the codes that only the documents held out have, joined by ；"
        ),
        Column("verdict", "text", "结论", "saturated, nearly saturated or not saturated, and why"),
        Column("keyword_codes", "count", "关键词编码数", "codes that a document has among its keywords", "0"),
        Column(
            "keyword_new",
            "count",
            "关键词新编码数",
            "of these, only among keywords of documents held out",
            "0",
        ),
        Column(
            "keyword_share", "number", "关键词新编码占比", "keyword_new / the codes of keywords before", "0"
        ),
    ),
    "what the documents held out added",
)
