import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from casemine.weigh.spans import Spans, names_of, places_in

LETTERS = st.text(st.sampled_from("扶贫产业车间\U00020000"), min_size=1, max_size=12)


def test_the_same_letters_have_the_same_name_wherever_they_stand() -> None:
    spans = Spans("产业扶贫产业扶持")
    first, second, other = spans.names(np.array([0, 4, 4]), np.array([3, 7, 8]))
    assert first == second == names_of(["产业扶"])[0]
    assert other != first


@given(LETTERS, LETTERS, LETTERS)
def test_a_stretch_is_named_as_the_word_is(before: str, word: str, after: str) -> None:
    spans = Spans(before + word + after)
    (name,) = spans.names(np.array([len(before)]), np.array([len(before) + len(word)]))
    assert name == names_of([word])[0]


@given(st.lists(LETTERS, min_size=1, max_size=20))
def test_different_words_have_different_names(words: list[str]) -> None:
    assert len(set(names_of(words).tolist())) == len(set(words))


def test_the_order_of_letters_counts() -> None:
    assert len(set(names_of(["产业", "业产"]).tolist())) == 2


def test_places_in_a_list_that_rises() -> None:
    listed = np.array([3, 5, 9], dtype=np.uint64)
    assert places_in(np.array([9, 4, 3, 10], dtype=np.uint64), listed).tolist() == [2, -1, 0, -1]
    assert places_in(listed, listed[:0]).tolist() == [-1, -1, -1]
