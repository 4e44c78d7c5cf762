from hypothesis import given
from hypothesis import strategies as st

from casemine.coding.concordance import ALL, Counts, Line, in_order, lines, quotations
from casemine.coding.search import search_for
from casemine.document import Document, Passage

TEXT = "村里防贫。\n乡里防贫预警。\n\n县里不防贫"


def concordance(*documents: Document, what: str = "防贫", width: int = 3) -> tuple[list[Line], Counts]:
    counts = Counts()
    return list(lines(documents, search_for(what), {}, counts, width=width)), counts


def test_each_place_stands_in_its_context_with_its_sentence() -> None:
    found, _ = concordance(Document("甲", TEXT))
    assert [(line.left, line.match, line.right) for line in found] == [
        ("村里", "防贫", "。 乡"),
        ("乡里", "防贫", "预警。"),
        ("县里不", "防贫", ""),
    ]
    assert [line.sentence for line in found] == ["村里防贫。", "乡里防贫预警。", "县里不防贫"]
    assert all(TEXT[line.start : line.end] == line.match for line in found)
    assert all(TEXT[line.sentence_start :].startswith(line.sentence) for line in found)


def test_what_does_not_count_is_not_searched() -> None:
    found, counts = concordance(Document("甲", TEXT, passages=(Passage(0, 6, "references"),)))
    assert [line.start for line in found] == [8, 18]
    assert counts.characters[ALL] == 12


def test_counts_by_group() -> None:
    counts = Counts()
    documents = [Document("甲", "防贫防贫"), Document("乙", "脱贫"), Document("丙", "防贫")]
    assert (
        len(
            list(
                lines(documents, search_for("防贫"), {"甲": "四川", "乙": "四川", "丙": ""}, counts, width=5)
            )
        )
        == 3
    )
    assert counts.table().values.tolist() == [["四川", 2, 1, 2, 6, 3333.3333], ["未注明", 1, 1, 1, 2, 5000.0]]


def test_left_is_read_backwards_and_han_goes_by_sound() -> None:
    found, _ = concordance(Document("甲", "重庆防贫甲，北京防贫乙，安徽防贫丙"), width=2)
    assert [line.left for line in in_order(found, "left")] == ["安徽", "北京", "重庆"]
    assert [line.right[0] for line in in_order(found, "right")] == ["丙", "甲", "乙"]


@given(st.lists(st.text("甲乙丙防 ", max_size=6), max_size=12), st.sampled_from(["left", "right"]))
def test_however_little_is_held_the_order_is_the_same(parts: list[str], sort: str) -> None:
    found, _ = concordance(Document("甲", "防贫".join(parts)))
    assert list(in_order(found, sort, held=2)) == list(in_order(found, sort))
    assert sorted(in_order(found, sort)) == sorted(found)


def test_a_sentence_is_coded_once_however_often_it_was_found() -> None:
    found, _ = concordance(Document("甲", "防贫防贫。不。防贫"))
    assert quotations(found) == {"甲": [(0, 5, "防贫防贫。"), (7, 9, "防贫")]}
