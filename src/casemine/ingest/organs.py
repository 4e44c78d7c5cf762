"""Bodies that issue documents, and the kinds of document they issue, by their names.

Sources: 党政机关公文处理工作条例 (2012), article 8 (fifteen kinds of official document); GB/T 9704-2012;
立法法 (2023) for laws, regulations and rules.
"""

from __future__ import annotations

import re

_TAG = (
    r"(?:[（(【\[](?:试行|暂行|修订|修正|草案|征求意见稿|送审稿|摘要|节选|全文"
    r"|[0-9]{4}年?[^（()）]{0,8}|[^（()）]{0,8}稿)[）)】\]])*"
)
# Word at the end of a title -> kind.
_KINDS = {
    **{
        word: word
        for word in (
            "决议",
            "决定",
            "公报",
            "公告",
            "通告",
            "意见",
            "通知",
            "通报",
            "请示",
            "批复",
            "议案",
            "纪要",
        )
    },
    **{
        word: word
        for word in ("条例", "规定", "办法", "细则", "规则", "规程", "章程", "准则", "解释", "宪法")
    },
    **{
        word: word
        for word in (
            "方案",
            "要点",
            "预案",
            "标准",
            "指南",
            "目录",
            "公约",
            "白皮书",
            "讲话",
            "建议",
            "倡议书",
            "说明",
        )
    },
    "命令": "令",
    "令": "令",
    "报告": "报告",
    "规划": "规划",
    "规划纲要": "规划",
    "远景目标纲要": "规划",
    "计划纲要": "规划",
    "纲要": "纲要",
    "计划": "计划",
    "指导意见": "意见",
    "实施意见": "意见",
    "复函": "函",
    "函": "函",
    "法": "法律",
}
_WORDS = "|".join(sorted(_KINDS, key=lambda word: (-len(word), word)))
KIND_END = re.compile(rf"(?P<kind>{_WORDS})[》”]?{_TAG}$")
# 方法, 做法, 想法, 说法, 看法, 书法: no law.
_NO_LAW = re.compile(
    r"(?:方|做|想|说|看|书|打|用|玩|疗|魔|司|执|普|守|合|违|非|立|无|语|文|手|兵|章|设|戏|讲|写|种|养|喝|吃)法$"
)

_BODY_END = (
    r"(?:中共中央|国务院|全国人大|中央军委|人民政府|政府|常务委员会|常委会|委员会|代表大会|办公厅|办公室|领导小组|指挥部|管委会"
    r"|人民法院|人民检察院|法院|检察院|政协|总局|部|厅|局|署|委|办|院|党组|总工会|联合会|协会|妇联|学会|银行|集团|公司|大学|学院|中心)"
)
_BODY = re.compile(rf"(?![（(])[\u4e00-\u9fff（）()]{{0,28}}{_BODY_END}")
_NO_BODY = re.compile(
    r"(?:全|内|外|大|小|中|东|西|南|北|一|干|俱乐|局)部$|党委书记|结局$|格局$|布局$|地方政府$|的|了|是|与|把|让|如何|怎样"
)
_SEPARATOR = re.compile(r"[\s、，,]+|(?<=中共中央)(?=国务院)|(?<=办公厅)(?=国务院)|(?<=国务院)(?=中央军委)")
_ACTION = re.compile(r"关于|印发|转发|批转|公布《|发布《|对(?=.{2,30}(?:请示|批复|答复))")


def is_body(text: str) -> bool:
    """Tell whether `text`, without blanks, is the name of a body or of several.

    >>> is_body("某某市人民政府办公室"), is_body("中共中央国务院"), is_body("山村茶香")
    (True, True, False)
    """
    return bool(bodies(text))


def bodies(text: str) -> list[str]:
    """Return the bodies that `text` names and nothing else, [] when it is anything else."""
    names = [name for name in _SEPARATOR.split(text.strip()) if name]
    whole = all(_BODY.fullmatch(name) and not _NO_BODY.search(name) and len(name) > 2 for name in names)
    return names if names and whole else []


def body_of_title(title: str) -> tuple[list[str], int]:
    """Return the bodies at the head of a title (某县人民政府关于…的通知) and where their names end."""
    action = _ACTION.search(title)
    if not action:
        return [], 0
    end = action.start()
    return bodies(title[:end]), len(title[:end].rstrip())


def kind_of(title: str) -> str:
    """Return the kind of document that a title ends with, "" when it ends with none.

    >>> kind_of("某县人民政府关于印发《某县茶园管理办法（试行）》的通知"), kind_of("山村茶香")
    ('通知', '')
    """
    solid = "".join(title.split())
    inner = re.search(r"(?:印发|发布|公布)《([^》]+)》$", solid)
    match = KIND_END.search(inner[1] if inner else solid)
    if not match or (match["kind"] == "法" and _NO_LAW.search(solid[: match.end("kind")])):
        return ""
    return _KINDS[match["kind"]]
