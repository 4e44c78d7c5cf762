import numpy as np
import pytest

from casemine.discover.candidates import Means, by_word, candidates, dealt, rows, unknown
from casemine.discover.scores import Columns, weigh
from casemine.segment import Segmenter

TEXTS = [
    "县里办起扶贫车间，扶贫车间招工。村里的扶贫车间见效，去扶贫车间看看。",
    "志智双扶见效。推进志智双扶，志智双扶有成效；讲志智双扶。",
]
SEGMENTER = Segmenter()


def words(texts: list[str], min_count: int = 3, max_len: int = 6, using: Means | None = None) -> list[str]:
    table = candidates(texts, SEGMENTER, min_count, max_len, using)
    found: list[str] = table["word"].tolist() if table else []
    return found


def test_strings_that_recur_at_token_borders_are_candidates() -> None:
    found = words(TEXTS)
    assert "扶贫车间" in found and "志智双扶" in found
    assert "贫车间" not in found and "智双扶" not in found
    assert "车间" not in found  # in the dictionary
    assert found == sorted(found)


def test_frequency_and_length_are_bounded() -> None:
    assert words(TEXTS, min_count=5) == []
    assert "扶贫车间" not in words(TEXTS, max_len=3)
    table = candidates(TEXTS, SEGMENTER, 3, 6)
    assert table["frequency"].min() >= 3
    assert all(2 <= len(word) <= 6 for word in table["word"])


@pytest.mark.parametrize("texts", [[], [""], ["，。"], ["村"]])
def test_of_little_text_there_is_no_candidate(texts: list[str]) -> None:
    assert words(texts) == []


def test_the_result_does_not_depend_on_shards_parts_memory_and_order(tmp_path) -> None:
    whole = candidates(TEXTS, SEGMENTER, 3, 6)
    for using in (Means(shard=10, parts=3), Means(memory=8_000, spill=tmp_path)):
        again = candidates(TEXTS[::-1], SEGMENTER, 3, 6, using)
        assert whole.keys() == again.keys()
        for name, values in whole.items():
            assert np.array_equal(values, again[name]), name


def test_texts_are_dealt_out_whole() -> None:
    with dealt(TEXTS * 3, SEGMENTER, 3, Means(shard=40)) as work:
        assert work.shards > 1
        dealt_out = [text for number in range(work.shards) for text in work.store.get(f"text/{number}")]
    assert dealt_out == TEXTS * 3


def test_rows_of_a_table_are_taken_and_ordered() -> None:
    table = {"word": np.array(["乙", "一"], object), "frequency": np.array([3, 4])}
    assert by_word(table)["frequency"].tolist() == [4, 3]
    assert rows(table, np.array([True, False]))["word"].tolist() == ["乙"]


def test_words_of_which_the_dictionary_knows_no_part_are_fed_back() -> None:
    with dealt(TEXTS, SEGMENTER, 3, Means()):
        table = candidates([*TEXTS, *TEXTS], SEGMENTER, 3, 6)
    heavy = {**table, "weight": weigh(table)}
    ranked = unknown(heavy)
    assert len(set(ranked)) == len(ranked) and set(ranked) <= set(table["word"].tolist())
    lengths = [len(word) == 2 for word in ranked]
    assert lengths == sorted(lengths)


def frequent_words(table: Columns) -> Columns:
    return {
        name: table[name][table["frequency"] > 2] for name in ("word", "frequency", "weight") if name in table
    }


def test_what_is_done_to_each_part_is_done_to_all() -> None:
    whole = candidates([*TEXTS, *TEXTS], SEGMENTER, 2, 6)
    kept = candidates(
        iter([*TEXTS, *TEXTS]), SEGMENTER, 2, 6, Means(shard=40, parts=3), 10_000, frequent_words
    )
    assert kept["word"].tolist() == whole["word"][whole["frequency"] > 2].tolist()
    assert list(kept) == ["word", "frequency"]
