from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given

from casemine import coding
from casemine.coding import Code, Codebook
from casemine.schema import CODEBOOK_DIFF
from coding.codebooks import ROUNDS, RULED, book, codebooks, small_book, written


def changes(old: Codebook, new: Codebook) -> list[tuple[str, ...]]:
    table = coding.diff(old, new)
    return [
        tuple(row) for row in table[["change", "code", "field", "before", "after"]].itertuples(index=False)
    ]


WARN = Code("预警", "open", definition="警示。", aliases=("警示",))
FUND = Code("基金", "open", definition="钱。")


def test_no_difference() -> None:
    assert changes(small_book(a=WARN), small_book(a=WARN)) == []
    assert list(coding.diff(small_book(), small_book()).columns) == CODEBOOK_DIFF.names


def test_added_and_removed() -> None:
    assert changes(small_book(a=WARN), small_book(b=FUND)) == [
        ("removed", "预警", "code", "保障 > 监测", ""),
        ("added", "基金", "code", "", "保障 > 监测"),
    ]


def test_moved() -> None:
    def under(parent: str) -> Codebook:
        code = dataclasses.replace(WARN, parent=parent)
        return book(Code("保障", "selective"), Code("甲", "axial", "保障"), Code("乙", "axial", "保障"), code)

    assert changes(under("甲"), under("乙")) == [("moved", "预警", "parent", "保障 > 甲", "保障 > 乙")]


def test_moved_to_another_level() -> None:
    old = book(Code("保障", "selective"), Code("甲", "axial", "保障"))
    assert changes(old, book(Code("保障", "selective"), Code("甲", "selective"))) == [
        ("moved", "甲", "parent", "保障", "selective")
    ]


def test_merged_into_a_code_that_was_there() -> None:
    merged = dataclasses.replace(WARN, aliases=("警示", "基金"))
    assert changes(small_book(a=WARN, b=FUND), small_book(a=merged)) == [
        ("merged", "基金", "code", "基金", "预警"),
        ("redefined", "预警", "aliases", "警示", "警示；基金"),
    ]


def test_several_merged_into_a_new_code() -> None:
    both = Code("预警与基金", "open", aliases=("预警", "基金"))
    assert changes(small_book(a=WARN, b=FUND), small_book(a=both)) == [
        ("merged", "预警", "code", "预警", "预警与基金"),
        ("merged", "基金", "code", "基金", "预警与基金"),
        ("added", "预警与基金", "code", "", "保障 > 监测"),
    ]


@pytest.mark.parametrize(
    "renamed",
    [
        Code("早知道", "open", definition="警示。", aliases=("警示",)),
        Code("早知道", "open", definition="警示。"),
        Code("早知道", "open", definition="另说。", aliases=("警示",)),
        Code("早知道", "open", definition="另说。", aliases=("预警",)),
    ],
)
def test_renamed_by_alias_definition_or_aliases(renamed: Code) -> None:
    first, *rest = changes(small_book(a=WARN), small_book(a=renamed))
    assert first == ("renamed", "预警", "code", "预警", "早知道")
    assert {change for change, *_ in rest} <= {"redefined"}


def test_members_of_a_renamed_category_do_not_move() -> None:
    old = book(
        Code("保障", "selective"), Code("甲", "axial", "保障", definition="同。"), Code("子", "open", "甲")
    )
    new = book(
        Code("保障", "selective"), Code("乙", "axial", "保障", definition="同。"), Code("子", "open", "乙")
    )
    assert changes(old, new) == [("renamed", "甲", "code", "甲", "乙")]


def test_redefined_names_the_field_and_what_is_said_of_the_whole() -> None:
    other = dataclasses.replace(WARN, definition="新说。", exclude="钱。")
    old = small_book(a=WARN)
    new = dataclasses.replace(small_book(a=other), version="2")
    assert changes(old, new) == [
        ("redefined", "", "version", "", "2"),
        ("redefined", "预警", "definition", "警示。", "新说。"),
        ("redefined", "预警", "exclude", "", "钱。"),
    ]


@ROUNDS
@given(drawn=codebooks(), other=codebooks())
def test_every_difference_is_told(drawn: Codebook, other: Codebook) -> None:
    assert coding.diff(drawn, drawn).empty
    told = coding.diff(drawn, other)
    gone = {code.name for code in drawn.entries} - {code.name for code in other.entries}
    assert set(told.loc[told["change"].isin(["removed", "merged", "renamed"]), "code"]) == gone
    came = {code.name for code in other.entries} - {code.name for code in drawn.entries}
    new = set(told.loc[told["change"] == "added", "code"]) | set(
        told.loc[told["change"] == "renamed", "after"]
    )
    assert new == came


def test_changed_rules_are_told(tmp_path: Path) -> None:
    was = coding.load(written(tmp_path, RULED))
    now = coding.load(written(tmp_path, RULED.replace("near = 10", "near = 12").replace("保障局", "保障厅")))
    told = coding.diff(was, now)
    assert told[["code", "field", "after"]].values.tolist() == [
        ["保障", "without", "保障厅"],
        ["数据平台", "rules", "全部 台账；系统 | 相距 12\n任一 [一二三]级预警 | 排除 气象"],
    ]
