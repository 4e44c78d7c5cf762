from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemine.errors import UsageError
from casemine.review.form import FilledSheet, Form, SheetRow
from casemine.review.plan import GONE, PENDING, CarryOver, Cells, SheetPlan, sampled


class Key(NamedTuple):
    coder: str
    word: str


class State(NamedTuple):
    decision: str = ""


FORM = Form((), (), ())
CARRY: CarryOver[Key, State] = CarryOver(
    key_of=lambda row: Key("researcher", row["word"]),
    pending=lambda line, key: bool(line.state.decision),
    bare=lambda line, key: {"word": key.word},
    typed=lambda line: {"decision": line.state.decision},
)


def sheet(*rows: tuple[str, str], coder: str = "", **options: str) -> FilledSheet[Key, State]:
    extra = {"我的栏": "重要"} if options.pop("extra", "") else {}
    lines = (
        SheetRow(at, Key(coder, word), "", State(decision), extra, **options)
        for at, (word, decision) in enumerate(rows, start=2)
    )
    return FilledSheet("earlier.xlsx", FORM, tuple(lines))


def test_the_file_names_any_coder_but_the_main_one() -> None:
    assert SheetPlan().file_name == "review.xlsx"
    assert SheetPlan(coder="小王").file_name == "review-小王.xlsx"
    assert "/" not in SheetPlan(coder="a/b").file_name


@pytest.mark.parametrize("options", [{"blind": True}, {"sample": 0}, {"sample": 1.1}, {"sample": -0.5}])
def test_a_plan_that_makes_no_sense_is_refused(options: dict[str, float]) -> None:
    with pytest.raises(UsageError):
        SheetPlan(**options)  # type: ignore[arg-type]


@given(st.lists(st.text(max_size=3), unique=True, max_size=30), st.floats(0.01, 1), st.floats(0.01, 1))
def test_a_larger_share_holds_the_smaller_one_in_the_order_of_the_rows(
    words: list[str], one: float, other: float
) -> None:
    rows: list[Cells] = [{"word": word} for word in words]
    small, large = (sampled(rows, SheetPlan(sample=share), ["word"]) for share in sorted((one, other)))
    assert all(row in large for row in small)
    assert large == [row for row in rows if row in large]
    assert bool(rows) == bool(small)


def test_another_seed_draws_other_rows() -> None:
    rows: list[Cells] = [{"word": str(at)} for at in range(40)]
    first, same, other = (sampled(rows, SheetPlan(sample=0.25, seed=seed), ["word"]) for seed in (1, 1, 2))
    assert len(first) == 10 and first == same != other


def test_what_was_typed_and_not_applied_stands_in_the_new_sheet() -> None:
    rows: list[Cells] = [{"word": "产业", "status": "待定"}, {"word": "车间", "status": "待定"}]
    extra = CARRY.into(rows, [sheet(("产业", "保留"), ("搬迁", "删除"), extra="x")], SheetPlan())
    assert extra == ["我的栏"]
    assert rows == [
        {"word": "产业", "status": PENDING, "decision": "保留", "我的栏": "重要"},
        {"word": "车间", "status": "待定"},
        {"word": "搬迁", "status": PENDING, "decision": "删除", "我的栏": "重要"},
    ]


def test_what_two_sheets_say_otherwise_stands_in_two_rows_and_the_same_in_one() -> None:
    rows: list[Cells] = [{"word": "产业"}]
    CARRY.into(rows, [sheet(("产业", "保留")), sheet(("产业", "删除")), sheet(("产业", "保留"))], SheetPlan())
    assert [row["decision"] for row in rows] == ["保留", "删除"]


def test_what_is_gone_keeps_the_columns_of_ones_own() -> None:
    rows: list[Cells] = []
    CARRY.into(rows, [sheet(("产业", ""), extra="x")], SheetPlan())
    assert rows == [{"word": "产业", "status": GONE, "我的栏": "重要"}]


def test_the_decision_of_a_group_is_not_typed_into_its_rows() -> None:
    rows: list[Cells] = [{"word": "产业"}]
    CARRY.into(rows, [sheet(("产业", "保留"), group="单案例")], SheetPlan())
    assert rows == [{"word": "产业"}]


def test_a_sheet_of_another_coder_is_not_taken() -> None:
    with pytest.raises(UsageError, match="this sheet is of 小王"):
        CARRY.into([], [sheet(("产业", "保留"), coder="小王")], SheetPlan())
