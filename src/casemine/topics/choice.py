"""How many topics: coherence and stability of each number asked for, and the number that both favour.

Stability is the agreement of the topics with those of other samples of the same paragraphs (Greene,
O'Callaghan & Cunningham 2014, How many topics?): four fifths of them, drawn anew for each seed; topics are
matched by the Hungarian method, and the Jaccard coefficients of their ten leading words are averaged.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from casemine import schema
from casemine.topics.coherence import windows
from casemine.topics.model import Corpus, Topics, fit

SAMPLE = 0.8
SEEDS, SEEDS_CHOOSING = 5, 3
# Paragraphs that coherence is counted in, taken evenly out of more.
COUNTED = 20_000

Leading = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Measured:
    """The topics of one number of topics, and what was measured of it."""

    topics: Topics
    stability: float


def agreement(first: Leading, second: Leading) -> float:
    """Return the mean Jaccard coefficient of the leading words of topics, matched one to one, 0 to 1.

    >>> agreement([["村", "民"], ["路", "桥"]], [["路", "桥"], ["村", "户"]])
    0.6666666666666666
    """
    from scipy.optimize import linear_sum_assignment

    sets = [[set(words) for words in side] for side in (first, second)]
    alike = np.array([[len(one & other) / len(one | other) for other in sets[1]] for one in sets[0]])
    rows, columns = linear_sum_assignment(-alike)
    return float(alike[rows, columns].mean())


def measured(
    of: Corpus, count: int, *, engine: str, seed: int, seeds: int, done: Callable[[], None]
) -> Measured:
    """Fit `count` topics, and again on samples of `seeds` seeds from `seed` on; `done` follows each."""
    topics = fit(of, count, engine=engine, seed=seed)
    done()
    alike = []
    for own in range(seed, seed + seeds):
        drawn = np.random.default_rng(own).permutation(len(of.rows))[: round(SAMPLE * len(of.rows))]
        sample = fit(of.some(np.sort(drawn)), count, engine=engine, seed=own)
        alike.append(agreement(topics.leading, sample.leading))
        done()
    return Measured(topics, float(np.mean(alike)) if alike else float("nan"))


def coherences(texts: Sequence[Sequence[str]], of: Sequence[Topics]) -> list[list[float]]:
    """Return the c_npmi of the ten leading words of each topic, for several models, counted once."""
    step = max(1, -(-len(texts) // COUNTED))
    words = [word for topics in of for row in topics.leading for word in row]
    counted = windows(texts[::step], words)
    return [[counted.coherence(row) for row in topics.leading] for topics in of]


def choose(
    of: Corpus, counts: Sequence[int], coherence: Sequence[float], stability: Sequence[float]
) -> pd.DataFrame:
    """Return the table `schema.TOPICS_CHOICE`; chosen is the best sum of both, each scaled to 0 to 1.

    Of equals the fewer topics win.
    """
    score = _scaled(coherence) + _scaled(stability)
    best = int(np.argmax(score.round(9)))
    return schema.TOPICS_CHOICE.frame(
        {
            "topics": list(counts),
            "coherence": list(coherence),
            "stability": list(stability),
            "paragraphs": len(of.rows),
            "vocabulary": len(of.words),
            "least": of.least,
            "most": of.most,
            "chosen": [at == best for at in range(len(counts))],
        }
    )


def _scaled(values: Sequence[float]) -> np.ndarray:
    given = np.nan_to_num(np.array(values, dtype=np.float64))
    span = given.max() - given.min()
    return (given - given.min()) / span if span > 0 else np.zeros_like(given)
