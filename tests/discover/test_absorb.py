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


def test_several_longer_words_absorb_together() -> None:
    words = ["巩固脱贫", "巩固脱贫成果", "巩固脱贫攻坚"]
    assert absorbed_by(words, [10, 4, 5], [5.0, 4.0, 6.0]) == ["巩固脱贫攻坚", "", ""]


def test_a_head_is_not_absorbed_by_its_lighter_compounds() -> None:
    words = ["扶贫产业", "扶贫产业园", "扶贫产业链"]
    assert absorbed_by(words, [10, 4, 5], [5.0, 4.0, 4.0]) == ["", "", ""]


def test_nested_extensions_are_counted_once() -> None:
    words = ["脱贫", "脱贫攻坚", "脱贫攻坚战"]
    assert absorbed_by(words, [20, 10, 7], [5.0, 6.0, 6.0]) == ["", "", ""]
