from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from casemine.discover.absorb import CHIEF, INSIDE, ONE, absorbed_by, bound

ROWS = st.dictionaries(
    st.text("甲乙丙a", min_size=2, max_size=7),
    st.tuples(st.integers(1, 9), st.sampled_from([0.0, 1.0, 2.5, 10.0])),
    max_size=25,
)


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


def by_definition(rows: dict[str, tuple[int, float]]) -> dict[str, str]:
    """Say which word absorbs which, string by string."""

    def likely(inner: str, outer: str) -> bool:
        return rows[outer][1] >= ONE * rows[inner][1]

    def shortest(longer: list[str], extends: Callable[[str, str], bool]) -> list[str]:
        """Return those with none of the others between."""
        return [one for one in longer if not any(extends(one, other) for other in longer if other != one)]

    chief: dict[str, str] = {}
    places = {word: at for at, word in enumerate(rows)}
    for inner, (frequency, weight) in rows.items():
        longer = [word for word in rows if inner in word and word != inner]
        offers = [one for one in longer if rows[one][0] >= INSIDE * frequency and likely(inner, one)]
        for extends in (str.startswith, str.endswith):
            there = [one for one in longer if extends(one, inner)]
            there = [one for one in shortest(there, extends) if likely(inner, one)]
            if there and sum(rows[one][0] for one in there) >= INSIDE * frequency:
                offers += [one for one in there if rows[one][1] >= CHIEF * weight]
        if offers:
            chief[inner] = max(offers, key=lambda one: (rows[one][0], len(one), rows[one][1], -places[one]))
    ends: dict[str, str] = {}
    for inner in rows:
        end = inner
        while end in chief:
            end = chief[end]
        ends[inner] = "" if end == inner else end
    return ends


@given(ROWS)
def test_any_table_is_absorbed_by_definition(rows: dict[str, tuple[int, float]]) -> None:
    frequencies = [frequency for frequency, _ in rows.values()]
    weights = [weight for _, weight in rows.values()]
    found = dict(zip(rows, absorbed_by(list(rows), frequencies, weights), strict=True))
    assert found == by_definition(rows)


def test_what_always_has_the_same_neighbour_is_part_of_more() -> None:
    beside = [("不", ""), ("", ""), ("", "中"), ("有", "")]
    told = bound(["忘初心", "车间", "碳达峰碳", "少见"], [95, 9, 37, 3], beside)
    assert told == {"忘初心": "不忘初心", "碳达峰碳": "碳达峰碳中"}
