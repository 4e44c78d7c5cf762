"""The sheet of keywords as a person sees it, and what is decided about one of them."""

from __future__ import annotations

from typing import NamedTuple

from casemine import schema
from casemine.review.decision_words import DECISION_WORDS
from casemine.review.form import CHECK, Form, FormColumn

_DECIDED = schema.DECISIONS.headers

DOC_ID = FormColumn(
    "doc_id",
    _DECIDED["doc_id"],
    "* 表示整个语料库；写文档编号则只对该文档有效，并优先于 * 的决定。留空等于 *。"
    "决定为“泛化”时总是整个语料库。"
    "新增的词写 * 时，凡文本中出现该词（或其引文）的文档都得到它。",
)
WORD = FormColumn("word", _DECIDED["word"], "候选关键词。手工新增的词写在表格末尾的空行里。")
CODER = FormColumn("coder", _DECIDED["coder"], "这一行是谁的决定。请勿改动；新增的行可以留空。")
STATUS = FormColumn(
    "status",
    "状态",
    "待定：尚未决定；已决定；手工新增；无出处：新增的词在文本中找不到，也没有引文；"
    "已消失：做过决定，但现在不再是关键词（决定仍保留）；未应用：上一张表里填了但还没有应用。",
)
GROUP = FormColumn(
    "group",
    "分组",
    "多案例：是两个以上文档的关键词，请逐行决定；单案例的词排在最后，按建议分组，每组第一行（▼）可以填一个决定，"
    "适用于本组中所有留空、尚未决定的行。",
)
CONTEXT = FormColumn("context", "例句", "含有该词的一个原句；长句只显示该词前后。")
INFORMATION = (
    FormColumn("pos", "词性", "词性；n_new 表示名词性新词。"),
    FormColumn("weight", "权重", "在各文档中的最高权重；按文档列出时为该文档中的权重。"),
    FormColumn("documents", "案例频次", "以它为关键词的文档数。"),
    FormColumn("containing", "出现文档数", "文本中出现它的文档数。"),
    FormColumn(
        "occurrences", "出现次数", "在全部文本中出现的次数，包括在更长的词内；按文档列出时为该文档中的次数。"
    ),
    CONTEXT,
    FormColumn("context_doc", "例句出处", "例句所在的文档。"),
)
SUGGESTION = (
    FormColumn("suggestion", "建议", "程序的建议：保留、删除、泛化或合并。仅供参考，不填决定就不会生效。"),
    FormColumn("suggested_standard", "建议规范词", "建议合并到的规范词。"),
    FormColumn("suggested_code", "建议编码", "建议归入的编码。"),
    FormColumn("reason", "建议理由", "为什么这样建议。"),
    FormColumn("category", "首选选择式编码", "按得分排在第一的选择式编码；不等于程序已将该词归入。"),
    FormColumn("alternatives", "备选选择式编码", "得分最高的三个选择式编码及其得分。"),
)
CELLS = (
    FormColumn(
        "decision",
        _DECIDED["decision"],
        "请填：保留、删除、泛化、合并、新增、按建议或撤销"
        "（也可写 keep、drop、generic、merge、add、accept、undo）。"
        "删除或泛化后，该文档的下一个词递补；泛化指该词在本研究中没有意义，从所有文档中去掉。按建议：照“建议”各栏办。"
        "留空表示未定，不会改动以前的决定；要取消以前的决定请填“撤销”。",
    ),
    FormColumn("standard", _DECIDED["standard"], "决定为“合并”时必填：合并到哪个规范词。可以逐级合并。"),
    FormColumn("code", _DECIDED["code"], "接受的编码。只填编码、不填决定，等于保留该词。"),
    FormColumn(
        "quote", _DECIDED["quote"], "新增的词在文本中没有出现时，从原文中摘一句作为依据；必须与原文一字不差。"
    ),
    FormColumn("note", _DECIDED["note"], "理由或疑问，随决定一起保存。"),
)


# A blind coder sees the word and where it stands, not what anyone or the program makes of it.
_BLIND = ("documents", "containing", "occurrences", "context_doc")
# Widths of columns, in characters: word, sentence, suggestion and decision stand within 110.
WIDTHS = {
    "word": 16, "context": 46, "suggestion": 8, "suggested_standard": 14, "decision": 10, "standard": 14,
    "suggested_code": 14, "code": 14, "reason": 30, "quote": 20, "note": 16,
    "category": 14, "alternatives": 30,
}  # fmt: skip


def columns(*, blind: bool) -> list[FormColumn]:
    """Return the columns of the sheet in order: what is read at a glance first.

    A blind coder sees the word, where it stands, and nobody's answer.
    """
    rest = [column for column in INFORMATION if column != CONTEXT]
    if blind:
        informed = [column for column in rest if column.name in _BLIND]
        return [WORD, CONTEXT, *CELLS, *informed, DOC_ID, CODER, CHECK]
    suggestion, suggested_standard, suggested_code, reason, category, alternatives = SUGGESTION
    decision, standard, code, *others = CELLS
    return [
        *(WORD, CONTEXT, suggestion, suggested_standard, decision, standard, suggested_code, code),
        *(category, alternatives, reason, *others, STATUS, GROUP, *rest, DOC_ID, CODER, CHECK),
    ]


class WordState(NamedTuple):
    """What a person decided about one word: the cells of a row, or empty texts."""

    decision: str = ""
    standard: str = ""
    code: str = ""
    quote: str = ""
    note: str = ""

    @property
    def shown(self) -> WordState:
        """The same with the decision as the sheet shows it."""
        return self._replace(decision=DECISION_WORDS.get(self.decision, self.decision))


UNDECIDED = WordState()
# What the word of a row begins with that decides for a whole group.
GROUP_MARK = "▼"


class WordKey(NamedTuple):
    """Whose decision, about which word, where (`*`: the whole corpus)."""

    coder: str
    doc_id: str
    word: str


FORM = Form(
    written=(DOC_ID, WORD, CODER, CHECK, *CELLS, STATUS, GROUP, *INFORMATION, *SUGGESTION),
    read=(DOC_ID, WORD, CODER, CHECK, *CELLS, GROUP, *SUGGESTION[:3]),
    needed=(WORD, CELLS[0]),
    terms=CELLS[1:3],
    free=(*CELLS[4:], GROUP, *SUGGESTION),
)
