from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from casemine.weigh.counting import Counting
from casemine.weigh.spans import names_of


def test_a_word_is_counted_once_for_each_document_that_holds_it() -> None:
    counting = Counting()
    counting.add(names_of(["产业", "车间"]))
    counting.add(names_of(["车间"]))
    frequencies = counting.frequencies()
    assert [frequencies[word] for word in ("产业", "车间", "搬迁")] == [1, 2, 0]
    assert frequencies.of(names_of(["车间", "搬迁"])).tolist() == [2.0, 0.0]


def test_counting_goes_on_after_frequencies_were_asked() -> None:
    counting = Counting()
    counting.add(names_of(["产业"]))
    before = counting.frequencies()
    counting.add(names_of(["产业"]))
    assert (before["产业"], counting.frequencies()["产业"]) == (1, 2)


def test_of_nothing_there_is_nothing() -> None:
    assert len(Counting().frequencies().names) == 0
    assert Counting().frequencies()["产业"] == 0


@given(st.lists(st.lists(st.integers(0, 30), unique=True), max_size=12))
def test_counts_are_those_of_a_plain_count_in_whatever_pieces(documents: list[list[int]]) -> None:
    counting = Counting()
    for document in documents:
        counting.add(np.array(document, dtype=np.uint64))
    frequencies = counting.frequencies()
    expected = Counter(name for document in documents for name in document)
    assert dict(zip(frequencies.names.tolist(), frequencies.documents.tolist(), strict=True)) == expected
    assert (np.diff(frequencies.names.astype(np.int64)) > 0).all()


def test_names_of_all_parts_rise() -> None:
    counting = Counting()
    names = np.array([2**64 - 1, 5, 2**58, 2**63, 2**58 - 1], dtype=np.uint64)
    counting.add(names)
    counting.add(names[:2])
    frequencies = counting.frequencies()
    assert frequencies.names.tolist() == sorted(names.tolist())
    assert frequencies.documents.tolist() == [2, 1, 1, 1, 2]
