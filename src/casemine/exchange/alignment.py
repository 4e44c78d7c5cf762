"""Which character of one text is which of another: texts that a cleaning, or a hand, made differ a little."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

# Pieces this long that stand once in either text hold the two together; between them shorter ones do.
_PIECES = (16, 8, 4)
# What is left between them is compared letter by letter when it is no larger than this (product of lengths).
_LARGEST_GAP = 60_000


def aligned(source: str, target: str) -> list[int]:
    """Return for each character of `source` its place in `target`, -1 where it has none.

    Places only ever go up. Patience diff: pieces that stand once in both texts are taken in the longest
    order they share, and what lies between two of them is compared by itself, so that time grows with the
    length of the texts and not with their product. Source: Bram Cohen's patience diff, on pieces instead
    of lines. A target that is what was left of the source is found whole, however often its pieces repeat.

    >>> aligned("办起车间[1]二个。", "办起车间二个。")
    [0, 1, 2, 3, -1, -1, -1, 4, 5, 6]
    """
    places = [-1] * len(source)
    waiting = [(0, len(source), 0, len(target), 0)]
    while waiting:
        start, end, first, last, level = waiting.pop()
        while start < end and first < last and source[start] == target[first]:
            places[start] = first
            start, first = start + 1, first + 1
        while start < end and first < last and source[end - 1] == target[last - 1]:
            end, last = end - 1, last - 1
            places[end] = last
        if start == end or first == last:
            continue
        if level == len(_PIECES):
            for at, there in _in_gap(source[start:end], target[first:last]):
                places[start + at] = first + there
            continue
        waiting += _between(source, target, (start, end, first, last), level, places)
    if len(places) - places.count(-1) < len(target) and (whole := _embedded(source, target)):
        # A piece that repeats was taken for another one.
        places = [-1] * len(source)
        for at, there in whole:
            places[at] = there
    return places


def _in_gap(source: str, target: str) -> list[tuple[int, int]]:
    """Return the places that are the same in two short texts; all of `target` where `source` holds it."""
    pairs = list(_compared(source, target))
    return pairs if len(pairs) == len(target) else _embedded(source, target) or pairs


def _embedded(source: str, target: str) -> list[tuple[int, int]]:
    """Return the first places where all of `target` stands in `source` in order; none where it does not."""
    pairs: list[tuple[int, int]] = []
    at = -1
    for there, char in enumerate(target):
        at = source.find(char, at + 1)
        if at < 0:
            return []
        pairs.append((at, there))
    return pairs


def _compared(source: str, target: str) -> Iterator[tuple[int, int]]:
    """Yield the places of two short texts that are the same."""
    if len(source) * len(target) <= _LARGEST_GAP:
        matcher = SequenceMatcher(None, source, target, autojunk=False)
        for at, there, size in matcher.get_matching_blocks():
            yield from ((at + step, there + step) for step in range(size))


def _between(
    source: str, target: str, gap: tuple[int, int, int, int], level: int, places: list[int]
) -> Iterator[tuple[int, int, int, int, int]]:
    """Enter the pieces that hold a gap together into `places`; yield what lies between them."""
    start, end, first, last = gap
    size = _PIECES[level]
    for at, there in _chain(source, target, gap, size):
        if at < start or there < first:  # overlaps the piece before
            continue
        places[at : at + size] = range(there, there + size)
        yield start, at, first, there, level + 1
        start, first = at + size, there + size
    yield start, end, first, last, level + 1


def _chain(source: str, target: str, gap: tuple[int, int, int, int], size: int) -> list[tuple[int, int]]:
    """Return where the pieces stand that occur once in either part, in the longest order both share."""
    start, end, first, last = gap
    here, there = _once(source, start, end, size), _once(target, first, last, size)
    pairs = [(at, there[piece]) for piece, at in here.items() if piece in there]
    return _longest_rising(sorted(pairs))


def _once(text: str, start: int, end: int, size: int) -> dict[str, int]:
    places: dict[str, int] = {}
    twice = set()
    for at in range(start, end - size + 1):
        piece = text[at : at + size]
        if places.setdefault(piece, at) != at:
            twice.add(piece)
    return {piece: at for piece, at in places.items() if piece not in twice}


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest part of `pairs`, sorted by their first, whose seconds rise too."""
    ends: list[int] = []  # smallest last second of a rising part, by its length
    numbers: list[int] = []  # which pair that is
    before: list[int] = []
    for number, (_, second) in enumerate(pairs):
        length = bisect_left(ends, second)
        before.append(numbers[length - 1] if length else -1)
        ends[length : length + 1] = [second]
        numbers[length : length + 1] = [number]
    rising = []
    number = numbers[-1] if numbers else -1
    while number >= 0:
        rising.append(pairs[number])
        number = before[number]
    return rising[::-1]
