from pathlib import Path

import pytest

from casemine import resources
from casemine.errors import UsageError


def test_a_word_list_has_comments_and_blank_lines(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("# 说明\n茶叶\n\n  产业 # 见下\n茶叶\n", "utf-8")
    assert resources.word_list(path) == {"茶叶", "产业"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_lists_are_read_as_editors_save_them(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "words.txt"
    path.write_bytes("茶叶\r\n产业".encode(encoding))
    assert resources.word_list(path) == {"茶叶", "产业"}


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_bytes(b"\xff\xff\xff")
    with pytest.raises(UsageError, match=r"words\.txt: is neither UTF-8 nor GB18030 text\."):
        resources.word_list(path)
    with pytest.raises(UsageError, match=r"none\.txt: cannot be read \(No such file"):
        resources.word_list(tmp_path / "none.txt")


def test_a_user_dictionary_is_read_as_jieba_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "dict.txt"
    path.write_text(
        "Edu Trust认证 2000 n\n防贫预警\n七步法 nz\n网格员 3\n罗江 5 ns # 区\n# 词\nC# 2\n", "utf-8"
    )
    assert resources.user_dictionary(path) == {
        "Edu Trust认证": "n", "防贫预警": "n", "七步法": "nz", "网格员": "n", "罗江": "ns", "C#": "n",
    }  # fmt: skip


def test_generic_lists_go_by_file_or_by_name(tmp_path: Path) -> None:
    own = tmp_path / "own.txt"
    own.write_text("情况", "utf-8")
    assert resources.generic_list(str(own)) == own
    for path in resources.dictionary("generic").glob("*.txt"):
        assert resources.generic_list(path.stem) == path
    with pytest.raises(UsageError, match=r"no such list of generic words\. Give a file or one of: "):
        resources.generic_list("无此表")


def test_shipped_files_are_there_and_what_is_not_says_so() -> None:
    assert resources.dictionary("stopwords.txt").is_file() and resources.corpus("study-117").is_dir()
    names = [path.name for path in resources.dictionaries()]
    assert (
        len(names) == len(set(names))
        and {"author-keywords.npz", "word-kinds.csv"} <= set(names)
        and "function-words.txt" in names
    )
    for ask in (resources.dictionary, resources.corpus):
        with pytest.raises(UsageError, match=r"shipped with casemine is missing\. Install casemine again\."):
            ask("none")
