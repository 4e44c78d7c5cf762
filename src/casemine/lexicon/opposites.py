"""Words that look alike and mean the opposite, or two of a kind: 贫困户 and 非贫困户, 三级 and 四级."""

from __future__ import annotations

import re

_NEGATIONS = "非未不无反否禁停"
# Where one of these characters negates nothing.
_HARMLESS = re.compile(
    "反馈|反映|反复|反哺|不同|不断|不动产|不变|不仅|非物质|非遗|非常|无人机|无公害|未来|停车|是否"
)
_LOSSES = ("下降", "降低", "减少", "减弱", "缺乏", "缺失", "流失", "外流", "失能", "第")
# What turns a word into its opposite, or another of its kind, when the one stands in place of the other.
_PAIRS = (
    *("脱返", "脱困", "增减", "升降", "扩缩", "强弱", "贫富", "有无", "进退", "进出", "入出", "正负", "城乡"),
    *("内外", "上下", "前后", "左右", "东西", "南北", "男女", "老幼", "公私", "农非"),
)
_NUMERALS = re.compile("[一二三四五六七八九十百千万零两0-9０-９]")


def opposed(word: str, other: str) -> bool:
    """Return whether two words that share most characters may mean opposite things, or two of a kind.

    They do when one holds a negation (非, 未, 不) or a loss (下降) that the other lacks, or prevents what the
    other names (疫情防控); when one has a character of a pair of opposites (脱 / 返, 增 / 减) in place of the
    other; when both have numerals and these differ; and when one is both ways what the other is one way
    (进出口, 出口).

    >>> opposed("非贫困户", "户贫困户"), opposed("脱贫人口", "返贫人口"), opposed("四不摘", "四不摘政策")
    (True, True, False)
    >>> opposed("三级预警", "一级预警"), opposed("推进乡村振兴", "乡村振兴"), opposed("反馈问题", "问题")
    (True, False, False)
    """
    plain, beside = _HARMLESS.sub("", word), _HARMLESS.sub("", other)
    if any(plain.count(one) != beside.count(one) for one in (*_NEGATIONS, *_LOSSES)):
        return True
    # To insure against falling back (返贫保险) is to prevent it (防贫保险), which is a word of the field.
    prevented = [one.replace("防贫", "").count("防") for one in (word, other)]
    if prevented[0] != prevented[1] and word.count("返") == other.count("返"):
        return True
    numerals = [_NUMERALS.findall(one) for one in (word, other)]
    if (all(numerals) and numerals[0] != numerals[1]) or ("进出" in word) != ("进出" in other):
        return True
    mine, yours = set(word) - set(other), set(other) - set(word)
    return any(
        (pair[0] in mine and pair[1] in yours) or (pair[1] in mine and pair[0] in yours) for pair in _PAIRS
    )
