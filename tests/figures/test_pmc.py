import numpy as np
import pytest

from casemine.figures import NothingToDraw
from casemine.figures.pmc import surfaces
from casemine.figures.style import Style, texts_of


def test_each_policy_has_its_surface_and_what_a_page_does_not_hold_is_said() -> None:
    style = Style()
    with style.applied():
        figure = surfaces([np.full((3, 3), 0.5)] * 14, ["甲方案\n4.50，可接受"] * 14, style)
        assert len(figure.axes) == 12
        assert "甲方案" in texts_of(figure) and "共 14 篇" in texts_of(figure)
        with pytest.raises(NothingToDraw):
            surfaces([], [], style)
