"""The kind (文种) and the level (效力级别) of a document, from its title, its body and how it was adopted.

Source: 立法法 (2023) for laws, regulations and rules, 行政法规、地方性法规、规章; 党内法规制定条例 (2019) for
those of the party. A document with a number that is none of these is a 规范性文件 of its body.
"""

from __future__ import annotations

import re

from casemine.ingest.fields import Field
from casemine.ingest.organs import kind_of

_RULES = frozenset({"条例", "规定", "办法", "细则", "规则", "决定", "规程"})
_LOCAL = re.compile(r"[省市州县区旗盟]")
# A title that shows a document by itself: …工作报告, …五年规划纲要, …规划（2024—2027年）.
_SHOWN = re.compile(r"关于|工作报告|规划纲要|目标纲要|规划[（(]\d{4}\s?[-－–—]+\s?\d{4}\s?年")


def kind_field(title: Field, official: bool) -> Field:
    """Return the kind at the end of the title, where body, number, articles or its words show a document."""
    kind = kind_of(title.value)
    shown = official or _SHOWN.search(title.value)
    return Field(kind, title.origin) if kind and shown else Field()


def level_of(issuer: Field, kind: str, number: str, adopted: str, articles: bool) -> Field:
    """Return the level (效力级别) that body and kind settle, by the 立法法; none where they do not."""
    body = issuer.value.split("、")[0]
    by = adopted or body
    level = ""
    if "人民代表大会" in by:
        level = _level_of_congress(by, kind)
    elif adopted == "国务院" or number.startswith("国务院令"):
        level = "行政法规" if kind in _RULES else ""
    elif "令第" in number and kind in _RULES and articles:
        level = "地方政府规章" if _LOCAL.search(body) else "部门规章"
    elif body.startswith(("最高人民法院", "最高人民检察院")) and number.startswith("法释"):
        level = "司法解释"
    elif number and kind and kind != "报告":
        level = _level_of_paper(body, kind, articles)
    return Field(level, issuer.origin) if level else Field()


def _level_of_congress(by: str, kind: str) -> str:
    if by.startswith("全国"):
        return "法律" if kind == "法律" else ""
    if kind not in _RULES:
        return ""
    autonomous = re.search(r"自治[州县旗]人民代表大会$", by)
    return "自治条例和单行条例" if autonomous and kind == "条例" else "地方性法规"


def _level_of_paper(body: str, kind: str, articles: bool) -> str:
    """Return the level of a document with a number: whose it is says what it is."""
    if body.startswith("中共中央"):
        return (
            "党内法规"
            if kind in ("条例", "准则", "规定", "办法", "规则", "细则") and articles
            else "党内规范性文件"
        )
    if body.startswith("中共") or "委员会办公" in body:
        return "党内规范性文件" if body.startswith("中共") else ""
    if body.startswith("国务院"):
        return "国务院规范性文件"
    if _LOCAL.search(body):
        return "地方规范性文件"
    return "部门规范性文件" if re.search(r"(?:部|委员会|总局|局|署|银行|办公室)$", body) else ""
