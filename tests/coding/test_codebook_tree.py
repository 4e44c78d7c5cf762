"""Codebooks from trees of any depth."""

from hypothesis import given, settings
from hypothesis import strategies as st

from casemine import coding
from casemine.coding.codebook_check import Located, consistency


def tree(*codes: tuple[str, str, str], **texts: dict[str, str]) -> list[coding.Branch]:
    return [coding.Branch(key, parent, name, texts.get(key, {})) for key, parent, name in codes]


def levels(book: coding.Codebook) -> list[tuple[str, str, str]]:
    return [(code.name, code.level, code.parent) for code in book.entries]


def test_three_levels_are_taken_as_they_are() -> None:
    book, names = coding.from_tree(tree(("1", "", "甲"), ("2", "1", "乙"), ("3", "2", "丙")), name="书")
    assert levels(book) == [("甲", "selective", ""), ("乙", "axial", "甲"), ("丙", "open", "乙")]
    assert names == {"1": "甲", "2": "乙", "3": "丙"} and book.name == "书"


def test_what_is_deeper_is_open_and_belongs_to_the_axial_category_above() -> None:
    codes = (("1", "", "甲"), ("2", "1", "乙"), ("3", "2", "丙"), ("4", "3", "丁"), ("5", "", "戊"))
    book, _ = coding.from_tree(tree(*codes), name="书")
    assert levels(book) == [("甲", "selective", ""), ("乙", "axial", "甲"), ("丙", "open", "乙"),
                            ("丁", "open", "乙"), ("戊", "selective", "")]  # fmt: skip


def test_two_levels_are_axial_and_open() -> None:
    book, _ = coding.from_tree(tree(("1", "", "甲"), ("2", "1", "乙"), ("3", "", "丙")), name="书")
    assert levels(book) == [
        ("书", "selective", ""),
        ("甲", "axial", "书"),
        ("乙", "open", "甲"),
        ("丙", "axial", "书"),
    ]


def test_a_list_is_open() -> None:
    book, _ = coding.from_tree(tree(("1", "", "甲"), ("2", "", "书")), name="书")
    assert levels(book) == [("书", "selective", ""), ("未归类", "axial", "书"), ("甲", "open", "未归类"),
                            ("书（未归类）", "open", "未归类")]  # fmt: skip


def test_names_are_made_distinct_as_codebooks_compare_them() -> None:
    codes = (
        ("1", "", "A"),
        ("2", "1", "B"),
        ("3", "2", "ａ"),
        ("4", "1", "C"),
        ("5", "4", "a"),
        ("6", "4", "A"),
        ("7", "4", " \n"),
    )
    _, names = coding.from_tree(tree(*codes), name="书")
    assert list(names.values()) == ["A", "B", "ａ（B）", "C", "a（C）", "A 2", "未命名"]


def test_texts_and_aliases_are_kept_where_a_codebook_may_hold_them() -> None:
    texts = {"definition": " 定义\r\n二\x00 ", "aliases": "别；乙、别；三", "example": "例"}
    book, _ = coding.from_tree(tree(("1", "", "甲"), ("2", "", "乙"), **{"1": texts}), name="书/名.")
    code = book.by_name["甲"]
    assert (code.definition, code.aliases, code.example) == ("定义\n二", ("别", "三"), "例")
    assert book.name == "书-名"


anything = st.text(max_size=4)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), anything, anything, anything), min_size=1, max_size=12))
def test_every_tree_gives_a_sound_codebook(codes: list[tuple[int, str, str, str]]) -> None:
    branches = [
        coding.Branch(str(at), str(up) if up < at else "", name, {"definition": text, "aliases": alias})
        for at, (up, name, text, alias) in enumerate(codes)
    ]
    book, names = coding.from_tree(branches, name=codes[0][1])
    found = [Located(code, at, (at,) * len(code.aliases)) for at, code in enumerate(book.entries)]
    assert not [problem for problem in consistency(found, "f") if not problem.warning]
    assert set(names.values()) <= set(book.by_name) and len(set(names.values())) == len(codes)
    assert len(book.entries) - len(codes) in (0, 1, 2)
