"""Figures of topics show the topics, and nothing where there is nothing."""

import pandas as pd
import pytest

from casemine.figures import NothingToDraw, topics
from casemine.figures.style import Style, texts_of

WORDS = pd.DataFrame(
    [
        (topic, f"词{topic}", rank, f"词{topic}{rank}", 0.1 / rank)
        for topic in (1, 2, 3)
        for rank in range(1, 11)
    ],
    columns=["topic", "label", "rank", "word", "weight"],
)
SUMMARY = pd.DataFrame(
    {"topic": [1, 2, 3], "share": [0.5, 0.3, 0.2], "x": [0.0, 1.0, 0.4], "y": [0.0, 0.2, 1.0]}
)
BY = pd.DataFrame(
    [(year, topic, f"词{topic}", 4, topic / 6) for year in ("2020", "2021") for topic in (1, 2, 3)],
    columns=["group", "topic", "label", "documents", "share"],
)
CURVE = pd.DataFrame(
    {"topics": [5, 10], "coherence": [0.1, 0.2], "stability": [0.7, 0.6], "chosen": [False, True]}
)


@pytest.mark.parametrize("columns", [1, 2])
def test_figures_say_what_the_tables_say(columns: int) -> None:
    style = Style(columns)
    with style.applied():
        assert "主题1（50.0%）" in texts_of(topics.bars(WORDS, SUMMARY, style))
        assert "词3" in texts_of(topics.plane(WORDS, SUMMARY, style))
        assert "2021" in texts_of(topics.by_group(BY, style))
        assert "选用 10" in texts_of(topics.choice(CURVE, style))


def test_a_map_of_two_topics_is_none() -> None:
    with pytest.raises(NothingToDraw):
        topics.plane(WORDS, SUMMARY.head(2), Style())
