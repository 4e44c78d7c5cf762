import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemine import schema
from casemine.review.words.suggest import opposed, suggest, suggest_codes


def frequency(*words: str) -> pd.DataFrame:
    counts = {"documents": range(len(words), 0, -1), "containing": 1, "occurrences": 1, "share": 0.1}
    return schema.FREQUENCY.frame({"keyword": list(words), **counts})


def advice(*words: str, **options: object) -> dict[str, tuple[str, str]]:
    table = suggest(frequency(*words), **options)  # type: ignore[arg-type]
    return {row.word: (row.suggestion, row.standard) for row in table.itertuples()}


def test_a_near_variant_is_merged_into_the_more_frequent_word() -> None:
    assert advice("易地搬迁", "易地扶贫搬迁") == {
        "易地搬迁": ("keep", ""),
        "易地扶贫搬迁": ("merge", "易地搬迁"),
    }


def test_a_shorter_word_means_something_wider_and_is_kept() -> None:
    assert set(advice("易地扶贫搬迁", "易地搬迁").values()) == {("keep", "")}


def test_generic_words_and_names_are_not_kept() -> None:
    told = advice("工作", "省人民政府", "积分制", generic=["工作"])
    assert [suggestion for suggestion, _ in told.values()] == ["generic", "drop", "keep"]
    assert advice("王明", tags={"王明": "nr_new"})["王明"] == ("drop", "")


def test_every_suggestion_has_a_reason_and_the_order_of_the_table() -> None:
    words = ["易地搬迁", "工作", "易地扶贫搬迁", "积分制"]
    table = suggest(frequency(*words), ["工作"])
    assert table["word"].tolist() == words and (table["reason"] != "").all()
    assert "4个案例有该词，2个有本词" in table["reason"][2]


@pytest.mark.parametrize(
    ("word", "other", "expected"),
    [
        ("非贫困户", "贫困户", True), ("上游产业", "下游产业", True), ("三产融合", "二产融合", True),
        ("易地扶贫搬迁", "易地搬迁", False), ("农村合作社", "农民合作社", False),
    ],
)  # fmt: skip
def test_what_may_be_the_opposite(word: str, other: str, expected: bool) -> None:
    assert opposed(word, other) is opposed(other, word) is expected


@given(st.lists(st.text("易地扶贫搬迁户村", min_size=1, max_size=6), unique=True, max_size=12))
def test_words_are_merged_only_into_kept_ones_before_them(words: list[str]) -> None:
    told = advice(*words)
    for at, word in enumerate(words):
        suggestion, standard = told[word]
        if suggestion == "merge":
            assert standard in words[:at] and told[standard] == ("keep", "")


def test_without_merging_no_word_is_merged_into_a_code() -> None:
    base = suggest(frequency("防返贫监测"))
    blank = dict.fromkeys(schema.PLACEMENTS.names, "") | {
        "score": 1.0,
        "selective_score": 0.0,
        "nearness": 0.0,
    }
    row = {
        "codebook": "b@1",
        "keyword": "防返贫监测",
        "status": "placed",
        "open": "监测预警",
        "method": "alias",
    }
    placements = schema.PLACEMENTS.frame([blank | {"selective_status": "placed"} | row])
    merged, kept = (suggest_codes(base, placements, merging=merging) for merging in (True, False))
    assert merged.loc[0, ["suggestion", "standard", "code"]].tolist() == ["merge", "监测预警", "监测预警"]
    assert kept.loc[0, ["suggestion", "standard", "code"]].tolist() == ["keep", "", "监测预警"]
