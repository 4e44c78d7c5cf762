"""What speaks for a candidate besides how often it occurs: plain factors, multiplied into its weight.

Each takes the candidates of one document and returns one factor a candidate. The constants were set
on one half of the benchmark's documents and hold on the other (`benchmarks/keywords.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from casemine.weigh.candidates import Candidates, Numbers


def part_of_speech(found: Candidates) -> Numbers:
    """Geometric mean of how well the first word begins and the last word ends a term."""
    return np.asarray(np.sqrt(found.begins * found.ends))


def length(found: Candidates) -> Numbers:
    """(x e^(1-x))^2.65 with x = width / 5: terms of four to six characters say most."""
    relative = found.width / 5
    return np.asarray((relative * np.exp(1 - relative)) ** 2.65)


def specificity(found: Candidates) -> Numbers:
    """Root of the surprisal of the commonest word over 10 nats: 问题 or 发展 inside makes a phrase dull."""
    return np.asarray(np.sqrt(found.least / 10))


def unity(found: Candidates) -> Numbers:
    """1 - 0.75 x the share of occurrences inside one longer phrase.

    The nested term of Frantzi, Ananiadou & Mima, 2000, "Automatic recognition of multi-word terms: the
    C-value/NC-value method", IJDL 3.
    """
    return 1 - 0.75 * found.nested / found.frequency


def title(found: Candidates) -> Numbers:
    """3 for a word of the title."""
    return np.where(found.titled, 3.0, 1.0)


def early(found: Candidates) -> Numbers:
    """1 at the beginning of the text, 0.7 for a word that comes up at its end."""
    return 1 - 0.3 * found.first / max(1, found.characters, found.first.max(initial=1))


def spread(found: Candidates) -> Numbers:
    """1.5 for a word that goes through the whole text, 1 for one in a single place."""
    return 1 + 0.5 * (found.last - found.first) / max(1, found.characters, found.last.max(initial=1))


CUES: Mapping[str, Callable[[Candidates], Numbers]] = MappingProxyType(
    {f.__name__: f for f in (part_of_speech, length, specificity, unity, title, early, spread)}
)
