"""The PMC (policy modelling consistency) index: variables, index, grade, surface; the strength of a policy.

Ruiz Estrada (2011), "Policy modeling: definition, classification and evaluation", Journal of Policy Modeling
33(4): 523-536. A main variable is the mean of its sub-variables, the index the sum of the main variables;
nine of them make the PMC surface, a matrix of three by three.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

GRADES = ("完美", "优秀", "可接受", "不良")
# Main variables of a surface.
SURFACE = 9
STRENGTHS = (1, 2, 3, 4, 5)


def variable(values: Sequence[int]) -> float:
    """Return a main variable: the mean of its sub-variables.

    >>> variable([1, 0, 1, 1])
    0.75
    """
    return sum(values) / len(values)


def index(variables: Sequence[float]) -> float:
    """Return the PMC index: the sum of the main variables.

    >>> index([0.75, 1.0, 0.5])
    2.25
    """
    return float(sum(variables))


def cuts(variables: int) -> tuple[float, float, float]:
    """Return from what index on a policy is 完美, 优秀, 可接受, for so many main variables.

    The usual ones: 8, 6 and 4 of 9 variables; 9, 7 and 5 of 10. For other numbers the same shares of 9.

    >>> cuts(9), cuts(10)
    ((8.0, 6.0, 4.0), (9.0, 7.0, 5.0))
    """
    if variables in (9, 10):
        return (variables - 1.0, variables - 3.0, variables - 5.0)
    return (variables * 8 / 9, variables * 6 / 9, variables * 4 / 9)


def grade(value: float, limits: Sequence[float]) -> str:
    """Return the grade of an index; what rounds to a limit at two places has reached it.

    >>> grade(8.0, cuts(9)), grade(7.99, cuts(9)), grade(3.2, cuts(9))
    ('完美', '优秀', '不良')
    """
    reached = (
        name for name, limit in zip(GRADES, limits, strict=False) if round(value, 2) >= round(limit, 2)
    )
    return next(reached, GRADES[-1])


def surface(variables: Sequence[float]) -> NDArray[np.float64]:
    """Return the first nine main variables as the matrix of the PMC surface, row by row."""
    return np.array(variables[:SURFACE], dtype=float).reshape(3, 3)


def strength_of(authority: str, kind: str, issuer: str) -> int:
    """Propose the strength (力度) of a policy, 1 to 5, from its level, kind and body; 0: unknown.

    After Peng Jisheng, Zhong Weiguo & Sun Wenxiang (2008), 管理世界 (9): 25-36: laws 5; regulations of the
    State Council and orders 4; rules 3; opinions, measures and plans 2; notices 1.

    >>> strength_of("行政法规", "条例", "国务院"), strength_of("部门规范性文件", "通知", "财政部")
    (4, 1)
    """
    by_level = _LEVELS.get(authority, 0)
    by_kind = _KINDS.get(kind, 0)
    highest = issuer.startswith(("国务院", "中共中央")) and 0 < by_kind < 3
    return by_level or (3 if highest and kind != "通知" else by_kind)


_LEVELS: Mapping[str, int] = {
    "法律": 5, "行政法规": 4, "司法解释": 4, "党内法规": 4, "部门规章": 3, "地方性法规": 3,
    "自治条例和单行条例": 3, "地方政府规章": 3,
}  # fmt: skip
_KINDS: Mapping[str, int] = {
    "条例": 3, "规定": 3, "决定": 3, "细则": 2, "意见": 2, "办法": 2, "规划": 2, "纲要": 2, "方案": 2,
    "计划": 2, "通知": 1, "公告": 1, "通告": 1, "通报": 1, "函": 1, "批复": 1,
}  # fmt: skip
