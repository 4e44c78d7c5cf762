"""What is known of a single word before any document is read: tag, place in a term, surprisal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from casemine.lexicon import tags
from casemine.lexicon.surnames import SURNAMES
from casemine.lexicon.tags import fitness
from casemine.resources import action_words
from casemine.segment import Segmenter
from casemine.weigh.names import SPEECH, is_role
from casemine.weigh.spans import Ints, Names, names_of

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
# A Latin term, digits and inner hyphens, dots or pluses included: GIS, K-means, PM2.5, 3D, 1+X.
LATIN = re.compile(
    r"(?=[0-9+]*[A-Za-z])[A-Za-z0-9]+(?:\+[A-Za-z0-9]+)+"
    r"|[A-Za-z][A-Za-z0-9]*(?:[-/.][A-Za-z0-9]+)*|[0-9]+[A-Za-z][A-Za-z0-9]*"
)
# A number that may be a name (12345热线, 110联动), not a year.
_CALLED = re.compile(r"(?!(?:19|20)[0-9]{2}$)[0-9]{2,6}")
_NUMBER = re.compile(r"[0-9０-９.,%％]+")
_PLUS = "+"
# A preposition that begins words nonetheless, before a single character: 自贸区.
_PREFIXES = frozenset("自")
# What turns the term that follows into its opposite: 未摘帽贫困县, 非贫困村, 无公害蔬菜.
_NEGATIONS = frozenset("未非无")
# Occurrences credited to a word that jieba's dictionary lacks; its rarest words have three.
_RARE = 3
# Words of a phrase.
MAX_WORDS = 4
SETTLEMENTS = frozenset("村乡镇县区市州旗寨屯")
_GIVEN_TAGS = frozenset({"nr", "nrt", "nrfg"})
# How well at least a word that somebody listed, or that was discovered, begins and ends a term.
OWN = 0.3
# The tags of phrases: nominal, verbal.
_PHRASES = ("n_new", "v_new")

# A word. `begins` and `ends` say how well it begins and ends a term, 0 to 1; `passes`: a phrase may hold
# it; `least`, `most`: surprisal in general language, in nats, of its commonest and rarest part; `parts`:
# their number (1 for a dictionary word); `width`: its length in characters, a Latin word taken as two;
# `tag`: the number of its tag, `letter`: the code point of the first letter of it. The flags from `verb`
# on say what it may be in a name.
WORD = np.dtype(
    [
        ("begins", "f8"),
        ("ends", "f8"),
        ("least", "f8"),
        ("most", "f8"),
        ("parts", "i4"),
        ("width", "i4"),
        ("length", "i4"),
        ("tag", "i4"),
        ("letter", "i4"),
        ("passes", "?"),
        ("dull", "?"),
        ("listed", "?"),
        ("mark", "?"),
        ("plus", "?"),
        ("called", "?"),
        ("number", "?"),
        ("measure", "?"),
        ("prefix", "?"),
        ("negation", "?"),
        ("noun", "?"),
        ("verb", "?"),
        ("settlement", "?"),
        ("settled", "?"),
        ("bare", "?"),
        ("surname", "?"),
        ("coined", "?"),
        ("given", "?"),
        ("role", "?"),
        ("speech", "?"),
    ]
)


class Words:
    """What is known of the words of a text, in their order: an array for each field of `WORD`.

    `known` has these arrays of different words, `numbers` says which of them stands where. A field is put in
    order when it is asked for.
    """

    def __init__(self, known: Mapping[str, NDArray[Any]], numbers: NDArray[np.int64]) -> None:
        self._known = known
        self._numbers = numbers
        self._fields: dict[str, NDArray[Any]] = {}

    def __getitem__(self, field: str) -> NDArray[Any]:
        if field not in self._fields:
            self._fields[field] = self._known[field][self._numbers]
        return self._fields[field]

    def __len__(self) -> int:
        return len(self._numbers)


class _Numbers(dict[str, int]):
    """word -> its number; a word that is asked for gets the next one."""

    def __missing__(self, text: str) -> int:
        number = self[text] = len(self)
        return number


class Lexicon:
    """Numbers words, and looks each up once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._plain = Segmenter(engine=settings.segmenter.engine)
        self._numbers = _Numbers()
        self._tags = _Numbers({tag: at for at, tag in enumerate(_PHRASES)})
        self._known = _columns([])

    def numbers(self, pieces: Iterable[str]) -> NDArray[np.int64]:
        """Return the number of each word."""
        return np.fromiter(map(self._numbers.__getitem__, pieces), np.int64)

    @property
    def words(self) -> dict[str, NDArray[Any]]:
        """What is known of every word that has a number, by field (`WORD`) and number."""
        known = len(self._known["length"])
        if len(self._numbers) > known:
            found = self._look_up(list(self._numbers)[known:])
            self._known = {
                field: np.concatenate((values, found[field])) for field, values in self._known.items()
            }
        return self._known

    @property
    def tags(self) -> list[str]:
        """The tags, by number."""
        return list(self._tags)

    def tag_numbers(self, tags: Iterable[str]) -> NDArray[np.int64]:
        """Return the number of each tag."""
        return np.fromiter(map(self._tags.__getitem__, tags), np.int64)

    def _look_up(self, texts: Sequence[str]) -> dict[str, NDArray[Any]]:
        segmenter = self._settings.segmenter
        frequencies = segmenter.frequencies(texts).tolist()
        surprisals = self._surprisals(texts, frequencies)
        rows = zip(texts, segmenter.tags(texts), surprisals, strict=True)
        return _columns([self._word(*row) for row in rows])

    def _word(self, text: str, tag: str, surprisal: tuple[float, float, int]) -> tuple[object, ...]:
        latin = LATIN.fullmatch(text) is not None
        tag = "eng" if latin else tag
        called = _CALLED.fullmatch(text) is not None
        own = text in self._settings.own and tag not in _NO_TERM
        passes = (own and text not in self._settings.stop) or _passes(text, tag, self._settings.stop)
        surname = text[0] in SURNAMES
        return (
            *_fits(text, tag, own=own, called=called),
            *surprisal,
            2 if latin else len(text),
            len(text),
            self._tags[tag],
            ord(tag[0]),
            passes,
            text in self._settings.dull,
            text in self._settings.listed,
            tag == "x",
            text == _PLUS,
            called,
            tag[0] == "m" or _NUMBER.fullmatch(text) is not None,
            tag[0] == "q" and len(text) == 1,
            text in _PREFIXES,
            text in _NEGATIONS,
            tag[0] == "n" and len(text) > 1,
            tag == "v",
            text in SETTLEMENTS,
            tag == "n_new" and text[-1] in SETTLEMENTS,
            len(text) == 1 or tag[:2] in ("ns", "nr"),
            surname and len(text) == 1,
            surname and 1 < len(text) < 4 and tag == "n_new",
            tag in _GIVEN_TAGS,
            is_role(text),
            text in SPEECH,
        )

    def _surprisals(self, texts: Sequence[str], frequencies: Sequence[int]) -> list[tuple[float, float, int]]:
        """Return the surprisal of the commonest and the rarest part of each word, and the number of parts.

        A word that was added is as common as the words it is made of.
        """
        segmenter = self._settings.segmenter
        total = segmenter.total
        added = [
            text
            for text, frequency in zip(texts, frequencies, strict=True)
            if not frequency and text in segmenter.words
        ]
        # All cut at once: nothing is joined over the end of a line.
        parts: dict[str, list[int]] = {}
        if added:
            pieces = self._plain.cut("\n".join(added))
            each = iter(zip(pieces, segmenter.frequencies(pieces).tolist(), strict=True))
            parts = {text: _until(len(text), each) for text in added}

        def surprisal(text: str, frequency: int) -> tuple[float, float, int]:
            if text == _PLUS:  # says nothing of its own
                return log(total), 0.0, 0
            own = [log(total / max(part, _RARE)) for part in parts.get(text, [frequency])]
            return min(own), max(own), len(own)

        return list(map(surprisal, texts, frequencies))


