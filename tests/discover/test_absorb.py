from __future__ import annotations

from casemine.discover.absorb import absorbed_by


def test_a_fragment_is_absorbed_by_the_longer_word() -> None:
    assert absorbed_by(["系统服务", "生态系统服务"], [10, 10], [5.0, 5.0]) == ["生态系统服务", ""]


def test_a_word_that_stands_alone_often_enough_stays() -> None:
    assert absorbed_by(["系统服务", "生态系统服务"], [10, 7], [5.0, 5.0]) == ["", ""]


def test_a_term_is_not_absorbed_by_a_chance_string() -> None:
    assert absorbed_by(["系统服务", "对系统服务"], [10, 10], [5.0, 1.0]) == ["", ""]


def test_the_absorber_is_no_fragment_itself() -> None:
    words = ["态系", "生态系统", "生态系统服务"]
    assert absorbed_by(words, [10, 10, 9], [5.0, 5.0, 5.0]) == ["生态系统服务", "生态系统服务", ""]
