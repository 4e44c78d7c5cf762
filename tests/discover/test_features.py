import numpy as np
import pytest

from casemine.discover.candidates import candidates
from casemine.discover.features import Occurrences, means, stands_alone
from casemine.discover.scores import Columns
from casemine.segment import Segmenter

TEXTS = [
    "扶贫车间\n推进扶贫车间建设。村里的扶贫车间招工，果园、扶贫车间都见效。",
    "和扶贫车间一样，\n扶贫车间好。" + "路通了。" * 100 + "扶贫车间",
]


@pytest.fixture(scope="module")
def row() -> dict[str, float]:
    table: Columns = candidates(TEXTS, Segmenter(), 3, 6)
    at = table["word"].tolist().index("扶贫车间")
    return {name: values[at] for name, values in table.items()}


def test_occurrences_are_counted_where_they_stand(row: dict[str, float]) -> None:
    assert (row["frequency"], row["documents"]) == (7, 2)
    # 扶贫车间 is the first line of one text; in the other it stands in the first line after 和.
    assert row["headline"] == pytest.approx(2 / 7) and row["title"] == 1
    assert row["early"] == pytest.approx(6 / 7)


def test_neighbours_say_what_speaks_against_a_term(row: dict[str, float]) -> None:
    assert row["after_of"] == pytest.approx(1 / 7)
    assert row["after_and"] == pytest.approx(1 / 7)
    assert row["listed"] == pytest.approx(1 / 7)


def test_means_are_shares_of_all_or_of_those_at_token_borders() -> None:
    names = [
        "title", "functions", "grammar", "early", "after_of", "after_and", "listed", "closed",
        *(f"{end}_{kind}" for end in ("first", "last")
          for kind in ("action", "plain", "single", "compounds", "common")),
    ]  # fmt: skip
    sums = {name: np.array([2]) for name in names}
    told = means(
        {"word": np.array(["a"], object), "frequency": np.array([8]), "whole": np.array([4]), **sums}
    )
    assert (told["title"][0], told["functions"][0]) == (1, 1)
    assert (told["headline"][0], told["early"][0], told["first_single"][0]) == (0.25, 0.25, 0.5)
    assert told["grammar"][0] == 2 * 2.0**-20 / 8 and told["last_common"][0] == 2 * 2.0**-20 / 4


def test_sums_are_over_the_occurrences_of_each_string() -> None:
    every = Occurrences(np.array([3, 8, 5]), np.array([0, 0, 1]), 3, 2)
    assert every.counts.tolist() == [2, 1, 0]
    assert every.sum(np.array([1, 2, 4])).tolist() == [3, 4, 0]
    assert every.where(np.array([False, True, True])).counts.tolist() == [1, 1, 0]


def test_a_string_stands_alone_when_all_shards_asked_and_enough_of_it_is_whole() -> None:
    # Occurrences in shards that asked, at token borders, making a term.
    alignment = np.array([[10, 3, 1], [10, 2, 1], [9, 9, 9], [10, 10, 0]])
    assert stands_alone(alignment, np.array([10, 10, 10, 10])).tolist() == [True, False, False, False]
