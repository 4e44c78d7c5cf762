"""Candidate keywords of a document: words and phrases of up to four words, with what is known of each.

A phrase is a run of words that stand next to each other with no function word, stop word, number or
mark between them, so every candidate is a stretch of the text as it stands there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from casemine.document import Document
from casemine.weigh.lexicon import LATIN, PLACE, Lexicon, Settings, Word
from casemine.weigh.names import person_names
from casemine.weigh.scores import textrank

Numbers = NDArray[np.float64]

MAX_WORDS = 4
MAX_CHARACTERS = 20
# In a longer text a phrase that stands there once, title apart, is no candidate: too many, saying little.
LONG_TEXT = 3000
# More than any phrase has words.
_COUNTS = MAX_WORDS + 2
_PIECE = re.compile(r"[^\W_]+(?:[-./][^\W_]+)*")
_SETTLEMENTS = frozenset("村乡镇县区市州旗寨屯")


@dataclass(frozen=True)
class Candidates:
    """The candidates of one document, one entry of every array a candidate.

    `characters` is the length of the document's counted text, white space left out; offsets are code
    points of its text.
    """

    characters: int
    words: list[str]
    tags: list[str]
    frequency: Numbers  # occurrences between word borders
    first: Numbers  # offset of the first occurrence
    last: Numbers  # offset of the last
    parts: Numbers  # number of words
    width: Numbers  # length in characters, a Latin word taken as two
    begins: Numbers  # how well its first word begins a term, 0 to 1
    ends: Numbers  # how well its last word ends one, 0 to 1
    nested: Numbers  # occurrences inside the phrase, one word longer, that holds it most often
    least: Numbers  # surprisal in general language of its commonest word, nats
    surprisal: Numbers  # surprisal in general language of the whole, nats
    centrality: Numbers  # summed TextRank of its words; 0 where it was not asked for
    titled: NDArray[np.bool_]  # stands in the title
    discovered: NDArray[np.bool_]  # is one of the new words
    containing: Numbers  # documents of the corpus with this candidate; 1 until a corpus is known


class _Phrases(NamedTuple):
    """All phrases of a text.

    `first` holds the number of the first word of each where it stands first, times `_COUNTS`, plus how many
    words it has: of the many that stand but once the garbage collector need not look after a list each.
    `again` holds the first word's number of its other occurrences, `begins` the offset of each word.
    """

    first: dict[str, int]
    again: dict[str, list[int]]
    begins: list[int]


class _Phrase(NamedTuple):
    """A candidate: its words and the offset of every occurrence."""

    parts: tuple[Word, ...]
    starts: list[int]


def candidates_of(
    documents: Sequence[Document], settings: Settings, *, with_textrank: bool = False
) -> list[Candidates]:
    """Collect the candidates of several documents: the piece of work that is spread over processes."""
    lexicon = Lexicon(settings)
    return [_candidates(document, settings, lexicon, with_textrank) for document in documents]


def _candidates(document: Document, settings: Settings, lexicon: Lexicon, with_textrank: bool) -> Candidates:
    text = document.counted
    title = "\n".join(piece for piece in title_pieces(document) if piece not in settings.series)
    words = _read(text, settings, lexicon)
    phrases = _phrases(text, words)
    nested = _nested(phrases, words)
    kept: dict[str, _Phrase] = {}
    for word, place in phrases.first.items():
        index, count = divmod(place, _COUNTS)
        if count <= MAX_WORDS and (
            count == 1 or len(text) <= LONG_TEXT or word in phrases.again or word in title
        ):
            parts = words[index : index + count]
            if _may_be_keyword(word, parts, settings.generic):
                indices = [index, *phrases.again.get(word, ())]
                kept[word] = _Phrase(tuple(parts), [phrases.begins[each] for each in indices])
    ranks = textrank(_runs(words)) if with_textrank else {}

    def each(value: Callable[[_Phrase], float]) -> Numbers:
        return np.array([value(phrase) for phrase in kept.values()], dtype=np.float64)

    return Candidates(
        characters=len(text) - sum(map(text.count, " \n\t\u3000")),
        words=list(kept),
        tags=[settings.new.get(word) or _tag(phrase.parts) for word, phrase in kept.items()],
        frequency=each(lambda phrase: len(phrase.starts)),
        first=each(lambda phrase: phrase.starts[0]),
        last=each(lambda phrase: phrase.starts[-1]),
        parts=each(lambda phrase: len(phrase.parts)),
        width=each(lambda phrase: sum(part.width for part in phrase.parts)),
        begins=each(lambda phrase: phrase.parts[0].begins),
        ends=each(lambda phrase: _ends(phrase.parts)),
        nested=np.array([nested.get(word, 0) for word in kept], dtype=np.float64),
        least=each(lambda phrase: min(part.least for part in phrase.parts)),
        surprisal=each(lambda phrase: _surprisal(phrase.parts)),
        centrality=each(lambda phrase: sum(ranks.get(part.text, 0.0) for part in phrase.parts)),
        titled=np.array([word in title for word in kept], dtype=np.bool_),
        discovered=np.array([word in settings.new for word in kept], dtype=np.bool_),
        containing=np.ones(len(kept)),
    )


def title_pieces(document: Document) -> list[str]:
    """Return the title, cut at its marks: 【石桥新貌】驻村十年：路通了 gives 石桥新貌, 驻村十年, 路通了."""
    titles = [document.text[p.start : p.end] for p in document.passages if p.kind == "title"]
    return _PIECE.findall("\n".join([document.title, *titles]))


def _read(text: str, settings: Settings, lexicon: Lexicon) -> list[Word]:
    """Cut `text` into words, Latin terms whole; names of persons pass no phrase."""
    words = [lexicon[piece] for piece in _join_latin(settings.segmenter.cut(text), text)]
    for start, end in person_names(words):
        words[start:end] = [word._replace(passes=False) for word in words[start:end]]
    return words


def _join_latin(pieces: Iterable[str], text: str) -> Iterable[str]:
    """Join the pieces of a Latin term such as K-means or PM2.5, where the cuts allow it."""
    ends = {match.start(): match.end() for match in LATIN.finditer(text)}
    if not ends:
        yield from pieces
        return
    at, start, until = 0, 0, -1
    for piece in pieces:
        if at >= until:
            start, until = at, ends.get(at, -1)
        at += len(piece)
        if at >= until:
            yield text[start:at]
            start = at


def _phrases(text: str, words: Sequence[Word]) -> _Phrases:
    """Collect the phrases of up to MAX_WORDS + 1 words; the longest show what is nested in them."""
    first: dict[str, int] = {}
    again: dict[str, list[int]] = {}
    begins = list(accumulate((len(word.text) for word in words), initial=0))
    passes = [word.passes for word in words]
    for index, start in enumerate(begins[:-1]):
        furthest = start + MAX_CHARACTERS
        for count in range(1, min(MAX_WORDS + 1, len(words) - index) + 1):
            end = begins[index + count]
            if not passes[index + count - 1] or end > furthest:
                break
            if end - start > 1:
                piece = text[start:end]
                if piece not in first:
                    first[piece] = index * _COUNTS + count
                elif piece in again:
                    again[piece].append(index)
                else:
                    again[piece] = [index]
    return _Phrases(first, again, begins)


def _nested(phrases: _Phrases, words: Sequence[Word]) -> dict[str, int]:
    """Return phrase -> occurrences of the phrase, one word longer at either end, that holds it most often."""
    nested: dict[str, int] = {}
    for word, place in phrases.first.items():
        index, count = divmod(place, _COUNTS)
        if count > 1:
            times = 1 + len(phrases.again.get(word, ()))
            for inner in (word[: -len(words[index + count - 1].text)], word[len(words[index].text) :]):
                if nested.get(inner, 0) < times:
                    nested[inner] = times
    return nested


def _may_be_keyword(word: str, parts: Sequence[Word], generic: frozenset[str]) -> bool:
    """Whether a phrase begins and ends as a term may, and is more than generic words."""
    if not (parts[0].begins and parts[-1].ends) or word in generic:
        return False
    return not all(part.text in generic for part in parts)


def _tag(parts: Sequence[Word]) -> str:
    """A word's own tag; `n_new` or `v_new` for a phrase, by its last word."""
    if len(parts) == 1:
        return parts[0].tag
    return "v_new" if parts[-1].tag == "v" else "n_new"


def _ends(parts: Sequence[Word]) -> float:
    """How well the last word ends a term; 村 after a bare name (大 + 石桥 + 村) makes the name of a place."""
    *before, last = parts
    if last.tag == "n_new" and last.text[-1] in _SETTLEMENTS:
        return PLACE
    named = (
        last.text in _SETTLEMENTS
        and before
        and (len(before[-1].text) == 1 or before[-1].tag[:2] in ("ns", "nr"))
    )
    return PLACE if named else last.ends


def _surprisal(parts: Sequence[Word]) -> float:
    """A phrase is taken as surprising as its rarest word, and ten times rarer for each further word."""
    return max(part.most for part in parts) + (sum(part.parts for part in parts) - 1) * log(10)


def _runs(words: Iterable[Word]) -> list[list[str]]:
    """Cut the text at its marks and keep the words that pass, for the graph of neighbours."""
    runs: list[list[str]] = [[]]
    for word in words:
        if word.passes:
            runs[-1].append(word.text)
        elif word.tag == "x" and runs[-1]:
            runs.append([])
    return runs
