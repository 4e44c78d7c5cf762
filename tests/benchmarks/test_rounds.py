import pytest

import rounds
from measure import Measurement


def took(
    wall: float, cpu: float | None = None, peak: int | None = None, *, status: int | None = 0, said: str = ""
) -> Measurement:
    return Measurement(wall, cpu, peak, status, said)


def test_rounds_are_interleaved() -> None:
    order: list[str] = []

    def run(name: str) -> Measurement:
        order.append(name)
        return took(1)

    runs = rounds.interleaved(("a", "b"), 2, run)
    assert order == ["a", "b", "a", "b"]
    assert {name: len(own) for name, own in runs.items()} == {"a": 2, "b": 2}


def test_what_fails_is_not_run_again_and_says_why() -> None:
    runs = rounds.interleaved(("a",), 3, lambda name: took(1, status=1, said="Traceback\nKeyError: 3\n"))
    assert len(runs["a"]) == 1
    assert rounds.failure(runs["a"]) == "KeyError: 3"


def test_a_run_that_was_stopped_says_so() -> None:
    assert took(60, status=None).failure == "stopped after 60 s"
    assert took(1, status=-9).failure == "exit status -9"


def test_ratio_is_paired_by_round_before_the_median() -> None:
    assert rounds.ratio([10, 40, 30], [1, 8, 2]) == 10


def test_cost_cells_where_memory_or_reference_are_lacking() -> None:
    runs = {"a": [took(2)], "b": [took(1, status=1)]}
    assert rounds.cost_cells("a", runs, "b") == ["2.0", "–", "–", "–", "–"]
    assert rounds.cost_cells("a", runs, "none") == ["2.0", "–", "–", "–", "–"]
    assert rounds.cost_cells("a", runs, "a") == ["2.0", "1.0", "–", "–", "–"]


def test_cost_cells_are_medians() -> None:
    runs = {"a": [took(2, 4, 2**20), took(4, 8, 3 * 2**20)], "casemine": [took(1, 4), took(4, 4)]}
    assert rounds.cost_cells("a", runs, "casemine") == ["3.0", "1.5", "6.0", "1.5", "2"]


def test_table_is_markdown() -> None:
    assert rounds.table(["name", "x"], [["a", "1"]]) == "| name | x |\n|---|---:|\n| a | 1 |"


def test_ratio_wants_the_same_rounds() -> None:
    with pytest.raises(ValueError, match="longer"):
        rounds.ratio([1], [1, 1])
