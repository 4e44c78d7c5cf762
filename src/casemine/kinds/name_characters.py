"""How much the characters of a string are those of names: from the dictionary's own names."""

from __future__ import annotations

from functools import cache

from casemine.resources import dictionary, word_list

# A character that no word of the dictionary has is for names (玥, 淙).
_RARE = 2.5


@cache
def _characters() -> dict[str, tuple[float, float]]:
    """Return character -> log2 odds that it stands in a given name, in the name of a place."""
    rows = (row.split() for row in word_list(dictionary("name-characters.txt")))
    return {character: (float(given), float(place)) for character, given, place in rows}


def given_odds(given: str) -> float:
    """Return the mean log2 odds that a given name has these characters, against words that are no names."""
    return _mean(given, 0)


def place_odds(name: str) -> float:
    """Return the mean log2 odds that the name of a place has these characters before its kind (村, 县)."""
    return _mean(name, 1)


def _mean(characters: str, column: int) -> float:
    known = _characters()
    return sum(known[each][column] if each in known else _RARE for each in characters) / len(characters)
