from casemine.figures.curves import _apart


def test_ends_of_lines_stand_apart_from_the_lowest_up() -> None:
    assert _apart({"open": 10.0, "axial": 9.5, "selective": 2.0}, 1.0) == {
        "selective": 2.0, "axial": 9.5, "open": 10.5,
    }  # fmt: skip
