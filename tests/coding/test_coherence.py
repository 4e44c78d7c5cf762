"""Coherence: what stands together is coherent, what is shuffled is not, and the same again."""

import sys

import pytest

from casemine.coding.codebook import Code, Codebook, depth_first
from casemine.coding.coherence import coherence
from casemine.errors import StudyError, UsageError

pytest.importorskip("gensim")

FISH, ROADS = ("鱼塘", "渔船", "渔网"), ("公路", "桥梁", "隧道")
PARAGRAPHS = [
    "鱼塘边停着渔船，船上晾着渔网。", "渔船补了渔网。", "鱼塘换了渔网。", "公路穿过隧道。", "桥梁接上公路。",
    "隧道外是桥梁和公路。", "今天下雨。", "会议开了一天。",
] * 3  # fmt: skip


def book(*groups: tuple[str, ...]) -> Codebook:
    entries = [Code("总", "selective")]
    entries += [Code(f"类{number}", "axial", "总") for number in range(len(groups))]
    entries += [Code(name, "open", f"类{number}") for number, names in enumerate(groups) for name in names]
    return Codebook("own", entries=depth_first(entries))


def test_what_stands_together_is_coherent_and_better_than_chance() -> None:
    made = coherence(book(FISH, ROADS), PARAGRAPHS)
    assert made.value > 0.4 > made.by_chance
    assert made.better_than_chance
    assert made.categories["codes"].tolist() == [3, 3]


def test_mixed_categories_are_not() -> None:
    mixed = coherence(book(("鱼塘", "公路", "渔网"), ("渔船", "桥梁", "隧道")), PARAGRAPHS)
    assert mixed.value < coherence(book(FISH, ROADS), PARAGRAPHS).value
    assert not mixed.better_than_chance


def test_the_same_seed_gives_the_same_numbers() -> None:
    one, again = (coherence(book(FISH, ROADS), iter(PARAGRAPHS), seed=3) for _ in range(2))
    assert (one.value, one.by_chance, one.spread) == (again.value, again.by_chance, again.spread)


def test_two_codes_by_hand() -> None:
    # Both stand in two of four paragraphs and always together: NPMI is 1.
    made = coherence(book(("鱼塘", "渔船"), ("公路", "桥梁")), ["鱼塘渔船", "鱼塘渔船", "公路桥梁", "公路"])
    values = dict(zip(made.categories["category"], made.categories["c_npmi"], strict=True))
    assert values["类0"] == pytest.approx(1, abs=1e-6)
    assert values["类1"] < 1


def test_codes_that_stand_nowhere_are_left_out_and_too_few_are_named() -> None:
    made = coherence(book((*FISH, "无此词"), ROADS), PARAGRAPHS)
    assert made.categories["codes"].tolist() == [3, 3]
    with pytest.raises(StudyError, match="fewer than two"):
        coherence(book(FISH, ("无此词", "也无此词")), PARAGRAPHS)


def test_without_gensim_the_error_is_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name == "gensim" or name.startswith("gensim.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "gensim", None)
    with pytest.raises(UsageError, match="gensim"):
        coherence(book(FISH, ROADS), PARAGRAPHS)
