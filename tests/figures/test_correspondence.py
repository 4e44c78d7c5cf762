import pytest

from casemine import schema
from casemine.figures import NothingToDraw
from casemine.figures.correspondence import correspondence
from casemine.figures.style import Style, texts_of


def test_items_groups_and_shares_of_the_axes_are_on_the_map() -> None:
    points = schema.CORRESPONDENCE.frame(
        {"kind": ["item", "item", "group"], "name": ["贴息", "监测", "2020"], "mass": [0.5, 0.5, 1],
         "first": [1.0, -1.0, 0.2], "second": [0.5, 0.1, -0.8], "first_contribution": [0.5, 0.5, 0.0],
         "second_contribution": [0.2, 0.1, 0.9], "quality": [1.0, 1.0, 1.0]}
    )  # fmt: skip
    axes = schema.CORRESPONDENCE_AXES.frame(
        {"axis": [1, 2], "inertia": [0.3, 0.1], "share": [0.75, 0.25], "together": [0.75, 1]}
    )
    style = Style()
    with style.applied():
        written = texts_of(correspondence(points, axes, style))
        assert all(name in written for name in ("贴息", "监测", "2020", "75.0%"))
        with pytest.raises(NothingToDraw):
            correspondence(points.iloc[:0], axes, style)
