from math import comb

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casemine.coding.saturation import saturation
from casemine.errors import UsageError


def coded(**codes: str) -> pd.DataFrame:
    """Documents with the open codes of their letters: coded(d1="XY")."""
    rows = [("open", code, doc_id) for doc_id, letters in codes.items() for code in letters]
    return pd.DataFrame(rows, columns=["level", "code", "doc_id"])


STUDY = coded(d1="XY", d2="X", d4="XYZ", d5="W", d6="X")
DOCUMENTS = ["d1", "d2", "d3", "d4", "d5", "d6"]


def test_curve_in_the_order_given_counts_documents_without_codes() -> None:
    curve = saturation(STUDY, DOCUMENTS).curve
    assert curve["doc_id"].tolist() == DOCUMENTS
    assert curve["codes"].tolist() == [2, 1, 0, 3, 1, 1]
    assert curve["new"].tolist() == [2, 0, 0, 1, 1, 0]
    assert curve["cumulative"].tolist() == [2, 2, 2, 3, 4, 4]
    assert curve["held_out"].sum() == 2


def test_mean_curve_comes_near_its_expectation() -> None:
    # Sample-based rarefaction: a code of f documents is missed by k of n with C(n-f, k) / C(n, k).
    found = saturation(STUDY, DOCUMENTS, permutations=4000).curve
    sizes, n = STUDY["code"].value_counts().tolist(), len(DOCUMENTS)
    expected = [sum(1 - comb(n - size, k) / comb(n, k) for size in sizes) for k in range(1, n + 1)]
    assert found["mean_cumulative"].tolist() == pytest.approx(expected, abs=0.05)
    assert found["mean_new"].sum() == pytest.approx(4)
    assert (found["low"] <= found["mean_cumulative"]).all()
    assert (found["mean_cumulative"] <= found["high"]).all()


def test_held_out_codes_are_those_of_no_other_document() -> None:
    found = saturation(STUDY, DOCUMENTS, seed=1)
    held = set(found.curve.loc[found.curve["held_out"], "doc_id"])
    inside = set(STUDY.loc[STUDY["doc_id"].isin(held), "code"])
    outside = set(STUDY.loc[~STUDY["doc_id"].isin(held), "code"])
    summary = found.summary.iloc[0]
    assert summary["new_codes"] == "；".join(sorted(inside - outside))
    assert (summary["base"], summary["new"]) == (len(outside), len(inside - outside))
    assert (summary["held_out"], summary["last_new"], summary["single"]) == (2, 5, 2)


def test_the_same_codes_everywhere_are_saturated() -> None:
    summary = saturation(coded(d1="XY", d2="XY", d3="XY", d4="XY"), ["d1", "d2", "d3", "d4"]).summary.iloc[0]
    assert summary["verdict"].startswith("saturated: the part held out adds no code")
    assert (summary["new"], summary["last_new"]) == (0, 1)


def test_a_code_of_its_own_in_every_document_is_not() -> None:
    documents = [f"d{letter}" for letter in "ABCDEF"]
    summary = saturation(coded(**{name: name[1] for name in documents}), documents).summary.iloc[0]
    assert summary["verdict"].startswith("not saturated: the part held out adds 2 codes (50%)")
    assert summary["mean_share"] == pytest.approx(0.5)


def test_each_level_has_a_curve() -> None:
    both = pd.concat([STUDY, STUDY.assign(level="selective", code="甲")])
    found = saturation(both, DOCUMENTS)
    assert found.summary["level"].tolist() == ["open", "selective"]
    assert found.curve.groupby("level", sort=False)["cumulative"].last().tolist() == [4, 1]


@pytest.mark.parametrize(("documents", "share"), [(["d1", "d2"], 0.5), (DOCUMENTS, 0.01), (DOCUMENTS, 1.0)])
def test_parts_without_documents_are_refused(documents: list[str], share: float) -> None:
    with pytest.raises(UsageError, match="cannot be divided"):
        saturation(STUDY, documents, held_out=share)


@settings(deadline=None, max_examples=50)
@given(st.permutations(DOCUMENTS), st.integers(0, 5), st.randoms(use_true_random=False))
def test_order_changes_the_given_curve_alone(order: list[str], seed: int, random) -> None:
    rows = list(range(len(STUDY)))
    random.shuffle(rows)
    first = saturation(STUDY, DOCUMENTS, seed=seed)
    second = saturation(STUDY.iloc[rows], order, seed=seed)
    averages = ["mean_new", "mean_cumulative", "low", "high"]
    pd.testing.assert_frame_equal(first.curve[averages], second.curve[averages])
    pd.testing.assert_frame_equal(
        first.summary.drop(columns="last_new"), second.summary.drop(columns="last_new")
    )
    held = [set(found.curve.loc[found.curve["held_out"], "doc_id"]) for found in (first, second)]
    assert held[0] == held[1]
    assert second.curve["cumulative"].iloc[-1] == 4


def test_codes_of_keywords_are_counted_beside_all() -> None:
    documents = ["a", "b", "c", "d"]
    rows = [("open", "一", "a"), ("open", "二", "b"), ("open", "二", "c"), ("open", "三", "d")]
    coded = pd.DataFrame(rows, columns=["level", "code", "doc_id"])
    measured = saturation(coded, documents, leading=coded[coded["code"] == "二"])
    assert measured.curve["cumulative"].tolist() == [1, 2, 2, 3]
    assert measured.curve["keyword_cumulative"].tolist() == [0, 1, 1, 1]
    assert measured.summary["keyword_codes"].tolist() == [1]
    assert saturation(coded, documents).summary["keyword_codes"].tolist() == [3]
    nothing = saturation(coded, documents, leading=coded.iloc[:0])
    assert nothing.curve["keyword_cumulative"].tolist() == [0, 0, 0, 0]
    assert nothing.summary["keyword_share"].tolist() == [0.0]
