"""Figures of word lists show their words."""

import pandas as pd
import pytest

from casemine.figures import NothingToDraw, wordlist
from casemine.figures.style import Style, texts_of

LISTED = pd.DataFrame({"word": ["脱贫", "创业"], "occurrences": [1200, 7]})
MARKED = pd.DataFrame({"group": ["2015", "2022"], "word": ["脱贫", "创业"], "log_ratio": [2.0, 3.0]})
TREND = pd.DataFrame(
    {
        "word": ["脱贫"] * 3 + ["创业"] * 3,
        "group": ["2015", "2018", "2022"] * 2,
        "per_10k": [9.0, 5, 1, 0, 1, 8],
    }
)


@pytest.mark.parametrize("columns", [1, 2])
def test_figures_say_what_the_tables_say(columns: int) -> None:
    style = Style(columns)
    with style.applied():
        assert "1,200" in texts_of(wordlist.bars(LISTED, style))
        assert "创业" in texts_of(wordlist.marked(MARKED, style))
        assert "2018" in texts_of(wordlist.trend(TREND, style))
        for draw in (wordlist.bars, wordlist.marked):
            with pytest.raises(NothingToDraw):
                draw((LISTED if draw is wordlist.bars else MARKED).head(0), style)
