from __future__ import annotations

from casemine.kinds.name_characters import given_odds, place_odds


def test_characters_of_names() -> None:
    assert given_odds("玥") > given_odds("农")
    assert place_odds("青溪") > place_odds("发展")


def test_a_character_that_no_word_has_is_for_names() -> None:
    assert given_odds("㛃") > 0
