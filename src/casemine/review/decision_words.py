"""What can be decided about a keyword or a quotation, and the words a person writes for it."""

from __future__ import annotations

KEEP, DROP, MERGE, ADD, UNDO = "keep", "drop", "merge", "add", "undo"
# Of keywords alone: says nothing anywhere in this study; and, in a sheet, what the program suggests there.
GENERIC, ACCEPT = "generic", "accept"
# After either a keyword is out, and the next one of its document moves up.
OUT = (DROP, GENERIC)
# Of quotations alone: into another code; what a blind coder says of a sentence.
RECODE, CODE, NONE = "recode", "code", "none"

# Decision -> the word the sheet shows; beside it and the English one, what people write instead.
DECISION_WORDS = {
    KEEP: "保留",
    DROP: "删除",
    GENERIC: "泛化",
    MERGE: "合并",
    ADD: "新增",
    ACCEPT: "按建议",
    UNDO: "撤销",
}
QUOTE_DECISION_WORDS = {KEEP: "保留", DROP: "删除", RECODE: "改编码", ADD: "新增", UNDO: "撤销"}
_SYNONYMS = {
    KEEP: ("留", "保持"),
    DROP: ("删", "去掉", "剔除", "delete"),
    MERGE: ("并", "并入", "合并到", "归并"),
    ADD: ("增加", "添加", "增"),
    RECODE: ("改为", "改编", "重新编码", "改码"),
    GENERIC: ("泛", "泛化词", "空泛"),
    ACCEPT: ("采纳", "接受", "同意", "按建议办"),
    UNDO: ("取消", "清除", "撤回"),
}
_MEANT = {
    word: decision
    for decision, shown in (DECISION_WORDS | QUOTE_DECISION_WORDS).items()
    for word in (decision, shown, *_SYNONYMS[decision])
}


def decision_meant(text: str) -> str:
    """Return the decision that a person meant by what they wrote, else the text itself.

    >>> decision_meant("剔除")
    'drop'
    """
    return _MEANT.get(text.strip().casefold(), text)
