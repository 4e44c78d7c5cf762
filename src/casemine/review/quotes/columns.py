"""The sheet of quotations as a person sees it, and what is decided about one of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from casemine import schema
from casemine.review.decision_words import QUOTE_DECISION_WORDS
from casemine.review.form import CHECK, Form, FormColumn

_CODED, _DECIDED = schema.CODINGS.headers, schema.QUOTE_DECISIONS.headers
# Between the codes that a blind coder gives to one sentence, and what they write where none fits.
CODE_JOIN = "；"
NO_CODE = "无"

DOC_ID = FormColumn("doc_id", _CODED["doc_id"], "引文所在的文档。新增引文时写文档编号。")
QUOTE = FormColumn(
    "quote",
    _CODED["quote"],
    "原文中的句子，已有的引文请勿改动。新增引文时写在表格末尾的空行里，必须与原文一字不差。",
)
STATUS = FormColumn(
    "status",
    "状态",
    "待定：尚未决定；已决定；手工新增；未应用：上一张表里填了但还没有应用。",
)
CODE = FormColumn("code", _CODED["code"], "现在的编码（开放式编码）。")
KEYWORD = FormColumn("keyword", _CODED["keyword"], "据以编码的关键词。新增的引文可以留空。")
DECISION = FormColumn(
    "decision",
    _DECIDED["decision"],
    "请填：保留、删除、改编码、新增或撤销（也可写 keep、drop、recode、add、undo）。"
    "留空表示未定，不会改动以前的决定；要取消以前的决定请填“撤销”。",
)
NEW_CODE = FormColumn(
    "new_code",
    _DECIDED["new_code"],
    "决定为“改编码”时：改为哪个开放式编码；决定为“新增”时：该引文的编码。可从下拉列表中选择。",
)
BLIND_CODE = FormColumn(
    "new_code",
    _DECIDED["new_code"],
    f"请给这句话编码：从下拉列表中选择或填写开放式编码，多个编码用“{CODE_JOIN}”隔开；"
    f"没有合适的编码写“{NO_CODE}”。留空表示尚未编码。",
)
NOTE = FormColumn("note", _DECIDED["note"], "理由或疑问，随决定一起保存。")
CONTEXT = FormColumn("context", "上下文", "该句及其前后各一句。")
INFORMATION = (
    CONTEXT,
    FormColumn("method", _CODED["method"], "关键词如何归入该编码；decision 表示由研究者决定。"),
    FormColumn("score", _CODED["score"], "归入该编码的得分。"),
)
CODEBOOK = FormColumn("codebook", _DECIDED["codebook"], "编码本。请勿改动；新增的行可以留空。")
START = FormColumn("start", _CODED["start"], "引文在文档中的起始位置（字符数）。请勿改动；新增的行留空。")
END = FormColumn("end", _CODED["end"], "引文在文档中的结束位置。请勿改动；新增的行留空。")
CODER = FormColumn("coder", _DECIDED["coder"], "这一行是谁的决定。请勿改动；新增的行可以留空。")
KEYS = (CODEBOOK, START, END, CODER, CHECK)


def columns(*, blind: bool) -> list[FormColumn]:
    """Return the columns of the sheet in order; a blind coder sees the sentence and nobody's answer."""
    if blind:
        return [DOC_ID, QUOTE, BLIND_CODE, NOTE, CONTEXT, *KEYS]
    return [DOC_ID, QUOTE, STATUS, CODE, KEYWORD, DECISION, NEW_CODE, NOTE, *INFORMATION, *KEYS]


class QuoteState(NamedTuple):
    """What a person decided about one quotation, or empty texts."""

    decision: str = ""
    new_code: str = ""
    quote: str = ""
    note: str = ""

    @property
    def cells(self) -> Mapping[str, str]:
        """The cells of the sheet: decisions in its words, a blind coder's as codes alone."""
        decision = QUOTE_DECISION_WORDS.get(self.decision, "")
        new_code = NO_CODE if self.decision == "none" else self.new_code
        return {"decision": decision, "new_code": new_code, "note": self.note}

    @property
    def marked(self) -> tuple[str, ...]:
        """What a person can have touched, for the mark of the row; as sheets written before have it."""
        return (self.decision, "", self.new_code, "", self.note)


class QuoteKey(NamedTuple):
    """Whose decision, about which quotation of which codebook."""

    coder: str
    codebook: str
    doc_id: str
    start: int
    end: int
    code: str = ""
    keyword: str = ""


_COLUMNS = tuple({column.name: column for column in columns(blind=False)}.values())
FORM = Form(
    written=_COLUMNS,
    read=tuple(column for column in _COLUMNS if column not in (STATUS, *INFORMATION)),
    needed=(QUOTE, NEW_CODE),
    terms=(NEW_CODE,),
    free=(NOTE,),
)
