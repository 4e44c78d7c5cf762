from pathlib import Path

import sample

GOLD = {"a": ["防贫预警", "政策干预"], "b": ["大搬快聚"]}


def test_precision_and_recall_over_all_cases() -> None:
    found = {"a": ["防贫预警", "县里"], "b": ["搬迁", "大搬快聚"]}
    assert sample.scores(found, GOLD) == (2 / 4, 2 / 3)


def test_contained_counts_either_way_round() -> None:
    found = {"a": ["七步防贫预警", "政策"], "b": ["快聚工程"]}
    assert sample.scores(found, GOLD) == (0.0, 0.0)
    assert sample.scores(found, GOLD, contained=True) == (2 / 3, 2 / 3)


def test_a_case_without_keywords_costs_recall_alone() -> None:
    assert sample.scores({"a": ["防贫预警"]}, GOLD) == (1.0, 1 / 3)


def test_the_gold_names_every_sample_case_with_two_to_five_keywords() -> None:
    gold = sample.read_gold()
    cases = Path(__file__).parents[2] / "corpora" / "cases"
    assert set(gold) == {path.name for path in cases.iterdir()} - {"manifest.csv"}
    assert {2 <= len(words) <= 5 for words in gold.values()} == {True}
