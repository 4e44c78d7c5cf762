"""Changes of a codebook: what a person edits, and what no codebook may be."""

import pytest

from casemine import coding
from casemine.coding.codebook_edit import edited, merged, with_code, without
from casemine.errors import UsageError

BOOK = coding.find("six-in-one")
CODE, OTHER = (code.name for code in BOOK.at("open")[:2])
AXIAL = BOOK.at("axial")[0].name


def test_what_is_left_out_stays() -> None:
    assert edited(BOOK, CODE, {}) == BOOK
    changed = edited(BOOK, CODE, {"definition": "别的意思。"})
    assert changed.by_name[CODE].definition == "别的意思。"
    assert changed.by_name[CODE].aliases == BOOK.by_name[CODE].aliases


def test_members_follow_a_category_under_its_new_name() -> None:
    changed = edited(BOOK, AXIAL, {"name": "新名"})
    assert [code.name for code in changed.members("新名")] == [code.name for code in BOOK.members(AXIAL)]
    assert changed.resolve(AXIAL) == "新名"


def test_merging_loses_no_word() -> None:
    changed = merged(BOOK, CODE, OTHER)
    words = {*BOOK.by_name[CODE].words, *BOOK.by_name[OTHER].words}
    assert set(changed.by_name[OTHER].words) == words
    assert {need.word for need in changed.by_name[OTHER].needs} >= {
        need.word for need in BOOK.by_name[CODE].needs
    }


def test_added_and_taken_out_again() -> None:
    more = with_code(BOOK, "open", {"name": "晒谷场", "parent": AXIAL, "rules": "全部 晒；谷 | 相距 3"})
    assert more.by_name["晒谷场"].rules[0].near == 3
    assert without(more, "晒谷场") == BOOK


@pytest.mark.parametrize(
    "cells", [{"name": CODE + "x\x00"}, {"aliases": OTHER}, {"parent": "没有"}, {"needs": "乱"}]
)
def test_what_no_codebook_may_be(cells: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        edited(BOOK, CODE, cells)
