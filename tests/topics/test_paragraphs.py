"""Paragraphs held by numbers are those that were given."""

from hypothesis import given
from hypothesis import strategies as st

from casemine.topics.paragraphs import Paragraphs

WORDS = st.lists(st.sampled_from(["产业", "扶贫", "车间", "医保"]), max_size=6)
PLACED = st.lists(st.tuples(st.sampled_from(["a.txt", "b.txt", "c.txt"]), WORDS), max_size=12)


@given(PLACED)
def test_what_was_added_comes_back(given: list[tuple[str, list[str]]]) -> None:
    held = Paragraphs()
    for at, (doc_id, words) in enumerate(given):
        held.add(words, doc_id, at, at + 7)
    assert list(held) == [words for _, words in given]
    assert held[::2] == [words for _, words in given][::2]
    spans = [(doc_id, at, at + 7) for at, (doc_id, _) in enumerate(given)]
    assert list(held.spans) == held.spans[:] == spans
    rows = range(0, len(given), 3)
    assert list(held.spans.of(rows)) == [spans[row] for row in rows]
    if given:
        assert held[-1] == given[-1][1]
