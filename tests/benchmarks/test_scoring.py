from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import scoring

WORDS = st.lists(st.text("扶贫车间", min_size=1, max_size=3), unique=True)


def test_candidates_drop_known_words_other_scripts_and_repeats() -> None:
    ranked = ["扶贫车间", "经济", "扶贫车间", "GDP增长", "贫", "防贫保"]
    assert scoring.candidates(ranked, {"经济"}.__contains__) == ["扶贫车间", "防贫保"]


def test_precision_counts_places_left_empty_as_misses() -> None:
    assert scoring.precision(["甲乙", "丙丁", "戊己"], {"甲乙", "戊己"}, 2) == 0.5
    assert scoring.precision(["甲乙"], {"甲乙"}, 4) == 0.25


def test_recall_looks_at_every_rank() -> None:
    assert scoring.recall(["子丑", "甲乙"], {"甲乙", "丙丁"}) == 0.5
    assert scoring.recall(["甲乙"], ()) == 0.0


def test_frequent_words_stand_five_times() -> None:
    assert scoring.frequent(["甲乙", "丙丁"], "甲乙" * 5 + "丙丁" * 4) == {"甲乙"}


def test_f1_ignores_case_and_width() -> None:
    assert scoring.f1(["ＧＤＰ", "农户"], ("gdp", "增长"), 5) == 0.5
    assert scoring.f1(["农户"], ("增长",), 5) == 0.0


def test_mean_f1_counts_documents_without_keywords() -> None:
    assert scoring.mean_f1({"a": ["农户"]}, {"a": ("农户",), "b": ("农户",)}, 5) == 0.5


def test_gold_is_the_author_keywords(tmp_path: Path) -> None:
    file = tmp_path / "gold.csv"
    file.write_text("word,frequency,author_keyword\n防贫保,7,1\n中的,90,0\n", encoding="utf-8-sig")
    assert scoring.read_gold(file) == ["防贫保"]


def test_the_halves_do_not_depend_on_the_run() -> None:
    assert [scoring.held_out(doc_id) for doc_id in ("a", "b", "c", "d")] == [True, True, False, False]


@given(WORDS, WORDS, st.integers(1, 9))
def test_figures_are_shares(found: list[str], gold: list[str], leading: int) -> None:
    for share in (
        scoring.precision(found, gold, leading),
        scoring.recall(found, gold),
        scoring.f1(found, gold, leading),
    ):
        assert 0 <= share <= 1


@given(WORDS)
def test_what_is_wanted_scores_full(words: list[str]) -> None:
    assert scoring.f1(words, words, len(words) + 1) == pytest.approx(1.0 if words else 0.0)
