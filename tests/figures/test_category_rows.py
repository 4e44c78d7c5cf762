import pandas as pd
import pytest

from casemine.figures import NothingToDraw
from casemine.figures.category_rows import outline
from casemine.figures.style import Style

CODES = pd.DataFrame(
    [("甲", "selective", ""), ("子", "axial", "甲"), ("丑", "axial", "甲"), ("乙", "selective", "")],
    columns=["code", "level", "parent"],
)
CASES = {"甲": 9, "子": 3, "丑": 6, "乙": 5}


def test_rows_follow_the_codebook_with_a_gap_before_each_selective_category() -> None:
    with Style().applied():
        laid = outline(CODES, CASES, 40, 100)
    # Rows of 4.4 mm; 1.2 mm before 乙.
    assert [(row.code, round(row.middle, 3)) for row in laid.rows] == [
        ("甲", 2.2), ("子", 6.6), ("丑", 11.0), ("乙", 16.6),
    ]  # fmt: skip
    assert (round(laid.height, 3), laid.of) == (18.8, 4)
    assert [row.size for row in laid.rows] == [7.5, 6.5, 6.5, 7.5]


def test_where_not_all_fit_those_of_most_cases_stay() -> None:
    with Style().applied():
        laid = outline(CODES, CASES, 40, 18)  # 6 mm for selective categories, then 12.4 for axial ones
        shorter = outline(CODES, CASES, 40, 17)  # 5.67, then 11.4
        least = outline(CODES, CASES, 40, 10)  # 3.3: none
    assert [row.code for row in laid.rows] == ["甲", "子", "丑"]
    assert [row.code for row in shorter.rows] == ["甲", "子", "丑"]
    assert (least.rows, least.of) == ([], 4)


def test_without_codings_there_is_nothing_to_draw() -> None:
    with pytest.raises(NothingToDraw, match="not coded"):
        outline(CODES, {}, 40, 100)