def _columns(rows: Sequence[tuple[object, ...]]) -> dict[str, NDArray[Any]]:
    """Return rows of `WORD` as an array for each field."""
    table = np.array(rows, dtype=WORD)
    return {field: np.ascontiguousarray(table[field]) for field in WORD.fields or ()}


def _until(length: int, pieces: Iterator[tuple[str, int]]) -> list[int]:
    """Take the frequencies of the pieces of one line, `length` characters long, and its end."""
    taken: list[int] = []
    while length > 0:
        piece, frequency = next(pieces)
        length -= len(piece)
        taken.append(frequency)
    next(pieces, None)
    return taken


@dataclass(frozen=True)
class Settings:
    """Which words there are and which may be keywords: small enough to be sent to every worker."""

    segmenter: Segmenter
    new: Mapping[str, str]
    stop: frozenset[str]
    generic: frozenset[str]
    series: frozenset[str] = frozenset()  # pieces of title that many titles share
    listed: frozenset[str] = frozenset()  # words of the researcher's own dictionary
    places: frozenset[str] = frozenset()  # names that are no keywords but in research papers

    @cached_property
    def own(self) -> frozenset[str]:
        """The words that somebody listed, or that were discovered: they always pass."""
        return self.listed | frozenset(self.new)

    @cached_property
    def new_names(self) -> tuple[Names, Ints]:
        """The names of the discovered words, rising, and the numbers of their tags."""
        names = names_of(list(self.new))
        order = np.argsort(names)
        return names[order], self.lexicon.tag_numbers(self.new.values())[order]

    @cached_property
    def generic_names(self) -> Names:
        """The names of the generic words, rising."""
        return np.sort(names_of(list(self.generic)))

    @cached_property
    def dull(self) -> frozenset[str]:
        """The generic words and the places: no keywords of a text that is no research paper."""
        return self.generic | self.places

    @cached_property
    def dull_names(self) -> Names:
        """The names of these, rising."""
        return np.sort(names_of(list(self.dull)))

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words met so far, kept from one piece of work to the next in the same process."""
        return Lexicon(self)

    def __getstate__(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in fields(self)}


def kept_whole(new: Mapping[str, str], settings: Settings) -> dict[str, str]:
    """Return the discovered words, with their tags, that are better read as one word than as several.

    They are those no phrase could be read from: the dictionary breaks them into single characters (放管服),
    into more words than a phrase has (控辍保学机制) or over a word that no phrase holds (自贸区); and names
    and dates. Other discovered words are found as phrases, so that a shorter term inside a long one (生计资本
    in 农户生计资本) still counts. Generic and stop words are whole as well: 攻坚 does not stand in 脱贫攻坚.
    """
    whole = _whole(list(new), settings)
    whole -= _done_to(whole, new)
    known = settings.dull | settings.stop
    listed = {word: "n" for word in known if word not in settings.segmenter}
    return listed | {word: tag for word, tag in new.items() if tag in _NO_TERM or word in whole}


def _whole(words: Sequence[str], settings: Settings) -> frozenset[str]:
    """Return the words that no phrase could be read from."""
    if not words:
        return frozenset()
    lexicon = Lexicon(settings)
    # All cut at once: nothing is joined over the end of a line.
    pieces = settings.segmenter.cut("\n".join(words))
    numbers = lexicon.numbers(pieces)
    passes = lexicon.words["passes"][numbers]
    line = np.cumsum(np.fromiter((piece == "\n" for piece in pieces), np.int64, len(pieces)))
    inside = np.array([piece != "\n" for piece in pieces])
    count = np.bincount(line[inside], minlength=len(words))
    barred = np.bincount(line[inside], ~passes[inside], len(words))
    whole = (count > MAX_WORDS) | (count == np.fromiter(map(len, words), np.int64)) | (barred > 0)
    return frozenset(word for word, alone in zip(words, whole.tolist(), strict=True) if alone)


def _done_to(words: Iterable[str], new: Mapping[str, str]) -> frozenset[str]:
    """Return the words that are something done to another new word: 建立防贫预警制度 beside 防贫预警制度."""
    return frozenset(word for word in words if word[:2] in action_words() and word[2:] in new)


def _passes(text: str, tag: str, stop: frozenset[str]) -> bool:
    if text in stop or tag in _NO_TERM:
        return False
    return tag == "eng" or (text.isalpha() and tag[0] not in _BREAKING)


def _set_phrase(text: str, tag: str) -> bool:
    """Whether the dictionary has a long verb as one word, as policy coins them: 建档立卡, 退耕还林."""
    return tag == "v" and len(text) >= SET_PHRASE


def _fits(text: str, tag: str, *, own: bool, called: bool) -> tuple[float, float]:
    """How well a word begins and ends a term."""
    if _set_phrase(text, tag):
        return 1.0, 1.0
    begins, ends = fitness(_BEGINS, tag), fitness(_ENDS, tag)
    if own:  # whoever listed it called it a word
        return max(begins, OWN), max(ends, OWN)
    if called:
        return 1.0, 0.0
    if text in _PREFIXES:
        return 0.5, 0.0
    return (0.0, 1.0) if text == _PLUS else (begins, ends)
