"""Words that look alike and mean the opposite: 贫困户 and 非贫困户, 脱贫 and 返贫."""

from __future__ import annotations

_NEGATIONS = "非未不无反"
# What turns a word into its opposite when the one stands in place of the other.
_PAIRS = (
    ("脱", "返"), ("增", "减"), ("升", "降"), ("贫", "富"), ("有", "无"), ("进", "退"), ("正", "负"),
    ("城", "乡"), ("内", "外"), ("上", "下"), ("公", "私"),
)  # fmt: skip


def opposed(word: str, other: str) -> bool:
    """Return whether two words that share most characters may mean opposite things.

    They do when one holds a negation (非, 未, 不, 无, 反) that the other lacks, or when one has a
    character of a pair of opposites (脱 / 返, 增 / 减) in place of the other.

    >>> opposed("非贫困户", "户贫困户"), opposed("脱贫人口", "返贫人口"), opposed("四不摘", "四不摘政策")
    (True, True, False)
    """
    if any(word.count(one) != other.count(one) for one in _NEGATIONS):
        return True
    mine, yours = set(word) - set(other), set(other) - set(word)
    return any(
        (first in mine and second in yours) or (second in mine and first in yours) for first, second in _PAIRS
    )
