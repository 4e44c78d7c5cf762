import numpy as np
import pytest

from casemine.networks.correspondence import correspondence

# Greenacre (1984), table 3.1: smoking habits (none, light, medium, heavy) by group of staff.
STAFF = ["SM", "JM", "SE", "JE", "SC"]
SMOKING = ["none", "light", "medium", "heavy"]
TABLE = np.array([[4, 2, 3, 2], [4, 3, 7, 4], [25, 10, 12, 4], [18, 24, 33, 13], [10, 6, 7, 2]], dtype=float)


def test_the_smoking_data_have_their_published_inertias_and_coordinates() -> None:
    made = correspondence(TABLE, STAFF, SMOKING)
    assert made is not None
    # As printed by Greenacre, and by R's package ca (Nenadić & Greenacre 2007) for the same data.
    assert made.axes["inertia"].round(4).tolist() == [0.0748, 0.01, 0.0004]
    assert made.axes["share"].round(3).tolist() == [0.878, 0.118, 0.005]
    points = made.points.set_index("name")
    first = np.array([-0.240539, 0.947105, -1.391973, 0.851989, -0.735456]) * np.sqrt(0.074759)
    second = np.array([-1.935708, -2.430958, -0.106508, 0.576944, 0.788435]) * np.sqrt(0.010017)
    # The direction of an axis is free.
    assert abs(np.corrcoef(points.loc[STAFF, "first"], first)[0, 1]) == pytest.approx(1)
    assert points.loc[STAFF, "first"].abs().to_numpy() == pytest.approx(abs(first), abs=1e-4)
    assert points.loc[STAFF, "second"].abs().to_numpy() == pytest.approx(abs(second), abs=1e-4)
    columns = np.array([-1.438471, 0.363746, 0.718017, 1.074445]) * np.sqrt(0.074759)
    assert points.loc[SMOKING, "first"].abs().to_numpy() == pytest.approx(abs(columns), abs=1e-4)
    assert points.loc["SM", "mass"] == pytest.approx(11 / 193, abs=1e-4)
    assert points.loc["SE", "quality"] == pytest.approx(1.0, abs=1e-3)


def test_nothing_is_mapped_where_two_axes_lack() -> None:
    assert correspondence(TABLE[:2], STAFF[:2], SMOKING) is None
    assert correspondence(np.ones((3, 3)), STAFF[:3], SMOKING[:3]) is None
    empty = np.zeros((5, 1))
    made = correspondence(np.hstack((TABLE, empty)), STAFF, [*SMOKING, "no one"])
    assert made is not None and "no one" not in set(made.points["name"])
