"""Where words stand that cleaning changed, and positions that cannot be known."""

import pytest

from casemine.exchange.positions import Finder, Stretch, resolved

SOURCE = (
    "青石乡调查\n\n２０２２年，青石乡建起仓库８座，带动１２０户增收［３］。\n"
    "技术员每周下田一次 [4]，农户按月记账[5-6]。\n- 2 -\n账本交给合作社核对。账本交给合作社核对。\n"
)
TARGET = (
    "青石乡调查\n2022年，青石乡建起仓库8座，带动120户增收。\n技术员每周下田一次，农户按月记账。"
    "账本交给合作社核对。账本交给合作社核对。"
)


def placed(words: str, source: str = SOURCE, target: str = TARGET, nth: int = 0) -> str | None:
    start = source.index(words)
    for _ in range(nth):
        start = source.index(words, start + 1)
    span = Finder(source, target).find(start, start + len(words))
    return span and target[slice(*span)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("青石乡建起仓库８座，带动１２０户增收［３］。", "青石乡建起仓库8座，带动120户增收。"),
        ("技术员每周下田一次 [4]，农户", "技术员每周下田一次，农户"),
        ("户按月记账[5-6]。\n- 2 -\n账本交给", "户按月记账。账本交给"),
        ("增收［３］", "增收"),
        ("［３］", None),
        ("青石乡\n", None),
    ],
)
def test_words_that_cleaning_changed_have_their_place(words: str, expected: str | None) -> None:
    if words.endswith("\n"):
        assert Finder("青石乡\n", TARGET).find(3, 4) is None
    else:
        assert placed(words) == expected


@pytest.mark.parametrize("target", ["合作社有仓库9座。", "合作社没有仓库8座。", "合作社仓库8座。"])
def test_any_other_change_leaves_words_without_a_place(target: str) -> None:
    assert placed("合作社有仓库８座。", "合作社有仓库８座。", target) is None


def test_of_two_places_it_is_the_one_the_texts_around_agree_on() -> None:
    words = "账本交给合作社核对。"
    first, second = (SOURCE.index(words), SOURCE.rindex(words))
    finder = Finder(SOURCE, TARGET)
    assert finder.find(first, first + 10) == (TARGET.index(words), TARGET.index(words) + 10)
    assert finder.find(second, second + 10) == (TARGET.rindex(words), TARGET.rindex(words) + 10)


def test_positions_beyond_the_basic_plane_without_words_are_doubtful() -> None:
    text = "😀果园办起夜校。"
    unnamed, named = [Stretch(3, 5, "")], [Stretch(3, 5, "园办")]
    assert resolved(text, unnamed, "X").doubtful
    assert not resolved(text, named, "X").doubtful
    assert resolved(text, named, "X").spans == [(2, 4)]
    assert resolved(text, unnamed, "X", "utf-16") == (text, [(2, 4)], False)
    assert resolved(text, unnamed, "X", "code-points") == (text, [(3, 5)], False)
    assert not resolved("果园办起夜校。", unnamed, "X").doubtful
    assert not resolved("果园办起夜校。😀", [Stretch(0, 2, "")], "X").doubtful
