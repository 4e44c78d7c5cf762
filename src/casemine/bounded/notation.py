"""TOML and JSON: no deeper, and no number longer, than any person or program writes."""

from __future__ import annotations

import json
import tomllib
from typing import Any

from casemine.errors import UnreadableError

MOST_DEPTH = 100


def parse_toml(source: str) -> dict[str, Any]:
    """Return what a TOML text holds.

    Raises `tomllib.TOMLDecodeError`, which says where, also for numbers that are too long and for what is
    nested over `MOST_DEPTH` deep.
    """
    try:
        values = tomllib.loads(source)
    except tomllib.TOMLDecodeError:
        raise
    except RecursionError as error:
        raise tomllib.TOMLDecodeError("nested too deeply") from error
    except (ValueError, OverflowError) as error:  # of int(), datetime()
        line = _longest_line(source)
        raise tomllib.TOMLDecodeError(f"a number or date that is none (at line {line}, column 1)") from error
    if is_deep(values):
        raise tomllib.TOMLDecodeError("nested too deeply")
    return values


def _longest_line(source: str) -> int:
    lines = source.split("\n")
    return max(range(len(lines)), key=lambda number: len(lines[number])) + 1


def parse_json(source: str | bytes, place: str = "") -> Any:
    """Return what a JSON text holds; raise `UnreadableError` for what is none, or is too deep."""
    try:
        value = json.loads(source)
    except RecursionError as error:
        raise UnreadableError("is nested too deeply.", place=place) from error
    except ValueError as error:
        raise UnreadableError(f"is not valid JSON ({error}).", place=place) from error
    if is_deep(value):
        raise UnreadableError("is nested too deeply.", place=place)
    return value


def is_deep(value: Any) -> bool:
    """Tell whether lists and tables stand in each other over `MOST_DEPTH` deep."""
    level = [value]
    for _ in range(MOST_DEPTH):
        children: list[Any] = []
        for item in level:
            if isinstance(item, dict):
                children.extend(child for child in item.values() if isinstance(child, dict | list))
            elif isinstance(item, list):
                children.extend(child for child in item if isinstance(child, dict | list))
        if not children:
            return False
        level = children
    return True
