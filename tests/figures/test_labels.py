"""Labels broken into lines, and kept off one another."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casemine.figures.labels import counted, first_free, fitted, place_beside, place_near, width
from casemine.figures.style import Style


@pytest.fixture(autouse=True)
def _style():
    with Style().applied():
        yield


def test_widths_are_those_of_the_type() -> None:
    assert width("贫", 10) == pytest.approx(10 * 25.4 / 72, rel=0.01)  # an ideograph is one em wide
    assert width("防贫预警", 8) == pytest.approx(4 * width("防", 8), rel=0.01)
    assert width("长\n更长", 8) == width("更长", 8)
    assert width("", 8) == 0


def test_what_fits_stays_and_what_does_not_is_cut() -> None:
    assert fitted("防贫预警", 20, 7) == "防贫预警"
    cut = fitted("提升农村产业组织化程度", 20, 7)
    assert cut.startswith("提升农村")
    assert cut.endswith("…")
    assert width(cut, 7) <= 20


def test_lines_are_even_and_end_where_a_reader_pauses() -> None:
    first, second = fitted("提升农村产业组织化程度", 26, 7, 2).split("\n")
    assert abs(len(first) - len(second)) <= 1
    assert fitted("巩固脱贫成果，推动乡村振兴", 24, 7, 2) == "巩固脱贫成果，\n推动乡村振兴"
    assert fitted("a long English label", 16, 7, 3).replace("\n", " ") == "a long English label"


@settings(max_examples=60, deadline=None)
@given(st.text("防贫预警，。ab 1", min_size=1, max_size=40), st.floats(8, 60), st.integers(1, 3))
def test_no_line_is_wider_than_its_room(text: str, room: float, lines: int) -> None:
    broken = fitted(text, room, 7, lines)
    assert broken.count("\n") < lines
    assert all(width(line, 7) <= room + 1e-6 for line in broken.split("\n"))
    if "…" not in broken:
        assert "".join(broken.split()) == "".join(text.split())


def test_counts_carry_their_share() -> None:
    assert counted(5, 117) == "5（4.3%）"
    assert counted(0, 117, " 个案例") == "0 个案例"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 80), st.floats(0, 60)), min_size=2, max_size=14))
def test_boxes_stand_apart_inside_the_page(wishes: list[tuple[float, float]]) -> None:
    sizes = np.full((len(wishes), 2), (14.0, 6.0))
    placed = place_near(np.array(wishes), sizes, (85.0, 64.0))
    assert np.allclose(placed[0], np.clip(wishes[0], (7, 3), (78, 61)))
    assert (placed >= sizes / 2 - 1e-6).all()
    assert (placed <= np.array([85.0, 64.0]) - sizes / 2 + 1e-6).all()
    for one in range(len(placed)):
        for other in range(one):
            apart = np.abs(placed[one] - placed[other])
            assert apart[0] >= 14 - 1e-3 or apart[1] >= 6 - 1e-3


def test_labels_stand_beside_their_points_and_off_the_others() -> None:
    points = np.array([[10.0, 10.0], [10.0, 11.0], [40.0, 30.0], [12.0, 10.5]])
    found = place_beside(points, [(8.0, 3.0)] * 3, (50.0, 40.0))
    assert found[2] is not None
    assert found[2].leader is None
    assert (found[2].x, found[2].y) == pytest.approx((40 + 1.2 + 4, 30))
    for label in filter(None, found):
        for x, y in points:
            assert abs(x - label.x) > 4 or abs(y - label.y) > 1.5


def test_a_label_without_room_is_left_out() -> None:
    assert place_beside(np.array([[5.0, 5.0]]), [(30.0, 3.0)], (20.0, 10.0)) == [None]


def test_the_first_spot_that_is_free_and_inside_is_taken() -> None:
    taken = np.array([[10.0, 10.0, 4.0, 4.0]])
    spots = np.array([[1.0, 1.0], [10.0, 10.0], [15.0, 10.0], [17.0, 10.0]])
    assert first_free(spots, (6.0, 2.0), taken, (30.0, 20.0)) == 3
    assert first_free(spots[:3], (6.0, 2.0), taken, (30.0, 20.0)) is None
