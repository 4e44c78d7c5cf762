"""jieba behind a Segmenter that can be pickled, keeps no global state and writes no cache file.

The segmentation is jieba's dictionary segmentation (maximum-probability path, HMM off). Where the
`rjieba` wheel exists it computes the same words faster; `tests/test_segment.py` holds the two to the
same output. jieba 0.42.1: Sun Junyi, MIT licence.
"""

from __future__ import annotations

import logging
import re
import sys
import warnings
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib import import_module
from importlib.util import find_spec
from math import exp, log
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from casemine.arguments import several
from casemine.lexicon.matching import WordMatcher
from casemine.lexicon.vocabulary import Vocabulary

# So many words of one's own are shown, not counted.
_SHOWN = 3
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_NUMBER = re.compile(r"[0-9０-９.%]+")
# What jieba looks up in its dictionary: it cuts at every other character, whatever words it was given.
CUTTABLE = re.compile(r"[\u4e00-\u9fd5A-Za-z0-9+#&._%-]+")
# Three times the same, of which a dictionary may have one and two: no word of jieba's is four or more twice.
_THRICE = re.compile(r"([\u4e00-\u9fd5]{1,3}?)\1\1")
# Below this many characters the expression is faster than arrays.
_SHORT = 200
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f]+")


class Token(NamedTuple):
    """A word, its part-of-speech tag (ICTCLAS letters, as jieba's dictionary) and its span."""

    word: str
    tag: str
    start: int
    end: int


def _path() -> Path:
    """Return the file of jieba's dictionary."""
    # Found without an import of jieba, which takes longer than reading the file.
    (folder,) = find_spec("jieba").submodule_search_locations  # type: ignore[union-attr, misc]
    return Path(folder, "dict.txt")


@cache
def _dictionary() -> Vocabulary:
    """Read jieba's dictionary for looking up many words at once."""
    return Vocabulary.read(_path())


@cache
def _words() -> tuple[dict[str, int], dict[str, str], int]:
    """Read jieba's dictionary for looking up one word at a time: frequencies, tags, sum of all rows."""
    fields = _path().read_text(encoding="utf-8").split()
    words, frequencies = fields[::3], list(map(int, fields[1::3]))
    tags = dict(zip(words, fields[2::3], strict=True))
    return dict(zip(words, frequencies, strict=True)), tags, sum(frequencies)


def _jieba(added: Mapping[str, tuple[int, str]]) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(logging.ERROR)
    frequencies = _words()[0]
    tokenizer = jieba.Tokenizer()
    # Filled here instead of by `initialize`, which marshals into a cache file all users share.
    prefixes = {word[:length]: 0 for word in frequencies for length in range(1, len(word))}
    tokenizer.FREQ = prefixes | frequencies
    tokenizer.total, tokenizer.initialized = _words()[2], True
    for word, (frequency, tag) in added.items():
        tokenizer.add_word(word, frequency, tag)
    return lambda text: tokenizer.lcut(text, HMM=False)


def _rjieba(added: Mapping[str, tuple[int, str]]) -> Any:
    engine = _rjieba_extension().Jieba()
    for word, (frequency, tag) in added.items():
        engine.add_word(word, frequency, tag)
    return lambda text: engine.cut(text, hmm=False)


def _rjieba_extension() -> ModuleType:
    """Import the compiled part of rjieba alone.

    The package around it makes an engine of its own as it is imported: a tenth of a second and 50 MB, for
    nobody. Whoever imports rjieba afterwards gets it whole.
    """
    spec = find_spec("rjieba")
    if "rjieba" in sys.modules or spec is None:
        return import_module("rjieba")
    package = ModuleType("rjieba")
    package.__path__ = list(spec.submodule_search_locations or ())
    sys.modules["rjieba"] = package
    try:
        return import_module("rjieba.rjieba")
    except ModuleNotFoundError:
        pass  # a version that is laid out in another way
    finally:
        del sys.modules["rjieba"]
    return import_module("rjieba")


