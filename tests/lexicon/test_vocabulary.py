import pytest

from casemine.lexicon.vocabulary import Vocabulary


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    path = tmp_path_factory.mktemp("dictionary") / "dict.txt"
    # As a checkout on Windows may have it: CRLF, and no line end after the last.
    path.write_bytes("的 318825 uj\r\n长效机制 3 n\r\n𠮷野家 12 nz\r\n长效 7 b\r\n的 5 x".encode())
    return Vocabulary.read(path)


def test_each_word_is_found_with_its_frequency_and_tag(small: Vocabulary) -> None:
    rows = small.find(["长效机制", "无", "长效", "𠮷野家"])
    assert small.frequency(rows).tolist() == [3, 0, 7, 12]
    assert small.tag(rows) == ["n", "", "b", "nz"]


def test_of_a_word_given_twice_the_last_row_counts(small: Vocabulary) -> None:
    row = small.find(["的"])
    assert (small.frequency(row).tolist(), small.tag(row)) == ([5], ["x"])
    assert small.total == 318825 + 3 + 7 + 12 + 5


def test_what_a_word_begins_with_and_what_begins_with_it_are_not_found(small: Vocabulary) -> None:
    assert small.find(["长", "长效机", "长效机制的", "长效机制长效机制", "", "机制长效"]).tolist() == [-1] * 6
    assert small.find(["长效" * 100_000, "长效", "长效机制的"]).tolist()[::2] == [-1, -1]
    assert small.find([]).tolist() == []
