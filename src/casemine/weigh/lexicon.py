"""What is known of a single word before any document is read: tag, place in a term, surprisal."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import log
from typing import NamedTuple

from casemine.lexicon import tags
from casemine.lexicon.tags import fitness
from casemine.segment import Segmenter

# How well a name of a place ends a term.
PLACE = 0.15
# What differs from the tags of terms in general: idioms (i), people (nr), numbers and dates are seldom what a
# policy text is about, and its places are known from its title.
_BEGINS = tags.BEGINS | {"r": 0.5, "t": 0.25, "l": 0.6, "nr": 0.3, "m": 0.2, "i": 0.15}
_ENDS = tags.ENDS | {"l": 0.6, "eng": 0.5, "nr": 0.3, "ns": PLACE, "i": 0.15}
# Particles, prepositions, conjunctions, interjections, marks: nothing is joined over them.
_BREAKING = frozenset({"u", "p", "c", "y", "e", "o", "w", "x", "k", "g"})
# Discovered words that are persons, dates or amounts: neither keywords nor part of one.
_NO_TERM = frozenset({"nr_new", "t_new", "m_new"})
# Length from which a verb is a term by itself.
SET_PHRASE = 4
# A Latin term, digits and inner hyphens or dots included: GIS, K-means, PM2.5, 3D.
LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-/.][A-Za-z0-9]+)*|[0-9]+[A-Za-z][A-Za-z0-9]*")
# Occurrences credited to a word that jieba's dictionary lacks; its rarest words have three.
_RARE = 3


class Word(NamedTuple):
    """A word: `begins` and `ends` say how well it begins and ends a term, 0 to 1.

    `passes`: a phrase may hold it. `least`, `most`: surprisal in general language, in nats, of its
    commonest and rarest part; `parts` is their number (1 for a dictionary word). `width` is its length
    in characters, a Latin word taken as two.
    """

    text: str
    tag: str
    begins: float
    ends: float
    passes: bool
    least: float
    most: float
    parts: int
    width: int


@dataclass(frozen=True)
class Settings:
    """Which words there are and which may be keywords: small enough to be sent to every worker."""

    segmenter: Segmenter
    new: Mapping[str, str]
    stop: frozenset[str]
    generic: frozenset[str]
    series: frozenset[str] = frozenset()  # pieces of title that many titles share


class Lexicon(dict[str, Word]):
    """word -> `Word`, looked up once and kept."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._plain = Segmenter(engine=settings.segmenter.engine)

    def __missing__(self, text: str) -> Word:
        latin = LATIN.fullmatch(text) is not None
        tag = "eng" if latin else self._settings.segmenter.tag(text)
        least, most, parts = self._surprisal(text)
        word = self[text] = Word(
            text,
            tag,
            *((1.0, 1.0) if _set_phrase(text, tag) else (fitness(_BEGINS, tag), fitness(_ENDS, tag))),
            _passes(text, tag, self._settings.stop),
            least,
            most,
            parts,
            2 if latin else len(text),
        )
        return word

    def _surprisal(self, text: str) -> tuple[float, float, int]:
        segmenter = self._settings.segmenter
        # A word that was added is as common as the words it is made of.
        added = text in segmenter.words and not segmenter.frequency(text)
        made_of = self._plain.cut(text) if added else [text]
        each = [log(segmenter.total / max(segmenter.frequency(part), _RARE)) for part in made_of]
        return min(each), max(each), len(each)


def kept_whole(new: Mapping[str, str], settings: Settings) -> dict[str, str]:
    """Return the discovered words, with their tags, that are better read as one word than as several.

    They are those the dictionary breaks into single characters (放管服), where no phrase could be read,
    and names and dates. Other discovered words are found as phrases, so that a shorter term inside a
    long one (生计资本 in 农户生计资本) still counts. Generic and stop words are whole as well: 攻坚 does not
    stand in 脱贫攻坚.
    """
    lexicon = Lexicon(settings)

    def broken(word: str) -> bool:
        pieces = settings.segmenter.cut(word)
        return all(len(piece) == 1 and lexicon[piece].passes for piece in pieces)

    listed = {word: "n" for word in settings.generic | settings.stop if word not in settings.segmenter}
    return listed | {word: tag for word, tag in new.items() if tag in _NO_TERM or broken(word)}


def _passes(text: str, tag: str, stop: frozenset[str]) -> bool:
    if text in stop or tag in _NO_TERM:
        return False
    return tag == "eng" or (text.isalpha() and tag[0] not in _BREAKING)


def _set_phrase(text: str, tag: str) -> bool:
    """Whether the dictionary has a long verb as one word, as policy coins them: 建档立卡, 退耕还林."""
    return tag == "v" and len(text) >= SET_PHRASE