# An engine takes a tenth of a second and 50 MB to build and never changes: the last ones are kept.
@lru_cache(maxsize=3)
def _engine(name: str, words: tuple[tuple[str, str], ...]) -> Any:
    """Build an engine; `words` (word, tag) are sorted, so that their order plays no part."""
    plain = Segmenter()
    added = {word: (plain.least_frequency(word), tag) for word, tag in words}
    return _rjieba(added) if name == "rjieba" else _jieba(added)


def _own_words(words: Mapping[str, str] | Iterable[str]) -> dict[str, str]:
    if isinstance(words, Mapping):
        return dict(words)
    advice = "Give a list of words, or a mapping of word to tag: {'防贫预警': 'n'}."
    return dict.fromkeys(several(words, name="words", advice=advice), "n")


def _foreign(word: str) -> str:
    """Return the tag of a word that the dictionary lacks."""
    if _LATIN.fullmatch(word):
        return "eng"
    if _NUMBER.fullmatch(word):
        return "m"
    return "n" if _HAN.fullmatch(word) else "x"


def _longer_first(words: list[str]) -> list[str]:
    """Put the longer before the shorter of two words that are the same text either way: 防防 before 防.

    Both paths are equally probable, and the last bit of a sum would decide, one way in each engine.
    """
    for last in range(1, len(words)):
        at = last
        while at and len(words[at - 1]) < len(words[at]) and _commute(words[at - 1], words[at]):
            words[at - 1 : at + 1] = words[at], words[at - 1]
            at -= 1
    return words


def _repeats(text: str) -> bool:
    """Tell whether one, two or three Han characters stand three times in a row."""
    if len(text) < _SHORT:
        return _THRICE.search(text) is not None
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    han = (points >= 0x4E00) & (points <= 0x9FD5)
    for size in (1, 2, 3):
        # Twice as many characters in a row as the ones `size` before them.
        same = np.append((points[size:] == points[:-size]) & han[size:], False)
        stops = np.flatnonzero(~same)
        if np.diff(stops, prepend=-1).max() > 2 * size:
            return True
    return False


def _commute(left: str, right: str) -> bool:
    return left + right == right + left


