import pytest

from casemine.vocabulary import Vocabulary


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    path = tmp_path_factory.mktemp("dictionary") / "dict.txt"
    path.write_text("的 318825 uj\n长效机制 3 n\n𠮷野家 12 nz\n长效 7 b\n的 5 x\n", encoding="utf-8")
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
    assert small.find([]).tolist() == []
