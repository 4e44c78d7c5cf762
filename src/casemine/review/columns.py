"""The review sheet as a person sees it: its columns, the words for decisions, the cells they fill."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import NamedTuple

from casemine import schema

# The one who decides unless another name is given; their decisions make the final tables.

KEEP, DROP, MERGE, ADD, UNDO = "keep", "drop", "merge", "add", "undo"
# Of quotations alone: into another code; what a blind coder says of a sentence.
RECODE, CODE, NONE = "recode", "code", "none"

# Decision -> the word the sheet shows; beside it and the English one, what people write instead.
DECISION_WORDS = {KEEP: "保留", DROP: "删除", MERGE: "合并", ADD: "新增", UNDO: "撤销"}
QUOTE_DECISION_WORDS = {KEEP: "保留", DROP: "删除", RECODE: "改编码", ADD: "新增", UNDO: "撤销"}
_SYNONYMS = {
    KEEP: ("留", "保持"),
    DROP: ("删", "去掉", "剔除", "delete"),
    MERGE: ("并", "并入", "合并到", "归并"),
    ADD: ("增加", "添加", "增"),
    RECODE: ("改为", "改编", "重新编码", "改码"),
    UNDO: ("取消", "清除", "撤回"),
}
_MEANT = {
    word: decision
    for decision, shown in (DECISION_WORDS | QUOTE_DECISION_WORDS).items()
    for word in (decision, shown, *_SYNONYMS[decision])
}

# Longest text an xlsx cell holds, and characters it cannot hold.
_NOT_IN_CELLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Column(NamedTuple):
    """A column of the sheet: machine name, Chinese header and what its second page says of it."""

    name: str
    header: str
    meaning: str


_DECIDED = schema.DECISIONS.headers

DOC_ID = Column(
    "doc_id",
    _DECIDED["doc_id"],
    "* 表示整个语料库；写文档编号则只对该文档有效，并优先于 * 的决定。留空等于 *。"
    "新增的词写 * 时，凡文本中出现该词（或其引文）的文档都得到它。",
)
WORD = Column("word", _DECIDED["word"], "候选关键词。手工新增的词写在表格末尾的空行里。")
CODER = Column("coder", _DECIDED["coder"], "这一行是谁的决定。请勿改动；新增的行可以留空。")
STATUS = Column(
    "status",
    "状态",
    "待定：尚未决定；已决定；手工新增；无出处：新增的词在文本中找不到，也没有引文；"
    "已消失：做过决定，但现在不再是关键词（决定仍保留）；未应用：上一张表里填了但还没有应用。",
)
CHECK = Column("check", "校验", "程序用来识别改动过的行，请勿改动。")

INFORMATION = (
    Column("pos", "词性", "词性；n_new 表示名词性新词。"),
    Column("weight", "权重", "在各文档中的最高权重；按文档列出时为该文档中的权重。"),
    Column("documents", "案例频次", "以它为关键词的文档数。"),
    Column("containing", "出现文档数", "文本中出现它的文档数。"),
    Column("occurrences", "出现次数", "在全部文本中出现的次数，长词优先；按文档列出时为该文档中的次数。"),
    Column("context", "例句", "含有该词的一个原句。"),
    Column("context_doc", "例句出处", "例句所在的文档。"),
)
SUGGESTION = (
    Column("suggestion", "建议", "程序的建议：保留、删除或合并。仅供参考，不填决定就不会生效。"),
    Column("suggested_standard", "建议规范词", "建议合并到的规范词。"),
    Column("suggested_code", "建议编码", "建议归入的编码。"),
    Column("reason", "建议理由", "为什么这样建议。"),
)
CELLS = (
    Column(
        "decision",
        _DECIDED["decision"],
        "请填：保留、删除、合并、新增或撤销（也可写 keep、drop、merge、add、undo）。"
        "留空表示未定，不会改动以前的决定；要取消以前的决定请填“撤销”。",
    ),
    Column("standard", _DECIDED["standard"], "决定为“合并”时必填：合并到哪个规范词。可以逐级合并。"),
    Column("code", _DECIDED["code"], "接受的编码。只填编码、不填决定，等于保留该词。"),
    Column(
        "quote", _DECIDED["quote"], "新增的词在文本中没有出现时，从原文中摘一句作为依据；必须与原文一字不差。"
    ),
    Column("note", _DECIDED["note"], "理由或疑问，随决定一起保存。"),
)


class State(NamedTuple):
    """What a person decided about one word: the cells of a row, or empty texts."""

    decision: str = ""
    standard: str = ""
    code: str = ""
    quote: str = ""
    note: str = ""

    @property
    def shown(self) -> State:
        """The same with the decision as the sheet shows it."""
        return self._replace(decision=DECISION_WORDS.get(self.decision, self.decision))


UNDECIDED = State()


def cell_text(text: str) -> str:
    """Return a cell's text as it is kept: NFC, LF, no border space, nothing a workbook cannot hold."""
    joined = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return _NOT_IN_CELLS.sub("", joined).strip()


def decision_meant(text: str) -> str:
    """Return keep, drop, merge, add or undo for what a person wrote, else the text itself."""
    return _MEANT.get(text.strip().casefold(), text)


def mark(state: tuple[str, ...]) -> str:
    """Return the short mark of a state, by which a row that nobody touched is known."""
    # The letter in front keeps Excel from reading a CSV's 12e34567 as a number.
    return "v" + hashlib.sha256("\x1f".join(state).encode()).hexdigest()[:8]
