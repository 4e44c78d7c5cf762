"""The scores of an n-gram, each a plain function of counts."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from casemine.discover.ngrams import Floats, Ints

# Arrays of one length by name: a table without its dress.
Columns = dict[str, NDArray[Any]]


def cohesion(frequency: Ints, product: Floats, total: int) -> Floats:
    """Return the pointwise mutual information over the worst split, in bits.

    min over splits of log2(f N / (f_left f_right)): `frequency` is f, `product` the greatest f_left f_right,
    `total` N, the number of symbols of the corpus. Church and Hanks 1990 for the measure, Sun, Shen and
    Tsou 1998 for Chinese strings; the worst split as in Silva and Lopes 1999.
    """
    return np.asarray(np.log2(frequency * float(total) / product))


def branching_entropy(frequency: Ints, words: Ints, times: Ints) -> Floats:
    """Return the entropy, in bits, of the symbols beside each word.

    `words` and `times` give, for each pair of a word and a symbol beside it, the number of the word and how
    often they meet; `frequency` is that of each word. What is left of it are borders, a neighbour of its own
    each time. Jin and Tanaka-Ishii 2006; accessor variety with the borders counted apart: Feng et al. 2004.
    """
    shared = np.bincount(words, weights=times * np.log2(times), minlength=len(frequency))
    return np.asarray(np.log2(frequency) - shared / frequency)


# Fitted by `benchmarks/new_words.py --fit`: see `weigh`.
COEFFICIENTS: dict[str, float] = {
    "cohesion": 0.129,
    "freedom": 0.539,
    "grammar": 0.101,
    "frequency": 0.561,
    "early": 0.221,
    "after_of": 0.189,
    "after_and": 0.145,
    "listed": 0.058,
    "closed": 0.160,
    "title": 1.097,
    "functions": -1.812,
    "first_single": -0.467,
    "last_single": -0.635,
    "first_compounds": 0.079,
    "last_compounds": 0.098,
    "first_common": -0.038,
    "last_common": -0.098,
    "first_plain": -0.504,
    "last_plain": -1.081,
}
INTERCEPT = -2.132
# Set by hand and held while the others were fitted: papers are poor in the clauses of official writing
# (加快发展, 扎实推进) and in numbers (万人) and cannot tell how little these are worth; their figures hardly
# change with these values.
SET: dict[str, float] = {"first_action": -1.5, "last_action": -1.5, "counted": -2.0}
# What the length of a word and its documents say of it whatever its evidence (`listing`): fitted by the same
# command beside the others, which keep their values.
LISTING: dict[str, float] = {
    "": -0.199,
    "shared": 0.613,
    "pair": -1.451,
}
# Documents from which a word is no coinage of one or two: more say no more.
_SHARED = 3
# Occurrences a document on average from which a word returns in its texts, as slogans of the news do not.
_RETURNING = 1.5
# Numbers with their units and dates: words of the text, but no terms.
_COUNTED = ("m_new", "t_new")


def features(words: Columns) -> dict[str, Floats]:
    """Return the evidence for each word (columns of `candidates`) on the scale on which it adds up.

    Ratios enter as log2, held off zero by about one occurrence in twenty to fifty; shares of occurrences
    by kind of first and last token enter as they are.
    """
    logs = {
        "cohesion": np.maximum(words["cohesion"], 0.25),
        "freedom": np.minimum(words["left_entropy"], words["right_entropy"]) + 0.1,
        "grammar": words["grammar"] + 0.01,
        "frequency": words["frequency"],
    }
    shares = {name: words[name] + 0.02 for name in ("early", "after_of", "after_and", "listed", "closed")}
    ratios = logs | shares
    means = [name for name in (*COEFFICIENTS, *SET) if name in words and name not in ratios]
    return {
        **{name: np.log2(np.asarray(values, dtype=np.float64)) for name, values in ratios.items()},
        **{name: np.asarray(words[name], dtype=np.float64) for name in means},
        "counted": np.array([pos in _COUNTED for pos in words["pos"]], dtype=np.float64),
    }


def evident(words: Columns) -> Floats:
    """Return the chance in percent that each candidate is a term, 0 to 100, by its evidence alone.

    Logistic regression, fitted on the half of a set of papers put apart for tuning, whole and each alone,
    on whether a string is one of the keywords their authors gave. Which of two words is a fragment of the
    other is asked of this chance: a fragment has another length than its word, and more documents.
    """
    evidence = features(words)
    odds = np.full(len(words["word"]), INTERCEPT)
    for name, coefficient in (COEFFICIENTS | SET).items():
        odds += coefficient * evidence[name]
    return _percent(odds)


def shape(words: Columns) -> dict[str, Floats]:
    """Return what `listing` asks of each word: its documents, and whether it is a pair of characters.

    Documents count of words that return in them.
    """
    returning = words["frequency"] >= _RETURNING * words["documents"]
    return {
        "": np.ones(len(words["word"])),
        "shared": np.where(returning, np.log2(np.minimum(words["documents"], _SHARED)), 0.0),
        "pair": np.array([len(word) == 2 for word in words["word"]], dtype=np.float64),
    }


def listing(words: Columns) -> Floats:
    """Return what is added to the logarithm of the odds of each word.

    A new word of two characters is seldom a term, and more often cut out of one; a word of three documents
    is no coinage of one of them.
    """
    added = np.zeros(len(words["word"]))
    for name, values in shape(words).items():
        added += LISTING[name] * values
    return added


def weigh(words: Columns) -> Floats:
    """Return the weight of each candidate: the chance in percent that it is a term, 0 to 100.

    It is `evident` with `listing`. A weight depends on nothing but the word itself and its evidence, so that
    the weights of documents, corpora and runs stand on one scale.
    """
    return moved(evident(words), listing(words))


def reweigh(weight: Floats, old: Ints, new: Ints) -> Floats:
    """Return the weight that words would have had with the frequency `new` in place of `old`."""
    return moved(weight, COEFFICIENTS["frequency"] * np.log2(new / old))


def moved(weight: Floats, by: Floats) -> Floats:
    """Return the weights with so much added to the logarithms of their odds."""
    share = np.clip(weight / 100.0, 1e-9, 1.0 - 1e-9)
    return _percent(np.log(share / (1.0 - share)) + by)


def _percent(odds: Floats) -> Floats:
    return np.asarray(100.0 / (1.0 + np.exp(-odds)))
