import pytest

from casemine.kinds.name_characters import given_odds, place_odds


def test_characters_of_names_have_better_odds_than_those_of_words() -> None:
    assert given_odds("玥") > given_odds("农")
    assert place_odds("青溪") > place_odds("发展")


def test_odds_are_means_whatever_the_order() -> None:
    assert (
        given_odds("明华") == given_odds("华明") == pytest.approx((given_odds("明") + given_odds("华")) / 2)
    )
    assert place_odds("青青") == place_odds("青")


def test_a_character_that_no_word_has_is_one_of_names() -> None:
    assert given_odds("\U00020000") == place_odds("\U00020000") == 2.5
