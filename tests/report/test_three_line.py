"""Three-line tables alone: widths, halves side by side, merged cells, what stays on one page."""

import re

import pandas as pd
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from casemine.report.tables import _distribution
from casemine.report.three_line import ThreeLine, markup, side_by_side, widths

TOTAL = 8300
CELLS = st.text(alphabet='贫困ab<&"{}\x00 ', max_size=80)


@st.composite
def tables(draw: st.DrawFn) -> ThreeLine:
    columns = draw(st.integers(1, 10))
    row = st.lists(CELLS, min_size=columns, max_size=columns)
    rows = draw(st.lists(row, min_size=1, max_size=15))
    align = "".join(draw(st.lists(st.sampled_from("lcr"), min_size=columns, max_size=columns)))
    merged = draw(st.integers(0, columns))
    return ThreeLine(draw(CELLS), draw(row), rows, align, merged=merged, note=draw(CELLS))


def attributes(drawn: str, tag: str, name: str) -> list[str]:
    return re.findall(rf'<w:{tag} [^>]*w:{name}="([^"]*)"', drawn)


def test_short_columns_get_what_they_like_and_the_long_one_the_rest() -> None:
    number, quote, concept = widths(
        ThreeLine("", ["编号", "语句", "概念"], [["A1-1-1", "句" * 300, "防贫预警"]], "clc"), TOTAL
    )
    assert number == 6 * 90 + 180
    assert concept == 8 * 90 + 180
    assert quote == TOTAL - number - concept


def test_of_two_long_columns_the_longer_is_wider() -> None:
    one, other = widths(ThreeLine("", ["标题", "关键词"], [["题" * 40, "词" * 160]], "ll"), TOTAL)
    assert 1.9 < other / one < 2.1


@settings(deadline=None, max_examples=50)
@given(tables(), st.integers(2000, 14000))
def test_widths_fill_the_line(table: ThreeLine, total: int) -> None:
    found = widths(table, total)
    assert sum(found) == total
    assert min(found) > 0


@settings(deadline=None, max_examples=50)
@given(tables())
def test_any_table_is_well_formed_and_has_a_paragraph_in_every_cell(table: ThreeLine) -> None:
    drawn = parse_xml(markup(table, TOTAL, "TableText"))
    assert len(drawn.tr_lst) == len(table.rows) + 1
    for tr in drawn.tr_lst:
        assert [len(tc.p_lst) for tc in tr.tc_lst] == [1] * len(table.headers)
    top, *others = drawn.iter(qn("w:tblBorders"), qn("w:tcBorders"))
    assert len(top) == 2
    assert len(others) == len(table.headers)


def test_a_long_table_is_set_in_two_halves() -> None:
    rows = [[str(number), "词"] for number in range(11)]
    made = side_by_side(ThreeLine("高频词表", ["序号", "词"], rows, "cl", note="注"))
    assert made.headers == ["序号", "词", "序号", "词"]
    assert [row[0] for row in made.rows] == ["0", "1", "2", "3", "4", "5"]
    assert [row[2] for row in made.rows] == ["6", "7", "8", "9", "10", ""]
    assert (made.align, made.note) == ("clcl", "注")
    short = ThreeLine("", ["序号", "词"], rows[:10], "cl")
    assert side_by_side(short) is short


def test_cells_merge_only_below_merged_cells_of_their_left() -> None:
    rows = [["甲", "子"], ["甲", "子"], ["乙", "子"], ["乙", "丑"]]
    drawn = markup(ThreeLine("", ["核心", "主"], rows, "ll", merged=2), TOTAL, "T")
    cells = re.findall(r"<w:tc>.*?</w:tc>", drawn)[2:]
    kinds = ["first" if 'vMerge w:val="restart"' in cell else "further" if "<w:vMerge/>" in cell else ""
             for cell in cells]  # fmt: skip
    assert kinds == ["first", "first", "further", "further", "first", "", "further", ""]
    assert [re.sub("<[^>]*>", "", cell) for cell in cells] == ["甲", "子", "", "", "乙", "子", "", "丑"]


def test_digits_stand_below_one_another_in_the_middle_of_their_column() -> None:
    drawn = markup(ThreeLine("", ["词语", "频次"], [["防贫", "7"], ["预警", "120"]], "lr"), TOTAL, "T")
    left, right = attributes(drawn, "ind", "left"), attributes(drawn, "ind", "right")
    half = TOTAL // 2
    assert right[2:] == ["0", str((half - 180 - 3 * 90) // 2)] * 2
    assert left[2:] == [str((half - 180 - 4 * 90) // 2), "0"] * 2
    assert attributes(drawn, "jc", "val")[1:] == ["center", "center", "left", "right", "left", "right"]


@pytest.mark.parametrize(("count", "kept"), [(5, 5), (60, 3)])
def test_a_short_table_stays_on_one_page_and_a_long_one_begins_with_rows(count: int, kept: int) -> None:
    rows = [[str(number)] for number in range(count)]
    assert markup(ThreeLine("", ["编号"], rows, "c"), TOTAL, "T").count("<w:keepNext/>") == kept
    noted = markup(ThreeLine("", ["编号"], rows, "c", note="注"), TOTAL, "T")
    assert noted.count("<w:keepNext/>") == kept + 1
    assert "<w:keepNext/>" in noted.rpartition("<w:tr>")[2]


@pytest.mark.parametrize(
    ("header", "columns", "line"), [("落实防贫保障", 9, 3), ("提升农村产业组织化程度", 7, 4)]
)
def test_a_wrapped_header_leaves_no_character_alone(header: str, columns: int, line: int) -> None:
    drawn = markup(ThreeLine("", [header] * columns, [["1"] * columns], "c" * columns), TOTAL, "T")
    left, right = attributes(drawn, "ind", "left")[0], attributes(drawn, "ind", "right")[0]
    assert left == right
    room = TOTAL // columns - 120 - 2 * int(left)
    assert room // 180 == line


def test_a_group_of_one_text_shows_no_percentage() -> None:
    rows = [
        {
            "level": "selective",
            "code": "落实防贫保障",
            "group": group,
            "group_documents": size,
            "documents": count,
        }
        for group, size, count in (("云南", 4, 1), ("四川", 1, 1))
    ]
    made = _distribution(pd.DataFrame(rows), ["落实防贫保障"], "region", "各地区的选择性编码分布")
    assert made.rows == [["云南", "4", "1（25.0）"], ["四川", "1", "1"], ["合计", "5", "2（40.0）"]]
    assert "仅一篇文本的组不列" in made.note
