import pytest

from casemine.figures.page import axes_at, encoded, label_rows, leading, page, sheet, write
from casemine.figures.style import Style


def test_the_note_says_what_is_left_out() -> None:
    assert leading(10, 1200, "个关键词") == "前 10 个关键词，共 1,200 个关键词"
    assert leading(10, 10, "个关键词") == ""
    assert leading(10, 10, "个关键词", "甲", "乙") == "甲；乙"


def test_a_page_is_measured_in_millimetres(style: Style) -> None:
    wide, tall = page(style, 50).get_size_inches() * 25.4
    assert (wide, tall) == pytest.approx((style.width, 50))
    noted = page(style, 50, "说明")
    assert noted.get_size_inches()[1] * 25.4 > 50
    assert [text.get_text() for text in noted.texts] == ["说明"]


def test_a_sheet_is_drawn_on_from_its_upper_left_corner(style: Style) -> None:
    figure, axes = sheet(style, 40)
    write(axes, 10, 5, "左上")
    figure.draw_without_rendering()
    x, y = axes.transData.transform((10, 5)) / figure.dpi * 25.4
    assert (x, y) == pytest.approx((10, 35))


def test_axes_stand_where_they_are_put(style: Style) -> None:
    figure = page(style, 60)
    axes = axes_at(figure, 10, 20, 30, 15)
    label_rows(axes, ["一", "二"])
    assert [label.get_text() for label in axes.get_yticklabels()] == ["一", "二"]
    left, bottom, right, top = axes.get_position().extents
    assert (left * style.width, right * style.width) == pytest.approx((10, 40))
    assert ((1 - top) * 60, (1 - bottom) * 60) == pytest.approx((20, 35))


@pytest.mark.parametrize(("form", "begin"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")])
def test_the_same_figure_gives_the_same_bytes(style: Style, form: str, begin: bytes) -> None:
    def drawn() -> bytes:
        figure, axes = sheet(style, 20)
        write(axes, 5, 5, "防贫预警")
        return encoded(figure, form)

    assert drawn().startswith(begin) and drawn() == drawn()