class Segmenter:
    """Cuts text into dictionary words, with words of one's own added.

    It can be pickled, and keeps no state that others share.

    Parameters
    ----------
    words : mapping or iterable of str
        Words to add: word -> tag (ICTCLAS letters as jieba has them, `n_new` for a new word), or words
        alone, which get the tag n. An added word gets the least frequency that keeps it whole against the
        parts it would otherwise be cut into.
    engine : {"", "rjieba", "jieba"}
        What cuts; "" for the faster one that is installed. The output is the same.

    Raises
    ------
    ParameterError
        For a bare string in place of several words.

    References
    ----------
    jieba 0.42.1 (Sun Junyi): the path of greatest probability through its dictionary, without HMM.

    Examples
    --------
    >>> from casemine import Segmenter
    >>> segmenter = Segmenter({"防贫预警": "n_new"})
    >>> segmenter.cut("做好防贫预警")
    ['做好', '防贫预警']
    >>> segmenter.tokens("做好防贫预警")[1]
    Token(word='防贫预警', tag='n_new', start=2, end=6)
    """

    def __init__(self, words: Mapping[str, str] | Iterable[str] = (), *, engine: str = "") -> None:
        self.words = _own_words(words)
        self.engine = engine
        self._cut: Any = None
        self._odd: WordMatcher | None = None

    def __repr__(self) -> str:
        words = repr(self.words) if len(self.words) <= _SHOWN else f"<{len(self.words)} words>"
        engine = f", engine={self.engine!r}" if self.engine else ""
        return f"Segmenter({words if self.words else ''}{engine})".replace("(, ", "(")

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_cut": None, "_odd": None}

    def load(self) -> None:
        """Load the dictionary, as the first look for many words at once would."""
        _dictionary()

    def with_words(self, words: Mapping[str, str]) -> Segmenter:
        """Return a Segmenter that knows `words` too."""
        return Segmenter({**self.words, **words}, engine=self.engine)

    def cut(self, text: str) -> list[str]:
        """Cut `text` into words; joined again they are `text`."""
        if self._cut is None:
            engine = self.engine or ("rjieba" if find_spec("rjieba") else "jieba")
            own = sorted(self.words.items())
            self._cut = _engine(engine, tuple(entry for entry in own if CUTTABLE.fullmatch(entry[0])))
            odd = [word for word, _ in own if not CUTTABLE.fullmatch(word)]
            self._odd = WordMatcher(odd) if odd else None
        spans = self._odd.distinct(text) if self._odd else []
        words: list[str] = self._cut_around(spans, text) if spans else self._cut(text)
        return _longer_first(words) if _repeats(text) else words

    def _cut_around(self, spans: Sequence[tuple[int, str]], text: str) -> list[str]:
        """Cut what stands around the words (start, word) that the engine would cut at their marks."""
        words: list[str] = []
        at = 0
        for start, word in spans:
            words += self._cut(text[at:start])
            words.append(word)
            at = start + len(word)
        words += self._cut(text[at:])
        return words

    def tokens(self, text: str) -> list[Token]:
        """Cut `text` into tokens with tag and span, whitespace left out."""
        tokens: list[Token] = []
        at = 0
        for word in self.cut(text):
            if not word.isspace():
                tokens.append(Token(word, self.tag(word), at, at + len(word)))
            at += len(word)
        return tokens

    def tag(self, word: str) -> str:
        """Return the tag of `word`: its own, the dictionary's, else eng, m, n (unknown Han) or x."""
        return self.words.get(word) or _words()[1].get(word) or _foreign(word)

    def tags(self, words: Sequence[str]) -> list[str]:
        """Return the tag of each word, as `tag` does."""
        own, known = self.words, _dictionary().tag(_dictionary().find(words))
        return [own.get(word) or tag or _foreign(word) for word, tag in zip(words, known, strict=True)]

    def frequency(self, word: str) -> int:
        """Return the frequency of `word` in jieba's dictionary, 0 when it lacks it."""
        return _words()[0].get(word, 0)

    def frequencies(self, words: Sequence[str]) -> NDArray[np.int64]:
        """Return the frequency of each word, as `frequency` does."""
        return _dictionary().frequency(_dictionary().find(words))

    def lacking(self, words: Sequence[str]) -> list[bool]:
        """Tell of each word whether it is not in this segmenter."""
        lacking: list[bool] = (self.frequencies(words) == 0).tolist()
        own = self.words
        return [new and word not in own for word, new in zip(words, lacking, strict=True)]

    @property
    def total(self) -> int:
        """The sum of all frequencies of jieba's dictionary; rows that stand twice count twice, as there."""
        # The dictionary is in memory in one form or the other; there is no need of both.
        return _words()[2] if _words.cache_info().currsize else _dictionary().total

    def __contains__(self, word: str) -> bool:
        return word in self.words or self.frequency(word) > 0

    def least_frequency(self, word: str) -> int:
        """Return the least frequency at which `word` outweighs its most probable cut into words.

        The product of the parts' probabilities, as jieba's `suggest_freq`, over the best cut.
        """
        total = _words()[2]
        best = [0.0] + [float("-inf")] * len(word)
        for end in range(1, len(word) + 1):
            for start in range(end):
                if end - start < len(word):
                    frequency = self.frequency(word[start:end])
                    if frequency or end - start == 1:
                        best[end] = max(best[end], best[start] + log((frequency or 1) / total))
        least = int(exp(best[-1]) * total) + 1
        return max(least, self.frequency(word), 2)
