import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemine.ingest.readers.page import Glyph, lines_of

EM = 10.0


def drawn(text, x=0.0, y=0.0, size=EM):
    """Draw a line from (x, y): full-width characters an em, others half."""
    glyphs = []
    for char in text:
        advance = size if ord(char) > 0x2E7F else size / 2
        glyphs.append(Glyph(char, x, x + advance, y, size))
        x += advance
    return glyphs


def texts(glyphs):
    return [line.text for line in lines_of(glyphs)]


def flat(lines):
    return [glyph for line in lines for glyph in line]


PROSE = "村里把空着的老屋改成民宿由合作社统一经营每年年底按股分红去年每户分到两千多元今年又添了六间客房"
LEFT = [PROSE[at : at + 12] for at in (0, 12, 24, 36)]
RIGHT = [
    "镇上的茶厂收鲜叶价钱比往",
    "年高一成采茶的人从外县来",
    "吃住都在厂里一季做下来能",
    "挣七八千元茶农说值得的。",
]


def column(lines, x, top=0.0):
    return [drawn(line, x, top + 16 * at) for at, line in enumerate(lines)]


def test_lines_are_read_from_the_top_whatever_the_order_of_drawing():
    lines = column(LEFT, 0)
    assert texts(glyph for line in reversed(lines) for glyph in line) == LEFT
    letters = [glyph for line in lines for glyph in line]
    random.Random(3).shuffle(letters)
    assert texts(letters) == LEFT


@pytest.mark.parametrize("by_row", [True, False])
def test_columns_are_read_one_after_the_other(by_row):
    left, right = column(LEFT, 0), column(RIGHT, 145)
    rows = [line for row in zip(left, right, strict=True) for line in row]
    page = rows if by_row else left + right
    assert texts(glyph for line in page for glyph in line) == LEFT + RIGHT


def test_a_title_across_stands_before_the_columns_and_a_line_across_parts_them():
    title = drawn("山乡的民宿与茶厂两年来的变化调查", 50, -40, 14)
    across = drawn("以下是去年的情况，由镇里的统计员提供，未经核对。" + "列表如下。" * 2, 0, 80)
    page = [*flat(column(RIGHT, 145)), *across, *flat(column(LEFT, 0)), *title]
    page += flat(column(LEFT[:3], 0, 110) + column(RIGHT[:3], 145, 110))
    expected = [
        "".join(g.char for g in title),
        *LEFT,
        *RIGHT,
        "".join(g.char for g in across),
        *LEFT[:3],
        *RIGHT[:3],
    ]
    assert [text.strip() for text in texts(page)] == expected


def test_a_table_is_read_row_by_row_and_its_long_cells_whole():
    rows = [["甲村", "31", "5.2%"], ["乙村", "208", "7.1%"], ["丙村", "19", "3.0%"]]
    by_row = [
        glyph
        for y, row in enumerate(rows)
        for x, cell in enumerate(row)
        for glyph in drawn(cell, 80 * x, 16 * y)
    ]
    assert texts(by_row) == [" ".join(row) for row in rows]
    by_column = [
        glyph for x in range(3) for y, row in enumerate(rows) for glyph in drawn(row[x], 80 * x, 16 * y)
    ]
    assert texts(by_column) == [" ".join(row) for row in rows]
    cells = [glyph for at in (0, 100, 200) for part in (column(LEFT[:3], 0, at), column(RIGHT[:3], 145, at))
             for line in part for glyph in line]  # fmt: skip
    assert texts(cells) == (LEFT[:3] + RIGHT[:3]) * 3


def test_text_drawn_again_in_place_counts_once_and_a_real_repetition_stays():
    line = drawn("好好学习，人人有责")
    shifted = [glyph._replace(left=glyph.left + 0.4, right=glyph.right + 0.4) for glyph in line]
    assert texts(line + shifted) == ["好好学习，人人有责"]
    assert texts([part for pair in zip(line, shifted, strict=True) for part in pair]) == [
        "好好学习，人人有责"
    ]


def test_columns_of_vertical_text_are_read_from_the_right():
    page = [
        Glyph(char, 300 - 20 * x, 310 - 20 * x, 14.0 * y, EM)
        for x, line in enumerate(["山下办起夜校", "请老师来讲课", "种茶的都来听"])
        for y, char in enumerate(line)
    ]
    assert texts(page) == ["山下办起夜校", "请老师来讲课", "种茶的都来听"]


def test_marks_of_another_font_and_raised_numbers_stand_in_their_places():
    words = [drawn("由", 0), drawn("贫困", 20), drawn("提前", 50)]
    marks = [drawn("“", 10), drawn("”", 40), drawn("[3]", 70, -4, 5)]
    assert texts(flat(words + marks)) == ["由“贫困”提前[3]"]


def test_blanks_part_latin_words_and_not_chinese():
    assert texts(drawn("The UN") + drawn("report", 35)) == ["The UN report"]
    assert texts(drawn("报告") + drawn("说明", 24)) == ["报告说明"]


def test_an_indent_is_told_by_blanks():
    page = drawn(PROSE[:10], 20, 0) + drawn(PROSE[10:22], 0, 16) + drawn(PROSE[22:34], 0, 32)
    assert texts(page)[0] == "    " + PROSE[:10]


@given(st.permutations(range(8)), st.integers(2, 12))
def test_no_character_is_lost_or_made(order, width):
    lines = [PROSE[at * 5 : at * 5 + width] for at in range(8)]
    page = [glyph for at in order for glyph in drawn(lines[at], 0, 16 * at)]
    assert "".join("".join(texts(page)).split()) == "".join(lines)


def test_nothing_gives_nothing():
    assert lines_of([]) == []
    assert texts(drawn("  ")) == []
