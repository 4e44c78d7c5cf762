"""Coefficients against worked examples of the literature, and tables made into comparable units."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casemine import schema
from casemine.coding.agreement import agreement
from casemine.errors import UsageError

# ------------------------------------------------------------------------------------------ tables


def codings(coder: str, *rows: tuple[str, int, str]) -> pd.DataFrame:
    return schema.CODINGS.frame(
        [
            {"codebook": "b@1", "doc_id": doc_id, "start": start, "end": start + 9, "code": code,
             "keyword": "词", "coder": coder, "quote": "句", "method": "exact", "score": 1}
            for doc_id, start, code in rows
        ]
    )  # fmt: skip


def decisions(coder: str, *rows: tuple[str, str, str, str, str]) -> pd.DataFrame:
    names = ("doc_id", "word", "decision", "standard", "code")
    return schema.DECISIONS.frame(
        [{**dict(zip(names, row, strict=True)), "coder": coder, "quote": "", "note": ""} for row in rows]
    )


def row(found: pd.DataFrame, code: str) -> dict[str, object]:
    return found.set_index("code").loc[code].to_dict()


FIRST = codings("甲", ("d1", 0, "X"), ("d1", 0, "Y"), ("d2", 0, "X"), ("d3", 5, "Y"), ("d4", 0, "X"))
SECOND = codings("乙", ("d1", 0, "X"), ("d2", 0, "X"), ("d3", 5, "Y"), ("d3", 9, "X"))


def test_by_document_absence_is_a_value_and_unread_documents_stand_apart() -> None:
    found = agreement([("a", FIRST), ("b", SECOND)])
    assert found.raters == ("甲", "乙")
    # d1 to d3 by X and Y; d4 was read by one only. They differ on (d1, Y) and (d3, X).
    overall = row(found.table, "*")
    assert (overall["units"], overall["given"], overall["apart"]) == (6, 5, 2)
    assert overall["percent"] == pytest.approx(4 / 6, abs=1e-4)
    assert overall["holsti"] == pytest.approx(2 * 3 / (4 + 4))
    assert row(found.table, "Y")["units"] == 3
    assert found.apart.to_dict("list") == {
        "place": ["d4", "d4"], "code": ["X", "Y"], "rater": ["甲", "甲"], "given": [True, False]
    }  # fmt: skip


def test_by_sentence_the_sentences_that_anybody_coded_are_the_units() -> None:
    found = agreement([("a", FIRST), ("b", SECOND)], unit="sentence")
    # d1:0, d2:0, d3:5, d3:9 by X and Y.
    assert row(found.table, "*")["units"] == 8
    assert row(found.table, "*")["percent"] == pytest.approx(6 / 8)
    assert set(found.apart["place"]) == {"d4:0-9"}


def test_a_row_without_code_says_that_a_document_was_read() -> None:
    read = pd.concat([SECOND, codings("乙", ("d4", 0, ""))])
    for unit, units in (("document", 8), ("sentence", 10)):
        found = agreement([("a", FIRST), ("b", read)], unit=unit)
        assert found.apart.empty
        assert row(found.table, "*")["units"] == units


def test_several_quotations_of_a_code_in_a_document_are_one_value() -> None:
    more = pd.concat([SECOND, codings("乙", ("d1", 50, "X"), ("d1", 99, "X"))])
    assert agreement([("a", FIRST), ("b", more)]).table.equals(agreement([("a", FIRST), ("b", SECOND)]).table)


def test_what_is_undefined_is_said() -> None:
    same = [
        ("a", codings("甲", ("d1", 0, "X"), ("d2", 0, "X"))),
        ("b", codings("乙", ("d1", 0, "X"), ("d2", 5, "X"))),
    ]
    overall = row(agreement(same).table, "*")
    assert overall["percent"] == 1
    assert np.isnan(overall["alpha"])
    assert "undefined" in overall["note"]
    none = agreement([("a", codings("甲", ("d1", 0, "X"))), ("b", codings("乙", ("d2", 0, "X")))])
    assert "no unit" in row(none.table, "*")["note"]


def test_one_file_is_divided_by_coder_and_several_are_a_coder_each() -> None:
    both = pd.concat([FIRST, SECOND], ignore_index=True)
    one = agreement([("all", both)])
    assert set(one.raters) == {"甲", "乙"}
    assert row(one.table, "*")["alpha"] == row(agreement([("a", FIRST), ("b", SECOND)]).table, "*")["alpha"]
    assert agreement([("a", both), ("b", SECOND)]).raters == ("a", "b")
    assert agreement([("a", FIRST), ("b", SECOND.assign(coder="甲"))]).raters == ("a", "b")


@pytest.mark.parametrize("files", [[("a", FIRST)], [("a", FIRST), ("a", FIRST)], [("a", FIRST.head(0))]])
def test_one_coder_cannot_be_compared(files) -> None:
    with pytest.raises(UsageError, match="two coders"):
        agreement(files)


def test_kinds_are_not_mixed() -> None:
    kept = decisions("乙", ("d1", "甲词", "keep", "", ""))
    with pytest.raises(UsageError, match="cannot be compared"):
        agreement([("a", FIRST), ("b", kept)])
    with pytest.raises(UsageError, match="no sentences"):
        agreement([("a", kept), ("b", kept.assign(coder="丙"))], unit="sentence")


def test_decisions_without_codes_are_compared_by_the_terms_they_keep() -> None:
    first = decisions(
        "甲", ("*", "合作社", "keep", "", ""), ("*", "方面", "drop", "", ""), ("*", "电商", "keep", "", ""),
        ("*", "工厂", "drop", "", ""), ("*", "未问", "keep", "", ""), ("*", "未定", "", "", ""),
    )  # fmt: skip
    second = decisions(
        "乙", ("*", "合作社", "keep", "", ""), ("*", "方面", "drop", "", ""), ("*", "电商", "drop", "", ""),
        ("*", "工厂", "merge", "车间", ""),
    )  # fmt: skip
    found = agreement([("a", first), ("b", second)])
    # 合作社 and 方面 the same; 电商 and 车间 (工厂) not; 未问 was put to one only; 未定 is no decision.
    assert row(found.table, "*")["units"] == 4
    assert row(found.table, "*")["percent"] == pytest.approx(0.5)
    assert found.apart["code"].tolist() == ["未问"]


def test_decisions_with_codes_are_compared_by_code_and_document() -> None:
    first = decisions(
        "甲",
        ("d1", "合作社", "keep", "", "X"),
        ("d1", "电商", "keep", "", "Y"),
        ("d2", "方面", "drop", "", ""),
    )
    second = decisions(
        "乙", ("d1", "专业社", "add", "", "X"), ("d1", "电商", "drop", "", ""), ("d2", "方面", "drop", "", "")
    )
    found = agreement([("a", first), ("b", second)])
    assert row(found.table, "X")["percent"] == 1
    assert row(found.table, "Y")["percent"] == pytest.approx(0.5)
    assert row(found.table, "*")["units"] == 4


def test_a_word_added_by_hand_is_missed_by_whoever_read_the_document() -> None:
    first = decisions("甲", ("d1", "合作社", "keep", "", ""))
    second = decisions(
        "乙", ("d1", "合作社", "keep", "", ""), ("d1", "衔接", "add", "", ""), ("d2", "电商", "keep", "", "")
    )
    found = agreement([("a", first), ("b", second)])
    assert row(found.table, "衔接")["percent"] == 0
    assert found.apart["place"].tolist() == ["d2"]


coded = st.lists(
    st.tuples(
        st.sampled_from(["d1", "d2", "d3"]), st.sampled_from([0, 20]), st.sampled_from(["X", "Y", "Z", ""])
    ),
    min_size=1, max_size=8, unique=True,
)  # fmt: skip


@settings(max_examples=20, deadline=None)
@given(coded, coded, st.sampled_from(["document", "sentence"]))
def test_the_order_of_files_and_rows_changes_nothing(one, other, unit: str) -> None:
    first, second = codings("甲", *one), codings("乙", *other)
    found = agreement([("a", first), ("b", second)], unit=unit, draws=50)
    turned = agreement([("b", second.iloc[::-1]), ("a", first.iloc[::-1])], unit=unit, draws=50)
    pd.testing.assert_frame_equal(found.table, turned.table)
    pd.testing.assert_frame_equal(found.apart, turned.apart)
    shared, apart = found.table["units"].iloc[0], found.table["apart"].iloc[0]
    assert found.table["units"].iloc[1:].sum() == shared
    assert len(found.apart) == apart
