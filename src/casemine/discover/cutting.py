"""Texts are cut into words beside this process, where there is another, while they are still being read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from casemine.discover.tokens import Cut, Tokens, cut_texts, tokens_of
from casemine.parallel import Submit, at_once
from casemine.segment import Segmenter

# Characters that are handed over at a time: enough that the handing over costs little.
_AT_A_TIME = 200_000


class Cutting:
    """Cuts the texts it is given, in the order given, with `segmenter`, by means of `beside`.

    `characters` is the length of all texts taken so far.
    """

    def __init__(self, segmenter: Segmenter, beside: Submit = at_once) -> None:
        self.segmenter, self._beside = segmenter, beside
        self.characters = 0
        self._number: dict[str, int] = {}
        self._waiting: list[str] = []
        self._size = 0
        self._begun: list[Callable[[], Cut]] = []

    def add(self, text: str) -> None:
        """Take a text, unless it is known, and begin with those that wait when they are enough."""
        if text not in self._number:
            self._number[text] = len(self._number)
            self._waiting.append(text)
            self._size += len(text)
            self.characters += len(text)
            if self._size >= _AT_A_TIME:
                self._begin()

    def begin(self, texts: Sequence[str]) -> Callable[[], tuple[Tokens, list[str]]]:
        """Begin with what is left of `texts`; return how to get their tokens, as `tokenise` gives them."""
        for text in texts:
            self.add(text)
        self._begin()
        return lambda: self._tokens(texts)

    def words(self, text: str) -> list[str]:
        """Cut a text now."""
        words: list[str] = self._beside(Segmenter.cut, self.segmenter, text)()
        return words

    def _begin(self) -> None:
        if self._waiting:
            self._begun.append(self._beside(cut_texts, self._waiting, self.segmenter))
            self._waiting, self._size = [], 0

    def _tokens(self, texts: Sequence[str]) -> tuple[Tokens, list[str]]:
        number: dict[str, int] = {}
        words: list[NDArray[np.integer[Any]]] = [np.zeros(0, dtype=np.int32)]
        counts: list[int] = []
        for result in self._begun:
            cut = result()
            here = [number.setdefault(word, len(number)) for word in cut.vocabulary]
            words.append(np.array(here, dtype=np.int32)[cut.words])
            counts += cut.counts
        count = np.array(counts, dtype=np.int64)
        order = np.array([self._number[text] for text in texts], dtype=np.int64)
        begins, lengths = (np.cumsum(count) - count)[order], count[order]
        # The words of each text, one text after the other.
        places = np.repeat(begins - (np.cumsum(lengths) - lengths), lengths) + np.arange(lengths.sum())
        return tokens_of(np.concatenate(words)[places], list(number)), list(number)
