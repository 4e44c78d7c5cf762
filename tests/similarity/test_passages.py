import time

from hypothesis import given, settings
from hypothesis import strategies as st

from casemine.similarity.fingerprints import Letters
from casemine.similarity.passages import ALL_PAIRS, Index, Shared, common_passages, shared
from planted_texts import planted

PASSAGE = "建立防止返贫动态监测和帮扶机制对易返贫致贫人口实施常态化监测做到早发现早干预早帮扶守住底线"


def found(texts: list[str], *, least: int = 30, common: int = 1000) -> list[Shared]:
    return list(shared(Index.of([Letters.of(text) for text in texts]), least=least, common=common))


def test_a_passage_is_told_with_its_letters_in_both() -> None:
    (passage,) = found([f"甲乙丙。{PASSAGE}。丁戊", f"子丑{PASSAGE[:20]}，\n{PASSAGE[20:]}寅"])
    size = len(PASSAGE)
    assert passage[:6] == (0, 1, 3, 3 + size, 2, 2 + size)
    assert (passage.equal, passage.likeness, passage.documents) == (size, 1.0, 2)


def test_a_change_of_a_few_letters_does_not_end_a_passage() -> None:
    text = PASSAGE + "切实兜牢民生保障网让困难群众过上好日子"
    (passage,) = found([text, text.replace("常态化", "经常性的")])
    assert (passage.first_start, passage.first_end) == (0, len(text))
    assert passage.equal == len(text) - 3 and 0.9 < passage.likeness < 1


def test_shorter_ones_and_other_texts_are_not_told() -> None:
    assert found([PASSAGE[:29], PASSAGE[:29]]) == []
    assert found([PASSAGE, "子丑寅卯" * 20, ""]) == []


def test_what_many_have_links_the_first_and_what_very_many_have_nobody() -> None:
    many = [f"{chr(0x4E00 + at) * 3}{PASSAGE}" for at in range(ALL_PAIRS + 5)]
    linked = found(many)
    assert [(each.first, each.second) for each in linked] == [(0, at) for at in range(1, len(many))]
    assert found(many, common=10) == []
    (told,) = common_passages(Index.of([Letters.of(text) for text in many]), least=27, common=10)
    assert (told.document, told.documents) == (0, len(many))
    assert 3 <= told.start < told.end <= 3 + len(PASSAGE)


@settings(max_examples=40)
@given(st.lists(st.text("甲乙丙丁", max_size=80), min_size=2, max_size=4))
def test_what_is_told_as_the_same_to_the_letter_is(texts: list[str]) -> None:
    for passage in found(texts, least=16):
        first = texts[passage.first][passage.first_start : passage.first_end]
        second = texts[passage.second][passage.second_start : passage.second_end]
        assert len(first) >= 16 and len(second) >= 16
        if passage.equal == len(first) == len(second):
            assert first == second


def test_planted_copies_are_found() -> None:
    """The small form of benchmarks/similar.py."""
    made = planted(150, 120, seed=7)
    began = time.monotonic()
    told = found(made.texts, least=40, common=30)
    letters = [Letters.of(text) for text in made.texts]
    texts = {(each.first, each.second): "" for each in told}
    for each in told:
        places = letters[each.first].places
        texts[each.first, each.second] += made.texts[each.first][
            places[each.first_start] : places[each.first_end - 1] + 1
        ]
    hits = sum(passage in texts.get((first, second), "") for first, second, passage in made.copies)
    assert hits >= 0.95 * len(made.copies)
    assert len(told) < 1.2 * len(made.copies), "chance texts share nothing but copies"
    assert time.monotonic() - began < 60
