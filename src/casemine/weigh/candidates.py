"""Candidate keywords of a document: words and phrases of up to four words, with what is known of each.

A phrase is a run of words that stand next to each other with no function word, stop word, number or
mark between them, so every candidate is a stretch of the text as it stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from math import log

import numpy as np
from numpy.typing import NDArray

from casemine.document import Document
from casemine.weigh.background import common_in_papers, is_paper, scholarly
from casemine.weigh.lexicon import MAX_WORDS, OWN, PLACE, Settings
from casemine.weigh.phrases import APART, MAX_CHARACTERS, Phrases, phrases_of
from casemine.weigh.reading import Reading, read
from casemine.weigh.scores import textrank
from casemine.weigh.spans import Ints, Names, Spans, places_in
from casemine.weigh.termhood import papers, termhood

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

# In a longer text a phrase that stands there once, title apart, is no candidate: too many, saying little.
LONG_TEXT = 3000
_PIECE = re.compile(r"[^\W_]+(?:[-./][^\W_]+)*")
_NOMINAL, _VERBAL = 0, 1  # numbers of tags


@dataclass(frozen=True)
class Candidates:
    """The candidates of one document, one entry of every array a candidate, by first place.

    `characters` is the length of the document's counted text, white space left out; `scholarly` says how
    much it is written as research papers are (`casemine.weigh.background`); offsets are code points of its
    text, lengths too.
    """

    characters: int
    scholarly: float
    names: Names  # names of the letters, for looking up
    start: Ints  # offset of the first occurrence
    size: Ints  # length
    tag: Ints  # number of the tag
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
    titled: Flags  # stands in the title
    discovered: Flags  # is one of the new words
    listed: Flags  # is in the researcher's dictionary
    termhood: Numbers  # logarithm of the odds of being a term, by its letters and words
    papers: Numbers  # other papers whose authors gave it as a keyword; 0 for a text that is no paper
    containing: Numbers  # documents of the corpus with this candidate; 1 until a corpus is known

    @property
    def in_paper(self) -> bool:
        """Whether the document is a research paper."""
        return is_paper(self.scholarly)

    def word(self, text: str, index: int) -> str:
        """Return a candidate as it stands in the counted text of the document."""
        start = int(self.start[index])
        return text[start : start + int(self.size[index])]


@dataclass(frozen=True)
class Batch:
    """The candidates of several documents: columns of all of them, and where those of each begin."""

    characters: list[int]
    scholarly: list[float]
    bounds: Ints
    columns: dict[str, NDArray[np.generic]]
    tags: list[str]

    @property
    def names(self) -> Names:
        """The names of all candidates, a document after the other."""
        return self.columns["names"].astype(np.uint64)

    def __iter__(self) -> Iterator[Candidates]:
        """Yield the candidates of each document."""
        types = {field.name: field.type for field in fields(Candidates)}
        for at, characters in enumerate(self.characters):
            here = slice(self.bounds[at], self.bounds[at + 1])
            columns = {
                name: column[here].astype(np.float64) if types[name] == "Numbers" else column[here]
                for name, column in self.columns.items()
            }
            containing = np.ones(int(self.bounds[at + 1] - self.bounds[at]))
            yield Candidates(
                characters,
                self.scholarly[at],
                containing=containing,
                **columns,  # type: ignore[arg-type]
            )


def candidates_of(documents: Sequence[Document], settings: Settings, *, with_textrank: bool = False) -> Batch:
    """Collect the candidates of several documents: the piece of work that is spread over processes."""
    texts = [document.counted for document in documents]
    reading = read(texts, settings)
    phrases = phrases_of(reading)
    titled = _in_titles(documents, settings.series, phrases)
    new = _new_words(phrases, settings)
    kept, how_scholarly = _kept(phrases, reading, settings, titled, new >= 0)
    phrases, new, titled = _rows(phrases, kept), new[kept], titled[kept]
    columns = {
        **_places(phrases, reading),
        **_evidence(phrases, reading, new >= 0),
        "tag": _tags(phrases, reading, new),
        "discovered": new >= 0,
        "listed": _listed(phrases, reading),
        "titled": titled,
        "termhood": termhood(reading, phrases.index, phrases.count),
        "papers": _papers(phrases, reading, texts, how_scholarly),
        "centrality": _centrality(phrases, reading) if with_textrank else np.zeros(len(kept)),
    }
    bounds = np.searchsorted(reading.documents[phrases.index], np.arange(len(texts) + 1))
    characters = [len(text) - sum(map(text.count, " \n\t\u3000")) for text in texts]
    return Batch(characters, how_scholarly, bounds, columns, settings.lexicon.tags)


def title_pieces(document: Document) -> list[str]:
    """Return the title, cut at its marks: 【石桥新貌】驻村十年：路通了 gives 石桥新貌, 驻村十年, 路通了."""
    titles = [document.text[p.start : p.end] for p in document.passages if p.kind == "title"]
    return _PIECE.findall("\n".join([document.title, *titles]))


def _rows(phrases: Phrases, rows: Ints) -> Phrases:
    return Phrases(*(getattr(phrases, field.name)[rows] for field in fields(Phrases)))


def _in_titles(documents: Sequence[Document], series: frozenset[str], phrases: Phrases) -> Flags:
    """Flag the phrases that stand in the title of their document, pieces that many titles share left out."""
    titles = [
        "".join(piece + "\n" for piece in title_pieces(document) if piece not in series)
        for document in documents
    ]
    text = "".join(titles)
    spans = Spans(text)
    document = np.repeat(np.arange(len(titles)), list(map(len, titles))).astype(np.uint64)
    keys = [np.zeros(0, dtype=np.uint64)]
    for size in range(2, min(MAX_CHARACTERS, len(text)) + 1):
        starts = np.arange(len(text) - size + 1)
        keys.append(spans.names(starts, starts + size) + document[starts] * APART)
    return np.isin(phrases.keys, np.concatenate(keys))


def _new_words(phrases: Phrases, settings: Settings) -> Ints:
    """Return the number of the tag of each phrase that is a new word, -1 for others."""
    names, tags = settings.new_names
    place = places_in(phrases.names, names)
    return np.where(place >= 0, np.append(tags, -1)[place], -1)


def fitting(phrases: Phrases, reading: Reading) -> Flags:
    """Flag the phrases that begin and end as a term may."""
    words = reading.words
    last = phrases.index + np.minimum(phrases.count, MAX_WORDS) - 1
    fits = (words["begins"][phrases.index] > 0) & (words["ends"][last] > 0)
    flags: Flags = fits & (phrases.count <= MAX_WORDS)
    return flags


def _kept(
    phrases: Phrases, reading: Reading, settings: Settings, titled: Flags, discovered: Flags
) -> tuple[Ints, list[float]]:
    """Return the places of the candidates, and how scholarly each document is, by its words among them.

    Authors of papers name places, and give what is made of generic words alone (旅游资源) and pieces of
    longer terms (内皮功能 of 血管内皮功能), but not what most papers are full of (研究).
    """
    dull = places_in(phrases.names, settings.dull_names) >= 0
    dull |= _of_dull(phrases, reading, discovered)
    flags = _may_be_keyword(phrases, reading, titled, discovered, dull)
    document = reading.documents[phrases.index]
    words = np.flatnonzero(flags & (phrases.count == 1))
    parts = np.searchsorted(document[words], np.arange(len(reading.bounds)))
    how_scholarly = [scholarly(phrases.names[words[begin:end]]) for begin, end in pairwise(parts.tolist())]
    paper = _in_papers(document, how_scholarly)
    if paper.any():
        dull = (places_in(phrases.names, common_in_papers()) >= 0) & ~_listed(phrases, reading)
        dull |= places_in(phrases.names, settings.generic_names) >= 0
        given = _may_be_keyword(phrases, reading, titled, discovered, dull, pieces=True)
        flags = np.where(paper, given, flags)
    return np.flatnonzero(flags), how_scholarly


def _in_papers(document: Ints, how_scholarly: Sequence[float]) -> Flags:
    """Flag the phrases, given by their documents, that stand in research papers."""
    paper = np.fromiter(map(is_paper, how_scholarly), np.bool_, len(how_scholarly))
    return np.asarray(paper[document])


def _of_dull(phrases: Phrases, reading: Reading, discovered: Flags) -> Flags:
    """Flag the phrases of generic words and places alone.

    A discovered word is one word: 扶贫产业 is more than 扶贫 and 产业.
    """
    dull = np.append(0, np.cumsum(reading.words["dull"]))
    flags: Flags = ~discovered & (dull[phrases.index + phrases.count] - dull[phrases.index] == phrases.count)
    return flags


def _may_be_keyword(
    phrases: Phrases, reading: Reading, titled: Flags, discovered: Flags, dull: Flags, *, pieces: bool = False
) -> Flags:
    """Flag the phrases that begin and end as a term may and are not `dull`, nor, unless asked for, pieces."""
    words, index, count = reading.words, phrases.index, phrases.count
    length = np.diff(reading.bounds)[reading.documents[index]] - 1
    attested = (count == 1) | (length <= LONG_TEXT) | (phrases.frequency > 1) | titled
    fits = words["begins"][index] * words["ends"][index + np.minimum(count, MAX_WORDS) - 1]
    fits = np.where(discovered, np.maximum(fits, OWN * OWN), fits)
    flags = (count <= MAX_WORDS) & attested & (fits > 0) & ~dull
    spared = discovered | _listed(phrases, reading)
    if not pieces:
        # What stands nowhere but in one longer term that fits as well is a piece of that term.
        always = (phrases.frequency > 1) & (phrases.nested >= phrases.frequency) & ~spared
        flags &= ~(always & flags[phrases.holder] & (fits[phrases.holder] >= fits))
    # What a text only denies it does not speak of (未摘帽贫困县), but for what is done (未脱贫).
    done = (count == 1) & words["verb"][index]
    flags &= (phrases.negated < phrases.frequency) | done | _listed(phrases, reading)
    doubtful = np.flatnonzero(flags & (phrases.frequency == 1) & (count > 1) & ~spared)
    flags[doubtful[_miscut(phrases, reading, doubtful)]] = False
    return np.asarray(flags)


def _miscut(phrases: Phrases, reading: Reading, rows: Ints) -> Flags:
    """Flag those of phrases that stand once that begin or end inside a phrase that stands there more often.

    色积分 begins inside 三色, 岗位加积分 inside 公益岗位. Single characters in a row that stand once are no
    phrase either: 活干 in 有活干.
    """
    index, count, begins = phrases.index[rows], phrases.count[rows], reading.begins
    several = np.sort(phrases.keys[phrases.frequency > 1])
    miscut = begins[index + count] - begins[index] == count
    for inside in (index, index + count):
        before, after = np.maximum(inside - 1, 0), np.minimum(inside + 1, len(begins) - 1)
        names = reading.spans.names(begins[before], begins[after])
        keys = names + reading.documents[index].astype(np.uint64) * APART
        miscut |= (places_in(keys, several) >= 0) & (before < inside) & (inside < after)
    flags: Flags = miscut
    return flags


def _listed(phrases: Phrases, reading: Reading) -> Flags:
    flags: Flags = (phrases.count == 1) & reading.words["listed"][phrases.index]
    return flags


def _tags(phrases: Phrases, reading: Reading, new: Ints) -> Ints:
    """Return the number of each tag.

    A new word has the tag it was given, a word its own; another phrase is nominal or verbal by its last word.
    """
    words, last = reading.words, phrases.index + phrases.count - 1
    tag = np.where(words["verb"][last], _VERBAL, _NOMINAL)
    tag = np.where(phrases.count == 1, words["tag"][phrases.index], tag)
    return np.where(new >= 0, new, tag).astype(np.int16)


def _places(phrases: Phrases, reading: Reading) -> dict[str, NDArray[np.generic]]:
    index, count, begins = phrases.index, phrases.count, reading.begins
    offset = reading.bounds[reading.documents[index]]
    start = (begins[index] - offset).astype(np.int32)
    return {
        "names": phrases.names,
        "start": start,
        "size": (begins[index + count] - begins[index]).astype(np.int8),
        "frequency": phrases.frequency.astype(np.int32),
        "first": start,
        "last": (begins[phrases.last] - offset).astype(np.int32),
        "nested": np.where(_listed(phrases, reading), 0, phrases.nested).astype(np.int32),
    }


def _evidence(phrases: Phrases, reading: Reading, discovered: Flags) -> dict[str, NDArray[np.generic]]:
    words, index, count = reading.words, phrases.index, phrases.count

    def each(field: str) -> NDArray[np.float64]:
        # Shorter phrases have their first word again for the words they lack.
        values = words[field]
        return np.stack([values[index + np.where(at < count, at, 0)] for at in range(MAX_WORDS)])

    def total(field: str) -> Ints:
        sums = np.append(0, np.cumsum(words[field], dtype=np.int64))
        return np.asarray(sums[index + count] - sums[index])

    least = np.where(discovered, OWN, 0.0)
    # A phrase is as surprising as its rarest word, and ten times rarer for each further word.
    surprisal = each("most").max(axis=0) + (total("parts") - 1) * log(10)
    return {
        "parts": count.astype(np.int8),
        "width": total("width").astype(np.int8),
        "begins": np.maximum(words["begins"][index], least),
        "ends": np.maximum(_ends(phrases, reading), least),
        "least": each("least").min(axis=0),
        "surprisal": surprisal,
    }


def _ends(phrases: Phrases, reading: Reading) -> Numbers:
    """How well the last word ends a term; 村 after a bare name (大 + 石桥 + 村) makes the name of a place."""
    words, last = reading.words, phrases.index + phrases.count - 1
    named = words["settlement"][last] & (phrases.count > 1) & words["bare"][np.maximum(last - 1, 0)]
    return np.where(words["settled"][last] | named, PLACE, words["ends"][last])


def _papers(phrases: Phrases, reading: Reading, texts: Sequence[str], how_scholarly: Sequence[float]) -> Ints:
    """Return to how many papers authors gave each phrase of a research paper, 0 for those of other texts."""
    count = np.zeros(len(phrases.index), dtype=np.uint8)
    document = reading.documents[phrases.index]
    rows = np.flatnonzero(_in_papers(document, how_scholarly))
    if len(rows):
        start = reading.begins[phrases.index[rows]] - reading.bounds[document[rows]]
        end = reading.begins[(phrases.index + phrases.count)[rows]] - reading.bounds[document[rows]]
        spans = zip(document[rows].tolist(), start.tolist(), end.tolist(), strict=True)
        count[rows] = papers([texts[at][begin:until] for at, begin, until in spans])
    return count


def _centrality(phrases: Phrases, reading: Reading) -> Numbers:
    """Sum the TextRank of the words of each phrase, in the graph of its document."""
    rank = np.zeros(len(reading.words))
    bounds = np.searchsorted(reading.documents, np.arange(len(reading.bounds)))
    for begin, end in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        numbers = reading.numbers[begin:end].tolist()
        ranks = textrank(_runs(numbers, reading, begin))
        rank[begin:end] = [ranks.get(number, 0.0) for number in numbers]
    total = np.zeros(len(phrases.index))
    for at in range(MAX_WORDS):
        longer = phrases.count > at
        total[longer] += rank[phrases.index[longer] + at]
    return total


def _runs(numbers: Sequence[int], reading: Reading, begin: int) -> list[list[int]]:
    """Cut a text at its marks and keep the words that pass, for the graph of neighbours."""
    passes = reading.passes[begin : begin + len(numbers)].tolist()
    marks = reading.words["mark"][begin : begin + len(numbers)].tolist()
    runs: list[list[int]] = [[]]
    for number, passing, mark in zip(numbers, passes, marks, strict=True):
        if passing:
            runs[-1].append(number)
        elif mark and runs[-1]:
            runs.append([])
    return runs
