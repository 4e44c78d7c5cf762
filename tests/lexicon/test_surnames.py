from casemine.lexicon.surnames import ALSO_WORDS, SURNAMES


def test_surnames_are_single_characters_and_the_doubtful_ones_are_among_them() -> None:
    assert all(len(name) == 1 for name in SURNAMES)
    assert ALSO_WORDS < SURNAMES


def test_common_surnames_are_known_and_words_are_none() -> None:
    assert set("王李张刘陈屈") <= SURNAMES - ALSO_WORDS
    assert "强" in ALSO_WORDS and not set("的和防贫") & SURNAMES
