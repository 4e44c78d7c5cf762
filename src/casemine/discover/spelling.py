"""Marks that are part of a word as people write it: 1+X证书, 互联网+, K-means聚类, “双随机、一公开”."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from casemine.discover.ngrams import HAN, Flags, Ints

# Marks of enumeration that may stand inside a slogan between quotation marks.
_INNER = "、·"
# A slogan is as long as the longest new word may be; longer ones are found by their parts.
_QUOTED = re.compile(r"[“「『\"]([^“”「」『』\"\n。！？；：]{3,30})[”」』\"]")
_SLOGAN = re.compile(rf"[^\W_]+(?:[{_INNER}][^\W_]+)+")
# Between one pair of quotation marks so often: once is an enumeration that somebody quotes.
_AGAIN = 2
_PLUS, _HYPHEN, _POINT = map(ord, "+-.")
_NOT_ASCII = 128


def quoted(texts: Iterable[str]) -> Counter[str]:
    """Count the slogans with 、 or · inside that stand between quotation marks."""
    return Counter(
        slogan
        for text in texts
        for slogan in _QUOTED.findall(text)
        if any(mark in slogan for mark in _INNER) and _SLOGAN.fullmatch(slogan)
    )


def slogans(counts: Iterable[Counter[str]]) -> list[str]:
    """Return the slogans that the texts quote again and again, given the counts of all shards."""
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)
    return sorted(slogan for slogan, count in total.items() if count >= _AGAIN)


def inner_marks(points: NDArray[np.uint32], texts: Sequence[str], known: Sequence[str]) -> Flags:
    """Flag the marks that are part of a word: in the slogans `known`, quoted or not; + - and points.

    + joins what stands before it to what follows, and ends a word that goes on with none (互联网+); a hyphen
    joins Latin letters and digits, a letter on one side at least (2015-2019 is no word); a point follows a
    letter and a digit (PM2.5).
    """
    flags = np.zeros(len(points), dtype=np.bool_)
    _mark_plain(points, flags)
    if known:
        _mark_slogans(points, "".join(part for text in texts for part in (text, "\n")), known, flags)
    return flags


def _mark_plain(points: NDArray[np.uint32], flags: Flags) -> None:
    """Flag + - and points by what stands beside them."""
    for mark in (_PLUS, _HYPHEN, _POINT):
        at = np.flatnonzero(points[1:-1] == mark) + 1
        before, after = points[at - 1], points[at + 1]
        if mark == _PLUS:
            kept = _han(before) | ((_letter(before) | _digit(before)) & (_letter(after) | _han(after)))
        elif mark == _HYPHEN:
            one = (_letter(before) & (_letter(after) | _digit(after))) | (_digit(before) & _letter(after))
            kept = one
        else:
            kept = _letter(points[at - 2]) & _digit(before) & _digit(after) & (at >= 2)
        flags[at[kept]] = True


def _mark_slogans(points: NDArray[np.uint32], text: str, known: Sequence[str], flags: Flags) -> None:
    """Flag the inner marks of every place of a slogan, found by what stands beside its first mark."""
    beside: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for slogan in known:
        at = min(slogan.find(mark) for mark in _INNER if mark in slogan)
        beside[slogan[at - 1 : at + 2]].append((slogan, at))
    marks = np.flatnonzero(np.isin(points, [ord(mark) for mark in _INNER]))
    for place in marks.tolist():
        for slogan, at in beside.get(text[place - 1 : place + 2], ()):
            if text.startswith(slogan, place - at):
                flags[[place - at + inner for inner, mark in enumerate(slogan) if mark in _INNER]] = True


def latin_terms(points: NDArray[np.uint32], marks: Flags) -> tuple[Ints, Ints]:
    """Return where Latin terms with marks inside begin and end: K-means, 1+X, PM2.5."""
    at = np.flatnonzero((points < _NOT_ASCII) | marks)  # few places of a Chinese text
    at = at[_letter(points[at]) | _digit(points[at]) | marks[at]]
    # Runs of such places.
    begins, ends = at[np.diff(at, prepend=-2) > 1], at[np.diff(at, append=len(points) + 1) > 1] + 1
    # Marks at the ends of a run join nothing Latin: the one of 互联网+5G.
    begins = begins + marks[begins]
    ends = np.maximum(begins, ends - marks[ends - 1])
    inside = np.searchsorted(np.flatnonzero(marks), np.stack((begins, ends)))
    kept = inside[1] > inside[0]
    return begins[kept], ends[kept]


def _letter(points: NDArray[np.uint32]) -> Flags:
    small = points | np.uint32(0x20)
    letters: Flags = (small >= ord("a")) & (small <= ord("z"))
    return letters


def _digit(points: NDArray[np.uint32]) -> Flags:
    digits: Flags = (points >= ord("0")) & (points <= ord("9"))
    return digits


def _han(points: NDArray[np.uint32]) -> Flags:
    return (points >= HAN) & (points <= 0x3134F) & ~((points > 0x9FFF) & (points < 0x20000))
