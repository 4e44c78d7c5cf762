"""Distinct occurrences of several words in one text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator


def occurrences(text: str, word: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of `word` in `text`; a Latin word does not stand inside a longer one."""
    left = r"(?<![A-Za-z0-9])" if word[:1].isascii() and word[:1].isalnum() else ""
    right = r"(?![A-Za-z0-9])" if word[-1:].isascii() and word[-1:].isalnum() else ""
    return (match.span() for match in re.finditer(left + re.escape(word) + right, text))


def distinct(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Return the spans of `words` in `text` that overlap none before them: longest first, then leftmost."""
    found = sorted({span for word in words if word for span in occurrences(text, word)}, key=_longest_first)
    taken = bytearray(len(text))
    kept: list[tuple[int, int]] = []
    for start, end in found:
        # What is taken is at least as long, so it holds one of the two ends.
        if not (taken[start] or taken[end - 1]):
            taken[start:end] = b"\1" * (end - start)
            kept.append((start, end))
    return sorted(kept)


def _longest_first(span: tuple[int, int]) -> tuple[int, int]:
    return span[0] - span[1], span[0]
