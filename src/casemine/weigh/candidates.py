"""Candidate keywords of a document: words and phrases of up to four words, with what is known of each.

A phrase is a run of words that stand next to each other with no function word, number or mark
between them, so every candidate is a stretch of the text as it stands there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from casemine.document import Document
from casemine.segment import Segmenter, Token
from casemine.weigh.scores import textrank

Numbers = NDArray[np.float64]

MAX_WORDS = 4
MAX_CHARACTERS = 20
# In a long text what a phrase that stands there once can tell is noise, and there are very many of them.
LONG_TEXT = 3000

# How well a phrase may begin and end with a part of speech (tags of jieba's dictionary, first letter
# where the whole tag is not named). What neither table names (function words, numbers, marks) begins and
# ends none. People and dates are not what a policy text is about.
_BEGINS = {
    **dict.fromkeys(("n", "vn", "a", "j", "l", "i", "eng"), 1.0),
    **{
        "v": 0.6,
        "t": 0.25,
        "b": 0.5,
        "z": 0.5,
        "m": 0.5,
        "d": 0.25,
        "f": 0.25,
        "q": 0.25,
        "s": 0.25,
        "nr": 0.3,
    },
}
_ENDS = {
    **dict.fromkeys(("n", "vn", "j", "l", "i", "an"), 1.0),
    **{"v": 0.6, "ns": 0.6, "eng": 0.5, "a": 0.3, "nr": 0.3},
    **dict.fromkeys(("f", "s", "d", "b", "m", "t"), 0.12),
}
_NO_KEYWORD = frozenset({"nr_new", "t_new", "m_new"})
_BREAKS = frozenset("u p c r y e o w x h k g".split())
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-/.][A-Za-z0-9]+)*|[0-9]+[A-Za-z][A-Za-z0-9]*")


class Words(NamedTuple):
    """What segmentation needs and which words pass: the Segmenter, the words added to it, stop words, generic words."""

    segmenter: Segmenter
    new: Mapping[str, str]
    stop: frozenset[str]
    generic: frozenset[str]


@dataclass(frozen=True)
class Candidates:
    """The candidates of one document, one entry of every array a candidate, by first position.

    `characters` is the length of the document's counted text; offsets are code points of its text.
    """

    characters: int
    words: list[str]
    tags: list[str]
    frequency: Numbers  # occurrences between word borders
    first: Numbers  # offset of the first occurrence
    last: Numbers  # offset of the last
    width: Numbers  # length in characters, a Latin word taken as two
    begins: Numbers  # how well its first word begins a term, 0 to 1
    ends: Numbers  # how well its last word ends one, 0 to 1
    nested: Numbers  # occurrences inside the phrase, one word longer, that holds it most often
    least: Numbers  # surprisal in general language of its commonest word, nats
    surprisal: Numbers  # surprisal in general language of the whole, nats
    centrality: Numbers  # TextRank of its words, 0 where it was not asked for
    titled: NDArray[np.bool_]  # stands in the title
    headed: NDArray[np.bool_]  # stands in a heading
    new: NDArray[np.bool_]  # is a discovered word


class _Phrase(NamedTuple):
    """A candidate while it is collected: its words and the index of the first token of every occurrence."""

    parts: tuple[Token, ...]
    at: list[int]


def candidates(document: Document, words: Words, *, with_textrank: bool = False) -> Candidates:
    """Collect the candidates of `document`."""
    text = document.counted
    tokens = _join_latin(words.segmenter.tokens(text), text)
    passing = [_passes(token, words.stop) for token in tokens]
    phrases = _phrases(text, tokens, passing)
    nested = _nested(phrases)
    title, headings = _title(document), _passages(document, "heading")
    kept = [
        word
        for word, phrase in phrases.items()
        if len(phrase.parts) <= MAX_WORDS
        and _may_be_keyword(phrase.parts, words.generic)
        and (len(phrase.at) > 1 or len(phrase.parts) == 1 or len(text) <= LONG_TEXT or word in title)
    ]
    ranks = textrank(_runs(tokens, passing)) if with_textrank else {}
    information = _Information(words.segmenter)
    parts = [phrases[word].parts for word in kept]
    known = [information.of(part) for part in parts]
    return Candidates(
        characters=sum(not character.isspace() for character in text),
        words=kept,
        tags=[words.new.get(word) or _tag(part) for word, part in zip(kept, parts, strict=True)],
        frequency=_numbers(len(phrases[word].at) for word in kept),
        first=_numbers(tokens[phrases[word].at[0]].start for word in kept),
        last=_numbers(tokens[phrases[word].at[-1]].start for word in kept),
        width=_numbers(sum(2 if t.tag == "eng" else len(t.word) for t in part) for part in parts),
        begins=_numbers(_fitness(_BEGINS, part[0].tag) for part in parts),
        ends=_numbers(_fitness(_ENDS, part[-1].tag) for part in parts),
        nested=_numbers(nested.get(word, 0) for word in kept),
        least=_numbers(least for least, _ in known),
        surprisal=_numbers(whole for _, whole in known),
        centrality=_numbers(sum(ranks.get(t.word, 0.0) for t in part) for part in parts),
        titled=np.array([word in title for word in kept], dtype=np.bool_),
        headed=np.array([word in headings for word in kept], dtype=np.bool_),
        new=np.array([word in words.new for word in kept], dtype=np.bool_),
    )


def candidates_of(
    documents: Sequence[Document], words: Words, *, with_textrank: bool = False
) -> list[Candidates]:
    """Collect the candidates of several documents: the piece of work that is spread over processes."""
    return [candidates(document, words, with_textrank=with_textrank) for document in documents]


def _numbers(values: object) -> Numbers:
    return np.fromiter(values, dtype=np.float64)  # type: ignore[call-overload,no-any-return]


def _passages(document: Document, kind: str) -> str:
    return "\n".join(document.text[p.start : p.end] for p in document.passages if p.kind == kind)


def _title(document: Document) -> str:
    return f"{document.title}\n{_passages(document, 'title')}"


def _join_latin(tokens: Sequence[Token], text: str) -> list[Token]:
    """Join the pieces of a Latin term such as K-means or PM2.5 into one token."""
    ends = {match.start(): match.end() for match in _LATIN.finditer(text)}
    joined: list[Token] = []
    at = -1
    for token in tokens:
        end = ends.get(token.start, -1)
        if token.start < at:
            continue
        if end > token.end or (end == token.end and token.tag in ("x", "m")):
            at = end
            joined.append(Token(text[token.start : end], "eng", token.start, end))
        else:
            joined.append(token)
    return joined


def _passes(token: Token, stop: frozenset[str]) -> bool:
    """Whether a phrase may go on over `token`."""
    if token.word in stop or (token.tag[0] in _BREAKS and token.tag != "eng"):
        return False
    return token.tag == "eng" or token.word.isalpha()


def _runs(tokens: Sequence[Token], passing: Sequence[bool]) -> list[list[str]]:
    """Cut the tokens into runs of words that pass, for the co-occurrence graph."""
    runs: list[list[str]] = [[]]
    for token, passes in zip(tokens, passing, strict=True):
        if passes:
            runs[-1].append(token.word)
        elif token.tag == "x" and runs[-1]:
            runs.append([])
    return runs


def _phrases(text: str, tokens: Sequence[Token], passing: Sequence[bool]) -> dict[str, _Phrase]:
    """Collect all phrases of up to MAX_WORDS + 1 adjacent tokens (the longest show what is nested in them)."""
    found: dict[str, _Phrase] = {}
    for index, token in enumerate(tokens):
        if not passing[index]:
            continue
        start, end = token.start, token.start
        for stop in range(index, min(index + MAX_WORDS + 1, len(tokens))):
            following = tokens[stop]
            if following.start != end or not passing[stop] or following.end - start > MAX_CHARACTERS:
                break
            end = following.end
            if end - start > 1:
                word = text[start:end]
                if phrase := found.get(word):
                    phrase.at.append(index)
                else:
                    found[word] = _Phrase(tuple(tokens[index : stop + 1]), [index])
    return found


def _nested(phrases: Mapping[str, _Phrase]) -> dict[str, int]:
    """Return phrase -> occurrences of the phrase, one word longer at either end, that holds it most often."""
    nested: dict[str, int] = {}
    for word, (parts, at) in phrases.items():
        if len(parts) > 1:
            for inner in (word[: -len(parts[-1].word)], word[len(parts[0].word) :]):
                nested[inner] = max(nested.get(inner, 0), len(at))
    return nested


def _fitness(table: Mapping[str, float], tag: str) -> float:
    if tag in _NO_KEYWORD:
        return 0.0
    return table.get(tag, table.get(tag.removesuffix("_new"), table.get(tag[0], 0.0)))


def _may_be_keyword(parts: Sequence[Token], generic: frozenset[str]) -> bool:
    """Whether a phrase begins and ends as a term may, and is more than generic words and one-letter symbols."""
    if not (_fitness(_BEGINS, parts[0].tag) and _fitness(_ENDS, parts[-1].tag)):
        return False
    return not all(part.word in generic for part in parts) and "".join(p.word for p in parts) not in generic


def _tag(parts: Sequence[Token]) -> str:
    """A word's own tag; `n_new` or `v_new` for a phrase, by its last word."""
    if len(parts) == 1:
        return parts[0].tag
    return "v_new" if parts[-1].tag == "v" else "n_new"


class _Information:
    """How surprising words are in general language, by the frequencies of jieba's dictionary."""

    def __init__(self, segmenter: Segmenter) -> None:
        self._known = segmenter
        self._plain = Segmenter(engine=segmenter.engine)
        self._of_word: dict[str, tuple[float, float, int]] = {}

    def of(self, parts: Sequence[Token]) -> tuple[float, float]:
        """Return the surprisal of the commonest word and of the whole, in nats.

        The whole is taken as surprising as its rarest word, ten times rarer for each further word.
        """
        words = [self._word(part.word) for part in parts]
        count = sum(count for _, _, count in words)
        return min(least for least, _, _ in words), max(most for _, most, _ in words) + (count - 1) * log(10)

    def _word(self, word: str) -> tuple[float, float, int]:
        found = self._of_word.get(word)
        if found is None:
            # A word of the researcher's or the discoverer's own is as common as the words it is made of.
            made_of = self._plain.cut(word) if word in self._known.words and word.isalpha() else [word]
            each = [log(self._known.total / max(self._known.frequency(part), 3)) for part in made_of]
            found = self._of_word[word] = (min(each), max(each), len(each))
        return found
