"""How far coders agree: percent agreement, Holsti, Cohen, Fleiss, Krippendorff, per code and overall.

Ratings are an array of units x coders: numbers that stand for nominal values, nan where a coder did
not code the unit. A coefficient that the ratings leave undefined (every value the same, say) is None.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Ratings = NDArray[np.float64]
DRAWS = 2000


def value_counts(ratings: Ratings) -> NDArray[np.float64]:
    """Return, for the units that two or more coded, how many coders gave each value (units x values)."""
    values = np.unique(ratings[~np.isnan(ratings)])
    counts = np.array([(ratings == value).sum(axis=1) for value in values], dtype=float)
    counts = counts.reshape(len(values), len(ratings)).T
    return np.compress(counts.sum(axis=1) >= 2, counts, axis=0)


def percent_agreement(ratings: Ratings) -> float | None:
    """Return the share of pairs of coders that agree on a unit, averaged over units, 0 to 1."""
    counts = value_counts(ratings)
    if not len(counts):
        return None
    coders = counts.sum(axis=1)
    return float(((counts * (counts - 1)).sum(axis=1) / (coders * (coders - 1))).mean())


def holsti(ratings: Ratings) -> float | None:
    """Return Holsti's 2M / (N1 + N2), averaged over pairs of coders; the value 0 is no coding.

    N1 and N2 are the codes that each gave, M those that both gave, over the units both coded. Were
    absence a coding too, N1 = N2 = all units, and this would be percent agreement.
    Holsti (1969), Content Analysis for the Social Sciences and Humanities, 140.
    """
    ratios = []
    for first, second in _pairs(ratings):
        given = np.count_nonzero(first) + np.count_nonzero(second)
        if given:
            ratios.append(2 * np.count_nonzero((first == second) & (first != 0)) / given)
    return float(np.mean(ratios)) if ratios else None


def cohen_kappa(ratings: Ratings) -> float | None:
    """Return Cohen's kappa; of more than two coders the mean over their pairs (Light's kappa).

    Cohen (1960), Educational and Psychological Measurement 20(1); Light (1971), Psychological
    Bulletin 76(5). A pair that used one value only has no kappa and is left out of the mean.
    """
    from sklearn.metrics import cohen_kappa_score

    pairs = [(first, second) for first, second in _pairs(ratings) if len(np.unique([first, second])) > 1]
    kappas = [cohen_kappa_score(first.astype(int), second.astype(int)) for first, second in pairs]
    return float(np.mean(kappas)) if kappas else None


def _pairs(ratings: Ratings) -> list[tuple[Ratings, Ratings]]:
    """Return each pair of coders' values of the units that both coded."""
    pairs = []
    for first, second in combinations(ratings.T, 2):
        both = ~np.isnan(first) & ~np.isnan(second)
        pairs.append((first[both], second[both]))
    return pairs


def fleiss_kappa(ratings: Ratings) -> float | None:
    """Return Fleiss' kappa over the units that every coder coded.

    Fleiss (1971), Measuring nominal scale agreement among many raters, Psychological Bulletin 76(5).
    """
    counts = value_counts(ratings[~np.isnan(ratings).any(axis=1)])
    if not len(counts):
        return None
    coders = counts[0].sum()
    observed = ((counts**2).sum() - counts.sum()) / (len(counts) * coders * (coders - 1))
    expected = ((counts.sum(axis=0) / counts.sum()) ** 2).sum()
    return None if counts.shape[1] < 2 else float((observed - expected) / (1 - expected))


def krippendorff_alpha(ratings: Ratings) -> float | None:
    """Return Krippendorff's alpha for nominal values; units that fewer than two coded do not count.

    Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, sections A to C.
    """
    counts = value_counts(ratings)
    if counts.shape[1] < 2 or not len(counts):
        return None
    alpha = _alphas(_coincidences(counts).sum(axis=0)[np.newaxis])[0]
    return None if np.isnan(alpha) else float(alpha)


def alpha_interval(
    ratings: Ratings, groups: NDArray[np.int64], *, level: float = 0.95, draws: int = DRAWS, seed: int = 0
) -> tuple[float, float] | None:
    """Return the bootstrap confidence interval of alpha, None for fewer than two groups of units.

    Alpha is reported with the distribution of its bootstrap, as Hayes & Krippendorff (2007),
    Communication Methods and Measures 1(1), ask. What is drawn, with replacement, are the `groups`
    of units (the documents), not pairs of values: the codes of one document hang together, and
    drawing units keeps the coverage it claims (Zapf et al. 2016, BMC Medical Research Methodology 16:93).
    Draws in which every value is the same leave alpha undefined and are passed over.
    """
    coded = (~np.isnan(ratings)).sum(axis=1) >= 2
    labels, group_of = np.unique(groups[coded], return_inverse=True)
    counts = value_counts(ratings)
    if len(labels) < 2 or counts.shape[1] < 2:
        return None
    width = counts.shape[1]
    of_group = np.zeros((len(labels), width, width))
    np.add.at(of_group, group_of, _coincidences(counts))
    evenly = np.full(len(labels), 1 / len(labels))
    times = np.random.default_rng(seed).multinomial(len(labels), evenly, size=draws)
    alphas = _alphas((times @ of_group.reshape(len(labels), -1)).reshape(draws, width, width))
    alphas = alphas[~np.isnan(alphas)]
    if not len(alphas):
        return None
    low, high = np.quantile(alphas, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def _coincidences(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what each unit adds to the matrix of coincidences (units x values x values)."""
    pairs = counts[:, :, np.newaxis] * counts[:, np.newaxis, :]
    diagonal = np.arange(counts.shape[1])
    pairs[:, diagonal, diagonal] -= counts
    return np.asarray(pairs / (counts.sum(axis=1) - 1)[:, np.newaxis, np.newaxis])


def _alphas(coincidences: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return alpha of each matrix of coincidences, nan where one value alone occurs."""
    of_value = coincidences.sum(axis=2)
    total = of_value.sum(axis=1)
    disagreeing = total - np.trace(coincidences, axis1=1, axis2=2)
    expected = (total**2 - (of_value**2).sum(axis=1)) / (total - 1)
    undefined = np.isclose(expected, 0)
    return np.where(undefined, np.nan, 1 - disagreeing / np.where(undefined, 1, expected))
